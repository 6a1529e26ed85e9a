"""Prevention work on pages: what is planned and was done, what came of it, and forms for all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api import places, prevention
from api.border import Id
from api.paging import Cursor
from api.permission import By, Who
from api.problems import meant_by
from api.resources import Needs
from pages.form import Form
from pages.staff.kept import NOT_TAKEN, Kept, as_typed, asked, labelled
from pages.staff.recording.form import key_in
from pages.staff.recording.inputs import Input, Kind, inputs_of
from pages.staff.rendering import staff_page
from policy.frozen import Frozen
from policy.permissions import Action, may
from policy.prevention import PreventionCorrected, PreventionEnded, PreventionPlanned
from store.prevention import Work, WorkFilter

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 50
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
        needs, who, "staff/prevention.html", "Prevention work", work=found.work, next=found.next, keeps=keeps
    )


@routes.get("/prevention/new")
async def ask_plan(who: Who, needs: Needs, place: UUID | None = None) -> Response:
    """`place` is where it is known to be."""
    typed: Mapping[str, Sequence[str]] = {}
    if place is not None:
        there = (await places.place(place, needs)).place
        typed = as_typed({"place": there.name, "ward": there.ward})
    return await asked(needs, who, _new(), typed, key_in({}))


@routes.post("/prevention/new")
async def plan(form: Form, by: By, who: Who, needs: Needs) -> Response:
    """Pressed twice it is planned once."""
    there, key = _new(), key_in(form)
    try:
        made = await prevention.plan(there.body(form), key, by, needs)
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, meant_by(error).problem)
    return RedirectResponse(f"/prevention/{made.id}", HTTPStatus.SEE_OTHER)


@routes.get("/prevention/{id_}")
async def shown(id_: Id, who: Who, needs: Needs) -> Response:
    """404 where there is none."""
    told = await prevention.work(UUID(id_), needs)
    return await staff_page(
        needs,
        who,
        "staff/prevention_work.html",
        "Prevention work",
        of_us=[one.by_id for one in told.history],
        work=told.work,
        history=told.history[::-1],
        heading=_TOLD.get,
        keeps=may(who.role, Action.KEEP_PLACES),
    )


@routes.get("/prevention/{id_}/correct")
async def ask_what_is_right(id_: Id, who: Who, needs: Needs) -> Response:
    work = (await prevention.work(UUID(id_), needs)).work
    return await asked(needs, who, _about(work, "correct"), _stands(work), key_in({}))


@routes.post("/prevention/{id_}/correct")
async def correct(id_: Id, form: Form, by: By, who: Who, needs: Needs) -> Response:
    return await _recorded(id_, "correct", form, by, who, needs)


@routes.get("/prevention/{id_}/end")
async def ask_what_came_of_it(id_: Id, who: Who, needs: Needs) -> Response:
    return await asked(needs, who, _about((await prevention.work(UUID(id_), needs)).work, "end"), {}, key_in({}))


@routes.post("/prevention/{id_}/end")
async def end(id_: Id, form: Form, by: By, who: Who, needs: Needs) -> Response:
    """May be told again when more is known."""
    return await _recorded(id_, "end", form, by, who, needs)


async def _recorded(id_: str, does: str, form: Form, by: By, who: Who, needs: Needs) -> Response:
    there, key = _about((await prevention.work(UUID(id_), needs)).work, does), key_in(form)
    try:
        await prevention.record(UUID(id_), {"fact": there.fact} | there.body(form), key, by, needs)
    except NOT_TAKEN as error:
        return await asked(needs, who, there, form, key, meant_by(error).problem)
    return RedirectResponse(there.home, HTTPStatus.SEE_OTHER)


def _new() -> Kept:
    about = "Work against anti-social behaviour that is not about one case. Name nobody."
    heading, title = "Plan prevention work", "Prevention work"
    return Kept("/prevention/new", "/prevention", title, title, heading, _PLANNED, about)


def _about(work: Work, does: str) -> Kept:
    home, back, title = f"/prevention/{work.id}", f"Back to {work.title}", "Prevention work"
    if does == "end":
        heading, about = "What came of it", "Tell it again when you know more: what stood here before is kept."
        return Kept(f"{home}/end", home, back, title, heading, _ENDED, about, fact="prevention_ended")
    heading, about = "Put right what was planned", "What stood here before is kept, with who changed it."
    return Kept(f"{home}/correct", home, back, title, heading, _CORRECTED, about, fact="prevention_corrected")


def _stands(work: Work) -> dict[str, list[str]]:
    told = work.model_dump(mode="json", include=set(PreventionPlanned.model_fields))
    return as_typed(told | {name: in_pounds(told[name]) for name in _IN_POUNDS & told.keys()})


def in_pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence / 100:.2f}"
