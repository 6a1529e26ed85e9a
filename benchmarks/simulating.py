"""Case-years that are told again in a second under their own edition and under a proposed one, on all cores."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, cycle
from random import Random
from statistics import mean
from typing import NamedTuple

from activities.retelling import retelling
from activities.simulating import CASES_A_PAGE
from benchmarks.bare import WORDS
from gateways.calendar import closure_days
from policy.case_file import CaseFile
from policy.editions import released
from policy.facts import Actor, CaseFact, Entry, Role
from policy.facts.assessing import Assessed, Limb, Seriousness
from policy.facts.auditing import FindingAnswered
from policy.facts.closing import CaseClosed, Closing, ClosureProposed, Outcome
from policy.facts.contact import ContactMade
from policy.facts.matters import MatterKind
from policy.facts.people import Means, Person
from policy.facts.promising import ActionDone, ActionPlanned, PromiseKept, PromiseMade
from policy.facts.reporting import Channel, IncidentReported, ReportReceived
from policy.facts.reviewing import CaseReviewed
from policy.measures.period import Period
from policy.simulation.lived import LivedCase
from policy.simulation.tally import Tally
from policy.simulation.trial import Asked, Past, tried
from policy.working_days import ClosureDays, working_days_after

_EDITION = released()[-1]
_OFFICER, _SUPERVISOR = Actor(id="officer-1", role=Role.OFFICER), Actor(id="supervisor-1", role=Role.SUPERVISOR)
_BEGAN = datetime(2023, 1, 3, 10, 0, tzinfo=UTC)
_YEAR = timedelta(days=365)
_LIVES = 40
_PERIOD = Period.months(_BEGAN.date(), 13)
_WANTED, _WITHIN_SECONDS = 100_000, 60
PROPOSED = """
name = "proposed"
title = "First contact within three days"
in_force_from = 2027-04-01
[first_contact]
working_days = 3
"""


def _later(moment: datetime, days: int, closed: ClosureDays) -> datetime:
    due = working_days_after(moment, days, closed, _EDITION.office.closes).moment
    return due.replace(hour=moment.hour, minute=moment.minute)


def _at_intervals(
    begins: datetime, least: int, most: int, closed: ClosureDays, roll: Random
) -> Iterator[datetime]:
    moment = begins
    while (moment := _later(moment, roll.randint(least, most), closed)) < begins + _YEAR - timedelta(days=20):
        yield moment


Step = tuple[datetime, Actor, Callable[[CaseFile], CaseFact]]


def case_year(number: int) -> Past:
    """One case that is open for a year: a first contact and an assessment, contact about as often as is owed and
    reviews about as often, two further incidents that are assessed, an action and a promise, and an end. Some
    first contacts are late, and what the night's check finds is answered.
    """
    roll = Random(number)  # noqa: S311 - the same each time
    began = _BEGAN + timedelta(days=roll.randrange(7), hours=roll.randrange(4))
    closed = closure_days(began.date(), {})
    opening = CaseFile(ref=f"CW-2023-{number:06d}", edition=_EDITION.ref, closure_days=closed)
    case = LivedCase(opening, None)
    for place, (at, by, fact) in enumerate(sorted(_steps(began, closed, roll), key=lambda one: one[0])):
        case.run_on(at)
        for key in [key for key, one in case.file.matters.items() if one.kind is MatterKind.FINDING]:
            looked_into = FindingAnswered(at=at, matter=key, words=WORDS)
            case.tell(Entry(id=f"{key}-{place}", by=by, recorded_at=at, fact=looked_into))
        case.tell(Entry(id=f"fact-{place}", by=by, recorded_at=at, fact=fact(case.file)))
    case.run_on(_PERIOD.over)
    if case.refused or case.file.closed_at is None:
        raise ValueError([(one.entry.fact.fact, one.refusal.sentence) for one in case.refused])
    return Past(opening, tuple(one.entry for one in case.taken), {})


def _steps(began: datetime, closed: ClosureDays, roll: Random) -> Iterator[Step]:
    by_mail = Person(name="Rowan Example", email="rowan@example.org", prefers=Means.EMAIL)
    told = {"channel": Channel.PHONE, "words": WORDS, "category": "noise"}
    report = ReportReceived.model_validate({"at": began, "complainant": by_mail} | told)
    yield began, _OFFICER, lambda _: report
    first = _later(began, roll.randint(1, 6), closed)
    yield from _contact(first)
    yield from _assessment(first + timedelta(minutes=5))
    yield from chain.from_iterable(map(_contact, _at_intervals(first, 7, 10, closed, roll)))
    yield from chain.from_iterable(
        map(_review, _at_intervals(first + timedelta(minutes=30), 16, 20, closed, roll))
    )
    for months in (3, 7):
        at = _later(began, months * 21, closed)
        again = IncidentReported.model_validate({"at": at} | told)
        yield at, _OFFICER, partial(_as_it_is, again)
        yield from _assessment(at + timedelta(hours=2))
    planned, done = first + timedelta(hours=1), _later(first, 8, closed)
    yield planned, _OFFICER, lambda _: ActionPlanned(at=planned, words=WORDS)
    yield done, _OFFICER, lambda file: ActionDone(at=done, matter=_key(file, "action"), words=WORDS)
    made, kept = first + timedelta(hours=2), _later(first, 4, closed)
    yield made, _OFFICER, lambda _: PromiseMade(at=made, words=WORDS)
    yield kept, _OFFICER, lambda file: PromiseKept(at=kept, matter=_key(file, "promise"), words=WORDS)
    ends = began + _YEAR - timedelta(days=15)
    over = ends + timedelta(days=9)
    yield ends, _OFFICER, lambda _: ClosureProposed(at=ends, outcome=Outcome.STOPPED, explanation=WORDS)
    yield over, _OFFICER, lambda _: CaseClosed(at=over, closing=Closing.WITH_LETTER, reasons=WORDS)


def _as_it_is(fact: CaseFact, _: CaseFile) -> CaseFact:
    return fact


def _contact(at: datetime) -> Iterator[Step]:
    yield at, _OFFICER, lambda _: ContactMade(at=at, means=Means.PHONE, words=WORDS)


def _assessment(at: datetime) -> Iterator[Step]:
    found = Assessed(
        at=at,
        seriousness=Seriousness.ORDINARY,
        categories=("noise",),
        limb=Limb.NUISANCE_IN_A_HOME,
        reasons=WORDS,
    )
    yield at, _OFFICER, lambda _: found


def _review(at: datetime) -> Iterator[Step]:
    answers = {question.key: "Yes." for question in _EDITION.review_questions}
    yield at, _SUPERVISOR, lambda _: CaseReviewed(at=at, policy_followed=True, words=WORDS, answers=answers)


def _key(file: CaseFile, kind: str) -> str:
    return next(key for key, matter in file.matters.items() if matter.kind == kind)


class Rate(NamedTuple):
    """`facts` are those of a case-year, Casework's own among them."""

    a_second: float
    facts: float
    processes: int
    different: int
    went_otherwise: int

    @property
    def in_words(self) -> str:
        takes = _WANTED / self.a_second
        return (
            f"{self.a_second:,.1f} case-years a second in {self.processes} processes: each of {self.facts:.0f}"
            f" facts, told under its own edition and another. {_WANTED:,} would take {takes:,.0f} seconds,"
            f" {takes / _WITHIN_SECONDS:.1f} times what they should ({_WITHIN_SECONDS})."
        )


def case_years_a_second(number: int, processes: int = os.cpu_count() or 1) -> Rate:
    """Without PostgreSQL, from cases in memory to what is kept of them. Processes are begun before it counts."""
    lives = [case_year(one) for one in range(min(number, _LIVES))]
    cases = [life._replace(opening=life.opening.model_copy()) for life, _ in zip(cycle(lives), range(number))]
    pages = [cases[at : at + CASES_A_PAGE] for at in range(0, number, CASES_A_PAGE)]
    seconds, found = asyncio.run(_timed(pages, processes))
    return Rate(
        number / seconds,
        mean(len(one.entries or ()) for one in lives),
        processes,
        found.different,
        found.went_otherwise,
    )


async def _timed(pages: list[list[Past]], processes: int) -> tuple[float, Tally]:
    asked = Asked("proposed", _PERIOD, _BEGAN + 2 * _YEAR)
    found, loop = Tally(), asyncio.get_running_loop()
    async with retelling(PROPOSED, processes) as pool:
        await asyncio.gather(
            *(loop.run_in_executor(pool, tried, pages[0][:1], asked) for _ in range(4 * processes))
        )
        began = time.perf_counter()
        for told in asyncio.as_completed([loop.run_in_executor(pool, tried, page, asked) for page in pages]):
            found.add(await told, asked.examples)
        return time.perf_counter() - began, found
