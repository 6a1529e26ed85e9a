"""Notices what was missed beside cases, and which places stand out, where no workflow waits for it.
(estate-inspections, policy-review, focus-areas)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import structlog
from pydantic import AwareDatetime, ValidationError
from temporalio import activity

from activities.focusing import Focusing
from gateways.calendar import closure_days
from policy.editions import in_force_on
from policy.estates.file import Counting
from policy.focus_areas import file as focus
from policy.frozen import Frozen
from policy.working_days import london_day
from store import focus_areas, places, policy_review
from store.away import StoreRefused
from store.sessions import Store

PLACES_A_PAGE: Final = 100

log = structlog.get_logger()


class Noticed(Frozen):
    """How much was newly noticed by the moment `at`."""

    at: AwareDatetime
    number: int = 0


@dataclass(frozen=True)
class Noticer:
    """`own` are the landlord's closure days."""

    store: Store
    own: Mapping[date, str]

    @activity.defn
    async def inspections(self, at: Noticed) -> Noticed:
        """At places and in focus areas. Safe to repeat: what was noticed is not noticed again."""
        number = await self._at_places(at.at)
        areas = await self._in_focus_areas(at.at)
        log.info("missed_beside_cases_noticed", at_places=number, in_focus_areas=areas)
        return Noticed(at=at.at, number=number + areas)

    async def _at_places(self, now: datetime) -> int:
        counting, number, after = self._counting(now), 0, ""
        while True:
            async with self.store.reading() as db:
                page = await places.missed(db, now, after, PLACES_A_PAGE)
            for place in page:
                async with self.store.writing() as db:
                    number += await places.notice(db, place, now, counting)
            if len(page) < PLACES_A_PAGE:
                return number
            after = page[-1]

    async def _in_focus_areas(self, now: datetime) -> int:
        """One that cannot be read is named in the log and keeps no other from it."""
        day, number = london_day(now), 0
        counting = focus.Counting(edition=in_force_on(day), closure_days=closure_days(day, dict(self.own)))
        async with self.store.reading() as db:
            found = await focus_areas.missed(db, now)
        for about in found:
            try:
                async with self.store.writing() as db:
                    number += await focus_areas.notice(db, about, now, counting)
            except (StoreRefused, ValidationError):
                log.error("focus_area_not_noticed", area=about)  # noqa: TRY400 - a trace may quote
        return number

    @activity.defn
    async def policy_review(self, at: Noticed) -> Noticed:
        """Safe to repeat."""
        async with self.store.writing() as db:
            number = await policy_review.notice(db, at.at, self._counting(at.at))
        return Noticed(at=at.at, number=number)

    @activity.defn(name="look_for_focus_areas")
    async def focus_areas(self, at: Noticed) -> Noticed:
        """Safe to repeat: what stands out is proposed once."""
        found = await Focusing(self.store, self.own).look(at.at)
        return Noticed(at=at.at, number=found.proposed)

    def _counting(self, now: datetime) -> Counting:
        day = london_day(now)
        return Counting(edition=in_force_on(day), closure_days=closure_days(day, dict(self.own)))
