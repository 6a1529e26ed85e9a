"""Recording a fact on a case: the form, what recording it would do, and recording it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.border import Ref, taken_in
from api.facts import as_it_would_be_recorded, fits, recorded
from api.identity import forbidden
from api.permission import How, Who, also_on
from api.problems import case_not_found, problem
from api.recognising import on_case
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.case import named
from pages.staff.recording.asking import asked, opened, pressed
from pages.staff.recording.choices import (
    OF_A_MATTER,
    choices_on,
    files_for,
    must_say,
    questions_of,
    stands_now,
)
from pages.staff.recording.form import FORMS, Opened
from pages.staff.recording.inputs import Option, inputs_of
from pages.staff.recording.last_review import before
from pages.staff.recording.matters import matters_called
from policy.caller import Caller
from policy.case import CASE
from policy.editions import of
from policy.facts import CaseFact, Entry
from policy.facts.joining import CaseJoined
from policy.facts.linking import CasesLinked, CasesUnlinked
from policy.headings import heading_of_kind
from policy.permissions import may_record
from policy.preview import Preview
from policy.preview import preview as previewed
from store import cases
from store.handing_over import colleagues

routes = APIRouter(include_in_schema=False)


@routes.get("/cases/{ref}/record/{fact}")
async def ask(request: Request, ref: Ref, fact: str, who: Who, needs: Needs) -> Response:
    files = request.query_params.getlist("files")
    there = await _opened(needs, ref, fact, who, request.query_params, files)
    return await opened(needs, who, there, there.filled)


@routes.post("/cases/{ref}/record/{fact}")
async def take(
    request: Request, ref: Ref, fact: str, form: Form, who: Who, how: How, needs: Needs, answer: Response
) -> Response:
    there = await _opened(needs, ref, fact, who, request.query_params, form.get("files", ()))

    async def entry(key: str) -> Entry:
        made = taken_in(CaseFact, there.body(form), key, who.actor)
        fits(how, made.fact)
        await _on_both(needs, who, made)
        return made

    async def preview(key: str) -> Response:
        would = await _preview(needs, ref, await entry(key))
        return await asked(needs, who, there, form, key, shown=would)

    async def as_before(key: str) -> Response:
        return await asked(needs, who, there, _as_before(there, form), key, filled=True)

    async def record(key: str) -> Response:
        await recorded(needs, ref, await entry(key), answer)
        return RedirectResponse(f"/cases/{ref}#timeline", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record, preview=preview, as_before=as_before)


def _as_before(there: Opened, form: Mapping[str, list[str]]) -> Mapping[str, Sequence[str]]:
    """With what the last review said of each power, and the rest as it was typed."""
    known = there.before.powers
    return {name: said for name, said in form.items() if not (known and name.startswith("powers."))} | {**known}


async def _on_both(needs: Resources, who: Caller, entry: Entry) -> None:
    if isinstance(entry.fact, CaseJoined | CasesLinked | CasesUnlinked):
        await also_on(needs, who, entry.fact.into if isinstance(entry.fact, CaseJoined) else entry.fact.other)


async def _opened(
    needs: Resources, ref: str, fact: str, who: Caller, says: Mapping[str, str], files: Sequence[str]
) -> Opened:
    """With the `files` that wait for a case, where they are named. Raises 403 and 404."""
    kind = FORMS.get(fact)
    if kind is None:
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such page.")
    if not may_record(who.role, fact):
        raise forbidden(f'Recording "{heading_of_kind(fact)}" is not for the role {who.role}.')
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
        if file is None:
            raise case_not_found(ref)
        edition = of(file.edition)
        names = named(await on_case(db, file, datetime.now(UTC)))
        last = await before(db, file, edition, fact)
        known = await colleagues(db, needs.settings.groups) if "officer" in kind.model_fields else ()
        matters = await matters_called(db, file, names) if OF_A_MATTER & set(kind.model_fields) else {}
        came = await files_for(db, ref, who, files) if "files" in kind.model_fields else ()
    ours = [Option(one.id, f"{one.name}, {one.id}" if one.name else one.id) for one in known]
    choices = choices_on(file, edition, kind, names, ours, came, matters)
    questions = questions_of(edition, fact, last.asked)
    inputs = inputs_of(kind, choices, questions, must_say(fact, hate=file.hate is not None))
    stands = stands_now(file, fact)
    return Opened(ref, f"/cases/{ref}", kind, inputs, ref, says, before=last, stands=stands)


async def _preview(needs: Resources, ref: str, entry: Entry) -> Preview:
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
    if file is None:
        raise case_not_found(ref)
    return previewed(CASE, file, await as_it_would_be_recorded(needs, ref, entry))
