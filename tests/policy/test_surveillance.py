"""surveillance: cameras are asked for with reasons, authorised by somebody else, for a time."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from policy.case_file import CaseFile
from policy.facts import Actor, CaseFact, Role
from policy.facts import surveillance as s
from policy.facts.ruling import DeadlineMissed
from policy.refusals import CaseNotReadyToClose, DayNotAgreeable
from policy.refusals.conduct import AskerCannotAuthorise, CovertNotAllowed
from tests.given import SUPERVISOR, assessed, case_of, contact, london, report
from tests.policy.happenings import ANOTHER_SUPERVISOR, owed, proposal, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
ASKED = s.SurveillanceAsked(
    at=MONDAY, method=s.Method.OVERT, necessity="Nobody dares to say who.", impact="Only the entrance is seen."
)
AUTHORISED = s.SurveillanceAuthorised(
    at=MONDAY + DAY,
    matter="surveillance-4",
    reasons="Needed and no more than needed.",
    by_when=date(2023, 6, 20),
    ends=date(2023, 7, 4),
)


def handled(*more: CaseFact) -> CaseFile:
    return recorded(case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)), *more)


@pytest.mark.parametrize("field", ["necessity", "impact"])
def test_a_camera_is_asked_for_with_a_necessity_test_and_an_impact_assessment(field: str) -> None:
    with pytest.raises(ValidationError):
        s.SurveillanceAsked.model_validate(ASKED.model_dump(exclude={field}))


def test_a_camera_is_authorised_or_refused_by_a_supervisor_who_did_not_ask_for_it() -> None:
    file = handled(ASKED)
    assert owed(file)["surveillance-4"].owed_by is Role.SUPERVISOR
    by_herself = recorded(handled(), ASKED, by=SUPERVISOR)
    with pytest.raises(AskerCannotAuthorise):
        recorded(by_herself, AUTHORISED, by=SUPERVISOR)
    assert recorded(by_herself, AUTHORISED, by=ANOTHER_SUPERVISOR)
    manager = Actor(id="manager-1", role=Role.MANAGER)
    assert recorded(file, AUTHORISED, by=manager).matters["surveillance-4"].by == "manager-1"
    refused = s.SurveillanceRefused(at=MONDAY, matter="surveillance-4", reasons="Ask the neighbours first.")
    assert "surveillance-4" not in owed(recorded(file, refused))


def test_who_asked_for_a_camera_does_not_renew_it_either_also_after_it_ran_out() -> None:
    file = recorded(recorded(handled(), ASKED, by=SUPERVISOR), AUTHORISED, by=ANOTHER_SUPERVISOR)
    for day in (2 * DAY, 60 * DAY):
        ends = (MONDAY + day + 30 * DAY).date()
        renewed = s.SurveillanceRenewed(at=MONDAY + day, matter="surveillance-4", reasons="Needed.", ends=ends)
        with pytest.raises(AskerCannotAuthorise):
            recorded(file, renewed, by=SUPERVISOR)
        file = recorded(file, renewed, by=ANOTHER_SUPERVISOR)


def test_a_camera_is_reviewed_and_never_stays_beyond_its_day_unnoticed() -> None:
    file = handled(ASKED, AUTHORISED)
    assert owed(file)["surveillance-4"].due == london(2023, 6, 20, 17)
    reviewed = s.SurveillanceReviewed(
        at=london(2023, 6, 20), matter="surveillance-4", words="Still needed.", by_when=date(2023, 8, 1)
    )
    file = recorded(file, reviewed)
    deadline = owed(file)["surveillance-4"]
    assert deadline.due == london(2023, 7, 4, 17)
    missed = DeadlineMissed(at=deadline.due, key="surveillance-4", row="surveillance", due=deadline.due)
    expired = recorded(file, missed, recorded_at=deadline.due)
    assert owed(expired)["surveillance-4"].noticed
    once_more = s.SurveillanceReviewed(at=london(2023, 7, 6), matter="surveillance-4", words="Still needed.")
    assert owed(recorded(expired, once_more))["surveillance-4"].due == deadline.due, "a review renews nothing"
    renewed = s.SurveillanceRenewed(
        at=london(2023, 7, 6), matter="surveillance-4", reasons="Two weeks more.", ends=date(2023, 7, 20)
    )
    assert owed(recorded(expired, renewed))["surveillance-4"].due == london(2023, 7, 20, 17)
    down = s.CameraTakenDown(at=london(2023, 7, 6), matter="surveillance-4", words="Taken down.")
    assert "surveillance-4" not in owed(recorded(expired, down))


def test_an_authorisation_is_for_a_time() -> None:
    for ends in (date(2023, 6, 6), date(2023, 9, 5)):
        with pytest.raises(DayNotAgreeable):
            handled(ASKED, AUTHORISED.model_copy(update={"ends": ends}))


@pytest.mark.parametrize("operator", list(s.Operator))
def test_we_film_nobody_in_secret_ourselves(operator: s.Operator) -> None:
    covert = ASKED.model_copy(update={"method": s.Method.COVERT, "operator": operator})
    if operator is not s.Operator.LANDLORD:
        assert handled(covert)
        return
    with pytest.raises(CovertNotAllowed, match="Ask the police"):
        handled(covert)


def test_a_camera_that_hangs_keeps_the_case_open() -> None:
    with pytest.raises(CaseNotReadyToClose, match="camera, since "):
        recorded(handled(ASKED, AUTHORISED), proposal(MONDAY + 2 * DAY))
