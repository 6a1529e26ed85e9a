"""disability-meeting: what is learnt after a notice was proposed holds it up, until it is served."""

from datetime import datetime

import pytest

from policy.case_file import CaseFile
from policy.facts.warning import WarningApproved, WarningServed
from policy.ledger import Ending, lines
from policy.refusals.legal import DisabilityMeetingMissing
from policy.rules import check, refusal_now
from tests.given import EDITION, SUPERVISOR, entry, london
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_disability_meeting import met, possession, told
from tests.policy.warned import DAY, MONDAY, agreed, letter, served, taken_back, to_be_warned

TUESDAY = MONDAY + DAY
WEDNESDAY = MONDAY + 2 * DAY
KEY = "notice-3"
FIRST = "Hold the meeting about a disability before the notice of seeking possession goes on, or take it back"
AGAINST = (
    "Take back the notice of seeking possession, since the meeting about a disability decided against it, or hold"
    " another"
)


def proposed() -> CaseFile:
    return to_be_warned(possession())


def approved() -> CaseFile:
    return recorded(proposed(), agreed(MONDAY, KEY), by=SUPERVISOR)


def test_a_notice_is_not_agreed_to_once_a_disability_is_told_before_a_meeting() -> None:
    file = recorded(proposed(), told(at=TUESDAY))
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting"):
        recorded(file, agreed(WEDNESDAY, KEY), by=SUPERVISOR)
    assert recorded(file, met(WEDNESDAY), agreed(WEDNESDAY, KEY), by=SUPERVISOR)


def test_a_notice_is_not_served_once_a_disability_is_told_before_a_meeting() -> None:
    file = recorded(approved(), told(at=TUESDAY))
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting"):
        recorded(file, served(WEDNESDAY, KEY))
    file = recorded(file, met(WEDNESDAY))
    assert recorded(file, served(WEDNESDAY, KEY)).warnings[KEY].served_on == WEDNESDAY.date()


def test_a_meeting_that_decided_against_it_stays_so_also_when_more_is_told_later() -> None:
    against = recorded(approved(), told(at=TUESDAY), met(TUESDAY, goes_on=False))
    more = recorded(against, told(at=WEDNESDAY + DAY))
    for file in (against, more):
        with pytest.raises(DisabilityMeetingMissing):
            recorded(file, served(WEDNESDAY, KEY), recorded_at=WEDNESDAY + 2 * DAY)


def test_a_meeting_that_decided_against_it_stops_a_notice_that_was_proposed_or_agreed() -> None:
    for file, step in ((proposed(), agreed(WEDNESDAY, KEY)), (approved(), served(WEDNESDAY, KEY))):
        against = recorded(file, told(at=TUESDAY), met(TUESDAY, goes_on=False))
        with pytest.raises(DisabilityMeetingMissing, match="decided against legal action"):
            recorded(against, step, by=SUPERVISOR)
        assert owed(against)[KEY].owed == AGAINST
        ended = recorded(against, taken_back(WEDNESDAY, KEY))
        assert KEY not in ended.matters
        assert KEY not in owed(ended)


def test_what_is_owed_then_is_the_meeting_and_the_notice_s_days_count_again_from_its_answer() -> None:
    served_by = owed(approved())[KEY]
    assert (served_by.owed, served_by.due) == ("Serve the notice of seeking possession", london(2023, 6, 12, 17))
    file = recorded(approved(), told(at=TUESDAY))
    first = owed(file)[KEY]
    assert (first.owed, first.due) == (FIRST, london(2023, 6, 13, 17))
    assert "disability_meeting_held" in first.met_by
    answered = recorded(file, met(WEDNESDAY))
    again = owed(answered)[KEY]
    assert (again.owed, again.due) == (served_by.owed, london(2023, 6, 14, 17))
    (kept, *_) = lines([first], [again], entry(met(WEDNESDAY)))
    assert kept.ended is not None
    assert kept.ended.ending is Ending.KEPT


def test_before_it_is_agreed_to_the_meeting_is_owed_too() -> None:
    assert owed(recorded(proposed(), told(at=TUESDAY)))[KEY].owed == FIRST


@pytest.mark.parametrize("served_at", [TUESDAY, WEDNESDAY], ids=["before", "after"])
def test_what_was_served_before_we_learnt_of_it_is_recorded_as_it_was(served_at: datetime) -> None:
    learnt = TUESDAY.replace(hour=16)
    file = recorded(approved(), told(at=learnt))
    late = entry(served(served_at, KEY), recorded_at=WEDNESDAY)
    if served_at > learnt:
        with pytest.raises(DisabilityMeetingMissing):
            check(file, late, EDITION)
    else:
        file = recorded(file, served(served_at, KEY), recorded_at=WEDNESDAY)
        assert file.warnings[KEY].served_on == TUESDAY.date()
        assert owed(file)[KEY].owed.startswith("Decide what follows the notice of seeking possession")


def test_a_second_suspicion_does_not_hide_that_it_was_served_after_the_first() -> None:
    file = recorded(approved(), told(at=TUESDAY), told("hearing", WEDNESDAY.replace(hour=16)))
    with pytest.raises(DisabilityMeetingMissing):
        recorded(file, served(WEDNESDAY, KEY), recorded_at=WEDNESDAY + DAY)


def test_a_warning_letter_goes_on_all_the_same() -> None:
    file = recorded(to_be_warned(letter(MONDAY)), told(at=TUESDAY), agreed(WEDNESDAY, "warning-3"), by=SUPERVISOR)
    assert owed(file)["warning-3"].owed.startswith("Serve the warning letter")


def test_another_s_meeting_keeps_nothing_of_this_one() -> None:
    file = to_be_warned(h.taken_on(MONDAY, "perpetrator-2", "perpetrator"), possession())
    file = recorded(file, told(at=TUESDAY), met(WEDNESDAY, person="perpetrator-2"))
    assert owed(file)["notice-4"].owed == FIRST


def test_to_agree_is_offered_where_nothing_is_in_the_way_now() -> None:
    file = recorded(proposed(), told(at=MONDAY), recorded_at=TUESDAY)
    assert refusal_now(file, WarningApproved, EDITION)
    assert refusal_now(recorded(file, met(TUESDAY)), WarningApproved, EDITION) is None
    learnt_later = recorded(proposed(), told(at=TUESDAY))
    assert refusal_now(learnt_later, WarningApproved, EDITION)
    assert recorded(learnt_later, agreed(MONDAY + DAY / 8, KEY), by=SUPERVISOR, recorded_at=WEDNESDAY)
    another = recorded(learnt_later, h.taken_on(TUESDAY, "perpetrator-2", "perpetrator"))
    other_s = possession(TUESDAY, person="perpetrator-2")
    assert refusal_now(recorded(another, other_s), WarningApproved, EDITION) is None


def test_to_serve_is_offered_where_nothing_is_in_the_way_now() -> None:
    assert refusal_now(approved(), WarningServed, EDITION) is None
    held = recorded(approved(), told(at=TUESDAY))
    refused = refusal_now(held, WarningServed, EDITION)
    assert refused is not None
    assert refused.refused == "DisabilityMeetingMissing"
    assert refusal_now(recorded(held, met(WEDNESDAY)), WarningServed, EDITION) is None
