"""What a recorded fact did to the deadlines."""

from datetime import date, datetime, timedelta

from policy import folding, rules
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import CaseFact, Entry, Role
from policy.facts.consent import ConsentGiven, ConsentWithdrawn, Purpose
from policy.facts.evidence import DiaryIssued, DiaryReturned
from policy.facts.health import HealthContactMade, HealthWorker
from policy.facts.ruling import DeadlineMissed
from policy.ledger import Ending, Line, lines
from policy.simulation import simulate
from tests.given import EDITION, assessed, case_of, contact, empty_file, entry, london, report
from tests.policy.happenings import (
    appointment,
    discussed,
    incident,
    not_told,
    proposal,
    recorded,
    refusal_to_close,
    review,
    usual_actor,
)
from tests.policy.random_safety import kept_safe

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


def test_a_clock_that_another_fact_moved_says_where_to_and_is_owed_anew() -> None:
    found = entered(case_of(report(MONDAY)), incident(MONDAY + DAY, "violence"))
    assert ending_of("review", found) is Ending.MOVED
    assert [line.ended.moved_to for line in found if line.ended] == [london(2023, 6, 20, 17)]
    assert {line.deadline.key for line in found if line.ended is None} == {
        "review",
        "appointment",
        "police-advice",
        "risk-assessment:complainant",
        "safety:complainant",
        "partners",
        "police-consent",
        "police-referral",
    }


def test_a_clock_that_stopped_making_sense_is_withdrawn() -> None:
    found = entered(case_of(report(MONDAY, "violence")), assessed(MONDAY, category="violence"))
    assert ending_of("appointment", found) is Ending.WITHDRAWN
    assert ending_of("assessment", found) is Ending.KEPT


def test_a_miss_is_noticed_once_and_says_when() -> None:
    file = case_of(report(MONDAY))
    opened, line = entered(file, missed(), recorded_at=DUE + DAY)
    assert (opened.deadline.key, opened.deadline.owed_by) == ("escalation:first-contact", Role.SUPERVISOR)
    assert (line.deadline.key, line.noticed_at, line.ended) == ("first-contact", DUE + DAY, None)
    assert line.deadline.noticed


def test_a_contact_made_in_time_corrects_the_miss_and_does_not_erase_it() -> None:
    file = recorded(case_of(report(MONDAY)), missed(), recorded_at=DUE)
    found = entered(file, contact(DUE - HOUR), recorded_at=DUE + DAY)
    assert ending_of("first-contact", found) is Ending.RECORDED_LATE


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


def played(*told: Entry) -> dict[str, Ending | None]:
    lines = simulate(empty_file(MONDAY.date()), told, until=DUE + 10 * DAY).ledger()
    return {f"{line.deadline.key} {line.deadline.due:%d}": line.ended and line.ended.ending for line in lines}


def test_what_ended_late_is_corrected_when_an_earlier_contact_is_written_down_afterwards() -> None:
    first = entry(report(MONDAY))
    late = entry(contact(DUE + DAY), recorded_at=DUE + DAY)
    assert played(first, late)["first-contact 12"] is Ending.LATE
    in_time = entry(contact(DUE - DAY), recorded_at=DUE + 2 * DAY)
    assert played(first, late, in_time)["first-contact 12"] is Ending.RECORDED_LATE


def test_an_occurrence_that_comes_back_at_the_same_moment_has_a_line_of_its_own() -> None:
    ready = [entry(f) for f in (report(MONDAY, "violence", police_advised=True), contact(MONDAY))]
    ready += [entry(f) for f in (appointment(MONDAY), assessed(MONDAY, serious=True), *kept_safe(MONDAY))]
    ready += [entry(f, usual_actor(f)) for f in (review(MONDAY), not_told(MONDAY), discussed(MONDAY))]
    twice = [proposal(MONDAY + HOUR), refusal_to_close(MONDAY + 2 * HOUR), proposal(MONDAY + 3 * HOUR)]
    told = [*ready, *(entry(f, usual_actor(f)) for f in twice)]
    found = simulate(empty_file(MONDAY.date()), told, until=MONDAY + DAY).ledger()
    lines_of_it = [line.ended and line.ended.ending for line in found if line.deadline.key == "closure-approval"]
    assert lines_of_it == [Ending.KEPT, None]


def test_a_second_late_contact_does_not_change_how_the_deadline_ended() -> None:
    late, later = (entry(contact(DUE + n * DAY), recorded_at=DUE + n * DAY) for n in (1, 2))
    found = simulate(
        empty_file(MONDAY.date()), [entry(report(MONDAY)), late, later], until=DUE + 10 * DAY
    ).ledger()
    [ended] = [line.ended for line in found if line.deadline.key == "first-contact"]
    assert ended is not None
    assert (ended.ending, ended.at) == (Ending.LATE, DUE + DAY)


def test_what_is_owed_next_on_a_matter_by_the_same_day_has_a_line_of_its_own() -> None:
    day = date(2023, 6, 23)
    told = [
        report(MONDAY),
        DiaryIssued(at=MONDAY, by_when=day, words="Two weeks."),
        DiaryReturned(at=MONDAY + DAY, matter="diary-3", by_when=day, words="Full."),
    ]
    case = simulate(empty_file(MONDAY.date()), [entry(one) for one in told], until=MONDAY + 2 * DAY)
    found = [one for one in case.ledger() if one.deadline.key == "diary-3"]
    assert [(one.deadline.owed, one.ended and one.ended.ending) for one in found] == [
        ("Have the diary back", Ending.KEPT),
        ("Read the diary", None),
    ]


def test_what_is_owed_next_on_a_matter_by_another_day_has_not_moved_there() -> None:
    """A consent taken back "moved" asking the GP to the day by which the GP is told not to answer."""
    told: list[CaseFact] = [
        report(MONDAY),
        ConsentGiven(at=MONDAY, purpose=Purpose.HEALTH, words="Yes."),
        HealthContactMade(at=MONDAY, worker=HealthWorker.GP, words="Asked for a letter."),
        ConsentWithdrawn(at=MONDAY + DAY, purpose=Purpose.HEALTH, words="No."),
    ]
    case = simulate(empty_file(MONDAY.date()), [entry(one) for one in told], until=MONDAY + DAY)
    asked, withdrawn = [one for one in case.ledger() if one.deadline.key.startswith("health-contact")]
    assert asked.ended is not None
    assert (asked.ended.ending, asked.ended.moved_to) == (Ending.WITHDRAWN, None)
    assert (withdrawn.deadline.stage, withdrawn.ended) == ("withdrawn", None)
