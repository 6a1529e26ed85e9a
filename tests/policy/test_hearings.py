"""witness-care: support before, at and after each hearing; nothing of it before its day."""

from datetime import date, datetime, time, timedelta

import pytest

from gateways.calendar import closure_days
from policy.case_file import CaseFile
from policy.facts import CaseFact
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
from policy.ledger import Ending, Line
from policy.refusals import CaseNotReadyToClose, DayNotAgreeable
from policy.refusals.safety import HearingIsOver, HearingNotYet, HearingUnknown
from policy.simulation import simulate
from policy.working_days import LONDON
from tests.given import assessed, case_of, contact, empty_file, entry, london, report
from tests.policy.happenings import closed, owed, recorded, taken_on
from tests.policy.random_safety import witness_supported

MONDAY = london(2023, 6, 5)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEFORE_IT = "hearing-before:hearing-3:complainant"


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
    with pytest.raises(HearingUnknown, match=r"There is: Monday 3 July 2023 \(hearing-3\)\."):
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


def test_what_is_done_before_a_hearing_is_due_while_it_can_still_be() -> None:
    this_evening = london(2023, 6, 7, 21)
    file = recorded(
        case_of(report(this_evening)), listed(date(2023, 6, 7)).model_copy(update={"at": this_evening})
    )
    due = owed(file)["hearing-before:hearing-2:complainant"].due
    assert due == datetime.combine(date(2023, 6, 7), time.max, LONDON)
    assert "hearing-before:hearing-2:complainant" not in owed(
        recorded(file, witness_supported(due, "hearing-2", "complainant", When.BEFORE))
    )
    assert owed(file)["hearing-during:hearing-2:complainant"].due == this_evening + 4 * HOUR


def test_a_witness_who_becomes_known_before_the_hearing_is_supported_at_it() -> None:
    file = recorded(case_of(report(MONDAY)), listed())
    told = taken_on(london(2023, 6, 30), "witness-5", Part.WITNESS)
    assert owed(recorded(file, told))["hearing-before:hearing-2:witness-5"].due == london(2023, 6, 30, 13)


def test_nobody_who_becomes_known_after_it_was_at_it() -> None:
    file = recorded(held(heard(), london(2023, 7, 3, 15)), taken_on(london(2023, 7, 4), "witness-5", Part.WITNESS))
    assert not [key for key in owed(file) if key.startswith("hearing") and "witness-5" in key]


def test_nobody_who_becomes_known_after_its_day_is_owed_what_cannot_be_done_any_more() -> None:
    joined = recorded(heard(), taken_on(london(2023, 7, 4), "witness-5", Part.WITNESS))
    told_late = recorded(joined, contact(london(2023, 7, 3, 9)), recorded_at=london(2023, 7, 4, 10))
    put_off = HearingAdjourned(at=london(2023, 7, 5), matter="hearing-3", on=date(2023, 8, 1))
    for file in (joined, told_late, held(told_late, london(2023, 7, 3, 15))):
        assert not [key for key in owed(file) if key.startswith("hearing-") and "witness-5" in key]
    assert "hearing-before:hearing-3:witness-5" in owed(recorded(told_late, put_off))
    on_its_day = recorded(heard(), taken_on(london(2023, 7, 3, 12), "witness-5", Part.WITNESS))
    assert owed(on_its_day)["hearing-before:hearing-3:witness-5"].due == london(2023, 7, 3, 16)


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


def lines_of(*told: CaseFact, recorded_at: datetime | None = None) -> dict[str, Line]:
    """After the acknowledgement, the hearing is 3. Each is recorded as it happens, the last one then or later."""
    late = recorded_at or told[-1].at
    entries = [*map(entry, told[:-1]), entry(told[-1], recorded_at=late)]
    played = simulate(empty_file(MONDAY.date()), entries, until=late + HOUR)
    assert played.refused == ()
    return {line.deadline.key: line for line in played.ledger()}


def test_whoever_was_not_prepared_before_the_hearing_was_missed_also_where_it_was_heard_at_once() -> None:
    start = (report(MONDAY), listed(MONDAY.date()))
    heard_at = MONDAY + HOUR
    line = lines_of(*start, HearingHeld(at=heard_at, matter="hearing-3", words="An order."))[BEFORE_IT]
    assert line.ended is not None
    assert (line.ended.ending, line.noticed_at) == (Ending.MISSED, heard_at)
    assert line.deadline.due > heard_at, "some hours at short notice"
    weeks = (
        report(MONDAY),
        listed(),
        HearingHeld(at=london(2023, 7, 3, 15), matter="hearing-3", words="An order."),
    )
    noticed = lines_of(*weeks)[BEFORE_IT]
    assert noticed.ended is not None
    assert (noticed.ended.ending, noticed.noticed_at) == (Ending.MISSED, london(2023, 6, 26, 17))


@pytest.mark.parametrize(
    ("when", "ending"),
    [(london(2023, 6, 20), Ending.RECORDED_LATE), (london(2023, 7, 1), Ending.LATE)],
)
def test_that_they_had_been_prepared_can_still_be_written_down_after_the_hearing(
    when: datetime, ending: Ending
) -> None:
    held_at = london(2023, 7, 3, 15)
    start = (report(MONDAY), listed(), HearingHeld(at=held_at, matter="hearing-3", words="An order."))
    before = witness_supported(when, "hearing-3", "complainant", When.BEFORE)
    line = lines_of(*start, before, recorded_at=held_at + DAY)[BEFORE_IT]
    assert line.ended is not None
    assert (line.ended.ending, line.ended.at) == (ending, when)


def test_nobody_is_prepared_for_a_hearing_after_it() -> None:
    with pytest.raises(HearingIsOver, match="was on Monday 3 July 2023: say when before it"):
        recorded(heard(), supported(When.BEFORE, at=london(2023, 7, 4)))
    after = held(heard(), london(2023, 7, 3, 15))
    with pytest.raises(HearingIsOver):
        recorded(after, supported(When.BEFORE, at=london(2023, 7, 3, 15)))
    in_the_morning = recorded(
        after, supported(When.BEFORE, at=london(2023, 7, 3, 9)), recorded_at=MONDAY + 40 * DAY
    )
    assert "before:witness-2" in in_the_morning.hearings["hearing-3"].given


def test_a_day_that_the_court_brought_forward_is_recorded_in_the_evening_of_that_day_too() -> None:
    evening = london(2023, 6, 20, 18)
    moved = recorded(heard(), HearingAdjourned(at=evening, matter="hearing-3", on=date(2023, 6, 20)))
    assert all(deadline.due > evening for deadline in owed(moved).values() if "hearing" in deadline.key)
    assert "hearing-3" not in held(moved, evening).matters


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 7, 2), "Sunday 2 July 2023"),
        (date(2024, 3, 29), r"Friday 29 March 2024 \(Good Friday\)"),
        (date(2023, 12, 25), r"Monday 25 December 2023 \(Christmas Day\)"),
        (date(2023, 8, 28), r"Monday 28 August 2023 \(Late Summer Bank Holiday\)"),
        (date(2024, 1, 1), r"New Year's Day"),
    ],
)
def test_no_hearing_lies_ahead_on_a_day_on_which_courts_do_not_sit(day: date, said: str) -> None:
    with pytest.raises(DayNotAgreeable, match=f"Courts do not sit on .*{said}.*: check the date"):
        recorded(case_of(report(MONDAY)), listed(day))
    put_off = HearingAdjourned(at=MONDAY, matter="hearing-3", on=day)
    with pytest.raises(DayNotAgreeable, match="Courts do not sit"):
        recorded(heard(), put_off)


def heard_on(day: date) -> CaseFile:
    """Learnt of once that day had come."""
    return recorded(case_of(report(MONDAY)), listed(day), recorded_at=london(day.year, day.month, day.day, 10))


def test_what_a_court_heard_at_once_is_recorded_on_its_day_and_saturdays_are_possible() -> None:
    assert "hearing-2" in heard_on(date(2023, 7, 2)).hearings
    assert "hearing-2" in recorded(case_of(report(MONDAY)), listed(date(2023, 7, 1))).hearings


def test_where_only_our_office_is_closed_courts_sit() -> None:
    flooded = closure_days(MONDAY.date(), {date(2023, 7, 3): "A flood"})
    file = case_of(report(MONDAY)).with_(closure_days=flooded)
    assert "hearing-2" in recorded(file, listed()).hearings


def test_a_court_s_day_that_is_no_day_of_theirs_is_not_said_to_be_agreed() -> None:
    with pytest.raises(
        DayNotAgreeable, match="A court's day lies from Monday 5 June 2023 to Wednesday 5 June 2024"
    ):
        recorded(case_of(report(MONDAY)), listed(date(2023, 6, 4)))


def test_the_court_s_day_comes_no_nearer_when_somebody_asks_after_it() -> None:
    asked = recorded(heard(), Chased(at=MONDAY, matter="hearing-3", words="When is it?"))
    assert owed(asked)["hearing-3"].due == owed(heard())["hearing-3"].due == london(2023, 7, 3, 17)


def test_a_case_does_not_close_over_the_witnesses_of_its_hearing() -> None:
    file = held(recorded(heard(), contact(MONDAY), assessed(MONDAY)), london(2023, 7, 3, 15))
    with pytest.raises(CaseNotReadyToClose, match=r"support after the hearing \(witness 2\)"):
        recorded(file, closed(london(2023, 7, 4), Closing.DEALT_WITH))
