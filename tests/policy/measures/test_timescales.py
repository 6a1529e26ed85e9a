"""What was done in time and how long it took, worked out by hand. October 2023 has no bank holiday."""

from collections import Counter
from datetime import date, timedelta

import pytest

from policy.facts.closing import Closing
from policy.facts.promising import PromiseKept, PromiseMade, PromiseMoved
from policy.measures.base import HALF, NINE_IN_TEN, within
from policy.measures.history import history
from policy.measures.period import Period
from policy.working_days import working_days_between
from tests.given import assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.measures.worked import OCTOBER, case, counted, measured, sorted_by

MONDAY = london(2023, 10, 2)


def test_each_deadline_counts_once_in_the_month_in_which_it_was_due() -> None:
    """Contact and assessment are due on Monday 9 October at 17:00."""
    kept = case(1, report(MONDAY), contact(london(2023, 10, 9, 16)), until=london(2023, 10, 10))
    late = case(2, report(MONDAY), contact(london(2023, 10, 9, 18)), until=london(2023, 10, 10))
    never = case(3, report(MONDAY), until=london(2023, 10, 20))
    cases = (kept, late, never)
    row = "contact-5-working-days"
    told = sorted_by("kept", cases, "row", "how")
    assert {how: told[one, how] for one, how in told if one == row} == {"kept": 1, "late": 0, "not_done": 0}
    assert sorted_by("kept", cases, "row")[row,] == pytest.approx(1 / 3)
    assert sorted_by("kept", cases, "row", period=Period.month(2023, 9)) == {}


def test_whoever_it_went_up_to_it_is_counted_once() -> None:
    one = case(1, report(MONDAY), until=london(2023, 10, 20))
    assert any(line.deadline.key.startswith("escalation:") for line in one.ledger)
    by_row = Counter(line.by["row"] for line in counted("kept", one))
    assert by_row["contact-5-working-days",] == 1


def test_what_residents_do_in_time_is_not_ours() -> None:
    later = MONDAY + timedelta(hours=1)
    facts = (report(MONDAY), contact(MONDAY), assessed(MONDAY), h.proposal(MONDAY), h.closed(later))
    one = case(1, *facts, h.answered(later, "questionnaire-7"))
    assert any(line.ended and line.ended.ending == "kept" for line in one.ledger if not line.deadline.ours)
    assert all(line.by["row"] != ("satisfaction-questionnaire",) for line in counted("kept", one))


def test_what_was_done_in_time_and_written_down_late_is_in_time_and_says_so() -> None:
    told = [entry(report(MONDAY)), entry(contact(london(2023, 10, 9, 16)), recorded_at=london(2023, 10, 12))]
    one = history(empty_file(MONDAY.date()), told, london(2023, 10, 13))
    assert sorted_by("kept", (one,), "row", "how")["contact-5-working-days", "recorded_late"] == 1


def test_what_is_not_due_yet_is_not_counted() -> None:
    assert measured("kept", case(1, report(MONDAY), until=london(2023, 10, 9, 16))).number == 0


def test_a_promise_that_was_moved_in_time_counts_on_its_new_day() -> None:
    made = PromiseMade(at=MONDAY, words="We ring on Wednesday.", by_when=date(2023, 10, 4))
    moved = PromiseMoved(at=london(2023, 10, 3), matter="promise-3", by_when=date(2023, 11, 2), words="Away.")
    kept = PromiseKept(at=london(2023, 11, 2, 10), matter="promise-3", words="Rang.")
    one = case(1, report(MONDAY), made, moved, kept, until=london(2023, 11, 3))
    assert measured("promises_kept", one).number == 0
    assert measured("promises_kept", one, period=Period.month(2023, 11)).value == 1


def test_a_promise_that_was_moved_after_it_was_missed_was_missed() -> None:
    made = PromiseMade(at=MONDAY, words="We ring on Wednesday.", by_when=date(2023, 10, 4))
    moved = PromiseMoved(at=london(2023, 10, 5), matter="promise-3", by_when=date(2023, 10, 6), words="Away.")
    kept = PromiseKept(at=london(2023, 10, 6, 10), matter="promise-3", words="Rang.")
    one = case(1, report(MONDAY), made, moved, kept, until=london(2023, 10, 8))
    assert sorted_by("promises_kept", (one,), "how") == {("kept",): 1, ("not_done",): 0}


def test_contact_every_five_days_and_reviews_are_counted_apart() -> None:
    """Contact on the 2nd and the 6th, then nothing; reviewed on the 20th, due by Monday the 30th."""
    one = case(
        1,
        report(MONDAY),
        contact(MONDAY, every=5),
        contact(london(2023, 10, 6)),
        h.review(london(2023, 10, 20)),
    )
    assert (measured("contacts_kept", one).value, measured("contacts_kept", one).number) == (0.5, 2)
    assert (measured("reviews_held", one).value, measured("reviews_held", one).number) == (1, 1)


def test_days_are_working_days_and_the_half_and_nine_in_ten_are_among_them() -> None:
    """Reported on Friday 29 September: on Monday 2 October one working day has passed."""
    friday = london(2023, 9, 29)
    contacts = [(2, 1), (3, 2), (4, 3), (9, 6), (16, 11)]
    cases = [case(n, report(friday), contact(london(2023, 10, day))) for n, (day, _) in enumerate(contacts, 1)]
    found = measured("days_to_contact", *cases)
    assert (found.number, found.value, found.nine_in_ten) == (5, 3, 11)


def test_days_to_assessment_count_to_the_first_and_days_to_closure_to_the_end() -> None:
    one = case(
        1,
        report(MONDAY),
        assessed(london(2023, 10, 4)),
        assessed(london(2023, 10, 10)),
        h.closed(london(2023, 10, 11), Closing.UNJUSTIFIED),
    )
    assert measured("days_to_assessment", one).value == 2
    assert measured("days_to_closure", one).value == 7


@pytest.mark.parametrize(
    ("until", "days"),
    [(date(2023, 5, 25), 0), (date(2023, 5, 26), 1), (date(2023, 5, 29), 1), (date(2023, 5, 30), 2)],
    ids=["same day", "next day", "bank holiday", "after it"],
)
def test_working_days_between_two_days(until: date, days: int) -> None:
    closed = empty_file(date(2023, 5, 25)).closure_days
    assert working_days_between(date(2023, 5, 25), until, closed) == days
    assert working_days_between(until, date(2023, 5, 25), closed) == 0


@pytest.mark.parametrize(
    ("values", "half", "nine"),
    [([4], 4, 4), ([1, 2], 1, 2), ([3, 1, 2], 2, 3), (list(range(1, 11)), 5, 9), (list(range(1, 111)), 55, 99)],
)
def test_half_and_nine_in_ten(values: list[float], half: float, nine: float) -> None:
    assert (within(Counter(values), HALF), within(Counter(values), NINE_IN_TEN)) == (half, nine)


def test_a_share_of_nothing_is_none() -> None:
    found = measured("kept", period=OCTOBER)
    assert (found.number, found.value) == (0, None)
