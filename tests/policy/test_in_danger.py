"""emergency-accommodation: who is not safe at home has somewhere to stay within hours."""

from datetime import datetime, timedelta

from policy.case_file import CaseFile
from policy.facts import safety as s
from tests.given import case_of, london, report
from tests.policy.happenings import owed, recorded

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def serious() -> CaseFile:
    return case_of(report(MONDAY, "violence"))


def considered(at: datetime = MONDAY, *, in_danger: bool = False) -> s.SafetyConsidered:
    return s.SafetyConsidered(at=at, measures=("stay_elsewhere",), in_danger=in_danger, words="Talked it through.")


def test_where_the_council_has_no_room_hours_count_again() -> None:
    needed = s.EmergencyAccommodationNeeded(at=MONDAY + HOUR, words="Tonight.")
    helped = s.EmergencyAccommodationHelped(at=MONDAY + HOUR, matter="accommodation-3", words="Rang.")
    none = s.EmergencyAccommodationRefused(at=MONDAY + 2 * HOUR, matter="accommodation-3", reasons="No room.")
    file = recorded(serious(), considered(in_danger=True), needed, helped, none)
    assert owed(file)["emergency-accommodation:complainant"].due == MONDAY + 4 * HOUR
    elsewhere = needed.model_copy(update={"at": MONDAY + 3 * HOUR})
    assert "emergency-accommodation:complainant" not in owed(recorded(file, elsewhere))
    another = recorded(serious(), considered(in_danger=True), needed, elsewhere, helped, none)
    assert "emergency-accommodation:complainant" not in owed(another)


def test_a_room_that_was_sought_before_the_danger_is_no_way_out_of_it() -> None:
    file = recorded(serious(), considered(MONDAY + 3 * DAY, in_danger=True))
    late = s.EmergencyAccommodationNeeded(at=MONDAY, words="For the weekend.")
    file = recorded(file, late, recorded_at=MONDAY + 3 * DAY)
    assert owed(file)["emergency-accommodation:complainant"].due == MONDAY + 3 * DAY + 2 * HOUR


def test_a_danger_that_is_written_down_after_its_way_out_was_found_is_over() -> None:
    needed = s.EmergencyAccommodationNeeded(at=MONDAY + 2 * HOUR, words="Tonight.")
    found = s.EmergencyAccommodationFound(at=MONDAY + 3 * HOUR, matter="accommodation-2", words="A room.")
    file = recorded(serious(), needed, found)
    told_late = recorded(file, considered(MONDAY + HOUR, in_danger=True), recorded_at=MONDAY + 5 * HOUR)
    assert "emergency-accommodation:complainant" not in owed(told_late)
    again = recorded(file, considered(MONDAY + 4 * HOUR, in_danger=True))
    assert "emergency-accommodation:complainant" in owed(again)


def test_whether_they_are_in_danger_is_as_the_latest_look_found_it() -> None:
    file = recorded(serious(), considered(MONDAY + 2 * HOUR))
    late = recorded(file, considered(MONDAY + HOUR, in_danger=True), recorded_at=MONDAY + 3 * HOUR)
    assert "emergency-accommodation:complainant" not in owed(late)
    file = recorded(serious(), considered(MONDAY + HOUR, in_danger=True))
    assert "emergency-accommodation:complainant" not in owed(recorded(file, considered(MONDAY + HOUR)))
    again = recorded(file, considered(MONDAY + 2 * HOUR, in_danger=True))
    assert owed(again)["emergency-accommodation:complainant"].due == MONDAY + 3 * HOUR


def test_a_room_that_is_sought_at_once_or_still_being_found_is_a_way_out() -> None:
    needed = s.EmergencyAccommodationNeeded(at=MONDAY + HOUR, words="Tonight.")
    file = recorded(serious(), needed)
    for at in (MONDAY + HOUR, MONDAY + DAY):
        told = recorded(file, considered(at, in_danger=True), recorded_at=MONDAY + DAY)
        assert "emergency-accommodation:complainant" not in owed(told)
    found = s.EmergencyAccommodationFound(at=MONDAY + 2 * HOUR, matter="accommodation-2", words="A room.")
    before = needed.model_copy(update={"at": MONDAY}), found.model_copy(update={"matter": "accommodation-4"})
    file = recorded(file, found, *before, recorded_at=MONDAY + 3 * HOUR)
    told = recorded(file, considered(MONDAY + HOUR, in_danger=True), recorded_at=MONDAY + DAY)
    assert "emergency-accommodation:complainant" not in owed(told)


def test_a_look_that_was_later_than_the_refusal_holds_whenever_that_is_written_down() -> None:
    needed = s.EmergencyAccommodationNeeded(at=MONDAY + HOUR, words="Tonight.")
    helped = s.EmergencyAccommodationHelped(at=MONDAY + HOUR, matter="accommodation-2", words="Rang.")
    none = s.EmergencyAccommodationRefused(at=MONDAY + 2 * HOUR, matter="accommodation-2", reasons="No room.")
    file = recorded(serious(), needed, helped, considered(MONDAY + 3 * HOUR))
    assert "emergency-accommodation:complainant" not in owed(recorded(file, none, recorded_at=MONDAY + DAY))


def test_a_look_from_before_the_refusal_does_not_end_the_danger_that_came_with_it() -> None:
    needed = s.EmergencyAccommodationNeeded(at=MONDAY, words="Tonight.")
    helped = s.EmergencyAccommodationHelped(at=MONDAY, matter="accommodation-2", words="Rang.")
    none = s.EmergencyAccommodationRefused(at=MONDAY + 2 * HOUR, matter="accommodation-2", reasons="No room.")
    file = recorded(serious(), needed, helped, none)
    late = recorded(file, considered(MONDAY + HOUR), recorded_at=MONDAY + 3 * HOUR)
    assert "emergency-accommodation:complainant" in owed(late)
