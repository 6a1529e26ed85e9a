"""Focus areas on pages: what is proposed and why, what was decided, how it goes there, and forms for all of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import focus_areas
from api.border import Id
from api.focus_areas import told
from api.identity import forbidden
from api.permission import By, Who
from api.problems import problem
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.kept import Kept, labelled
from pages.staff.recording.asking import opened, pressed
from pages.staff.recording.inputs import Input, Option, inputs_of
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.facts.base import Fact
from policy.focus_areas.facts import FocusAreaAccepted, FocusAreaEnded, FocusAreaRefused, FocusAreaReviewed
from policy.focus_areas.file import FocusAreaFile, State
from policy.permissions import may_record
from policy.trends import words
from policy.trends.counts import ALL, HATE
from store.focus_areas import FocusAreaFilter, by_id
from store.handing_over import colleagues

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 200
_TITLE: Final = "Focus areas"
_OFTEN: Final = "Reviewed every so many working days, if more often than we do"


@dataclass(frozen=True)
class Step:
    """A form, from which it can be opened while a focus area stands so. `begins` is its button."""

    fact: type[Fact]
    begins: str
    heading: str
    while_: State
    labels: tuple[tuple[str, str], ...]
    about: str

    @property
    def name(self) -> str:
        name: str = self.fact.model_fields["fact"].default
        return name

    def inputs(self, owners: Sequence[Option]) -> tuple[Input, ...]:
        made = inputs_of(self.fact, lambda field: owners if field == "owner" and owners else None)
        return labelled(made, dict(self.labels))


_EVERY: Final = (
    Step(
        FocusAreaAccepted,
        "Make it a focus area",
        "Make this a focus area",
        State.PROPOSED,
        (
            ("words", "What is to be done there"),
            ("owner", "Whose it is; yours, if left empty"),
            ("every_working_days", _OFTEN),
        ),
        "Somebody owns it from now on, and is asked to review it. Name nobody who lives there.",
    ),
    Step(
        FocusAreaRefused,
        "Do not",
        "Do not make this a focus area",
        State.PROPOSED,
        (("why", "Why not"), ("reasons", "Why not, in your words")),
        "It is proposed again for the same reason only when there are half as many cases again.",
    ),
    Step(
        FocusAreaReviewed,
        "Review it",
        "Review the focus area",
        State.UNDER_WAY,
        (
            ("words", "How it goes there, and what is done next"),
            ("owner", "Whose it is from now on, if somebody else's"),
            ("every_working_days", _OFTEN),
        ),
        "It goes on, and the next review counts from this one.",
    ),
    Step(
        FocusAreaEnded,
        "End it",
        "End the focus area",
        State.UNDER_WAY,
        (("words", "What came of it, in your words"), ("result", "How it is there now")),
        "What was recorded stays. If cases cluster there again it is proposed again.",
    ),
)
_STEPS: Final = {one.name: one for one in _EVERY}
_TOLD: Final = {
    "focus_area_proposed": "Proposed by the system",
    "focus_area_accepted": "It became a focus area",
    "focus_area_refused": "It was not made one",
    "focus_area_reviewed": "Reviewed",
    "focus_area_ended": "Ended",
    "deadline_missed": "The day passed",
}
_OTHERWISE: Final = {ALL: "of every kind", HATE: "about hate"}


@routes.get("/focus-areas")
async def listed(who: Who, needs: Needs) -> Response:
    """What is to be decided first, then what is under way, then what was."""
    found = (await focus_areas.page(needs, FocusAreaFilter(), None, _AT_ONCE)).areas
    return await staff_page(
        needs,
        who,
        "staff/focus_areas.html",
        _TITLE,
        of_us=[one.owner for one in found],
        stands={state: [one for one in found if one.state is state] for state in State},
        steps=_for(who),
        **_words(),
    )


@routes.get("/focus-areas/{id_}")
async def shown(id_: Id, who: Who, needs: Needs) -> Response:
    """404 where there is none."""
    area = await focus_areas.area(UUID(id_), needs)
    return await staff_page(
        needs,
        who,
        "staff/focus_area.html",
        _TITLE,
        of_us=[area.area.owner, *(one.by_id for one in area.history)],
        told=area,
        most=max((one.number or 0 for one in area.months), default=0),
        history=area.history[::-1],
        heading=_TOLD.get,
        steps=_for(who),
        **_words(),
    )


@routes.get("/focus-areas/{id_}/record/{fact}")
async def ask(id_: Id, fact: str, who: Who, needs: Needs) -> Response:
    """404 where nothing is called so."""
    return await opened(needs, who, await _form(id_, fact, who, needs), {})


@routes.post("/focus-areas/{id_}/record/{fact}")
async def record(id_: Id, fact: str, form: Form, by: By, who: Who, needs: Needs) -> Response:
    """Pressed twice it is recorded once."""
    there = await _form(id_, fact, who, needs)

    async def recorded(key: str) -> Response:
        await focus_areas.record(UUID(id_), {"fact": there.fact} | there.body(form), key, by, needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, recorded)


async def _form(id_: str, fact: str, who: Caller, needs: Resources) -> Kept:
    step = _STEPS.get(fact)
    if step is None:
        raise problem(HTTPStatus.NOT_FOUND, "not-found", "There is no such form.")
    if not may_record(who.role, fact):
        raise forbidden(f"This is not for the role {who.role}.")
    async with needs.store.reading() as db:
        place = told(await by_id(db, id_)).place
        known = await colleagues(db, needs.settings.groups)
    owners = [Option(one.id, one.name or one.id) for one in known]
    home = f"/focus-areas/{id_}"
    back = f"Back to {place}"
    return Kept(
        f"{home}/record/{fact}",
        home,
        back,
        _TITLE,
        f"{step.heading}: {place}",
        step.name,
        step.inputs(owners),
        step.about,
    )


def _for(who: Caller) -> Callable[[FocusAreaFile], list[tuple[str, str]]]:
    """The forms that the caller may use on one as it stands: where, and what their buttons say."""
    steps = [step for step in _EVERY if may_record(who.role, step.name)]
    return lambda file: [
        (f"/focus-areas/{file.id}/record/{step.name}", step.begins) for step in steps if step.while_ is file.state
    ]


def _words() -> dict[str, Any]:
    """How a page says what the figures say."""
    return {
        "numbers": told,
        "often_chance": words.how_often_chance,
        "as_expected": words.as_expected,
        "how_many_times": words.how_many_times,
        "of_kind": lambda kind: _OTHERWISE.get(kind) or f"about {kind.replace('_', ' ')}",
    }
