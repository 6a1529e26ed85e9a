"""Looks for places in which cases cluster, and proposes them as focus areas. (focus-areas, section 7)"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from gateways.calendar import closure_days
from policy.editions import Edition, in_force_on
from policy.focus_areas.facts import FocusAreaProposed
from policy.focus_areas.file import Counting
from policy.frozen import Frozen
from policy.measures.period import Period
from policy.trends.counts import before, tally
from policy.trends.focus import Cluster, clusters
from policy.working_days import london_day
from store import focus_areas
from store.counts import counted
from store.sessions import Store

log = structlog.get_logger()


class Found(Frozen):
    """How many places stand out, and how many of them were proposed now."""

    standing_out: int
    proposed: int


@dataclass(frozen=True)
class Focusing:
    """`own_closure_days` are those of the landlord, by day."""

    store: Store
    own_closure_days: Mapping[date, str]

    async def look(self, at: datetime) -> Found:
        """At the days before `at`. Safe to repeat: what is proposed, under way or refused is not proposed anew."""
        day = london_day(at)
        edition = in_force_on(day)
        found = await self.standing_out(day, edition)
        counting = Counting(edition=edition, closure_days=closure_days(day, self.own_closure_days))
        async with self.store.writing() as db:
            proposed = await focus_areas.propose(db, [proposal(one, at) for one in found], counting)
        places = len({one.place for one in found})
        log.info("focus_areas_looked_for", standing_out=places, proposed=len(proposed))
        return Found(standing_out=places, proposed=len(proposed))

    async def standing_out(self, day: date, edition: Edition) -> Sequence[Cluster]:
        """Whatever was decided of them. Changes nothing."""
        times = looked_at(day, edition)
        async with self.store.reading() as db:
            cells = await counted(db, times)
        return await asyncio.to_thread(clusters, tally(cells, len(times)), times, edition.focus_areas)


def looked_at(day: date, edition: Edition) -> list[Period]:
    """The edition's days before that day, then the windows of the past before them."""
    numbers = edition.focus_areas
    first = day - timedelta(days=numbers.days)
    now = Period(first=first, last=day - timedelta(days=1))
    return [now, *before(first, numbers.days, numbers.years_of_past)]


def proposal(one: Cluster, at: datetime) -> FocusAreaProposed:
    told = one.numbers.model_dump()
    return FocusAreaProposed(
        at=at, place=one.place, kind=one.kind, false_share=one.false, looked_at=one.looked_at, **told
    )
