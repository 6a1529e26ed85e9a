"""estate-inspections: scheduled, carried out and overdue like any duty; what is found is never dropped."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.estates import facts
from policy.estates.file import FINDING, INSPECTION
from policy.facts.base import Role
from policy.facts.ruling import DeadlineMissed
from policy.refusals import InspectionIsOverdue, PlaceIsNotInspected, Refused
from tests.given import EDITION, london
from tests.policy.estates import MONDAY, History, ended, inspected, listed, planned

EVERY = EDITION.estate_inspections.every_working_days


def test_a_listed_place_is_due_after_the_editions_interval_and_says_how_that_was_counted() -> None:
    due = History().inspection
    assert due.due == london(2023, 6, 20, 17)
    assert (due.row, due.section, due.edition, due.owed_by) == (
        "estate-inspections",
        "4",
        "2015-03-23",
        Role.OFFICER,
    )
    assert f"{EVERY} working days after Monday 22 May 2023" in due.why
    assert "Monday 29 May 2023" in due.why


def test_a_place_may_have_a_shorter_interval_of_its_own() -> None:
    assert History(listed(every_working_days=5)).inspection.due == london(2023, 5, 30, 17)


def test_an_inspection_arms_the_next() -> None:
    place = History(listed(every_working_days=5))
    place.tell(inspected(london(2023, 5, 24)))
    assert place.endings == ["kept"]
    assert place.inspection.due == london(2023, 6, 1, 17)


def test_a_missed_inspection_stays_overdue_until_it_is_made() -> None:
    place = History(listed(every_working_days=5))
    missed = place.inspection
    place.tell(facts.PlaceInspected(at=MONDAY - timedelta(days=3), words="Before it was listed."), MONDAY)
    assert place.inspection == missed
    place.tell(inspected(london(2023, 7, 3)))
    assert place.endings == ["late"]


def test_an_inspection_made_in_time_and_written_down_late_is_in_time_and_recorded_late() -> None:
    place = History(listed(every_working_days=5))
    place.tell(inspected(london(2023, 5, 30, 16)), recorded_at=london(2023, 6, 2))
    assert place.endings == ["recorded_late"]
    (line,) = (line for line in place.lines if line.ended)
    assert line.ended is not None
    assert line.ended.at == london(2023, 5, 30, 16)
    assert line.ended.recorded_at == london(2023, 6, 2)
    assert place.inspection.due == london(2023, 6, 6, 17)


def test_an_older_inspection_written_down_later_turns_no_clock_back() -> None:
    place = History(listed(every_working_days=5))
    place.tell(inspected(london(2023, 5, 26)))
    due = place.inspection
    place.tell(inspected(london(2023, 5, 23), "graffiti"), recorded_at=london(2023, 5, 26))
    assert place.inspection == due
    assert [key for key in place.file.owed if key.startswith(FINDING)]


def test_a_shorter_interval_counts_from_the_change_so_that_nobody_is_late_at_once() -> None:
    place = History()
    place.tell(planned(london(2023, 6, 12), 3))
    assert place.inspection.due == london(2023, 6, 15, 17)


def test_a_shorter_interval_never_makes_an_inspection_later() -> None:
    place = History()
    place.tell(planned(london(2023, 6, 19), 15))
    assert place.inspection.due == london(2023, 6, 20, 17)


def test_an_overdue_inspection_does_not_go_away_with_a_longer_interval() -> None:
    place = History(listed(every_working_days=5))
    with pytest.raises(InspectionIsOverdue, match="due by Tuesday 30 May 2023"):
        place.tell(planned(london(2023, 6, 1), None))
    place.tell(planned(london(2023, 6, 1), 5))
    assert place.inspection.due == london(2023, 5, 30, 17)


def test_what_is_found_waits_for_a_decision_by_the_next_working_day() -> None:
    place = History()
    finding = place.found(london(2023, 5, 26))
    owed = place.decision(finding)
    assert owed.due == london(2023, 5, 30, 17)
    assert owed.owed == "Make a case of what was found, or say why not"
    place.tell(facts.FindingMadeACase(at=london(2023, 5, 26, 12), finding=finding, case="CW-2023-000001"))
    assert set(place.file.owed) == {INSPECTION}


def test_a_decision_is_counted_from_when_the_finding_was_written_down() -> None:
    place = History()
    note = place.tell(inspected(london(2023, 5, 23), "litter"), recorded_at=london(2023, 6, 5))
    assert place.decision(f"{note.id}-1").due == london(2023, 6, 6, 17)


@pytest.mark.parametrize("how", list(facts.WithoutACase))
def test_a_finding_ends_without_a_case_with_its_reason(how: facts.WithoutACase) -> None:
    place = History()
    finding = place.found(MONDAY)
    to = "District council" if how is facts.WithoutACase.REPORTED_ELSEWHERE else None
    place.tell(ended(london(2023, 5, 23), finding, how, to))
    assert set(place.file.owed) == {INSPECTION}


def test_a_place_that_is_no_longer_inspected_still_owes_what_was_found() -> None:
    place = History()
    finding = place.found(MONDAY)
    place.tell(facts.InspectionsEnded(at=london(2023, 5, 23), reasons="Sold."))
    assert list(place.file.owed) == [FINDING + finding]
    with pytest.raises(PlaceIsNotInspected):
        place.tell(inspected(london(2023, 5, 24)))
    place.tell(ended(london(2023, 5, 24), finding, facts.WithoutACase.DEALT_WITH))
    assert place.file.owed == {}


def test_every_finding_of_the_edition_leads_to_a_category() -> None:
    keys = {kind.key for kind in EDITION.findings}
    assert {"graffiti", "fly_tipping", "litter", "lighting", "vehicle"} <= keys
    assert {EDITION.category(kind.category) is not None for kind in EDITION.findings} == {True}


steps = st.tuples(
    st.sampled_from(["inspected", "inspected late", "shorter", "longer", "found", "ended"]), st.integers(0, 40)
)


def told(place: History, what: str, at: datetime) -> None:
    match what:
        case "inspected":
            place.tell(inspected(at))
        case "inspected late":
            place.tell(inspected(at - timedelta(days=9)), recorded_at=at)
        case "shorter" | "longer":
            place.tell(planned(at, 3 if what == "shorter" else None))
        case "found":
            place.tell(inspected(at, "litter", "graffiti"))
        case "ended":
            for key in [key for key in place.file.owed if key.startswith(FINDING)]:
                place.tell(ended(at, key.removeprefix(FINDING), facts.WithoutACase.DEALT_WITH))


@given(st.lists(steps, max_size=12))
def test_whatever_happens_an_inspection_is_owed_and_a_missed_one_only_ends_by_being_made(
    happened: list[tuple[str, int]],
) -> None:
    place, now = History(), MONDAY
    for what, days in happened:
        now += timedelta(days=days)
        before = place.file
        try:
            told(place, what, now)
        except Refused:
            assert place.file == before
        assert INSPECTION in place.file.owed
        missed = before.owed[INSPECTION].due < now
        made = before.counted_from != place.file.counted_from
        assert not missed or made or place.file.owed[INSPECTION] == before.owed[INSPECTION]
    open_lines = {(line.deadline.key, line.deadline.due) for line in place.lines if line.ended is None}
    assert {(d.key, d.due) for d in place.file.owed.values()} <= open_lines


def test_a_missed_inspection_goes_up_to_a_supervisor_and_then_to_a_manager_until_it_is_made() -> None:
    place, up = History(listed(every_working_days=5)), "escalation:inspection"
    place.noticed(london(2023, 5, 31, 5))
    assert (place.file.owed[up].owed_by, place.file.owed[up].due) == (Role.SUPERVISOR, london(2023, 6, 2, 17))
    assert place.file.owed[up].owed == "See to it that this is done: Inspect the place"
    assert [line.noticed_at for line in place.lines if line.noticed_at] == [london(2023, 5, 31, 5)]
    place.noticed(london(2023, 6, 5, 5))
    assert place.file.owed[f"escalation:{up}"].owed_by is Role.MANAGER
    place.tell(inspected(london(2023, 6, 6)))
    assert set(place.file.owed) == {INSPECTION}
    assert place.endings == ["late"]


def test_a_finding_that_nobody_decided_on_goes_up_and_comes_down_with_the_decision() -> None:
    place = History(listed(every_working_days=5))
    finding = place.found(london(2023, 5, 23))
    place.noticed(london(2023, 5, 25, 5))
    assert place.file.owed[f"escalation:{FINDING}{finding}"].owed_by is Role.SUPERVISOR
    place.tell(facts.InspectionsEnded(at=london(2023, 5, 25), reasons="Sold."))
    place.tell(ended(london(2023, 5, 26), finding, facts.WithoutACase.DEALT_WITH))
    assert place.file.owed == {}


def test_what_was_done_meanwhile_is_not_missed() -> None:
    place = History(listed(every_working_days=5))
    missed = place.inspection
    place.tell(inspected(london(2023, 5, 26)))
    before = place.file.owed
    place.tell(DeadlineMissed(at=missed.due, key=INSPECTION, row=missed.row, due=missed.due))
    assert place.file.owed == before
