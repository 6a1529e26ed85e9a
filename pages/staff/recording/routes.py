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
from api.problems import case_not_found, meant_by, problem
from api.recognising import on_case
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.saying import NOT_TAKEN
from pages.staff.case import named
from pages.staff.recording.choices import choices_on, questions_of
from pages.staff.recording.form import FORMS, Opened, asked_by_form, key_in
from pages.staff.recording.inputs import Option, inputs_of
from pages.staff.recording.last_review import before
from policy.caller import Caller
from policy.case import CASE
from policy.editions import of
from policy.facts import CaseFact, Entry
from policy.facts.joining import CaseJoined
from policy.facts.linking import CasesLinked, CasesUnlinked
from policy.headings import heading_of_kind
from policy.permissions import may_record
from policy.preview import Preview, preview
from store import cases
from store.handing_over import colleagues

routes = APIRouter(include_in_schema=False)


@routes.get("/cases/{ref}/record/{fact}")
async def ask(request: Request, ref: Ref, fact: str, who: Who, needs: Needs) -> Response:
    there = await _opened(needs, ref, fact, who)
    return await asked_by_form(needs, who, there, there.said_in(request.query_params), key_in({}))


@routes.post("/cases/{ref}/record/{fact}")
async def take(ref: Ref, fact: str, form: Form, who: Who, how: How, needs: Needs, answer: Response) -> Response:
    """Whatever is wrong with it, what was typed stays. Pressed twice it is recorded once."""
    there, key = await _opened(needs, ref, fact, who), key_in(form)
    if form.get("do") == ["as_before"]:
        return await asked_by_form(needs, who, there, _as_before(there, form), key, filled=True)
    try:
        entry = taken_in(CaseFact, there.body(form), key, who.actor)
        fits(how, entry.fact)
        await _on_both(needs, who, entry)
        if form.get("do") == ["preview"]:
            return await asked_by_form(needs, who, there, form, key, shown=await _preview(needs, ref, entry))
        await recorded(needs, ref, entry, answer)
    except NOT_TAKEN as error:
        return await asked_by_form(needs, who, there, form, key, said=meant_by(error).problem)
    return RedirectResponse(f"/cases/{ref}#timeline", HTTPStatus.SEE_OTHER)


def _as_before(there: Opened, form: Mapping[str, list[str]]) -> Mapping[str, Sequence[str]]:
    """With what the last review said of each power, and the rest as it was typed."""
    known = there.before.powers
    return {name: said for name, said in form.items() if not (known and name.startswith("powers."))} | {**known}


async def _on_both(needs: Resources, who: Caller, entry: Entry) -> None:
    if isinstance(entry.fact, CaseJoined | CasesLinked | CasesUnlinked):
        await also_on(needs, who, entry.fact.into if isinstance(entry.fact, CaseJoined) else entry.fact.other)


async def _opened(needs: Resources, ref: str, fact: str, who: Caller) -> Opened:
    """Raises 403 and 404."""
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
    ours = [Option(one.id, f"{one.name}, {one.id}" if one.name else one.id) for one in known]
    choices = choices_on(file, edition, kind, names, ours)
    questions = questions_of(edition, fact, last.asked)
    return Opened(ref, f"/cases/{ref}", kind, inputs_of(kind, choices, questions), before=last)


async def _preview(needs: Resources, ref: str, entry: Entry) -> Preview:
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
    if file is None:
        raise case_not_found(ref)
    return preview(CASE, file, await as_it_would_be_recorded(needs, ref, entry))
