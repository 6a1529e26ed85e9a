"""A case's letters: where each stands, what it says, and what can be done with one that has not gone."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from api.border import Ref
from api.cases import Case, case
from api.letters import LetterKey, draft_of, draft_pdf, pdf
from api.permission import By, How, Who
from api.problems import ProblemRaised, case_not_found, problem
from api.resources import Needs, Resources
from pages.staff.case import named
from pages.staff.letter_states import BECAME, WAITS
from pages.staff.rendering import staff_page
from policy.case_file import CaseFile
from policy.company import called
from policy.facts.letters import TAKES_OWN_WORDS, LetterKind
from policy.frozen import Frozen
from policy.headings import heading_of_kind
from policy.letters_owed import LetterOwed
from policy.letters_owed import LetterState as Waits
from store import cases, letters

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = "letter_released"
"""Needs no form: a press lets it go."""


class Waiting(Frozen):
    """A letter that has not gone. `records` are what can be recorded of it now, each with its heading; `goes`
    where one press lets it go.
    """

    key: str
    what: str
    to: str
    means: str
    state: str
    held: bool
    records: tuple[tuple[str, str], ...]
    goes: bool


@routes.get("/cases/{ref}/letters")
async def shown(ref: Ref, by: By, who: Who, how: How, needs: Needs) -> Response:
    found = await case(ref, by, how, needs)
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
    if file is None:
        raise case_not_found(ref)
    about_letters = [one for one in found.actions if one.fact.startswith("letter_")]
    return await staff_page(
        needs,
        who,
        "staff/letters.html",
        ref,
        ref=ref,
        waiting=tuple(_waiting(file, found, named(found.people))),
        made=[one for one in reversed(found.letters) if one.key not in file.letters],
        became=BECAME,
        kinds=LetterKind,
        may_ask=any(one.fact == "letter_asked_for" and one.refusal is None for one in about_letters),
        may_not=[one for one in about_letters if one.refusal is not None],
        heading=heading_of_kind,
        new_key=lambda: str(uuid4()),
    )


@routes.get("/cases/{ref}/letters/{key}")
async def read(ref: Ref, key: LetterKey, who: Who, needs: Needs) -> Response:
    """As its reader has it: what was made, else as it would go now, or why that is not to be had. Raises 404."""
    async with needs.store.reading() as db:
        kept = await letters.by_key(db, ref, key)
    subject, state, why_not = "", "", ""
    if kept is None:
        try:
            kind, made = await draft_of(ref, key, needs)
            subject, words = made.subject, made.text
        except ProblemRaised as raised:
            if raised.problem.status != HTTPStatus.CONFLICT:
                raise
            kind, words, why_not = await _kind_of(needs, ref, key), "", raised.problem.detail
    else:
        kind, subject, words, state = kept.kind, kept.subject, kept.body, BECAME[kept.state]
        why_not = "" if words else "What this letter said has been erased."
    return await staff_page(
        needs,
        who,
        "staff/letter.html",
        ref,
        ref=ref,
        what=kind.called,
        subject=subject,
        words=words,
        state=state,
        why_not=why_not,
        pdf=f"/cases/{ref}/letters/{key}/pdf" if words and kind is not LetterKind.TEXT_MESSAGE else "",
    )


@routes.get("/cases/{ref}/letters/{key}/pdf")
async def on_paper(ref: Ref, key: LetterKey, needs: Needs) -> Response:
    """As the API hands it out. Raises 404, 409 and 410."""
    async with needs.store.reading() as db:
        kept = await letters.by_key(db, ref, key)
    return await draft_pdf(ref, key, needs) if kept is None else await pdf(ref, UUID(kept.id), needs)


async def _kind_of(needs: Resources, ref: str, key: str) -> LetterKind:
    """Of one that waits. Raises 404."""
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
    owed = file.letters.get(key) if file is not None else None
    if owed is None:
        raise problem(HTTPStatus.NOT_FOUND, "letter-not-found", "This case has no such letter.")
    return owed.kind


def _waiting(file: CaseFile, found: Case, names: Mapping[str, str]) -> Iterator[Waiting]:
    may = {one.fact for one in found.actions if one.refusal is None}
    kept_by = {one.key: one.met_by for one in found.standing.deadlines}
    for key, letter in file.letters.items():
        records = [fact for fact in _about(letter, kept_by.get(f"letter:{key}", ())) if fact in may]
        yield Waiting(
            key=key,
            what=letter.kind.called,
            to=names.get(letter.to, called(letter.to)),
            means=letter.means.value,
            state=WAITS[letter.state],
            held=letter.state is Waits.HELD,
            records=tuple((fact, heading_of_kind(fact)) for fact in records if fact != _AT_ONCE),
            goes=_AT_ONCE in records,
        )


def _about(letter: LetterOwed, kept_by: tuple[str, ...]) -> Iterator[str]:
    """What keeps the day that it has, and what changes it."""
    yield from kept_by
    if letter.state is not Waits.HELD and letter.can_be_held:
        yield "letter_held"
    if letter.state is Waits.HELD and letter.kind in TAKES_OWN_WORDS:
        yield "letter_worded"
