"""Recording a fact on a case: the form, what recording it would do, and recording it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.border import Ref, taken_in
from api.facts import RECORDED_HERE, fits, recorded
from api.identity import forbidden
from api.permission import How, Who, also_on
from api.problems import Problem, case_not_found, meant_by, problem
from api.recognising import on_case
from api.resources import Needs, Resources
from pages.form import Form
from pages.private.saying import NOT_TAKEN
from pages.staff.case import named
from pages.staff.recording.choices import choices_on, questions_of
from pages.staff.recording.inputs import Input, inputs_of
from pages.staff.recording.last_review import NOTHING, Before, before
from pages.staff.recording.typed import body_of, wrong_with
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.editions import of
from policy.facts import CaseFact, Entry
from policy.facts.base import Fact
from policy.facts.joining import CaseJoined
from policy.facts.linking import CasesUnlinked
from policy.headings import heading_of_kind
from policy.permissions import may_record
from policy.preview import Preview, preview
from store import cases

routes = APIRouter(include_in_schema=False)

_BY_NO_FORM: Final = frozenset({"closure_days_adopted"})
"""What nobody types."""
_KEY: Final = "key"


@dataclass(frozen=True)
class Opened:
    """A form on a case, for one kind of fact."""

    ref: str
    kind: type[Fact]
    inputs: tuple[Input, ...]
    before: Before = NOTHING

    @property
    def fact(self) -> str:
        name: str = self.kind.model_fields["fact"].default
        return name


@routes.get("/cases/{ref}/record/{fact}")
async def ask(request: Request, ref: Ref, fact: str, who: Who, needs: Needs) -> Response:
    """What the address says is filled in already, such as `matter`."""
    there = await _opened(needs, ref, fact, who)
    known = {one.name for one in there.inputs}
    said = {name: [value] for name, value in request.query_params.items() if name in known}
    return await _form(needs, who, there, said, str(uuid4()))


@routes.post("/cases/{ref}/record/{fact}")
async def take(ref: Ref, fact: str, form: Form, who: Who, how: How, needs: Needs, answer: Response) -> Response:
    """Whatever is wrong with it, what was typed stays. Pressed twice it is recorded once."""
    there, key = await _opened(needs, ref, fact, who), key_in(form)
    try:
        entry = taken_in(CaseFact, {"fact": there.fact} | body_of(there.inputs, form), key, who.actor)
        if form.get("do") == ["preview"]:
            return await _form(needs, who, there, form, key, shown=await _preview(needs, ref, entry))
        fits(how, entry.fact)
        await _on_both(needs, who, entry)
        await recorded(needs, ref, entry, answer)
    except NOT_TAKEN as error:
        return await _form(needs, who, there, form, key, said=meant_by(error).problem)
    return RedirectResponse(f"/cases/{ref}#timeline", HTTPStatus.SEE_OTHER)


async def _on_both(needs: Resources, who: Caller, entry: Entry) -> None:
    if isinstance(entry.fact, CaseJoined | CasesUnlinked):
        await also_on(needs, who, entry.fact.into if isinstance(entry.fact, CaseJoined) else entry.fact.other)


async def _opened(needs: Resources, ref: str, fact: str, who: Caller) -> Opened:
    """Raises 403 and 404."""
    kind = RECORDED_HERE.get(fact)
    if kind is None or fact in _BY_NO_FORM:
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
    choices, questions = choices_on(file, edition, kind, names), questions_of(edition, fact, last.asked)
    return Opened(ref, kind, inputs_of(kind, choices, questions), last)


async def _preview(needs: Resources, ref: str, entry: Entry) -> Preview:
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
    if file is None:
        raise case_not_found(ref)
    return preview(file, entry)


def key_in(form: Mapping[str, Sequence[str]]) -> str:
    try:
        return str(UUID(form.get(_KEY, [""])[0]))
    except ValueError:
        return str(uuid4())


async def _form(
    needs: Resources,
    who: Caller,
    there: Opened,
    typed: Mapping[str, Sequence[str]],
    key: str,
    *,
    said: Problem | None = None,
    shown: Preview | None = None,
) -> Response:
    wrong: dict[str, Any] = wrong_with(said, there.fact, there.inputs) if said and said.wrong else {}
    return await staff_page(
        needs,
        who,
        "staff/record.html",
        f"{'Error: ' if said else ''}{there.ref}",
        HTTPStatus(said.status) if said else HTTPStatus.OK,
        ref=there.ref,
        fact=there.fact,
        heading=heading_of_kind(there.fact),
        heading_of=heading_of_kind,
        inputs=there.inputs,
        typed=typed,
        wrong=wrong,
        said=said,
        shown=shown,
        before=there.before,
        now=datetime.now(UTC),
        key=key,
    )
