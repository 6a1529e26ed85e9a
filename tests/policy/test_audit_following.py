"""What the night's check finds of promises, plans, waits and reviews that lead nowhere."""

from datetime import date, datetime, timedelta

from policy.facts import CaseFact, Entry
from policy.facts import promising as p
from policy.facts.auditing import PatternName
from policy.facts.reviewing import CaseReviewed
from policy.simulation import Played
from tests.given import assessed, contact, london
from tests.policy import happenings as h
from tests.policy.nights import MONDAY, nights_of, played, reported, said

DAY = timedelta(days=1)


def handled(*facts: CaseFact | Entry, days: int) -> Played:
    """Spoken to on the day, assessed on the day; the third fact has the number 4, since a letter was sent."""
    return played(reported(), contact(MONDAY), *facts, until=MONDAY + days * DAY)


def promise(at: datetime, day: date) -> p.PromiseMade:
    return p.PromiseMade(at=at, words="We will ring.", by_when=day)


def test_one_promise_long_overdue_is_found() -> None:
    case = handled(promise(MONDAY, date(2024, 6, 5)), days=20)
    assert nights_of(PatternName.COMMITMENT_NOT_FOLLOWED_THROUGH, case) == [date(2024, 6, 15)]
    assert said(PatternName.COMMITMENT_NOT_FOLLOWED_THROUGH, case) == (
        "What was promised for Wednesday 5 June 2024 has not been done."
    )


def test_a_promise_broken_after_another_was_missed_is_found_at_once() -> None:
    first, second = promise(MONDAY, date(2024, 6, 5)), promise(MONDAY, date(2024, 6, 10))
    kept = p.PromiseKept(at=london(2024, 6, 6), matter="promise-4", words="Rang.")
    broken = p.PromiseBroken(at=london(2024, 6, 7), matter="promise-5", words="It will not be.")
    case = handled(first, second, kept, broken, days=8)
    assert nights_of(PatternName.COMMITMENT_NOT_FOLLOWED_THROUGH, case) == [date(2024, 6, 8)]
    kept_both = handled(first, second, kept, p.PromiseKept(**broken.model_dump(exclude={"fact"})), days=8)
    assert nights_of(PatternName.COMMITMENT_NOT_FOLLOWED_THROUGH, kept_both) == []


def test_promises_put_off_three_times_are_found() -> None:
    moves = [
        p.PromiseMoved(at=MONDAY + n * DAY, matter="promise-4", words="Later.", by_when=date(2024, 6, 5 + n))
        for n in (1, 2, 3)
    ]
    case = handled(promise(MONDAY, date(2024, 6, 5)), *moves, days=4)
    assert said(PatternName.COMMITMENT_NOT_FOLLOWED_THROUGH, case) == "Promises were put off 3 times."
    twice = handled(promise(MONDAY, date(2024, 6, 5)), *moves[:2], days=4)
    assert nights_of(PatternName.COMMITMENT_NOT_FOLLOWED_THROUGH, twice) == []


def action(day: date) -> p.ActionPlanned:
    return p.ActionPlanned(at=MONDAY, words="Talk to him.", by_when=day)


def test_an_action_that_is_not_carried_out_for_ten_days_is_found() -> None:
    case = handled(action(date(2024, 6, 5)), days=20)
    assert nights_of(PatternName.ACTION_NOT_CARRIED_OUT, case) == [date(2024, 6, 15)]
    done = p.ActionDone(at=london(2024, 6, 14), matter="action-4", words="Talked.")
    assert nights_of(PatternName.ACTION_NOT_CARRIED_OUT, handled(action(date(2024, 6, 5)), done, days=20)) == []


def test_an_action_put_off_three_times_is_found_and_three_that_are_put_off_once_are_not() -> None:
    def moved(n: int, key: str) -> p.ActionMoved:
        return p.ActionMoved(at=MONDAY + n * DAY, matter=key, reasons="Away.", by_when=date(2024, 6, 12 + n))

    one = handled(action(date(2024, 6, 5)), *(moved(n, "action-4") for n in (1, 2, 3)), days=4)
    assert said(PatternName.ACTION_NOT_CARRIED_OUT, one) == (
        "One planned action was put off 3 times, most recently on Thursday 6 June 2024."
    )
    actions = [action(date(2024, 6, 5))] * 3
    three = handled(*actions, *(moved(n, f"action-{3 + n}") for n in (1, 2, 3)), days=4)
    assert nights_of(PatternName.ACTION_NOT_CARRIED_OUT, three) == []


def wait(at: datetime, day: date, whom: p.WaitingFor = p.WaitingFor.POLICE) -> p.WaitBegun:
    return p.WaitBegun(at=at, waiting_for=whom, words="A statement.", by_when=day)


def test_a_wait_extended_three_times_is_found() -> None:
    longer = [
        p.WaitExtended(at=MONDAY + n * DAY, matter="wait-4", words="Rang.", by_when=date(2024, 6, 20 + n))
        for n in (1, 2, 3)
    ]
    case = handled(wait(MONDAY, date(2024, 6, 20)), *longer, days=4)
    assert said(PatternName.WAITING_WITHOUT_END, case) == "The wait for the police was extended 3 times."
    assert (
        nights_of(PatternName.WAITING_WITHOUT_END, handled(wait(MONDAY, date(2024, 6, 20)), *longer[:2], days=4))
        == []
    )


def test_waits_for_one_body_add_up_and_waits_for_others_do_not() -> None:
    first = wait(MONDAY, date(2024, 7, 22))
    answered = p.AnswerReceived(at=MONDAY + 50 * DAY, matter="wait-4", words="Not yet.")
    again = wait(MONDAY + 50 * DAY, date(2024, 9, 20))
    case = played(reported(), contact(MONDAY), first, answered, again, until=MONDAY + 95 * DAY)
    assert nights_of(PatternName.WAITING_WITHOUT_END, case) == [date(2024, 9, 1)]
    assert said(PatternName.WAITING_WITHOUT_END, case) == "The case has waited for the police for 90 days in all."
    for_the_court = wait(MONDAY + 50 * DAY, date(2024, 9, 20), p.WaitingFor.COURT)
    other = played(reported(), contact(MONDAY), first, answered, for_the_court, until=MONDAY + 95 * DAY)
    assert nights_of(PatternName.WAITING_WITHOUT_END, other) == []


def test_a_wait_that_is_over_is_not_found() -> None:
    ended = p.WaitEnded(at=MONDAY + 80 * DAY, matter="wait-4", reasons="They have it.")
    case = played(reported(), contact(MONDAY), wait(MONDAY, date(2024, 9, 20)), ended, until=MONDAY + 95 * DAY)
    assert nights_of(PatternName.WAITING_WITHOUT_END, case) == []


def test_a_review_that_is_not_held_for_ten_days_is_found_and_two_that_were_late_too() -> None:
    """Due on Monday 1 July, then every twenty working days."""
    undone = played(reported(), until=MONDAY + 45 * DAY)
    assert nights_of(PatternName.REVIEWS_NOT_HELD, undone) == [date(2024, 7, 11)]
    late = [h.review(london(2024, 7, 5)), h.review(london(2024, 8, 6))]
    twice = played(reported(), *late, until=london(2024, 8, 7))
    assert nights_of(PatternName.REVIEWS_NOT_HELD, twice) == [date(2024, 8, 3)]
    assert said(PatternName.REVIEWS_NOT_HELD, twice) == "Reviews were not held in time twice."


def fault_found(at: datetime) -> CaseReviewed:
    return h.review(at).model_copy(update={"policy_followed": False, "words": "No plan."})


def test_a_review_that_found_fault_is_found_when_nothing_comes_of_it() -> None:
    fault = fault_found(MONDAY + DAY)
    case = played(reported(), fault, until=MONDAY + 15 * DAY)
    assert nights_of(PatternName.REVIEW_NOT_ACTED_ON, case) == [date(2024, 6, 14)]
    planned = p.ActionPlanned(at=MONDAY + 2 * DAY, words="Talk to him.", by_when=date(2024, 6, 28))
    assert (
        nights_of(PatternName.REVIEW_NOT_ACTED_ON, played(reported(), fault, planned, until=MONDAY + 15 * DAY))
        == []
    )
    well = played(reported(), h.review(MONDAY + DAY), until=MONDAY + 15 * DAY)
    assert nights_of(PatternName.REVIEW_NOT_ACTED_ON, well) == []


def test_assessed_is_not_a_plan() -> None:
    fault = fault_found(MONDAY + DAY)
    case = played(reported(), fault, assessed(MONDAY + 2 * DAY), until=MONDAY + 15 * DAY)
    assert nights_of(PatternName.REVIEW_NOT_ACTED_ON, case) == [date(2024, 6, 14)]
