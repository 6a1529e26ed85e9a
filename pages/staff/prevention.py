"""Prevention work on pages: what is planned and was done, what came of it, and forms for all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import places, prevention
from api.border import Id
from api.paging import Cursor
from api.permission import By, Who
from api.resources import Needs
from pages.form import Form
from pages.staff.kept import Kept, as_typed, labelled, with_what_was
from pages.staff.recording.asking import opened, pressed
from pages.staff.recording.drafts import address_of
from pages.staff.recording.inputs import Input, Kind, inputs_of
from pages.staff.rendering import staff_page
from policy.frozen import Frozen
from policy.permissions import Action, may
from policy.prevention import PreventionCorrected, PreventionEnded, PreventionPlanned
from policy.trends import words
from store.prevention import Work, WorkFilter

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 50
_TITLE: Final = "Prevention work"
_IN_POUNDS: Final = frozenset({"cost", "bid", "awarded"})
_LABELS: Final = {"words": "What is done, and why", "place": "Place, as it is called in our list", "ends": "Until"}


def _inputs(kind: type[Frozen], **labels: str) -> tuple[Input, ...]:
    made = labelled(inputs_of(kind, lambda _: None), labels)
    return tuple(replace(one, kind=Kind.POUNDS) if one.name in _IN_POUNDS else one for one in made)


_PLANNED: Final = _inputs(PreventionPlanned, **_LABELS)
_CORRECTED: Final = _inputs(PreventionCorrected, **_LABELS, reasons="Why it is put right")
_ENDED: Final = _inputs(PreventionEnded, words="What came of it, in your words")
_TOLD: Final = {
    "prevention_planned": "Planned",
    "prevention_corrected": "Put right",
    "prevention_ended": "What came of it was told",
}


@routes.get("/prevention")
async def listed(who: Who, needs: Needs, cursor: Cursor = None) -> Response:
    """The latest start first."""
    found = await prevention.page(needs, WorkFilter(), cursor, _AT_ONCE)
    keeps = may(who.role, Action.KEEP_PLACES)
    return await staff_page(
        needs, who, "staff/prevention.html", _TITLE, work=found.work, next=found.next, keeps=keeps
    )


@routes.get("/prevention/new")
async def ask_plan(who: Who, needs: Needs, place: UUID | None = None) -> Response:
    """`place` is where it is known to be."""
    filled: Mapping[str, Sequence[str]] = {}
    if place is not None:
        there = (await places.place(place, needs)).place
        filled = with_what_was(as_typed({"place": there.name, "ward": there.ward}))
    return await opened(needs, who, _new(place), filled)


@routes.post("/prevention/new")
async def plan(form: Form, by: By, who: Who, needs: Needs, place: UUID | None = None) -> Response:
    """Pressed twice it is planned once."""
    there = _new(place)

    async def record(key: str) -> Response:
        made = await prevention.plan(there.body(form), key, by, needs)
        return RedirectResponse(f"/prevention/{made.id}", HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


@routes.get("/prevention/{id_}")
async def shown(id_: Id, who: Who, needs: Needs) -> Response:
    """404 where there is none."""
    told = await prevention.work(UUID(id_), needs)
    return await staff_page(
        needs,
        who,
        "staff/prevention_work.html",
        _TITLE,
        of_us=[one.by_id for one in told.history],
        work=told.work,
        history=told.history[::-1],
        heading=_TOLD.get,
        trend=told.trend,
        as_expected=words.as_expected,
        how_many_times=words.how_many_times,
        keeps=may(who.role, Action.KEEP_PLACES),
    )


@routes.get("/prevention/{id_}/correct")
async def ask_what_is_right(id_: Id, who: Who, needs: Needs) -> Response:
    work = (await prevention.work(UUID(id_), needs)).work
    return await opened(needs, who, _correcting(work), with_what_was(_stands(work)))


@routes.post("/prevention/{id_}/correct")
async def correct(id_: Id, form: Form, by: By, who: Who, needs: Needs) -> Response:
    """The whole of it, with what was changed in the form: what somebody else put right meanwhile stays."""
    work = (await prevention.work(UUID(id_), needs)).work
    there = _correcting(work)
    whole = there.body(_stands(work)) | there.changed(form)
    body = {name: value for name, value in whole.items() if value not in (None, [])}
    return await _recorded(work, there, body, form, by, who, needs)


@routes.get("/prevention/{id_}/end")
async def ask_what_came_of_it(id_: Id, who: Who, needs: Needs) -> Response:
    return await opened(needs, who, _ending((await prevention.work(UUID(id_), needs)).work), {})


@routes.post("/prevention/{id_}/end")
async def end(id_: Id, form: Form, by: By, who: Who, needs: Needs) -> Response:
    """May be told again when more is known."""
    work = (await prevention.work(UUID(id_), needs)).work
    there = _ending(work)
    return await _recorded(work, there, there.body(form), form, by, who, needs)


async def _recorded(
    work: Work, there: Kept, body: dict[str, Any], form: Form, by: By, who: Who, needs: Needs
) -> Response:
    async def record(key: str) -> Response:
        await prevention.record(UUID(work.id), {"fact": there.fact} | body, key, by, needs)
        return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)

    return await pressed(needs, who, there, form, record)


def _new(place: UUID | None) -> Kept:
    about = "Work against anti-social behaviour that is not about one case. Name nobody."
    to = address_of("/prevention/new", {"place": str(place)} if place else {})
    heading = "Plan prevention work"
    return Kept(to, "/prevention", _TITLE, _TITLE, heading, "prevention_planned", _PLANNED, about)


def _correcting(work: Work) -> Kept:
    home, back, heading = f"/prevention/{work.id}", f"Back to {work.title}", "Put right what was planned"
    about = "What stood here before is kept, with who changed it."
    return Kept(f"{home}/correct", home, back, _TITLE, heading, "prevention_corrected", _CORRECTED, about)


def _ending(work: Work) -> Kept:
    home, back, heading = f"/prevention/{work.id}", f"Back to {work.title}", "What came of it"
    about = "Tell it again when you know more: what stood here before is kept."
    return Kept(f"{home}/end", home, back, _TITLE, heading, "prevention_ended", _ENDED, about)


def _stands(work: Work) -> dict[str, list[str]]:
    told = work.model_dump(mode="json", include=set(PreventionPlanned.model_fields))
    return as_typed(told | {name: in_pounds(told[name]) for name in _IN_POUNDS & told.keys()})


def in_pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence / 100:.2f}"
