"""Taking a report: what to ask and advise by what it is about, cases like it, and its reference at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, ClassVar, Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.border import Ref, taken_in
from api.guidance import GuidanceTold, guidance, guidance_for
from api.permission import By, How, Who
from api.problems import case_not_found
from api.reports import received, told_again
from api.resources import Needs, Resources
from api.similar import like_this
from pages.form import Form
from pages.staff.recording import drafts
from pages.staff.recording.asking import asked, opened, pressed
from pages.staff.recording.form import key_in
from pages.staff.recording.inputs import Input, inputs_of
from pages.staff.recording.typed import body_of
from pages.staff.rendering import staff_page
from policy.facts.base import Fact
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.permissions import Action, relations
from store import cases
from store.drafts import Place

routes = APIRouter(include_in_schema=False)

_CHOSEN: Final = "category"
"""On the page before."""
_LIKE_IT: Final = frozenset({"complainant", "about", "place"})
"""By which cases are alike."""


@dataclass(frozen=True)
class Taking:
    """A form for what somebody tells us, where it goes, and what to say meanwhile."""

    template: ClassVar[str] = "staff/take_report.html"
    context: ClassVar[Mapping[str, Any]] = MappingProxyType({"alike": None})

    fact: str
    to: str
    heading: str
    inputs: tuple[Input, ...]
    told: GuidanceTold
    case: str | None = None

    @property
    def title(self) -> str:
        """In the browser's history."""
        return "New case" if self.case is None else self.case

    @property
    def draft(self) -> Place:
        return Place(address=self.to, fact=self.fact, about=self.case, case_ref=self.case)


@routes.get("/reports/new")
async def choose(who: Who, needs: Needs) -> Response:
    return await staff_page(needs, who, "staff/what_about.html", "New case", told=await guidance())


@routes.get("/reports/new/{category}")
async def ask(category: str, who: Who, needs: Needs) -> Response:
    """404 for what is no category."""
    return await opened(needs, who, await _report(category), {})


@routes.post("/reports/new/{category}")
async def take(category: str, form: Form, who: Who, needs: Needs) -> Response:
    there = await _report(category)
    body = body_of(there.inputs, form) | {_CHOSEN: category}

    async def similar(key: str) -> Response:
        draft = {name: body[name] for name in _LIKE_IT & body.keys()} | {_CHOSEN: category}
        alike = (await like_this(draft, who, needs)).cases
        return await asked(needs, who, there, form, key, alike=alike)

    async def record(key: str) -> Response:
        kept, _ = await received(needs, who, body, key)
        return RedirectResponse(f"/cases/{kept.case_ref}", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record, similar=similar)


@routes.get("/cases/{ref}/incidents")
async def ask_again(ref: Ref, who: Who, needs: Needs) -> Response:
    return await opened(needs, who, await _incident(needs, ref), {})


@routes.post("/cases/{ref}/incidents")
async def take_again(ref: Ref, form: Form, by: By, who: Who, how: How, needs: Needs) -> Response:
    """Never refused while the case is open, also where it is shut to whoever takes it. What was typed as a new
    report can be carried on here first.
    """
    there = await _incident(needs, ref)

    async def carry(key: str) -> Response:
        await drafts.over(needs, who, key)
        return await asked(needs, who, there, form, key_in({}))

    async def record(key: str) -> Response:
        entry = taken_in(IncidentReported, body_of(there.inputs, form), key, by, about=ref)
        await told_again(needs, ref, entry)
        if how not in relations(who.role, Action.SEE_CASE):
            return await staff_page(needs, who, "staff/passed_on.html", ref, ref=ref)
        return RedirectResponse(f"/cases/{ref}", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record, carry=carry)


async def _report(category: str) -> Taking:
    told = await guidance_for(category)
    name = told.categories[0].name
    return Taking("report_received", f"/reports/new/{category}", name, _asked(ReportReceived), told)


async def _incident(needs: Resources, ref: str) -> Taking:
    """Raises 404."""
    async with needs.everything.reading() as db:
        if not await cases.is_registered(db, ref):
            raise case_not_found(ref)
    told = (await guidance()).model_copy(update={"categories": ()})
    heading = f"A further incident on {ref}"
    return Taking("incident_reported", f"/cases/{ref}/incidents", heading, _asked(IncidentReported), told, ref)


def _asked(kind: type[Fact]) -> tuple[Input, ...]:
    return tuple(one for one in inputs_of(kind, lambda _: None) if one.name != _CHOSEN)
