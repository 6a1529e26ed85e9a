"""How to reach the complainant, told or corrected after the report."""

from datetime import datetime, timedelta

import happenings as h
import pytest

from policy.case_file import CaseFile
from policy.duties import duties
from policy.facts.people import Means, Person
from policy.letters_owed import LetterState
from policy.refusals import ComplainantCannotBeReached
from policy.standing import standing
from tests.given import BY_POST, EDITION, ROWAN, assessed, case_of, contact, london, record, report

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def due(file: CaseFile, key: str) -> datetime:
    return next(d.due for d in standing(file, EDITION).deadlines if d.key == key)


def test_who_rings_back_with_a_number_is_contacted_in_time_from_then_on() -> None:
    file = case_of(report(MONDAY, category="violence", complainant=None))
    assert {a.key for a in standing(file, EDITION).set_aside} >= {"first-contact", "appointment", "police-advice"}
    file = record(file, h.details(MONDAY + 2 * DAY, Person(phone="01632 960002")))
    assert due(file, "first-contact") == london(2023, 6, 14, 17)
    assert due(file, "appointment") == london(2023, 6, 8, 17)
    assert due(file, "police-advice") == MONDAY + 2 * DAY + timedelta(hours=1)
    assert record(file, contact(MONDAY + 2 * DAY)).first_contact_at


def test_who_can_be_written_to_from_now_on_is_told_the_reference() -> None:
    file = record(case_of(report(MONDAY, complainant=None)), h.details(MONDAY + DAY, ROWAN))
    (duty,) = duties(file)
    assert (duty.kind, duty.means) == ("acknowledgement", Means.EMAIL)


def test_what_came_back_is_made_out_again_for_the_new_address() -> None:
    file = h.recorded(case_of(report(MONDAY)), h.not_taken(MONDAY + timedelta(hours=1), "acknowledgement"))
    assert file.letters["acknowledgement"].state is LetterState.UNDELIVERABLE
    file = record(file, h.details(MONDAY + DAY, BY_POST))
    (duty,) = duties(file)
    assert (duty.kind, duty.means) == ("acknowledgement", Means.POST)
    assert duty.key != "acknowledgement"


def test_nobody_s_clocks_are_set_aside_by_forgetting_how_to_reach_them() -> None:
    with pytest.raises(ComplainantCannotBeReached):
        record(case_of(report(MONDAY)), h.details(MONDAY + DAY, Person(name="Rowan Example")))


def test_a_correction_moves_no_clock_that_was_running() -> None:
    file = case_of(report(MONDAY), assessed(MONDAY + DAY))
    after = record(file, h.details(MONDAY + 2 * DAY, BY_POST))
    assert due(after, "first-contact") == due(file, "first-contact")


def test_an_older_address_written_down_late_does_not_replace_the_newer_one() -> None:
    """They have left it, and whoever lives there still would read what we write."""
    file = case_of(report(MONDAY, complainant=BY_POST), h.details(MONDAY + 2 * DAY, ROWAN))
    after = h.recorded(file, h.details(MONDAY + DAY, BY_POST), recorded_at=MONDAY + 3 * DAY)
    assert (after.can_post, after.asks_for) == (False, Means.EMAIL)
    assert duties(after) == duties(file)
