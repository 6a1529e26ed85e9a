"""focus-areas: what we propose a person decides on; what is accepted has an owner and is reviewed to its end."""

from datetime import timedelta

import pytest

from policy.facts.base import SYSTEM, Role
from policy.facts.ruling import DeadlineMissed
from policy.focus_areas.again import is_proposed
from policy.focus_areas.facts import CameOfFocus, NoFocusArea, Numbers
from policy.focus_areas.file import DECISION, REVIEW, FocusAreaFile, State
from policy.permissions import may_record
from policy.refusals.focus_areas import (
    DecidedBeforeItWasProposed,
    FocusAreaIsDecided,
    FocusAreaNotUnderWay,
    ReviewedBeforeItBegan,
    ReviewsTooFarApart,
)
from tests.given import EDITION, london
from tests.policy.focusing import MONDAY, NUMBERS, Area, accepted, ended, proposed, refused, reviewed

TUESDAY = MONDAY + timedelta(days=1)
LATER = MONDAY + timedelta(days=30)


def test_a_proposal_is_to_be_decided_on_and_says_by_when_and_why() -> None:
    file = Area().file
    owed = file.owed[DECISION]
    assert file.state is State.PROPOSED
    assert (owed.due, owed.owed_by, owed.row, owed.section) == (
        london(2023, 6, 6, 17),
        Role.COMMUNITY_SAFETY,
        "focus-areas",
        "7",
    )
    assert owed.why.startswith("Decide whether this place becomes a focus area, by Tuesday 6 June 2023 at 17:00")
    assert "Monday 29 May 2023" in owed.why
    assert owed.met_by == ("focus_area_accepted", "focus_area_refused")


def test_its_file_keeps_the_numbers_of_its_day() -> None:
    assert Area().file.numbers == Numbers(**NUMBERS)


def test_an_accepted_one_is_owned_and_reviewed() -> None:
    file = Area().tell(accepted(TUESDAY, owner="officer-7", every_working_days=5)).file
    assert (file.state, file.owner, file.decided_at) == (State.UNDER_WAY, "officer-7", TUESDAY)
    assert {key: one.due for key, one in file.owed.items()} == {REVIEW: london(2023, 5, 31, 17)}


def test_it_is_whoever_s_accepts_it_and_reviewed_at_the_edition_s_interval() -> None:
    file = Area().tell(accepted(TUESDAY)).file
    assert (file.owner, file.every_working_days) == (
        "community_safety-1",
        EDITION.focus_areas.review_working_days,
    )


def test_a_review_counts_the_next_from_its_day_and_may_give_it_on() -> None:
    area = Area().tell(accepted(TUESDAY, every_working_days=5))
    first = area.file.owed[REVIEW].due
    file = area.tell(reviewed(LATER)).file
    assert file.owed[REVIEW].due > first
    assert (file.owner, file.every_working_days) == ("community_safety-1", 5)
    file = area.tell(reviewed(LATER, owner="officer-8", every_working_days=10)).file
    assert (file.owner, file.every_working_days) == ("officer-8", 10)


def test_a_decision_that_is_missed_is_owed_by_managers_as_well_until_it_is_made() -> None:
    area = Area()
    due = area.file.owed[DECISION].due
    missed = DeadlineMissed(at=due, key=DECISION, row="focus-areas", due=due)
    owed = area.tell(missed, SYSTEM).file.owed
    assert {key: (one.owed_by, one.noticed_at) for key, one in owed.items()} == {
        DECISION: (Role.COMMUNITY_SAFETY, due),
        f"escalation:{DECISION}": (Role.MANAGER, None),
    }
    assert owed[f"escalation:{DECISION}"].due > due
    assert area.tell(missed, SYSTEM).file.owed == owed
    assert area.tell(accepted(LATER)).file.owed.keys() == {REVIEW}


def test_what_is_refused_or_over_owes_nothing() -> None:
    no = Area().tell(refused(TUESDAY)).file
    over = Area().tell(accepted(TUESDAY)).tell(ended(LATER)).file
    assert (no.state, no.why_refused, no.owed) == (State.REFUSED, NoFocusArea.ONE_DISPUTE, {})
    assert (over.state, over.result, over.ended_at, over.owed) == (State.ENDED, CameOfFocus.QUIETER, LATER, {})


def test_it_is_decided_on_once() -> None:
    for decided in (accepted(TUESDAY), refused(TUESDAY)):
        area = Area().tell(decided)
        for again in (accepted(LATER), refused(LATER)):
            with pytest.raises(FocusAreaIsDecided, match="decided on Tuesday 23 May 2023"):
                area.tell(again)


def test_it_is_decided_on_after_the_days_it_was_proposed_for() -> None:
    for decided in (accepted, refused):
        with pytest.raises(DecidedBeforeItWasProposed, match="up to Sunday 21 May 2023: name a later day"):
            Area().tell(decided(london(2023, 5, 21, 23)))
        Area().tell(decided(london(2023, 5, 22, 0)))


def test_only_what_is_under_way_is_reviewed_or_ends() -> None:
    others = (Area(), Area().tell(refused(TUESDAY)), Area().tell(accepted(TUESDAY)).tell(ended(LATER)))
    for area in others:
        for fact in (reviewed(LATER), ended(LATER)):
            with pytest.raises(FocusAreaNotUnderWay):
                area.tell(fact)


def test_nothing_happened_there_before_it_began() -> None:
    for fact in (reviewed(MONDAY), ended(MONDAY)):
        with pytest.raises(ReviewedBeforeItBegan):
            Area().tell(accepted(TUESDAY)).tell(fact)


def test_it_may_be_reviewed_more_often_and_never_less() -> None:
    longest = EDITION.focus_areas.review_working_days
    Area().tell(accepted(TUESDAY, every_working_days=longest)).tell(reviewed(LATER, every_working_days=longest))
    with pytest.raises(ReviewsTooFarApart):
        Area().tell(accepted(TUESDAY, every_working_days=longest + 1))
    with pytest.raises(ReviewsTooFarApart):
        Area().tell(accepted(TUESDAY)).tell(reviewed(LATER, every_working_days=longest + 1))


def again(earlier: FocusAreaFile, **more: object) -> bool:
    return is_proposed(Numbers(**(NUMBERS | more)), [earlier], EDITION.focus_areas)


def test_a_place_that_is_proposed_or_under_way_is_not_proposed_for_anything() -> None:
    for area in (Area(), Area().tell(accepted(TUESDAY))):
        assert not again(area.file, observed=200, first=LATER.date())
        assert not again(area.file, kind="drugs", observed=200, first=LATER.date())
        assert again(area.file, place="Hextable")


def test_what_was_refused_comes_again_when_there_are_half_as_many_again() -> None:
    no = Area().tell(refused(TUESDAY)).file
    assert not again(no, observed=29)
    assert again(no, observed=30)
    assert again(no, kind="drugs")


def test_all_of_them_are_the_same_as_the_kind_that_was_refused() -> None:
    """Refused at 20 where 5.1 were to be expected: half as many again are 24.9 more than that, of all as well."""
    noise, everything = (Area(proposed(kind=kind)).tell(refused(TUESDAY)).file for kind in ("noise", "all"))
    assert not again(noise, kind="all", observed=60, expected=45)
    assert again(noise, kind="all", observed=70, expected=45)
    assert not again(everything, observed=20)
    assert again(everything, observed=30)


def test_what_has_ended_comes_again_from_other_days() -> None:
    over = Area().tell(accepted(TUESDAY)).tell(ended(LATER)).file
    assert not again(over, first=NUMBERS["last"])
    assert again(over, first=LATER.date())


def test_every_refusal_on_the_way_counts() -> None:
    """Refused at 20, and at 40 once more: 45 are no more than half as many again."""
    earlier = [
        Area(proposed(observed=20)).tell(refused(TUESDAY)).file,
        Area(proposed(observed=40)).tell(refused(LATER)).file,
    ]
    assert not is_proposed(Numbers(**(NUMBERS | {"observed": 45})), earlier, EDITION.focus_areas)
    assert is_proposed(Numbers(**(NUMBERS | {"observed": 60})), earlier, EDITION.focus_areas)


def test_people_decide_and_only_we_propose() -> None:
    leading = {Role.COMMUNITY_SAFETY, Role.SUPERVISOR, Role.MANAGER}
    assert {role for role in Role if may_record(role, "focus_area_proposed")} == {Role.SYSTEM}
    for fact in ("focus_area_accepted", "focus_area_refused", "focus_area_ended"):
        assert {role for role in Role if may_record(role, fact)} == leading
    assert {role for role in Role if may_record(role, "focus_area_reviewed")} == {*leading, Role.OFFICER}
