"""Contact, reviews and seriousness, and what the victim of a serious case is owed."""

from datetime import timedelta

import pytest

from policy.duties import Outcome, came_of, duties
from policy.facts import SYSTEM
from policy.facts.assessing import Advice, AdviceGiven
from policy.facts.base import Role
from policy.facts.letters import LetterKind
from policy.facts.people import Person
from policy.refusals import ComplainantCannotBeReached, IntervalNotAgreeable
from tests.given import EDITION, assessed, case_of, contact, london, report
from tests.policy.happenings import appointment, attempt, hate, incident, owed, police_advice, recorded, review

THURSDAY = london(2023, 5, 25)  # a bank holiday follows on Monday 29 May
MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


# contact-5-working-days


def test_first_contact_is_owed_within_five_working_days() -> None:
    deadline = owed(case_of(report(THURSDAY)))["first-contact"]
    assert deadline.due == london(2023, 6, 2, 17)
    assert (deadline.row, deadline.section, deadline.edition) == ("contact-5-working-days", "5", EDITION.name)
    assert deadline.owed_by is Role.OFFICER
    assert "Monday 29 May 2023 (Spring Bank Holiday)" in deadline.why
    assert "Friday 2 June 2023 at 17:00" in deadline.why


def test_trying_to_reach_somebody_stops_no_clock() -> None:
    assert "first-contact" in owed(recorded(case_of(report(MONDAY)), attempt(MONDAY + HOUR)))


def test_first_contact_is_the_earliest_however_late_it_is_written_down() -> None:
    file = case_of(report(MONDAY), contact(MONDAY + 3 * DAY))
    file = recorded(file, contact(MONDAY + DAY), recorded_at=MONDAY + 4 * DAY)
    assert file.last_contact_at == MONDAY + 3 * DAY
    file = recorded(file, contact(MONDAY + 5 * DAY))
    assert file.first_contact_at == MONDAY + DAY


def test_nobody_speaks_to_a_complainant_who_left_no_way_to_reach_them() -> None:
    file = case_of(report(MONDAY, complainant=Person()))
    for fact in (contact(MONDAY + HOUR), appointment(MONDAY + HOUR)):
        with pytest.raises(ComplainantCannotBeReached):
            recorded(file, fact)


# regular-contact


def test_each_contact_arms_the_next() -> None:
    file = case_of(report(MONDAY), contact(MONDAY + HOUR))
    assert owed(file)["regular-contact"].due == london(2023, 6, 19, 17)
    file = recorded(file, contact(MONDAY + DAY))
    assert owed(file)["regular-contact"].due == london(2023, 6, 20, 17)


def test_a_serious_case_hears_from_us_more_often() -> None:
    file = case_of(report(MONDAY, "violence"), contact(MONDAY + HOUR))
    assert owed(file)["regular-contact"].due == london(2023, 6, 12, 17)


def test_the_agreed_interval_holds_until_another_is_agreed() -> None:
    file = case_of(report(MONDAY), contact(MONDAY, every=2), contact(MONDAY + DAY))
    assert owed(file)["regular-contact"].due == london(2023, 6, 8, 17)


@pytest.mark.parametrize("every", [-1, 0, 21])
def test_an_interval_outside_the_edition_is_not_agreed(every: int) -> None:
    with pytest.raises(IntervalNotAgreeable, match="1 to 20"):
        recorded(case_of(report(MONDAY)), contact(MONDAY, every=every))


def test_contact_and_review_are_not_late_at_once_when_a_case_becomes_serious() -> None:
    rise = MONDAY + 11 * DAY  # Friday 16 June: nine working days after the contact
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY), incident(rise, "violence"))
    assert owed(file)["regular-contact"].due == london(2023, 6, 19, 17)  # the ordinary date comes first
    assert owed(file)["review"].due == london(2023, 6, 30, 17)  # ten working days from the rise
    assert all(deadline.due > rise for deadline in owed(file).values())


# review-meetings


def test_each_open_case_is_reviewed_by_a_supervisor() -> None:
    deadline = owed(case_of(report(MONDAY)))["review"]
    assert deadline.due == london(2023, 7, 3, 17)
    assert deadline.owed_by is Role.SUPERVISOR
    assert (deadline.row, deadline.section) == ("review-meetings", "7")


def test_a_review_arms_the_next_and_a_serious_case_is_reviewed_sooner() -> None:
    reviewed = recorded(case_of(report(MONDAY)), review(MONDAY + DAY))
    assert owed(reviewed)["review"].due == london(2023, 7, 4, 17)
    serious = recorded(case_of(report(MONDAY, "violence")), review(MONDAY + DAY))
    assert owed(serious)["review"].due == london(2023, 6, 20, 17)


# assess-seriousness


def test_assessment_is_due_with_first_contact() -> None:
    due = owed(case_of(report(THURSDAY)))
    assert due["assessment"].due == due["first-contact"].due
    assert due["assessment"].row == "assess-seriousness"


def test_a_rise_to_serious_starts_the_serious_clock() -> None:
    file = case_of(report(MONDAY), assessed(MONDAY), assessed(MONDAY + 3 * DAY, serious=True))
    assert file.serious_since == MONDAY + 3 * DAY
    assert owed(file)["appointment"].due == london(2023, 6, 9, 17)


def test_assessing_a_serious_case_as_serious_again_does_not_restart_its_clock() -> None:
    file = case_of(report(MONDAY, "violence"), assessed(MONDAY + DAY, serious=True))
    assert file.serious_since == MONDAY


def test_what_is_presumed_serious_stays_so_until_an_officer_has_assessed_it() -> None:
    file = case_of(report(MONDAY, "violence"))
    assert file.serious_since == MONDAY
    file = recorded(file, assessed(MONDAY + HOUR, category="violence"))
    assert not file.serious
    assert "appointment" not in owed(file)


def test_an_earlier_assessment_written_down_late_does_not_lift_what_came_after_it() -> None:
    file = recorded(case_of(report(MONDAY), assessed(MONDAY + HOUR)), incident(MONDAY + 3 * DAY, "violence"))
    file = recorded(file, assessed(MONDAY + 2 * DAY), recorded_at=MONDAY + 4 * DAY)
    assert file.serious_since == MONDAY + 3 * DAY
    assert {"appointment", "police-advice"} <= set(owed(file))
    assert not recorded(file, assessed(MONDAY + 4 * DAY)).serious


# serious-appointment-1-working-day


def test_an_appointment_is_offered_within_one_working_day_also_over_a_weekend() -> None:
    friday_evening = london(2023, 5, 26, 20)
    deadline = owed(case_of(report(friday_evening, "violence")))["appointment"]
    assert deadline.due == london(2023, 5, 30, 17)
    assert (deadline.row, deadline.section) == ("serious-appointment-1-working-day", "5")


def test_an_appointment_offered_after_the_rise_keeps_the_clock() -> None:
    assert "appointment" not in owed(recorded(case_of(report(MONDAY, "violence")), appointment(MONDAY + HOUR)))


def test_no_appointment_is_owed_in_an_ordinary_case() -> None:
    assert not {"appointment", "police-advice"} & set(owed(case_of(report(MONDAY))))


# serious-advise-police


def test_advice_to_ring_the_police_is_due_within_the_hour_by_day_and_night() -> None:
    at_night = london(2023, 5, 28, 3)
    deadline = owed(case_of(report(at_night, "violence")))["police-advice"]
    assert deadline.due == at_night + HOUR
    assert (deadline.row, deadline.counted.unit) == ("serious-advise-police", "hours")
    assert set(deadline.met_by) == {"police_advised", "letter_sent"}


def test_advice_given_while_the_report_was_taken_counts() -> None:
    assert "police-advice" not in owed(case_of(report(MONDAY, "violence", police_advised=True)))


def test_advice_given_later_counts() -> None:
    assert "police-advice" not in owed(recorded(case_of(report(MONDAY, "violence")), police_advice(MONDAY + HOUR)))


def test_a_letter_that_does_not_give_the_advice_stops_no_clock() -> None:
    advice = AdviceGiven(at=MONDAY + HOUR, advice=Advice.SPEAK_FIRST, reasons="A word may help.")
    file = recorded(case_of(report(MONDAY)), advice, hate(MONDAY + 2 * HOUR))
    for duty in duties(file):
        if duty.kind is LetterKind.HONEST_ADVICE:
            file = recorded(file, came_of(duty, Outcome.SENT, MONDAY + 2 * HOUR), by=SYSTEM)
    assert "police-advice" in owed(file)
