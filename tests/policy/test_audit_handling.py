"""What the night's check finds of cases that drift, and of what needs care and does not get it."""

from datetime import date, timedelta

import pytest

from policy.audit import Told, names
from policy.deadlines import KEYS, OF_SOMEBODY
from policy.facts import FACT_TYPES, Actor, Role
from policy.facts import promising as p
from policy.facts.assessing import Exclusion
from policy.facts.auditing import PatternName
from policy.facts.evidence import DiaryIssued, DiaryReturned, EvidenceKind, EvidenceRead, EvidenceReceived
from policy.facts.needs import NeedEnded, NeedTold
from policy.facts.reporting import Channel, IncidentReported
from policy.file import Clock
from tests.given import assessed, case_of, contact, london, record
from tests.policy import happenings as h
from tests.policy.nights import MONDAY, looked_at, nights_of, played, reported, said
from tests.policy.random_safety import kept_safe, support

DAY = timedelta(days=1)


def test_a_month_in_which_nobody_did_anything_is_found_however_much_was_told_to_us() -> None:
    told = [h.incident(MONDAY + n * DAY) for n in (10, 20, 30)]
    case = played(reported(), contact(MONDAY + DAY), *told, until=MONDAY + 40 * DAY)
    assert nights_of(PatternName.NOTHING_DONE, case) == [date(2024, 7, 4)]
    assert said(PatternName.NOTHING_DONE, case) == (
        "Nobody has recorded anything done on this case since Tuesday 4 June 2024."
    )
    tried = played(reported(), h.attempt(MONDAY + 20 * DAY), until=MONDAY + 40 * DAY)
    assert nights_of(PatternName.NOTHING_DONE, tried) == []


def test_a_case_on_which_nobody_did_anything_at_all_is_counted_from_its_report() -> None:
    assert nights_of(PatternName.NOTHING_DONE, played(reported(), until=MONDAY + 40 * DAY)) == [date(2024, 7, 3)]


def test_three_weeks_after_assessment_without_a_plan_are_found() -> None:
    case = played(reported(), assessed(MONDAY + DAY), until=MONDAY + 30 * DAY)
    assert nights_of(PatternName.NO_PLAN, case) == [date(2024, 6, 25)]
    planned = p.ActionPlanned(at=MONDAY + 2 * DAY, words="Talk to him.")
    waiting = p.WaitBegun(
        at=MONDAY + 2 * DAY, waiting_for=p.WaitingFor.POLICE, words="A statement.", by_when=date(2024, 7, 1)
    )
    for more in (planned, waiting, h.advice(MONDAY + 2 * DAY)):
        case = played(reported(), assessed(MONDAY + DAY), more, until=MONDAY + 30 * DAY)
        assert nights_of(PatternName.NO_PLAN, case) == []
    excluded = assessed(MONDAY + DAY, exclusion=Exclusion.LIFESTYLES)
    assert nights_of(PatternName.NO_PLAN, played(reported(), excluded, until=MONDAY + 30 * DAY)) == []


def test_three_incidents_since_the_plan_was_made_are_found_and_a_changed_plan_answers_them() -> None:
    def planned(n: int) -> p.ActionPlanned:
        return p.ActionPlanned(at=MONDAY + n * DAY, words="Talk.", by_when=date(2024, 7, 30))

    told = [h.incident(MONDAY + n * DAY) for n in (5, 10, 15)]
    case = played(reported(), planned(1), *told, until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.INCIDENTS_WITHOUT_CHANGE, case) == [date(2024, 6, 19)]
    changed = played(reported(), planned(1), *told[:2], planned(12), told[2], until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.INCIDENTS_WITHOUT_CHANGE, changed) == []


def test_incidents_that_lie_far_apart_are_no_pattern() -> None:
    told = [h.incident(MONDAY + n * DAY) for n in (5, 60, 120)]
    case = played(reported(), *told, until=MONDAY + 125 * DAY)
    assert nights_of(PatternName.INCIDENTS_WITHOUT_CHANGE, case) == []


def test_a_proposed_closure_that_the_complainant_does_not_hear_of_is_found() -> None:
    """A supervisor has not agreed yet, so that no letter was written."""
    begun = [
        reported(category="violence"),
        contact(MONDAY),
        h.police_advice(MONDAY),
        h.appointment(MONDAY),
        assessed(MONDAY, serious=True),
        h.review(MONDAY),
        h.not_told(MONDAY),
        h.discussed(MONDAY),
        *kept_safe(MONDAY),
        h.proposal(MONDAY + DAY),
    ]
    case = played(*begun, until=MONDAY + 10 * DAY)
    assert nights_of(PatternName.CLOSURE_NOT_TOLD, case) == [date(2024, 6, 9)]
    approved = played(*begun, h.approval(MONDAY + 2 * DAY), until=MONDAY + 10 * DAY)
    assert nights_of(PatternName.CLOSURE_NOT_TOLD, approved) == []
    rung = played(*begun, contact(MONDAY + 2 * DAY), until=MONDAY + 10 * DAY)
    assert nights_of(PatternName.CLOSURE_NOT_TOLD, rung) == []


def test_hate_that_was_told_after_the_assessment_and_not_taken_up_is_found() -> None:
    begun = [reported(), assessed(MONDAY + DAY), h.hate(MONDAY + 7 * DAY)]
    case = played(*begun, until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.HATE_NOT_TAKEN_UP, case) == [date(2024, 6, 15)]
    assert said(PatternName.HATE_NOT_TAKEN_UP, case) == (
        "It was reported as hate on Monday 10 June 2024; the assessment of Tuesday 4 June 2024 is older than that."
    )
    helped = played(*begun, support(MONDAY + 7 * DAY, 0), until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.HATE_NOT_TAKEN_UP, helped) == [date(2024, 6, 15)]
    helped_too = [support(MONDAY + 7 * DAY, 0), h.police_not_wanted(MONDAY + 7 * DAY)]
    anew = [*begun, *helped_too, assessed(MONDAY + 8 * DAY, serious=True)]
    assert nights_of(PatternName.HATE_NOT_TAKEN_UP, played(*anew, until=MONDAY + 20 * DAY)) == []


def test_hate_for_which_nobody_offered_support_is_found() -> None:
    begun = [reported(), assessed(MONDAY + DAY), h.hate(MONDAY + 7 * DAY), h.police_not_wanted(MONDAY + 7 * DAY)]
    case = played(*begun, assessed(MONDAY + 8 * DAY, serious=True), until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.HATE_NOT_TAKEN_UP, case) == [date(2024, 6, 16)]
    assert said(PatternName.HATE_NOT_TAKEN_UP, case) == (
        "It was reported as hate on Monday 10 June 2024; what that calls for was due by Tuesday 11 June 2024."
    )


def overdue(key: str) -> object:
    file = case_of(reported(category="hate"))
    clock = Clock(due=MONDAY + DAY, since=1, noticed_at=MONDAY + DAY)
    return file.with_(clocks={**file.clocks, key: clock})


@pytest.mark.parametrize(
    ("name", "key", "days"),
    [
        (PatternName.RISK_ASSESSMENT_LATE, "risk-assessment:complainant", 3),
        (PatternName.HATE_NOT_TAKEN_UP, "support-offer", 5),
    ],
)
def test_what_is_overdue_for_days_is_found(name: PatternName, key: str, days: int) -> None:
    night = london(2024, 6, 4, 3)
    assert looked_at(name, night + (days - 1) * DAY, file=overdue(key)) is None
    found = looked_at(name, night + days * DAY, file=overdue(key))
    assert found is not None
    assert "Tuesday 4 June 2024" in found


def fact(seq: int, name: str, day: int, **codes: str) -> Told:
    return Told(seq, name, MONDAY + day * DAY, MONDAY + day * DAY, codes=codes)


def evidence(day: int) -> EvidenceReceived:
    return EvidenceReceived(at=MONDAY + day * DAY, kind=EvidenceKind.PHOTO, words="The stairs.")


def test_evidence_that_nobody_looked_at_is_found() -> None:
    unread = played(reported(), evidence(1), evidence(4), until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.EVIDENCE_NOT_READ, unread) == [date(2024, 6, 14)]
    assert said(PatternName.EVIDENCE_NOT_READ, unread) == (
        "2 pieces of evidence have come in since Tuesday 4 June 2024, "
        "and nobody has recorded that they looked at it."
    )
    read = EvidenceRead(
        at=MONDAY + 5 * DAY, matter="evidence-3", also=("evidence-4",), words="Bags on the stairs."
    )
    seen = played(reported(), evidence(1), evidence(4), read, until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.EVIDENCE_NOT_READ, seen) == []


def test_a_diary_that_came_back_and_lies_unread_is_found() -> None:
    back = [
        DiaryIssued(at=MONDAY, words="Two weeks."),
        DiaryReturned(at=MONDAY + DAY, matter="diary-3", words="Full."),
    ]
    assert nights_of(PatternName.EVIDENCE_NOT_READ, played(reported(), *back[:1], until=MONDAY + 20 * DAY)) == []
    unread = played(reported(), *back, until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.EVIDENCE_NOT_READ, unread) == [date(2024, 6, 14)]


def test_what_was_told_again_and_that_nobody_answered_is_found() -> None:
    pattern = PatternName.EVIDENCE_NOT_READ
    again = IncidentReported(at=MONDAY + DAY, channel=Channel.WEB, words="Again.")
    file = record(case_of(reported()), again, Actor(id="link:1", role=Role.RESIDENT))
    assert looked_at(pattern, MONDAY + 10 * DAY, file=file) is None
    assert looked_at(pattern, MONDAY + 11 * DAY, file=file) == (
        "Nobody has answered what was told to us again on Tuesday 4 June 2024."
    )
    assert looked_at(pattern, MONDAY + 11 * DAY, file=record(file, contact(MONDAY + 2 * DAY))) is None


def test_a_vulnerability_that_nothing_takes_account_of_is_found() -> None:
    pattern, answer = PatternName.VULNERABILITY_NOT_ANSWERED, fact(3, "action_planned", 2)
    told = NeedTold(at=MONDAY + DAY, kind="disability", words="She uses a wheelchair.")
    file = case_of(reported(), told)
    another = case_of(reported(), told.model_copy(update={"kind": "language"}))
    assert looked_at(pattern, MONDAY + 11 * DAY, file=another) is None
    assert looked_at(pattern, MONDAY + 10 * DAY, file=file) is None
    assert looked_at(pattern, MONDAY + 11 * DAY, file=file)
    assert looked_at(pattern, MONDAY + 11 * DAY, answer, file=file) is None
    ended = case_of(reported(), told, NeedEnded(at=MONDAY + 2 * DAY, kind="disability", words="A mistake."))
    assert looked_at(pattern, MONDAY + 11 * DAY, file=ended) is None


def test_the_look_survives_what_was_erased() -> None:
    erased = (fact(2, "need_told", 1), fact(3, "contact_wanted", 1), fact(4, "action_moved", 1))
    for pattern in PatternName:
        looked_at(pattern, MONDAY + 30 * DAY, *erased, file=case_of(reported()))


def test_a_serious_case_on_which_nobody_considered_the_powers_is_found() -> None:
    serious = case_of(reported(), assessed(MONDAY, serious=True))
    late, weighed = MONDAY + 20 * DAY, fact(5, "case_reviewed", 3, powers="9")
    reviewed = fact(4, "case_reviewed", 2, powers="0")
    assert looked_at(PatternName.POWERS_NOT_CONSIDERED, late - DAY, file=serious) is None
    assert looked_at(PatternName.POWERS_NOT_CONSIDERED, late, reviewed, file=serious)
    assert looked_at(PatternName.POWERS_NOT_CONSIDERED, late, weighed, file=serious) is None
    assert looked_at(PatternName.POWERS_NOT_CONSIDERED, late, file=case_of(reported(), assessed(MONDAY))) is None


def test_whatever_a_pattern_looks_for_can_be_recorded_or_owed() -> None:
    told = {
        *names.CONTACT,
        *names.WRITTEN_OF_CONTACT,
        *names.TOLD_TO_US,
        *names.PLAN,
        *names.VULNERABILITY_ANSWERED,
    }
    assert told <= FACT_TYPES.keys()
    assert {key.rstrip(":") for key in names.RISK_KEYS} <= OF_SOMEBODY
    assert names.HATE_KEYS <= KEYS
