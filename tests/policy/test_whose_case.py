"""A case that no officer has yet is owed one; and what is told again is read by whoever has it."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.deadlines.clocks import noticed
from policy.facts import Actor, Role
from policy.facts.closing import Closing
from policy.facts.contact import PersonContacted
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.reporting import HatePerception, Perceiver, Strand
from policy.facts.reviewing import CaseAllocated
from policy.facts.ruling import DeadlineMissed
from policy.refusals import CaseNotReadyToClose
from policy.rules.closing import can_close
from tests.given import EDITION, OFFICER, SUPERVISOR, assessed, contact, empty_file, london, record, report
from tests.policy import happenings as h
from tests.policy.happenings import hate, incident, owed

MONDAY = london(2023, 6, 5)
FRIDAY = london(2023, 6, 9, 18)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
RESIDENT = Actor(id="public", role=Role.RESIDENT)
ANOTHER = Actor(id="officer-2", role=Role.OFFICER)
HATE = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.VICTIM)


def told_on_the_web(**more: object) -> CaseFile:
    return record(empty_file(MONDAY.date()), report(MONDAY, **more), RESIDENT)


def given(file: CaseFile, officer: str = OFFICER.id) -> CaseFile:
    return record(file, CaseAllocated(at=MONDAY + HOUR, officer=officer), SUPERVISOR)


# new-cases-daily


def test_a_case_that_no_officer_has_is_to_be_given_to_one_by_the_next_working_day() -> None:
    deadline = owed(told_on_the_web())["allocation"]
    assert (deadline.owed_by, deadline.due) == (Role.SUPERVISOR, london(2023, 6, 6, 17))
    assert (deadline.row, deadline.section) == ("new-cases-daily", "7")
    assert deadline.why.startswith("Give the case to an officer, by Tuesday 6 June 2023 at 17:00")
    assert "allocation" not in owed(given(told_on_the_web()))


@pytest.mark.parametrize("said", [{"domestic_abuse": True}, {"hate": HATE}, {"category": "violence"}])
def test_within_the_hour_where_it_is_serious_or_there_is_domestic_abuse(said: dict[str, object]) -> None:
    assert owed(told_on_the_web(**said))["allocation"].due == MONDAY + HOUR


def test_an_hour_from_when_it_became_so() -> None:
    file = record(told_on_the_web(), hate(MONDAY + 2 * HOUR), RESIDENT)
    assert owed(file)["allocation"].due == MONDAY + 3 * HOUR


def test_whoever_of_the_officers_took_the_report_has_it_until_it_is_given_to_another() -> None:
    assert "allocation" not in owed(record(empty_file(MONDAY.date()), report(MONDAY), OFFICER))
    assert "allocation" in owed(record(empty_file(MONDAY.date()), report(MONDAY), SUPERVISOR))


def test_what_nobody_gives_out_reaches_a_manager() -> None:
    file = told_on_the_web(domestic_abuse=True)
    missed = DeadlineMissed(at=MONDAY + HOUR, key="allocation", row="new-cases-daily", due=MONDAY + HOUR)
    above = owed(noticed(file, missed, MONDAY + HOUR))["escalation:allocation"]
    assert (above.owed_by, above.due) == (Role.MANAGER, MONDAY + 5 * HOUR)
    assert above.met_by == ("case_allocated",)


# register-every-report


@pytest.mark.parametrize("by", [RESIDENT, ANOTHER, SUPERVISOR])
def test_what_is_told_again_to_anybody_but_its_officer_is_to_be_read(by: Actor) -> None:
    file = record(given(told_on_the_web()), incident(FRIDAY), by)
    deadline = owed(file)["further-incident"]
    assert (deadline.owed_by, deadline.due) == (Role.OFFICER, london(2023, 6, 12, 17))
    assert deadline.row == "register-every-report"
    assert "further-incident" not in owed(record(given(told_on_the_web()), incident(FRIDAY), OFFICER))


def test_also_before_the_case_was_assessed_or_given_to_anybody() -> None:
    assert "further-incident" in owed(record(told_on_the_web(), incident(MONDAY + HOUR), RESIDENT))
    assert "further-incident" not in owed(record(told_on_the_web(), incident(MONDAY + HOUR), ANOTHER))


@pytest.mark.parametrize("said", [{"category": "violence"}, {"hate": HATE}])
def test_within_hours_where_it_is_serious(said: dict[str, object]) -> None:
    file = record(given(told_on_the_web()), incident(FRIDAY, **said), RESIDENT)
    assert owed(file)["further-incident"].due == FRIDAY + 4 * HOUR


def test_it_counts_from_the_first_of_several() -> None:
    file = given(told_on_the_web())
    for at in (MONDAY + DAY, MONDAY + 2 * DAY):
        file = record(file, incident(at), RESIDENT)
    assert owed(file)["further-incident"].due == london(2023, 6, 7, 17)
    file = record(file, contact(MONDAY + DAY + HOUR), recorded_at=MONDAY + 3 * DAY)
    assert owed(file)["further-incident"].due == london(2023, 6, 8, 17)


@pytest.mark.parametrize(
    "answer",
    [
        contact(FRIDAY + HOUR),
        assessed(FRIDAY + HOUR),
        PersonContacted(at=FRIDAY + HOUR, person="witness-1", means=Means.PHONE, words="Spoke."),
    ],
)
def test_speaking_to_them_or_assessing_it_is_the_answer(answer: object) -> None:
    file = record(given(told_on_the_web()), h.taken_on(MONDAY + 2 * HOUR, "witness-1", Part.WITNESS))
    file = record(file, incident(FRIDAY), RESIDENT)
    assert "further-incident" not in owed(record(file, answer))


def test_trying_to_reach_somebody_is_none() -> None:
    file = record(given(told_on_the_web()), incident(FRIDAY), RESIDENT)
    assert "further-incident" in owed(record(file, h.attempt(FRIDAY + HOUR)))


def test_nothing_closes_over_what_nobody_has_read() -> None:
    file = record(given(told_on_the_web()), assessed(MONDAY + 2 * HOUR))
    file = record(file, incident(MONDAY + DAY), RESIDENT)
    with pytest.raises(CaseNotReadyToClose) as refused:
        can_close(file, Closing.DEALT_WITH, EDITION)
    assert "a look at what was told again" in str(refused.value)
