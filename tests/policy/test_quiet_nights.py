"""self-audit: nights in which nothing would be found are passed over, and what is found is found all the same."""

from datetime import datetime, timedelta
from random import Random

import pytest

from policy import audit
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.editions import of
from policy.facts import Entry, Role
from policy.facts.auditing import PatternFound, PatternName
from policy.folding import after_and_owed
from policy.simulation.lived import LivedCase
from policy.simulation.played import Played
from tests.given import EDITION, case_of, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.random_lives import begun, lived, reported, steps
from tests.scale import some

DAY = timedelta(days=1)
MONDAY = london(2023, 10, 2)
LIVES = some(range(6), in_all=range(600))


class EveryNight(LivedCase):
    def _look(self, now: datetime, _until: datetime) -> None:
        edition = of(self.file.edition)
        self.night = audit.night_after(now, edition)
        for fact in audit.findings(self.file, self.timeline, now, edition):
            self.record_own(fact.pattern, fact, now)


def taken(kind: type[LivedCase], opening: CaseFile, told: list[Entry], until: datetime) -> Played:
    case = kind(opening, None)
    for one in told:
        case.tell(one)
    case.run_on(until)
    return case.played(until)


def same(opening: CaseFile, told: list[Entry], until: datetime) -> list[PatternFound]:
    """What is found by either."""
    passed_over, each = (taken(kind, opening, told, until) for kind in (LivedCase, EveryNight))
    assert [(one.id, one.recorded_at, one.fact) for one in passed_over.entries] == [
        (one.id, one.recorded_at, one.fact) for one in each.entries
    ]
    assert passed_over.ledger() == each.ledger()
    return [one.fact for one in passed_over.entries if isinstance(one.fact, PatternFound)]


@pytest.mark.parametrize("number", LIVES)
def test_a_life_at_random_goes_as_if_each_night_had_been_looked_at(number: int) -> None:
    """What people told; then half a year in which nothing is told."""
    roll = Random(number)  # noqa: S311 - lives at random, the same each time
    first = reported(roll)
    life = begun(first), steps(roll)
    told = [first, *(one.entry for one in lived(life) if one.after is not one.before)]
    by_people = sorted((one for one in told if one.by.role is not Role.SYSTEM), key=lambda one: one.recorded_at)
    opening = empty_file(first.recorded_at.date())
    same(opening, by_people, by_people[-1].recorded_at + 180 * DAY)


@pytest.mark.parametrize("days", [20, 40, 60, 100, 200])
def test_what_comes_and_goes_again_is_found_in_its_nights(days: int) -> None:
    """Reported again and again: nothing changes, and a case review is due until the reports are too old."""
    again = [h.incident(MONDAY + number * days / 4 * DAY) for number in range(1, 5)]
    told = [entry(one) for one in (report(MONDAY), *again)]
    found = same(empty_file(MONDAY.date()), told, MONDAY + 500 * DAY)
    assert found


def test_deadlines_that_are_counted_with_a_fact_are_those_of_the_file_after_it() -> None:
    for number in LIVES:
        roll = Random(number)  # noqa: S311 - as above
        for one in lived((begun(reported(roll)), steps(roll))):
            after, owed = after_and_owed(one.before, one.entry, EDITION)
            assert owed == deadlines(after, EDITION)


@pytest.mark.parametrize("known", [PatternName.CASE_REVIEW_NOT_OFFERED, PatternName.INCIDENTS_WITHOUT_CHANGE])
def test_what_may_come_and_be_gone_by_the_last_night_is_not_passed_over(known: PatternName) -> None:
    """All else is found already, so that it alone is looked for."""
    told = [report(MONDAY), *(h.incident(MONDAY + number * DAY) for number in range(1, 5))]
    others = [name for name, one in audit.PATTERNS.items() if one.comes_later is None or name is known]
    told += [h.pattern(MONDAY + 5 * DAY, name) for name in others]
    file, timeline = case_of(*told), audit.Timeline()
    for number, fact in enumerate(told, 1):
        timeline.add(audit.told(number, entry(fact)))
    nights = [MONDAY + number * DAY for number in range(5, 400)]
    found = [bool(audit.findings(file, timeline, night, EDITION)) for night in nights]
    assert any(found)
    assert not found[-1]
    for until in range(1, len(nights)):
        quiet = audit.is_quiet(file, timeline, nights[0], nights[until], EDITION)
        assert not (quiet and any(found[: until + 1])), nights[until]
    assert audit.is_quiet(file, timeline, nights[-9], nights[-1], EDITION)
