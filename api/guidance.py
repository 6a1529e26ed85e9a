"""What whoever takes a report asks, advises and whom they name. (first-contact-guidance)"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter

from api.problems import problem
from policy.editions import Category, Edition, in_force_on
from policy.editions.guidance import Guidance, Ring
from policy.frozen import Frozen
from policy.rows import section_of
from policy.working_days import london_day

routes = APIRouter(tags=["guidance"])

_ROW: Final = "first-contact-guidance"


class CategoryGuidance(Frozen):
    """In the order in which it is said: first what is asked of everybody, then what belongs to the category."""

    category: str
    name: str
    presumed_serious: bool
    ask: tuple[str, ...]
    advise: tuple[str, ...]
    ring: tuple[Ring, ...]


class GuidanceTold(Frozen):
    """The words of the edition in force today. `always` alone is for a report that has no category yet."""

    edition: str
    row: str
    section: str
    source: str
    always: Guidance
    categories: tuple[CategoryGuidance, ...]


@routes.get("/guidance", summary="Guidance for every category of behaviour")
async def guidance() -> GuidanceTold:
    """What to ask, what to advise and whom to ring, in the words that are in force today."""
    edition = _today()
    return _told(edition, edition.categories)


@routes.get("/guidance/{category}", summary="Guidance for one category of behaviour")
async def guidance_for(category: str) -> GuidanceTold:
    """404 for what is no category; the answer then names those there are."""
    edition = _today()
    wanted = edition.category(category)
    if wanted is None:
        known = ", ".join(c.key for c in edition.categories)
        raise problem(HTTPStatus.NOT_FOUND, "category-not-found", f"The categories are: {known}.", row=_ROW)
    return _told(edition, (wanted,))


def _today() -> Edition:
    return in_force_on(london_day(datetime.now(UTC)))


def _told(edition: Edition, categories: tuple[Category, ...]) -> GuidanceTold:
    told = edition.guidance
    return GuidanceTold(
        edition=edition.name,
        row=_ROW,
        section=section_of(_ROW),
        source=told.source,
        always=told.always,
        categories=tuple(_for(edition, category) for category in categories),
    )


def _for(edition: Edition, category: Category) -> CategoryGuidance:
    always, own = edition.guidance.always, edition.guidance.of[category.key]
    return CategoryGuidance(
        category=category.key,
        name=category.name,
        presumed_serious=category.presumed_serious,
        ask=always.ask + own.ask,
        advise=always.advise + own.advise,
        ring=always.ring + own.ring,
    )
