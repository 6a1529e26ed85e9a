"""Matters: which steps they take, and that the days agreed lie ahead and not too far. (bounded-waits)"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache

from policy.case_file import CaseFile
from policy.deadlines import without_number
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.base import Fact
from policy.facts.groups import GroupMeetingHeld
from policy.facts.hearings import HearingAdjourned, HearingListed
from policy.facts.matters import Begun, RunsOut, Step
from policy.facts.mediating import MediationDeclined
from policy.matters import COURSES, stage_of
from policy.refusals import DayNotAgreeable, MatterNotOpen, Refused
from policy.refusals.timely import first_day_left, is_a_court_s, lies_ahead
from policy.rules.mediation import can_be_taken_back
from policy.working_days import day_in_words, london_day


def open_for(file: CaseFile, kind: type[Fact]) -> list[str]:
    """The keys of what takes that step. Whoever agreed to mediation may still change their mind."""
    taking = [key for key, matter in file.matters.items() if stage_of(matter).takes(kind)]
    return taking + (can_be_taken_back(file) if kind is MediationDeclined else [])


def some_matter_takes(file: CaseFile, kind: type[Fact]) -> None:
    """That there is anything at all that this kind of step carries on."""
    if not issubclass(kind, Step) or open_for(file, kind):
        return
    raise MatterNotOpen(
        f"There is nothing on this case now that this could be recorded of. It is recorded of: {_whose(kind)}."
    )


def some_may_take(file: CaseFile, kind: type[Fact], may: Callable[[CaseFile, str, datetime], None]) -> None:
    """One at least of those that take it, at the first moment at which it could have been done."""
    first: Refused | None = None
    for key in open_for(file, kind):
        try:
            may(file, key, file.matters[key].since)
        except Refused as refused:
            first = first or refused
        else:
            return
    if first is not None:
        raise first


@cache
def _whose(step: type[Fact]) -> str:
    """Which matters it carries on, as an officer calls them."""
    called = {c.called for c in COURSES.values() if any(stage.takes(step) for stage in c.stages.values())}
    return " or ".join(sorted(called))


def this_matter_takes(file: CaseFile, fact: Step) -> None:
    waiting = open_for(file, type(fact))
    for key in fact.named:
        if key not in waiting:
            instead = "Nothing on this case takes it now"
            if waiting:
                instead = f"It can be recorded of: {called_of(waiting)}"
            raise MatterNotOpen(f"This cannot be recorded now of {called_of([key])}. {instead}.")
        matter = file.matters.get(key)
        late = isinstance(fact, GroupMeetingHeld)
        if matter is not None and not late and london_day(fact.at) < london_day(matter.since):
            raise MatterNotOpen(
                f"This began on {day_in_words(london_day(matter.since))}, not before: check the date."
            )


def called_of(keys: Iterable[str]) -> str:
    """`offer of mediation (mediation-offer-2); promise (promise-4)`"""
    named = {kind.value: course.called for kind, course in COURSES.items()}
    called = ((named.get(without_number(key)), key) for key in keys)
    return "; ".join(f"{name} ({key})" if name else key for name, key in called)


def day_is_agreeable(file: CaseFile, fact: Begun | Step, entry: Entry, edition: Edition) -> None:
    """A day that has passed is no promise, nor is today once the office has closed: it would be late at once.
    And a wait without end is not a wait. A court's day is not agreed.
    """
    day = fact.day()
    if day is None:
        return
    if isinstance(fact, HearingListed | HearingAdjourned):
        is_a_court_s(day, entry, file.closure_days, edition)
    else:
        lies_ahead(day, first_day_left(fact.at, edition), edition)


def end_is_agreeable(fact: RunsOut, first: date, longest_days: int) -> None:
    """What is agreed or authorised ends, after today and not too far ahead. (bounded-waits)"""
    last = first + timedelta(days=longest_days)
    if not first < fact.ends <= last:
        raise DayNotAgreeable(
            f"Choose an end after {day_in_words(first)} and by {day_in_words(last)}.",
            missing=("an end that can be agreed",),
        )
