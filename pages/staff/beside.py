"""Legal actions, referrals and case reviews: each on a page of its own, and forms for what happens there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.border import ProcedureRef
from api.case_reviews import CASE_REVIEWS, threshold
from api.identity import forbidden
from api.lists import LISTS
from api.permission import Who
from api.problems import problem
from api.procedures import LEGAL_ACTIONS, LISTED_AS, REFERRALS, Beside
from api.recognising import on_case
from api.recording_beside import kept
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.case import named
from pages.staff.happening import happened, of_us
from pages.staff.recording.asking import asked, opened, pressed
from pages.staff.recording.choices import choices_beside
from pages.staff.recording.form import Opened
from pages.staff.recording.inputs import inputs_of
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.case_review.review import ReviewFile
from policy.editions import of
from policy.headings import heading_of_kind
from policy.permissions import Action, may, may_record
from policy.preview import preview as previewed
from policy.procedures.base import ProcedureFile
from store import cases, timeline
from store.corrections import marked

routes = APIRouter(include_in_schema=False)

EVERY: Final = (LEGAL_ACTIONS, REFERRALS, CASE_REVIEWS)


@dataclass(frozen=True)
class Pages:
    """Of one kind. Each does as its route does in the API."""

    beside: Beside

    async def shown(self, ref: ProcedureRef, who: Who, needs: Needs) -> Response:
        found = await self.beside.as_recorded(needs, ref, who.actor)
        file = found.file
        names = await _people(needs, file)
        async with needs.store.reading() as db:
            entries = await marked(db, ref, await timeline.entries_of(db, ref))
        read_as = self.beside.kind.rulebook.entry
        lines = [happened(entry, names, read_as) for entry in reversed(entries)]
        actions = [one for one in found.actions if one.fact in self.forms]
        return await staff_page(
            needs,
            who,
            "staff/beside.html",
            ref,
            of_us=[*of_us(lines), getattr(file, "proposed_by", None)],
            ref=ref,
            home=self._home(ref),
            called=self.beside.called,
            which=_which(self.beside, file),
            about=[names.get(key, key) for key in getattr(file, "about", ())],
            cases=[file.case] if file.case else list(getattr(file, "cases", ())),
            sees_cases=may(who.role, Action.LIST_CASES),
            stage=file.stage,
            over=found.over,
            arithmetic=await _arithmetic(needs, file),
            deadlines=found.deadlines,
            now=datetime.now(UTC),
            may=[one for one in actions if one.refusal is None],
            may_not=[one for one in actions if one.refusal is not None],
            lines=lines,
            heading=heading_of_kind,
        )

    async def ask(self, request: Request, ref: ProcedureRef, fact: str, who: Who, needs: Needs) -> Response:
        there = await self._opened(needs, ref, fact, who, request.query_params)
        return await opened(needs, who, there, there.filled)

    async def take(
        self, request: Request, ref: ProcedureRef, fact: str, form: Form, who: Who, needs: Needs
    ) -> Response:
        """As on a case."""
        there = await self._opened(needs, ref, fact, who, request.query_params)

        async def preview(key: str) -> Response:
            file, entry, _ = await self.beside.taken_in(needs, ref, there.body(form), key, who.actor)
            would = previewed(self.beside.kind.rulebook, file, entry)
            return await asked(needs, who, there, form, key, shown=would)

        async def record(key: str) -> Response:
            await self.beside.record(needs, ref, there.body(form), key, who.actor)
            return RedirectResponse(f"{there.home}#timeline", HTTPStatus.SEE_OTHER)

        return await pressed(needs, who, there, form, record, preview=preview)

    def _home(self, ref: str) -> str:
        return f"/{self.beside.noun}/{ref}"

    @property
    def forms(self) -> frozenset[str]:
        """What is recorded on it once it is there."""
        asked = self.beside.kind.asked
        return frozenset(name for name, one in self.beside.facts.items() if one is not asked)

    async def _opened(self, needs: Resources, ref: str, fact: str, who: Caller, says: Mapping[str, str]) -> Opened:
        """Raises 403 and 404."""
        if fact not in self.forms:
            raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such page.")
        if not may_record(who.role, fact):
            raise forbidden(f'Recording "{heading_of_kind(fact)}" is not for the role {who.role}.')
        file = await kept(needs, self.beside.kind, ref)
        kind = self.beside.facts[fact]
        inputs = inputs_of(kind, choices_beside(file, of(file.edition)))
        called = self.beside.called
        return Opened(ref, self._home(ref), kind, inputs, file.case, says, self.forms, called=called)


for _beside in EVERY:
    _pages, _path = Pages(_beside), f"/{_beside.noun}/{{ref}}"
    routes.add_api_route(_path, _pages.shown, methods=["GET"], response_model=None)
    routes.add_api_route(f"{_path}/record/{{fact}}", _pages.ask, methods=["GET"], response_model=None)
    routes.add_api_route(f"{_path}/record/{{fact}}", _pages.take, methods=["POST"], response_model=None)


async def _people(needs: Resources, file: ProcedureFile) -> Mapping[str, str]:
    """Of its case, where it has one that the caller may see."""
    if file.case is None:
        return {}
    async with needs.store.reading() as db:
        case = await cases.file_of(db, file.case)
        return named(await on_case(db, case, datetime.now(UTC))) if case is not None else {}


def _which(beside: Beside, file: ProcedureFile) -> str:
    """Its remedy, agency or district by name."""
    key = getattr(file, beside.which, "")
    listed: Sequence[Any] = LISTS[LISTED_AS[beside.which]](of(file.edition))
    return next((one.name for one in listed if one.key == key), key)


async def _arithmetic(needs: Resources, file: ProcedureFile) -> str:
    """Of a case review's threshold, in words."""
    return (await threshold(file.ref, needs)).words if isinstance(file, ReviewFile) and file.asked_at else ""
