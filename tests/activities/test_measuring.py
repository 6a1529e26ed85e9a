"""Figures from the records: the same by Python over facts and by SQL over what the facts were made into."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest_asyncio
from measured_again import all_agree, planned, plausible, recorded
from measured_in_sql import MEASURED
from sqlalchemy import text

from activities.measuring import Measured, Measuring, of_officer
from policy.facts import CaseFact
from policy.facts.closing import Closing
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.facts.proceedings import LegalActionFinished, LegalActionProposed, LegalStage
from policy.facts.promising import PromiseKept, PromiseMade
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.referring import ReferralFinished, ReferralProposed
from policy.measures import MEASURES
from policy.measures.base import figure
from policy.measures.period import Period
from policy.measures.prevention import PREVENTION
from policy.prevention import PreventionKind
from policy.referral.codes import ReferralOutcome
from policy.tenure import Tenure
from store import new_cases
from store.relations import is_in_teams
from store.sessions import EVERYTHING, Store
from tests.given import assessed, contact, entry, london, report
from tests.policy import happenings as h
from tests.policy.random_lives import begun, lived, reported, steps
from tests.scale import some
from tests.store.erasing import approved, carried_out, everything_of_somebody, objection_days_are_over

MONDAY = london(2023, 10, 2)
LIVES = some(30, in_all=2000)
DAY = timedelta(days=1)
RARE: list[list[CaseFact]] = [
    [
        report(MONDAY),
        contact(MONDAY, every=1),
        PromiseMade(at=MONDAY, words="Tomorrow.", by_when=date(2023, 10, 3)),
        contact(MONDAY + DAY),
        PromiseKept(at=MONDAY + DAY, matter="promise-3", words="Rang."),
        QuestionnaireAnswered(
            at=MONDAY + 2 * DAY, matter="questionnaire-6", answers={"satisfied": "very", "listened_to": "no"}
        ),
    ],
    [
        report(MONDAY),
        ReferralProposed(
            at=MONDAY, agency="council", about=("complainant",), what="A.", why="B.", gateway=Gateway.CONSENT
        ),
        ReferralFinished(at=MONDAY + 9 * DAY, matter="referral-2", outcome=ReferralOutcome.HELPED),
        LegalActionProposed(at=MONDAY, remedy="injunction", tenure=Tenure.ASSURED, reasons="A knife."),
        LegalActionFinished(at=MONDAY + DAY, matter="legal-action-4", stage=LegalStage.OVER),
    ],
    [report(MONDAY), assessed(MONDAY), h.closed(MONDAY, Closing.UNJUSTIFIED)],
    [report(MONDAY + 30 * DAY, follows="CW-2072-000003", follows_closed_at=MONDAY)],
]
"""What comes of it only where others have their part in it, which lives at random seldom reach."""
EVER = Period(first=date(2018, 1, 1), last=date(2040, 1, 1))


@pytest_asyncio.fixture
async def few(store: Store) -> Store:
    for number, facts in enumerate(RARE, 1):
        await recorded(store, f"CW-2072-{number:06d}", [entry(fact) for fact in facts])
    return store


@pytest_asyncio.fixture
async def full(few: Store) -> Store:
    """And of cases that lived at random, some of them through years."""
    for number in range(LIVES):
        ref, roll = f"CW-2071-{number:06d}", Random(number)  # noqa: S311 - lives at random, the same each time
        told = reported(roll, ref)
        life = begun(told, ref), steps(roll)
        taken = [plausible(one.entry) for one in lived(life) if one.after is not one.before]
        await recorded(few, ref, [told, *taken])
    await planned(few, PreventionKind.CAMPAIGN, MONDAY.date())
    return few


async def figures(store: Store, period: Period, *by: str) -> Measured:
    return await Measuring(store).measured(period, datetime(2060, 1, 1, tzinfo=UTC), by=by)


def test_every_measure_is_reckoned_twice() -> None:
    assert MEASURED.keys() == MEASURES.keys()


async def test_both_reckonings_agree(full: Store, database: str) -> None:
    somewhere: set[str] = set()
    for period in (EVER, *(Period.months(date(year, 1, 1), 12) for year in range(2019, 2029))):
        somewhere |= await all_agree(full, database, period, datetime(2060, 1, 1, tzinfo=UTC))
    assert somewhere == MEASURES.keys(), "of each there is something to agree on"


async def test_as_many_cases_come_in_on_a_day_as_its_list_has(few: Store) -> None:
    for day, many in ((MONDAY, len(RARE) - 1), (MONDAY + DAY, 0), (MONDAY + 30 * DAY, 1)):
        told = await figures(few, Period(first=day.date(), last=day.date()))
        async with few.reading() as db:
            assert await new_cases.how_many(db, day.date()) == told.figures["came_in"][()].number == many


async def test_an_officer_s_own_figures_are_those_that_are_sorted_by_officer(
    full: Store, app_store: Store
) -> None:
    times = (EVER, *(Period.months(date(year, 1, 1), 12) for year in (2022, 2023, 2024)))
    names = [name for name in MEASURES if name != PREVENTION.name]
    told = [(await figures(full, one, "officer")).figures for one in times]
    officers = {place for each in told[0].values() for place in each if place}
    assert len(officers) > 2
    for officer in officers:
        async with app_store.seen_by(EVERYTHING).reading() as db:
            own = await of_officer(db, *officer, times, names)
        for name in names:
            none = figure(MEASURES[name].unit, {})
            assert own[name] == [each[name].get(officer, none) for each in told], (officer, name)


async def test_what_retention_erased_is_in_no_figure_and_is_said(few: Store) -> None:
    held = await everything_of_somebody(few)
    period = Period(first=date(2016, 1, 1), last=EVER.last)
    before = await figures(few, period)
    await approved(few, held.case)
    await objection_days_are_over(few)
    assert await carried_out(few, held.case)
    after = await figures(few, period)
    assert (before.cases, before.erased) == (len(RARE) + 1, 0)
    assert (after.cases, after.erased) == (before.cases - 1, 1)
    assert after.figures["opened"][()].number == before.figures["opened"][()].number - 1


async def test_with_an_erased_case_what_it_told_of_others_is_gone(store: Store) -> None:
    """While both are there the second is one more report about the same party."""
    first, second, party = "CW-2075-000001", "CW-2075-000002", "ab" * 16
    for ref in (first, second):
        about = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR, person=party)
        await recorded(store, ref, [entry(report(MONDAY)), entry(about)])
    assert (await figures(store, EVER)).figures["nm01_cases"][()].number == 1
    async with store.writing() as db:
        await db.connection.execute(text("SET LOCAL session_replication_role = replica"))
        await db.connection.execute(text("UPDATE cases SET closed_at = now() WHERE ref = :ref"), {"ref": first})
        await db.connection.execute(text("SELECT erase_case(:ref)"), {"ref": first})
    after = await figures(store, EVER)
    assert (after.figures["opened"][()].number, after.figures["nm01_cases"][()].number) == (1, 1)


async def test_a_time_that_goes_on_is_measured_up_to_now(store: Store) -> None:
    """Nobody knows yet whether there will be peace, nor what will be done of all that is owed by then."""
    closed = [report(MONDAY), assessed(MONDAY), h.closed(MONDAY, Closing.UNJUSTIFIED)]
    kept_early = [report(MONDAY), contact(MONDAY)]
    for number, facts in enumerate((closed, kept_early), 1):
        await recorded(store, f"CW-2074-{number:06d}", [entry(fact) for fact in facts])
    measuring = Measuring(store)
    now, later = [await measuring.measured(EVER, MONDAY + days) for days in (0 * DAY, 365 * DAY)]
    assert (now.period.last, later.period.last) == (MONDAY.date(), (MONDAY + 365 * DAY).date())
    for name in ("peace_held", "kept"):
        assert now.figures[name][()].number == 0, name
        assert later.figures[name][()].number > 0, name


async def test_a_case_is_its_officer_s_team_s(few: Store) -> None:
    async with few.writing() as db:
        await is_in_teams(db, "officer-1", ["north", "south"])
    found = (await figures(few, EVER, "team")).figures["opened"]
    assert found["north",].number == found["south",].number == len(RARE)
