"""witness-care: support before, at and after each hearing; nothing of it before its day."""

from datetime import date, datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts.closing import Closing
from policy.facts.hearings import (
    HearingAdjourned,
    HearingHeld,
    HearingListed,
    HearingVacated,
    When,
    WitnessSupported,
)
from policy.facts.parts import Part
from policy.facts.promising import Chased
from policy.refusals import CaseNotReadyToClose
from policy.refusals.safety import HearingNotYet, HearingUnknown
from tests.given import assessed, case_of, contact, london, report
from tests.policy.happenings import closed, owed, recorded, taken_on
from tests.policy.random_safety import witness_supported

MONDAY = london(2023, 6, 5)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def listed(on: date = date(2023, 7, 3)) -> HearingListed:
    return HearingListed(at=MONDAY, on=on, court="A county court")


def heard() -> CaseFile:
    return recorded(case_of(report(MONDAY)), taken_on(MONDAY, "witness-2", Part.WITNESS), listed())


def supported(when: When, person: str = "witness-2", at: datetime = MONDAY) -> WitnessSupported:
    return witness_supported(at, "hearing-3", person, when)


def held(file: CaseFile, at: datetime) -> CaseFile:
    return recorded(file, HearingHeld(at=at, matter="hearing-3", words="An order was made."))


def test_whoever_names_a_hearing_that_is_not_there_reads_which_there_are() -> None:
    another = supported(When.BEFORE).model_copy(update={"hearing": "hearing-9"})
    with pytest.raises(HearingUnknown, match=r"hearing-9\. There are: on Monday 3 July 2023 \(hearing-3\)\."):
        recorded(heard(), another)


def test_support_before_and_at_a_hearing_is_due_for_each_victim_and_witness() -> None:
    file = heard()
    assert owed(file)["hearing-before:hearing-3:witness-2"].due == london(2023, 6, 26, 17)
    assert "5 working days before Monday 3 July 2023" in owed(file)["hearing-before:hearing-3:witness-2"].why
    assert owed(file)["hearing-during:hearing-3:witness-2"].due == london(2023, 7, 3, 17)
    assert "hearing-before:hearing-3:complainant" in owed(file)
    file = recorded(file, supported(When.BEFORE))
    assert "hearing-before:hearing-3:witness-2" not in owed(file)
    assert "hearing-before:hearing-3:complainant" in owed(file)


def test_support_after_a_hearing_is_due_once_it_was_held() -> None:
    file = recorded(heard(), supported(When.BEFORE))
    assert "hearing-after:hearing-3:witness-2" not in owed(file)
    file = held(file, london(2023, 7, 3, 15))
    assert owed(file)["hearing-after:hearing-3:witness-2"].due == london(2023, 7, 5, 17)
    file = recorded(file, supported(When.AFTER, at=london(2023, 7, 4)))
    assert not any("witness-2" in key for key in owed(file))


def test_a_hearing_at_short_notice_leaves_some_hours() -> None:
    file = recorded(case_of(report(MONDAY)), listed(date(2023, 6, 7)))
    assert owed(file)["hearing-before:hearing-2:complainant"].due == MONDAY + 4 * HOUR


def test_a_witness_who_becomes_known_before_the_hearing_is_supported_at_it() -> None:
    file = recorded(case_of(report(MONDAY)), listed())
    told = taken_on(london(2023, 6, 30), "witness-5", Part.WITNESS)
    assert owed(recorded(file, told))["hearing-before:hearing-2:witness-5"].due == london(2023, 6, 30, 13)


def test_nobody_who_becomes_known_after_it_was_at_it() -> None:
    file = recorded(held(heard(), london(2023, 7, 3, 15)), taken_on(london(2023, 7, 4), "witness-5", Part.WITNESS))
    assert not [key for key in owed(file) if key.startswith("hearing") and "witness-5" in key]


def test_an_adjourned_hearing_is_prepared_again_and_a_vacated_one_not_at_all() -> None:
    file = recorded(heard(), supported(When.BEFORE))
    again = recorded(file, HearingAdjourned(at=MONDAY + DAY, matter="hearing-3", on=date(2023, 8, 1)))
    assert owed(again)["hearing-before:hearing-3:witness-2"].due == london(2023, 7, 25, 17)
    assert owed(again)["hearing-3"].due == london(2023, 8, 1, 17)
    gone = recorded(file, HearingVacated(at=MONDAY + DAY, matter="hearing-3", reasons="Settled."))
    assert not any("hearing" in key for key in owed(gone))


def test_who_was_prepared_for_the_day_before_it_was_put_off_is_prepared_again() -> None:
    put_off = HearingAdjourned(at=MONDAY + 2 * DAY, matter="hearing-3", on=date(2023, 8, 1))
    file = recorded(heard(), put_off)
    late = recorded(file, supported(When.BEFORE, at=MONDAY + DAY), recorded_at=MONDAY + 3 * DAY)
    assert "hearing-before:hearing-3:witness-2" in owed(late)
    again = recorded(late, supported(When.BEFORE, at=MONDAY + 3 * DAY))
    assert "hearing-before:hearing-3:witness-2" not in owed(again)


def test_nobody_was_supported_after_a_hearing_that_was_not_held() -> None:
    with pytest.raises(HearingNotYet, match="had not been held then"):
        recorded(heard(), supported(When.AFTER))
    after = held(heard(), london(2023, 7, 3, 15))
    with pytest.raises(HearingNotYet, match="had not been held then"):
        recorded(after, supported(When.AFTER, at=london(2023, 7, 3, 14)))


def test_nothing_of_a_hearing_is_ticked_off_before_its_day() -> None:
    with pytest.raises(HearingNotYet, match="on Monday 3 July 2023: nobody can have been at it"):
        recorded(heard(), supported(When.DURING, at=london(2023, 7, 2, 23)))
    with pytest.raises(HearingNotYet, match="This hearing is on Monday 3 July 2023"):
        held(heard(), london(2023, 7, 2, 23))
    assert "hearing-during:hearing-3:witness-2" not in owed(
        recorded(heard(), supported(When.DURING, at=london(2023, 7, 3, 9)))
    )
    brought_forward = recorded(heard(), HearingAdjourned(at=MONDAY, matter="hearing-3", on=date(2023, 6, 6)))
    assert "hearing-3" not in held(brought_forward, MONDAY + DAY).matters


def test_a_day_that_the_court_brought_forward_is_recorded_in_the_evening_of_that_day_too() -> None:
    evening = london(2023, 6, 20, 18)
    moved = recorded(heard(), HearingAdjourned(at=evening, matter="hearing-3", on=date(2023, 6, 20)))
    assert all(deadline.due > evening for deadline in owed(moved).values() if "hearing" in deadline.key)
    assert "hearing-3" not in held(moved, evening).matters


def test_the_court_s_day_comes_no_nearer_when_somebody_asks_after_it() -> None:
    asked = recorded(heard(), Chased(at=MONDAY, matter="hearing-3", words="When is it?"))
    assert owed(asked)["hearing-3"].due == owed(heard())["hearing-3"].due == london(2023, 7, 3, 17)


def test_a_case_does_not_close_over_the_witnesses_of_its_hearing() -> None:
    file = held(recorded(heard(), contact(MONDAY), assessed(MONDAY)), london(2023, 7, 3, 15))
    with pytest.raises(CaseNotReadyToClose, match=r"support after the hearing \(witness 2\)"):
        recorded(file, closed(london(2023, 7, 4), Closing.DEALT_WITH))
