"""Find: one box on every page for people, homes, places and cases, by whatever somebody remembers of them."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.border import is_case_ref
from api.paging import is_procedure_ref
from api.people import PersonReached, reached
from api.permission import Who
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.frozen import Frozen
from policy.permissions import Action, may
from store import finding
from store.cases import is_registered
from store.finding import CaseFound, HomeFound, PlaceFound
from store.lookings import found_cases, look_at_people
from store.procedures import kept_of

routes = APIRouter(include_in_schema=False)

_LONGEST: Final = 100


class Found(Frozen):
    people: tuple[PersonReached, ...] = ()
    homes: tuple[HomeFound, ...] = ()
    places: tuple[PlaceFound, ...] = ()
    cases: tuple[CaseFound, ...] = ()


@routes.get("/find")
async def box(who: Who, needs: Needs) -> Response:
    return await _shown(needs, who, "", None)


@routes.post("/find")
async def find(form: Form, who: Who, needs: Needs) -> Response:
    """What is looked for stands in no address. A reference leads to its page at once; whatever else is found is
    written down as seen.
    """
    words = form.get("words", [""])[0].strip()[:_LONGEST]
    if not words:
        return await _shown(needs, who, "", None)
    if home := await _called(needs, who, words.upper()):
        return RedirectResponse(home, HTTPStatus.SEE_OTHER)
    return await _shown(needs, who, words, await _found(needs, who, words))


async def _called(needs: Resources, who: Caller, ref: str) -> str | None:
    """The page of the case, or of what is carried on beside one. None for what is not for them."""
    if not may(who.role, Action.LIST_CASES):
        return None
    async with needs.store.reading() as db:
        if is_case_ref(ref):
            return f"/cases/{ref}" if await is_registered(db, ref) else None
        kept = await kept_of(db, ref) if is_procedure_ref(ref) else None
        return f"/{kept.kind.name}s/{ref}" if kept else None


async def _found(needs: Resources, who: Caller, words: str) -> Found:
    """Of what the caller's role may see, each as far as they may."""
    lists_cases, sees_places = may(who.role, Action.LIST_CASES), may(who.role, Action.SEE_PLACES)
    async with needs.store.reading() as db:
        found = Found(
            people=await reached(db, await finding.known(db, words)),
            homes=tuple(await finding.homes(db, words)),
            places=tuple(await finding.inspected(db, words)) if sees_places else (),
            cases=tuple(await finding.on_cases(db, words)) if lists_cases else (),
        )
    seen = [*(one.id for one in found.people), *(one.id for one in found.homes)]
    await look_at_people(needs.store, seen, who, Action.SEE_PEOPLE)
    await found_cases(needs.store, [one.ref for one in found.cases], who, Action.LIST_CASES)
    return found


async def _shown(needs: Resources, who: Caller, words: str, found: Found | None) -> Response:
    of_us = [one.officer for one in found.cases] if found else ()
    keeps = may(who.role, Action.KEEP_PEOPLE)
    return await staff_page(
        needs,
        who,
        "staff/find.html",
        "Find",
        of_us=of_us,
        looked_for=words,
        found=found,
        most=finding.MOST_SHOWN,
        keeps=keeps,
    )
