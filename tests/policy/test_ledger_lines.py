"""What a recorded fact did to the deadlines."""

from datetime import datetime, timedelta

from policy import folding, rules
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import CaseFact
from policy.facts.ruling import DeadlineMissed
from policy.ledger import Ending, Line, lines
from tests.given import EDITION, assessed, case_of, contact, empty_file, entry, london, report
from tests.policy.happenings import incident, proposal, recorded, review, usual_actor

MONDAY = london(2023, 6, 5)
DUE = london(2023, 6, 12, 17)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def entered(file: CaseFile, fact: CaseFact, recorded_at: datetime | None = None) -> list[Line]:
    one = entry(fact, usual_actor(fact), recorded_at)
    rules.check(file, one, EDITION)
    return lines(deadlines(file, EDITION), deadlines(folding.after(file, one, EDITION), EDITION), one)


def ending_of(key: str, found: list[Line]) -> Ending | None:
    (ended,) = (line.ended for line in found if line.deadline.key == key and line.ended)
    return ended.ending


def missed(due: datetime = DUE) -> DeadlineMissed:
    return DeadlineMissed(at=due, key="first-contact", row="contact-5-working-days", due=due)


def test_a_report_opens_a_line_for_each_deadline() -> None:
    found = entered(empty_file(MONDAY.date()), report(MONDAY))
    assert {line.deadline.key for line in found} == {"first-contact", "assessment", "review"}
    assert all(line.ended is None and line.noticed_at is None for line in found)


def test_what_is_done_and_recorded_in_time_is_kept() -> None:
    found = entered(case_of(report(MONDAY)), contact(DUE))
    assert ending_of("first-contact", found) is Ending.KEPT
    assert [line.deadline.key for line in found if line.ended is None] == ["regular-contact"]


def test_what_is_done_in_time_and_written_down_late_is_recorded_late() -> None:
    found = entered(case_of(report(MONDAY)), contact(DUE - HOUR), recorded_at=DUE + HOUR)
    assert ending_of("first-contact", found) is Ending.RECORDED_LATE


def test_what_is_done_after_its_time_is_late() -> None:
    found = entered(case_of(report(MONDAY)), contact(DUE + timedelta(seconds=1)))
    assert ending_of("first-contact", found) is Ending.LATE


def test_a_line_says_by_which_fact_it_ended_and_when() -> None:
    (line,) = (x for x in entered(case_of(report(MONDAY)), contact(MONDAY), MONDAY + HOUR) if x.ended)
    assert line.ended is not None
    assert (line.ended.by, line.ended.at, line.ended.recorded_at) == ("contact_made", MONDAY, MONDAY + HOUR)


def test_a_clock_that_another_fact_moved_is_withdrawn_and_owed_anew() -> None:
    found = entered(case_of(report(MONDAY)), incident(MONDAY + DAY, "violence"))
    assert ending_of("review", found) is Ending.WITHDRAWN
    assert {line.deadline.key for line in found if line.ended is None} == {
        "review",
        "appointment",
        "police-advice",
    }


def test_a_clock_that_stopped_making_sense_is_withdrawn() -> None:
    found = entered(case_of(report(MONDAY, "violence")), assessed(MONDAY, category="violence"))
    assert ending_of("appointment", found) is Ending.WITHDRAWN
    assert ending_of("assessment", found) is Ending.KEPT


def test_a_miss_is_noticed_once_and_says_when() -> None:
    file = case_of(report(MONDAY))
    (line,) = entered(file, missed(), recorded_at=DUE + DAY)
    assert (line.deadline.key, line.noticed_at, line.ended) == ("first-contact", DUE + DAY, None)
    assert line.deadline.noticed


def test_a_contact_made_in_time_corrects_the_miss_and_does_not_erase_it() -> None:
    file = recorded(case_of(report(MONDAY)), missed(), recorded_at=DUE)
    found = entered(file, contact(DUE - HOUR), recorded_at=DUE + DAY)
    assert ending_of("first-contact", found) is Ending.RECORDED_LATE
    assert folding.after(file, entry(contact(DUE - HOUR)), EDITION).missed == {"first-contact": DUE}


def test_a_miss_of_a_deadline_that_has_moved_meanwhile_changes_no_line() -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY))
    assert entered(file, missed(), recorded_at=DUE) == []


def test_a_fact_that_touches_no_deadline_changes_no_line() -> None:
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))
    assert entered(file, proposal(MONDAY + DAY)) == []


def test_a_review_ends_one_line_and_begins_the_next() -> None:
    found = entered(case_of(report(MONDAY)), review(MONDAY + DAY))
    assert [(x.deadline.key, x.ended and x.ended.ending) for x in found] == [
        ("review", Ending.KEPT),
        ("review", None),
    ]
