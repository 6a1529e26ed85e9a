"""Figures of what was counted beforehand are those of reading every timeline, whatever was recorded in between."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given
from hypothesis import settings as how_often
from hypothesis import strategies as st
from measured_again import measured_again, plausible, recorded
from sqlalchemy import text

from activities.counting import Counting
from activities.measuring import Measuring
from policy.facts import CaseFact, Entry
from policy.facts.closing import Closing
from policy.facts.parts import Part
from policy.measures import DIMENSIONS, MEASURES
from policy.measures.base import Asking
from policy.measures.period import Period
from policy.working_days import london_day
from store import counted_in_all, timeline
from store.counted import shorts
from store.relations import is_in_teams
from store.sessions import Store
from store.timeline import TimelineEntry
from tests.given import assessed, contact, entry, london, report
from tests.policy import happenings as h
from tests.policy.random_lives import begun, lived, reported, steps
from tests.scale import some

MONDAY = london(2023, 10, 2)
DAY = timedelta(days=1)
PARTIES = ("ab" * 16, "cd" * 16, "ef" * 16)
EVER = Period(first=date(2018, 1, 1), last=date(2040, 1, 1))
LATER = datetime(2060, 1, 1, tzinfo=UTC)
CASES = some(12, in_all=60)
ROUNDS = some(3, in_all=12)


def about_somebody(roll: Random, number: int) -> list[Entry]:
    """A case about one of few people, or somebody else after all, or that follows from another. It closes at some
    time or joins another; some of it, or all, is written down long afterwards.
    """
    at = MONDAY + roll.randrange(300) * DAY
    follows = f"CW-2616-{roll.randrange(CASES):06d}" if roll.random() < 0.4 else None
    more: dict[str, Any] = {"follows": follows, "follows_closed_at": at - DAY} if follows else {}
    facts: list[CaseFact] = [report(at, hate=h.RACE if roll.random() < 0.3 else None, **more)]
    known = ("perpetrator-1", "perpetrator-2")[: roll.randrange(3)]
    facts += [h.taken_on(at, key, Part.PERPETRATOR, person=roll.choice(PARTIES)) for key in known]
    at += roll.randrange(100) * DAY
    facts += [contact(at), assessed(at)]
    if roll.random() < 0.7:
        facts.append(h.closed(at, roll.choice((Closing.UNJUSTIFIED, Closing.DEALT_WITH))))
    elif roll.random() < 0.3:
        facts.append(h.joined(at, f"CW-2616-{(number + 1) % CASES:06d}"))
    if roll.random() < 0.3:
        facts.append(h.identified(at, "perpetrator-1", roll.choice(PARTIES)))
    late = sorted(roll.choice((0, 0, 0, 200)) * DAY for _ in facts)
    if roll.random() < 0.3:
        late = [300 * DAY for _ in facts]
    return [entry(fact, recorded_at=fact.at + more) for fact, more in zip(facts, late, strict=True)]


def whole_life(roll: Random, ref: str) -> list[Entry]:
    told = reported(roll, ref)
    life = begun(told, ref), steps(roll)
    return [told, *(plausible(one.entry) for one in lived(life) if one.after is not one.before)]


Known = dict[str, list[Entry]]


def cases_of(roll: Random) -> Known:
    found = {f"CW-2616-{n:06d}": about_somebody(roll, n) for n in range(CASES)}
    return found | {ref: whole_life(roll, ref) for ref in (f"CW-2616-9{n:05d}" for n in range(CASES))}


async def agrees(store: Store, period: Period, known_at: datetime = LATER, by: Sequence[str] = ()) -> None:
    found = await Measuring(store).measured(period, known_at, by=by)
    again = await measured_again(store, period, known_at, by)
    for name in MEASURES:
        assert found.figures[name] == again[name], (name, period, known_at, by)


@pytest.mark.parametrize("seed", range(some(2, in_all=20)))
async def test_whatever_was_recorded_since_it_was_counted_figures_are_those_of_every_timeline(
    store: Store, seed: int
) -> None:
    """Each round something more is recorded, of some of the cases that tell of each other."""
    roll = Random(seed)  # noqa: S311 - lives at random, the same each time
    left = cases_of(roll)
    for last in (*[False] * ROUNDS, True):
        for ref, entries in left.items():
            done = len(await told(store, ref))
            now = len(entries) if last else roll.randrange(done, len(entries) + 1)
            if more := entries[done:now]:
                await recorded(store, ref, more, done + 1)
        known_at = MONDAY + roll.randrange(900) * DAY
        await agrees(store, EVER)
        await agrees(store, Period.months(MONDAY.date(), roll.randrange(1, 12)), known_at, ["outcome"])


async def told(store: Store, ref: str) -> list[TimelineEntry]:
    async with store.reading() as db:
        return await timeline.entries_of(db, ref)


@pytest_asyncio.fixture
async def full(store: Store) -> Store:
    async with store.writing() as db:
        await is_in_teams(db, "officer-1", ["north", "south"])
    for ref, entries in cases_of(Random(7)).items():  # noqa: S311 - as above
        await recorded(store, ref, entries)
    return store


@how_often(max_examples=some(12, in_all=500), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.dates(date(2019, 1, 1), date(2023, 10, 1)),
    days=st.integers(0, 2000),
    known_at=st.one_of(st.just(LATER), st.integers(0, 900).map(lambda days: MONDAY + days * DAY)),
    by=st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True),
)
async def test_of_any_time_as_known_at_any_moment_sorted_by_anything(
    full: Store, first: date, days: int, known_at: datetime, by: list[str]
) -> None:
    await agrees(full, Period(first=first, last=first + timedelta(days=days)), known_at, by)


@pytest.mark.parametrize("known_at", [LATER, MONDAY + 200 * DAY])
async def test_of_several_times_that_overlap_each_is_what_it_is_alone(full: Store, known_at: datetime) -> None:
    year = Period.months(date(2023, 10, 1), 12)
    months = [Period.months(date(2023, month, 1), 1) for month in (10, 11, 12)]
    times = [year, *months, Period(first=months[0].last, last=months[2].first)]
    asked = [Asking(one.up_to(london_day(known_at)), by) for one in times for by in ((), ("ward",), ("how",))]
    found = await Measuring(full).together({asking: [*MEASURES] for asking in asked}, known_at)
    for asking in asked:
        again = await measured_again(full, asking.period, known_at, asking.by)
        for name in MEASURES:
            assert found.figures[asking][name] == again[name], (name, asking)


async def test_one_question_is_enough_however_many_cases_are_read_again(store: Store) -> None:
    """PostgreSQL's protocol takes 32,767 values in one."""
    refs = {f"CW-2616-{number:06d}" for number in range(40_000)}
    async with store.reading() as db:
        found = await counted_in_all.added_up(db, {Asking(EVER, ("ward",)): [*MEASURES]}, refs)
        assert {name for each in found.values() for name in each} == set(MEASURES)
        assert await shorts(db, refs) == {}


async def test_nothing_is_counted_twice_and_a_new_definition_counts_everything_anew(full: Store) -> None:
    assert await counted(full) >= 2 * CASES
    assert await counted(full) == 0
    async with full.writing() as db:
        await db.connection.execute(text("UPDATE counted_under SET definitions = 'of another release'"))
    assert await counted(full) >= 2 * CASES
    assert await counted(full) == 0


async def counted(store: Store) -> int:
    found: list[int] = []
    await Counting(store).bring_up_to_date(found.append)
    return sum(found)
