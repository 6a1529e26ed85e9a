"""disability-meeting: what happened is judged by what was known and met about then, under whatever name."""

from datetime import datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.disability import held_up, in_the_way
from policy.facts import CaseFact
from policy.facts.disability import WhyNot
from policy.facts.parts import Leaving, Part
from policy.legal_action import facts as f
from policy.legal_action.beginning import known_now
from policy.refusals.legal import DisabilityMeetingMissing, GroundKnownAlready, LegalActionGoesOn, WarningIsOpen
from tests.given import EDITION, SUPERVISOR, london
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.legal_action import acting
from tests.policy.legal_action.acting import ENOUGH, INSTRUCTED, ISSUED, REVIEWED, learnt
from tests.policy.test_disability_meeting import met, possession, told
from tests.policy.test_legal_action_on_a_case import proposed
from tests.policy.test_what_was_proven import TODAY, known
from tests.policy.test_what_was_proven import proposed as on_ground_7a
from tests.policy.warned import DAY, MONDAY, agreed, letter, reviewed, served, to_be_warned

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + days * DAY for days in range(1, 5))
PERSON = "5f0c4f3e-8f0e-4c8e-9a51-000000000001"
OTHER = "household_member-2"
ONE_PERSON = (
    h.identified(MONDAY, "perpetrator-1", PERSON),
    h.taken_on(MONDAY, OTHER, Part.HOUSEHOLD_MEMBER, person=PERSON),
)
"""Complained about under two names."""


def two_names(*more: CaseFact) -> CaseFile:
    """What comes next is 5."""
    return to_be_warned(*ONE_PERSON, *more)


def once(file: CaseFile) -> CaseFile:
    return recorded(file, h.left(THURSDAY, OTHER, Leaving.BY_MISTAKE))


# one person under two names


@pytest.mark.parametrize("name", ["perpetrator-1", OTHER])
def test_what_is_known_of_a_disability_is_the_person_s_under_whatever_name(name: str) -> None:
    file = two_names(told(person=OTHER))
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting"):
        recorded(file, possession(person=name))
    for met_as in ("perpetrator-1", OTHER):
        assert recorded(file, met(TUESDAY, person=met_as), possession(WEDNESDAY, person=name))


def test_a_second_name_that_was_a_mistake_takes_nothing_with_it_that_was_known_of_a_disability() -> None:
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting"):
        recorded(once(two_names(told(person=OTHER))), possession(FRIDAY))
    met_as_other = once(two_names(told(), met(TUESDAY, person=OTHER)))
    assert recorded(met_as_other, possession(FRIDAY))


def test_whoever_comes_back_under_another_name_is_the_same_person() -> None:
    file = to_be_warned(h.identified(MONDAY, "perpetrator-1", PERSON), told())
    back = h.taken_on(WEDNESDAY, "perpetrator-2", Part.PERPETRATOR, person=PERSON)
    file = recorded(file, h.left(TUESDAY, "perpetrator-1", Leaving.MOVED_AWAY), back)
    with pytest.raises(DisabilityMeetingMissing, match="perpetrator 2"):
        recorded(file, possession(THURSDAY, person="perpetrator-2"))


def test_what_was_done_before_two_names_turned_out_to_be_one_person_s_is_recorded_as_it_was() -> None:
    other = h.taken_on(MONDAY, OTHER, Part.HOUSEHOLD_MEMBER)
    file = to_be_warned(h.identified(MONDAY, "perpetrator-1", PERSON), other, told(person=OTHER), possession())
    file = recorded(file, agreed(MONDAY, "notice-6"), by=SUPERVISOR)
    one = recorded(file, h.identified(THURSDAY, OTHER, PERSON))
    assert owed(one)["notice-6"].owed.startswith("Hold the meeting")
    assert owed(one)["notice-6"].due == london(2023, 6, 15, 17), "counted from when we knew whose it is"
    assert recorded(one, served(WEDNESDAY, "notice-6"), recorded_at=FRIDAY)
    with pytest.raises(DisabilityMeetingMissing):
        recorded(one, served(THURSDAY, "notice-6"), recorded_at=FRIDAY)
    met_first = recorded(file, met(TUESDAY, person=OTHER), h.identified(THURSDAY, OTHER, PERSON))
    assert recorded(met_first, served(THURSDAY, "notice-6"), recorded_at=FRIDAY)


def warned_as(name: str) -> CaseFile:
    file = recorded(two_names(letter(MONDAY, person=name)), agreed(MONDAY, "warning-5"), by=SUPERVISOR)
    return recorded(file, served(TUESDAY, "warning-5"))


def test_what_they_were_warned_of_counts_under_either_name() -> None:
    for file in (warned_as(OTHER), warned_as("perpetrator-1"), once(warned_as(OTHER))):
        with pytest.raises(WarningIsOpen):
            recorded(file, letter(FRIDAY))
        looked_at = recorded(file, reviewed(FRIDAY, "warning-5"))
        assert recorded(looked_at, notice_after(FRIDAY))


def notice_after(at: datetime) -> CaseFact:
    return possession(at).model_copy(update={"very_serious": None})


def test_what_was_proven_of_them_is_known_under_either_name() -> None:
    file = two_names(known(TODAY).model_copy(update={"person": OTHER}))
    for one in (file, once(file)):
        with pytest.raises(GroundKnownAlready, match="known on this case already"):
            recorded(one, known(TODAY).model_copy(update={"at": FRIDAY}))
        noticed = recorded(one, on_ground_7a().model_copy(update={"at": FRIDAY}))
        assert "ground-5" not in owed(noticed)


def test_an_action_that_goes_on_against_them_goes_on_under_either_name() -> None:
    with pytest.raises(LegalActionGoesOn):
        two_names(proposed(person=OTHER), proposed())


# before it was known, and after which meeting


def test_a_notice_that_was_proposed_before_we_knew_is_recorded_as_it_was() -> None:
    file = to_be_warned(told(at=WEDNESDAY))
    late = recorded(file, possession(TUESDAY), recorded_at=THURSDAY)
    assert owed(late)["notice-4"].owed.startswith("Hold the meeting about a disability")
    with pytest.raises(DisabilityMeetingMissing):
        recorded(file, possession(WEDNESDAY), recorded_at=THURSDAY)


def test_a_later_meeting_stands_for_nothing_that_was_done_before_it() -> None:
    file = recorded(to_be_warned(possession()), agreed(MONDAY, "notice-3"), by=SUPERVISOR)
    file = recorded(file, told(at=TUESDAY), met(THURSDAY))
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting"):
        recorded(file, served(WEDNESDAY, "notice-3"), recorded_at=FRIDAY)
    assert recorded(file, served(THURSDAY + timedelta(hours=1), "notice-3"), recorded_at=FRIDAY)
    earlier = recorded(file, met(TUESDAY + timedelta(hours=1)), recorded_at=FRIDAY)
    assert recorded(earlier, served(WEDNESDAY, "notice-3"), recorded_at=FRIDAY)


def test_nor_does_one_that_decided_against_it_undo_what_was_done_before() -> None:
    file = recorded(to_be_warned(possession()), agreed(MONDAY, "notice-3"), by=SUPERVISOR)
    file = recorded(file, told(at=TUESDAY), met(TUESDAY), met(THURSDAY, goes_on=False))
    assert recorded(file, served(WEDNESDAY, "notice-3"), recorded_at=FRIDAY)
    with pytest.raises(DisabilityMeetingMissing, match="decided against"):
        recorded(file, served(THURSDAY, "notice-3"), recorded_at=FRIDAY)


def test_each_time_that_they_might_not_be_acted_against_is_known() -> None:
    file = to_be_warned(told(), told("sight", TUESDAY), met(WEDNESDAY, goes_on=False), told("learning", THURSDAY))
    file = recorded(file, met(FRIDAY))
    assert [(one.why, one.since, one.until) for one in held_up(file, "perpetrator-1")] == [
        (WhyNot.MEETING_NEEDED, MONDAY, WEDNESDAY),
        (WhyNot.DECIDED_AGAINST, WEDNESDAY, THURSDAY),
        (WhyNot.MEETING_NEEDED, THURSDAY, FRIDAY),
    ]
    assert in_the_way(file, "perpetrator-1") is None


# in a legal action


def test_papers_that_were_issued_before_we_knew_are_recorded_as_they_were() -> None:
    ready = acting.told(acting.empty(), acting.proposed(), REVIEWED, INSTRUCTED, ENOUGH)
    later = acting.told(ready, learnt(ISSUED.at + DAY, why=WhyNot.MEETING_NEEDED))
    assert acting.told(later, ISSUED, recorded_at=ISSUED.at + 2 * DAY).stage == "issued"
    before = acting.told(ready, learnt(ISSUED.at - DAY, why=WhyNot.MEETING_NEEDED))
    for known_then in (before, acting.told(before, learnt(ISSUED.at - DAY, why=WhyNot.DECIDED_AGAINST))):
        with pytest.raises(DisabilityMeetingMissing):
            acting.told(known_then, ISSUED, recorded_at=ISSUED.at + 2 * DAY)


def test_nor_does_a_meeting_after_them_stand_for_papers_that_were_issued_without_one() -> None:
    file = to_be_warned(told(at=MONDAY), met(ISSUED.at + DAY), proposed())
    (action,) = file.legal.values()
    ready = acting.told(acting.empty(), acting.proposed(), REVIEWED, INSTRUCTED, ENOUGH)
    knows = acting.told(ready, f.CaseLearnt(at=ISSUED.at + DAY, known=known_now(file, action, EDITION)))
    with pytest.raises(DisabilityMeetingMissing):
        acting.told(knows, ISSUED, recorded_at=ISSUED.at + 2 * DAY)
    after = ISSUED.model_copy(update={"at": ISSUED.at + DAY})
    assert acting.told(knows, after, recorded_at=ISSUED.at + 2 * DAY).stage == "issued"
