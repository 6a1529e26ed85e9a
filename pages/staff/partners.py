"""What agencies owe: referrals to them, what groups agreed on, powers that we asked them to use; late first, each
with a press to ask again or to record their answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from uuid import uuid4

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.border import ProcedureRef, taken_in_as
from api.identity import forbidden
from api.permission import Who
from api.problems import Problem, meant_by, problem
from api.recording_beside import kept, recorded_on
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.saying import NOT_TAKEN
from pages.staff.recording.inputs import Input, inputs_of
from pages.staff.recording.routes import key_in
from pages.staff.recording.typed import Form as Typed
from pages.staff.recording.typed import body_of, wrong_with
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.editions import in_force_on
from policy.facts.base import Fact
from policy.facts.matters import MatterKind
from policy.headings import OF_REFERRAL, heading_of_kind
from policy.permissions import may_record
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from policy.working_days import london_day
from store import open_beside, owed_by_agencies
from store.open_beside import MOST, OpenBeside
from store.owed_by_agencies import OwedByAgency

routes = APIRouter(include_in_schema=False)

_REFERRAL: Final = KINDS["referral"]
_TOGETHER: Final = "Groups of agencies"
_OF_ACTIONS: Final = ("action_done", "action_chased", "action_refused")


@dataclass(frozen=True)
class Line:
    """`presses` are addresses of forms, and what each records. `words` are folded away: they may name somebody."""

    agency: str
    case_ref: str
    about: str
    owed: str
    due: datetime
    officer: str | None
    words: str | None
    presses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OfAgency:
    name: str
    lines: tuple[Line, ...]
    late: int


@routes.get("/safety/partners")
async def shown(who: Who, needs: Needs) -> Response:
    """Of the cases that the caller may see. The agency with what was due first stands first."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        referrals = await open_beside.open_of(db, _REFERRAL.name)
        others = await owed_by_agencies.open_ones(db)
    names = {one.key: one.name for one in in_force_on(london_day(now)).agencies}
    lines = [*_of_referrals(referrals, who), *_of_matters(others, who)]
    named = [replace(line, agency=names.get(line.agency, line.agency)) for line in lines]
    return await staff_page(
        needs,
        who,
        "staff/partners.html",
        "Agencies",
        agencies=_by_agency(named, now),
        most=MOST if MOST in {len(referrals), len(others)} else None,
        now=now,
    )


def _of_referrals(found: Iterable[OpenBeside], who: Caller) -> Iterator[Line]:
    for one in found:
        presses = tuple(
            (f"/referrals/{one.ref}/record/{fact}", OF_REFERRAL[fact])
            for fact in _REFERRAL.offered(one.file, who.actor)
        )
        for owed in one.owed:
            yield Line(one.file.agency, one.file.case, one.ref, owed.owed, owed.due, one.officer, None, presses)


def _of_matters(found: Iterable[OwedByAgency], who: Caller) -> Iterator[Line]:
    for one in found:
        facts: Sequence[str] = _OF_ACTIONS if one.matter.kind is MatterKind.ACTION else one.met_by
        presses = tuple(
            (f"/cases/{one.case_ref}/record/{fact}?matter={one.key}", heading_of_kind(fact))
            for fact in facts
            if may_record(who.role, fact)
        )
        agency = one.agency or _TOGETHER
        yield Line(agency, one.case_ref, one.key, one.owed, one.due, one.officer, one.words, presses)


def _by_agency(lines: Iterable[Line], now: datetime) -> list[OfAgency]:
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda one: (one.due, one.about)):
        found.setdefault(line.agency, []).append(line)
    return [OfAgency(name, tuple(of), sum(one.due <= now for one in of)) for name, of in found.items()]


@dataclass(frozen=True)
class Opened:
    file: ProcedureFile
    fact: str
    inputs: tuple[Input, ...]


@routes.get("/referrals/{ref}/record/{fact}")
async def ask(ref: ProcedureRef, fact: str, who: Who, needs: Needs) -> Response:
    return await _form(needs, who, await _opened(needs, ref, fact, who), {}, str(uuid4()))


@routes.post("/referrals/{ref}/record/{fact}")
async def take(ref: ProcedureRef, fact: str, form: Form, who: Who, needs: Needs) -> Response:
    """Whatever is wrong with it, what was typed stays. Pressed twice it is recorded once."""
    there, key = await _opened(needs, ref, fact, who), key_in(form)
    rulebook = _REFERRAL.rulebook
    try:
        body = {"fact": fact} | body_of(there.inputs, form)
        entry = taken_in_as(rulebook.entry, rulebook.facts[fact], body, key, who.actor)
        await recorded_on(needs, _REFERRAL, there.file, entry)
    except NOT_TAKEN as error:
        return await _form(needs, who, there, form, key, meant_by(error).problem)
    return RedirectResponse("/safety/partners", HTTPStatus.SEE_OTHER)


async def _opened(needs: Resources, ref: str, fact: str, who: Caller) -> Opened:
    """Raises 403 and 404."""
    kind: type[Fact] | None = _REFERRAL.rulebook.facts.get(fact)
    if kind is None or fact not in OF_REFERRAL:
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such page.")
    if not may_record(who.role, fact):
        raise forbidden(f'Recording "{OF_REFERRAL[fact]}" is not for the role {who.role}.')
    return Opened(await kept(needs, _REFERRAL, ref), fact, inputs_of(kind, lambda _: None))


async def _form(
    needs: Resources, who: Caller, there: Opened, typed: Typed, key: str, said: Problem | None = None
) -> Response:
    return await staff_page(
        needs,
        who,
        "staff/record_beside.html",
        f"{'Error: ' if said else ''}{there.file.ref}",
        HTTPStatus(said.status) if said else HTTPStatus.OK,
        ref=there.file.ref,
        fact=there.fact,
        heading=OF_REFERRAL[there.fact],
        heading_of=OF_REFERRAL.__getitem__,
        inputs=there.inputs,
        typed=typed,
        wrong=wrong_with(said, there.fact, there.inputs) if said and said.wrong else {},
        said=said,
        key=key,
    )
