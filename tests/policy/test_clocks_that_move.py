"""Clocks that move: each says in the ledger from what to what and by which fact, and none goes out of sight."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import CaseFact
from policy.facts.reviewing import CaseAllocated, CoverArranged
from policy.facts.ruling import ClosureDaysAdopted
from policy.ledger import Ending, lines
from policy.refusals import ClosureDaysNotSane, DayNotAgreeable
from policy.standing import in_short, standing
from tests.given import EDITION, SUPERVISOR, assessed, case_of, contact, entry, london, report
from tests.policy.happenings import hate, incident, owed, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def in_contact() -> CaseFile:
    return recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY))


def adopted(
    at: datetime, file: CaseFile, *closed_on: date, reasons: str | None = "Proclaimed."
) -> ClosureDaysAdopted:
    days = file.closure_days.days | dict.fromkeys(closed_on, "A day of rejoicing")
    return ClosureDaysAdopted(at=at, days=days, known_until=file.closure_days.known_until, reasons=reasons)


MOVES: dict[str, tuple[Callable[[CaseFile], CaseFact], str, datetime, datetime]] = {
    "another assessment": (
        lambda _: assessed(MONDAY + DAY, serious=True),
        "regular-contact",
        london(2023, 6, 19, 17),
        london(2023, 6, 13, 17),
    ),
    "a late perception of hate": (
        lambda _: hate(MONDAY + 2 * DAY),
        "review",
        london(2023, 7, 3, 17),
        london(2023, 6, 21, 17),
    ),
    "violence in a further incident": (
        lambda _: incident(MONDAY + 2 * DAY, "violence"),
        "review",
        london(2023, 7, 3, 17),
        london(2023, 6, 21, 17),
    ),
    "a new bank holiday": (
        lambda file: adopted(MONDAY + DAY, file, date(2023, 6, 12)),
        "regular-contact",
        london(2023, 6, 19, 17),
        london(2023, 6, 20, 17),
    ),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_clock_that_moves_says_where_to_and_by_what(name: str) -> None:
    made, key, was, becomes = MOVES[name]
    file = in_contact()
    told = entry(made(file), SUPERVISOR)
    after = recorded(file, told.fact, by=SUPERVISOR)
    changed = [one for one in lines(deadlines(file, EDITION), deadlines(after, EDITION), told) if one.ended]
    (line,) = [one for one in changed if one.deadline.key == key]
    assert line.ended is not None
    assert (line.deadline.due, line.ended.ending) == (was, Ending.MOVED)
    assert (line.ended.moved_to, line.ended.by) == (becomes, told.fact.fact)
    assert owed(after)[key].due == becomes


def test_another_interval_that_was_agreed_counts_from_that_contact() -> None:
    file = in_contact()
    told = entry(contact(MONDAY + DAY, every=2))
    after = recorded(file, told.fact)
    ended = next(one for one in lines(deadlines(file, EDITION), deadlines(after, EDITION), told) if one.ended)
    assert ended.ended is not None
    assert (ended.ended.ending, ended.ended.by) == (Ending.KEPT, "contact_made")
    assert owed(after)["regular-contact"].due == london(2023, 6, 8, 17)


# Absence


def test_cover_moves_no_clock_and_hides_none() -> None:
    file = recorded(in_contact(), CaseAllocated(at=MONDAY, officer="officer-1"))
    covered = recorded(file, CoverArranged(at=MONDAY, officer="officer-2", until=date(2023, 6, 16)))
    assert owed(covered) == owed(file)
    cover = standing(covered, EDITION).cover
    assert cover is not None
    assert (cover.officer, cover.until) == ("officer-2", date(2023, 6, 16))


def test_another_officer_of_the_case_needs_no_cover_for_the_one_before() -> None:
    file = recorded(in_contact(), CoverArranged(at=MONDAY, officer="officer-2", until=date(2023, 6, 16)))
    assert recorded(file, CaseAllocated(at=MONDAY + DAY, officer="officer-3")).cover is None


def test_cover_is_for_a_time_that_lies_ahead() -> None:
    for until in (date(2023, 6, 4), date(2025, 6, 5)):
        with pytest.raises(DayNotAgreeable):
            recorded(in_contact(), CoverArranged(at=MONDAY, officer="officer-2", until=until))


# Closure days


def test_no_blanket_of_closed_days_makes_deadlines_go_away() -> None:
    file = in_contact()
    blanket = [date(2023, 6, 6) + n * DAY for n in range(40)]
    with pytest.raises(ClosureDaysNotSane, match="More than 20 weekdays would be closed in 2023"):
        recorded(file, adopted(MONDAY, file, *blanket))
    weekends = [day for day in blanket if day.weekday() > 4]
    assert owed(recorded(file, adopted(MONDAY, file, *weekends))) == owed(file)


def test_days_long_past_are_not_closed_afterwards_and_those_known_stay() -> None:
    file = in_contact()
    later = MONDAY + 60 * DAY
    with pytest.raises(ClosureDaysNotSane, match="Tuesday 6 June 2023 is too long ago to be changed"):
        recorded(file, adopted(later, file, date(2023, 6, 6)))
    assert recorded(file, adopted(later, file, date(2023, 7, 31))).seq == file.seq + 1
    forgotten = {day: why for day, why in file.closure_days.days.items() if day != date(2023, 8, 28)}
    dropped = adopted(MONDAY + 150 * DAY, file).model_copy(update={"days": forgotten})
    with pytest.raises(ClosureDaysNotSane, match="Monday 28 August 2023"):
        recorded(file, dropped)


def test_whoever_adopts_closure_days_says_why() -> None:
    file = in_contact()
    with pytest.raises(ClosureDaysNotSane, match="Say why") as refused:
        recorded(file, adopted(MONDAY, file, date(2023, 6, 7), reasons=None))
    assert refused.value.refusal.missing == ("reasons",)
    before = adopted(MONDAY, file, date(2023, 6, 7)).model_copy(update={"known_until": date(2023, 1, 1)})
    with pytest.raises(ClosureDaysNotSane, match="which day ahead"):
        recorded(file, before)


def test_what_a_closure_day_is_called_is_not_shown_where_nothing_is_encrypted() -> None:
    file = case_of(report(MONDAY))
    named = adopted(MONDAY, file, date(2023, 6, 7)).model_copy(
        update={"days": file.closure_days.days | {date(2023, 6, 7): "Funeral of Ms Example"}}
    )
    after = recorded(file, named)
    assert "Funeral" in owed(after)["first-contact"].why
    shown = in_short(after, deadlines(after, EDITION))
    assert "Funeral" not in shown
    assert "first-contact, by Tuesday 13 June 2023 at 17:00" in shown
