"""Live counts are what the timelines tell, worked out by folding every one of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

import pytest_asyncio

from policy.deadlines import Deadline
from policy.editions import of
from policy.facts import Role
from policy.working_days import LONDON, london_day
from store import cases, live_counts, recording, timeline
from store.approvals import ANSWERS
from store.live_counts import By, Count
from store.relations import is_in_teams, teams
from store.sessions import Store
from tests.activities.measured_again import plausible
from tests.given import EDITION, assessed, contact, empty_file, entry, report
from tests.policy import happenings as h
from tests.policy.random_lives import begun, lived, reported, steps
from tests.scale import some

CASES = some(40, in_all=600)


@pytest_asyncio.fixture
async def full(store: Store) -> Store:
    async with store.writing() as db:
        for officer, theirs in (("officer-1", ["north", "south"]), ("officer-2", ["south"])):
            await is_in_teams(db, officer, theirs)
    for number in range(CASES):
        ref, roll = f"CW-2616-{number:06d}", Random(number)  # noqa: S311 - lives at random, the same each time
        first = reported(roll, ref)
        entries = [first]
        for one in lived((begun(first, ref), steps(roll))):
            entries += [plausible(one.entry)] if one.after is not one.before else []
        half = entries[: 1 + roll.randrange(len(entries))]
        if number % 5 == 0:
            facts = [report(at := first.at), contact(at), assessed(at), h.hate(at), h.proposal(at)]
            half = [entry(fact) for fact in facts]
        known = empty_file(first.at.date()).closure_days
        async with store.writing() as db:
            await cases.register(db, ref, EDITION.ref, known, first.at)
        async with store.writing() as db:
            await recording.record(db, ref, 1, half, first.at)
    return store


class Truth:
    """Of an open case, by its timeline alone."""

    def __init__(self, projection: recording.Projection) -> None:
        self.file = projection.file
        self.due = [one.due for one in projection.book.open if one.ours]
        self.waits = any(map(_waits, projection.book.open))

    def stands(self, by: By, of_staff: dict[str, tuple[str, ...]]) -> tuple[str | None, ...]:
        file = self.file
        match by:
            case By.TEAM:
                return of_staff.get(file.officer or "", (None,))
            case By.OFFICER:
                return (file.officer,)
            case By.CATEGORY:
                return (of(file.edition).leading(file.categories),)
            case By.WARD:
                return (file.ward,)
            case By.SERIOUSNESS:
                return ("serious" if file.serious else "ordinary",)

    def counted(self, now: datetime, midnight: datetime) -> Iterator[str]:
        yield "open"
        if self.due:
            yield "late" if min(self.due) < now else "due_today" if min(self.due) < midnight else "later"
        if self.waits:
            yield "waiting"


def _waits(deadline: Deadline) -> bool:
    return deadline.owed_by is Role.SUPERVISOR and bool(ANSWERS & set(deadline.met_by))


async def truths(store: Store) -> list[Truth]:
    found = []
    async with store.reading() as db:
        for ref in (f"CW-2616-{number:06d}" for number in range(CASES)):
            projection = recording.Projection.of(await cases.opening_of(db, ref))
            for entry in await timeline.entries_of(db, ref):
                projection.take(entry.entry())
            found += [Truth(projection)] if projection.file.closed_at is None else []
    return found


async def test_they_are_what_the_timelines_tell(full: Store) -> None:
    """Asked an hour before something is due, each way: to make the cases takes longer than to count them."""
    told = await truths(full)
    days = sorted(min(one.due) for one in told if one.due)
    now = days[len(days) // 2] - timedelta(hours=1)
    for by in (None, *By):
        await agrees(full, told, by, now)


async def agrees(store: Store, told: list[Truth], by: By | None, now: datetime) -> None:
    midnight = datetime.combine(london_day(now) + timedelta(days=1), time(), LONDON)
    async with store.reading() as db:
        of_staff = await teams(db)
        found = await live_counts.counts(db, by, now, midnight, ANSWERS)
    wanted: dict[str | None, Counter[str]] = {}
    for one in told:
        for where in (None,) if by is None else one.stands(by, of_staff):
            wanted.setdefault(where, Counter()).update(one.counted(now, midnight))
    names = ("open", "late", "due_today", "waiting")
    assert {one.by: one for one in found} == {
        where: Count(by=where, **{name: counts[name] for name in names}) for where, counts in wanted.items()
    }, by
    assert [one.late for one in found] == sorted((one.late for one in found), reverse=True), by
    for name in names:
        assert sum(getattr(one, name) for one in found) > 0, f"by {by}, of {name} there is something to count"


async def test_nothing_is_counted_where_nothing_is_open(store: Store) -> None:
    now = datetime.now(LONDON)
    async with store.reading() as db:
        [none] = await live_counts.counts(db, None, now, now, ANSWERS)
    assert none == Count(by=None, open=0, late=0, due_today=0, waiting=0)
