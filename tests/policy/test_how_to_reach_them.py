"""How to reach the complainant, told or corrected after the report."""

from datetime import datetime, time, timedelta

import pytest

from policy.case_file import CaseFile
from policy.duties import duties
from policy.facts.contact import ContactMade
from policy.facts.needs import Adjustment, NeedEnded, NeedTold, SafeContact
from policy.facts.people import Means, Person
from policy.letters_owed import LetterState
from policy.refusals import ComplainantCannotBeReached
from policy.standing import standing
from tests.given import BY_POST, EDITION, ROWAN, assessed, case_of, contact, london, record, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
BY_TEXT = NeedTold(at=MONDAY, kind="reading", means=(Means.TEXT,), words="Text me.")
INTERPRETED = NeedTold(at=MONDAY, kind="language", adjustments=(Adjustment.INTERPRETER,), words="Polish.")


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


def safely(*means: Means, **hours: time) -> NeedTold:
    safe = SafeContact(means=means, **hours)
    return NeedTold(at=MONDAY, kind="safe_contact", safe_contact=safe, words="Only so.")


def spoken(day: int, hour: int) -> ContactMade:
    """On the telephone."""
    return contact(london(2023, 6, day, hour))


def test_a_safe_way_that_they_did_not_ask_for_is_right_where_it_is_the_only_one() -> None:
    asked = NeedTold(at=MONDAY, kind="reading", means=(Means.EMAIL,), words="Write to me.")
    file = h.recorded(case_of(report(MONDAY)), asked, safely(Means.PHONE), by_visit(5, 10))
    assert h.owed(file)["right-way:complainant"].owed.startswith("Contact the complainant again by telephone")
    assert "right-way:complainant" not in h.owed(h.recorded(file, spoken(5, 11)))


@pytest.mark.parametrize(
    "need",
    [
        BY_TEXT,
        INTERPRETED,
        safely(Means.PHONE),
    ],
)
def test_contact_that_was_wrong_stays_so_whatever_else_happens_until_the_need_has_ended(need: NeedTold) -> None:
    file = h.recorded(case_of(report(MONDAY)), need, by_visit(5, 10), h.incident(london(2023, 6, 5, 11)))
    assert "right-way:complainant" in h.owed(file)
    ended = NeedEnded(at=MONDAY + DAY, kind=need.kind, words="Not any more.")
    assert "right-way:complainant" not in h.owed(h.recorded(file, ended))


def by_visit(day: int, hour: int) -> ContactMade:
    return spoken(day, hour).model_copy(update={"means": Means.VISIT})


@pytest.mark.parametrize(("hour", "is_safe"), [(22, True), (23, True), (5, True), (12, False), (21, False)])
def test_hours_from_the_evening_until_the_morning_go_over_midnight(hour: int, is_safe: bool) -> None:
    file = h.recorded(case_of(report(MONDAY)), safely(Means.PHONE, from_time=time(22), until_time=time(6)))
    assert ("right-way:complainant" not in h.owed(h.recorded(file, spoken(6, hour)))) is is_safe


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"from_time": time(9), "until_time": time(12)}, "by telephone, between 09:00 and 12:00"),
        ({"from_time": time(9, 30)}, "by telephone, from 09:30"),
        ({"until_time": time(12)}, "by telephone, until 12:00"),
        ({}, "by telephone"),
    ],
)
def test_the_hours_that_are_safe_are_said(hours: dict[str, time], said: str) -> None:
    file = h.recorded(case_of(report(MONDAY)), safely(Means.PHONE, **hours), by_visit(5, 18))
    owed = h.owed(file)["right-way:complainant"].owed
    assert owed.startswith(f"Contact the complainant again {said}, and see that they are all right")


def test_an_older_address_written_down_late_does_not_replace_the_newer_one() -> None:
    """They have left it, and whoever lives there still would read what we write."""
    file = case_of(report(MONDAY, complainant=BY_POST), h.details(MONDAY + 2 * DAY, ROWAN))
    after = h.recorded(file, h.details(MONDAY + DAY, BY_POST), recorded_at=MONDAY + 3 * DAY)
    assert (after.can_post, after.asks_for) == (False, Means.EMAIL)
    assert duties(after) == duties(file)


def test_a_way_that_is_not_safe_any_more_stops_every_letter_until_another_is_agreed() -> None:
    """He has found her telephone."""
    file = h.recorded(case_of(report(MONDAY, complainant=BY_POST)), safely(Means.PHONE, Means.POST))
    assert [duty.means for duty in duties(file)] == [Means.POST]
    found = safely().model_copy(update={"at": MONDAY + DAY})
    file = h.recorded(file, found)
    assert (duties(file), file.withheld) == ([], True)
    assert h.owed(file)["safe-way:complainant"].due == MONDAY + DAY + timedelta(hours=4)
    again = safely(Means.POST).model_copy(update={"at": MONDAY + 2 * DAY})
    assert [duty.means for duty in duties(h.recorded(file, again))] == [Means.POST]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((safely(),), "in a safe way, which is still to be agreed, and see"),
        ((safely(Means.POST, until_time=time(12)),), "by post, and see"),
        ((INTERPRETED,), "in the way that they need: with an interpreter"),
        ((INTERPRETED, safely(Means.PHONE)), "by telephone, with an interpreter, and see"),
        ((BY_TEXT, safely(Means.PHONE, Means.TEXT)), "by text message, and see"),
    ],
)
def test_the_right_way_is_said_and_no_hours_for_what_is_written(told: tuple[NeedTold, ...], said: str) -> None:
    file = h.recorded(case_of(report(MONDAY)), *told, by_visit(5, 18))
    assert h.owed(file)["right-way:complainant"].owed.startswith(f"Contact the complainant again {said}")


def test_the_right_way_is_owed_from_the_first_contact_that_was_wrong_and_ended_by_a_later_one() -> None:
    file = h.recorded(case_of(report(MONDAY)), safely(Means.PHONE), by_visit(6, 10))
    assert h.owed(h.recorded(file, by_visit(8, 10)))["right-way:complainant"].due == london(2023, 6, 7, 17)
    earlier = h.recorded(file, spoken(5, 10), recorded_at=MONDAY + 3 * DAY)
    assert "right-way:complainant" in h.owed(earlier)
    assert "right-way:complainant" not in h.owed(h.recorded(file, spoken(6, 10)))


def test_who_rings_back_is_offered_support_from_then_on() -> None:
    file = case_of(report(MONDAY, "hate", None, hate=h.RACE))
    file = record(file, h.details(MONDAY + 2 * DAY, Person(phone="01632 960002")))
    assert due(file, "support-offer") == london(2023, 6, 8, 17)
