"""policy-review: every three years, or sooner as the law requires, with an owner; what is missed goes up."""

from datetime import date, datetime
from uuid import uuid4

import pytest

from policy.editions import in_force_on
from policy.facts import Actor, Role
from policy.facts.base import SYSTEM
from policy.journal import BesideFact, Note
from policy.own_review import folding, rules
from policy.own_review.facts import (
    CameOfReview,
    OwnedBy,
    PolicyReviewBroughtForward,
    PolicyReviewed,
    PolicyReviewOwnerNamed,
)
from policy.own_review.file import REVIEW, ReviewOfPolicy, begun, years_after
from policy.refusals.own_review import ReviewNamesItsEdition, ReviewOnlyComesForward
from tests.given import EDITION, london
from tests.policy.estates import counting

MANAGER = Actor(id="manager-1", role=Role.MANAGER)
TOLD = london(2017, 5, 2)
UP = f"escalation:{REVIEW}"
OWNER = PolicyReviewOwnerNamed(at=london(2018, 1, 8), owner="leader-2", role=OwnedBy.SUPERVISOR)


class Review:
    """The policy's review as it goes on."""

    def __init__(self) -> None:
        self.file: ReviewOfPolicy = begun(EDITION)

    def tell(self, fact: BesideFact, by: Actor = MANAGER, recorded_at: datetime | None = None) -> "Review":
        """Raises Refused, as at the door."""
        note = Note(id=str(uuid4()), by=by, recorded_at=recorded_at or fact.at, fact=fact)
        rules.check(self.file, note)
        self.file = folding.after(self.file, note, counting(note.recorded_at))
        return self

    def morning(self, now: datetime) -> list[str]:
        """What the system recorded."""
        told = []
        while fact := folding.to_record(self.file, now, counting(now)):
            self.tell(fact, SYSTEM, recorded_at=now)
            told.append(fact.fact)
        return told

    @property
    def owed(self) -> dict[str, tuple[Role, str | None]]:
        return {key: (one.owed_by, one.owner) for key, one in self.file.owed.items()}


def reviewed(at: datetime, edition: str | None = None) -> PolicyReviewed:
    came_of_it = CameOfReview.NEW_EDITION if edition else CameOfReview.UNCHANGED
    return PolicyReviewed(at=at, came_of_it=came_of_it, edition=edition, words="We looked at all of it.")


def forward(to: date, at: datetime = TOLD) -> PolicyReviewBroughtForward:
    return PolicyReviewBroughtForward(at=at, to=to, reasons="The law on injunctions changes.")


def test_it_is_due_three_years_after_the_edition_came_into_force_and_says_so() -> None:
    due = Review().file.due
    assert due.due == london(2018, 3, 23, 17)
    assert due.why == (
        "Review this policy, by Friday 23 March 2018 at 17:00: 3 years after Monday 23 March 2015"
        " (policy section 8, policy-review)"
    )


def test_its_owner_is_reminded_three_months_before_and_nobody_owes_it_until_then() -> None:
    review = Review()
    assert review.morning(london(2017, 12, 22)) == []
    assert review.owed == {}
    assert review.morning(london(2017, 12, 23)) == ["policy_review_reminded"]
    assert review.owed == {REVIEW: (Role.COMMUNITY_SAFETY, None)}
    assert review.morning(london(2017, 12, 24)) == []


def test_what_is_missed_goes_up_to_managers_once_and_is_still_the_owner_s() -> None:
    review = Review()
    assert review.morning(london(2018, 3, 26, 5)) == ["policy_review_reminded", "deadline_missed"]
    assert review.owed == {REVIEW: (Role.COMMUNITY_SAFETY, None), UP: (Role.MANAGER, None)}
    assert review.file.owed[UP].due == london(2018, 3, 28, 17)
    assert review.file.owed[REVIEW].noticed_at == london(2018, 3, 26, 5)
    assert review.morning(london(2018, 3, 27, 5)) == []


@pytest.mark.parametrize("named", [london(2018, 1, 8), london(2018, 5, 8)], ids=["before it is due", "late"])
def test_whoever_is_named_owes_it_from_then_on(named: datetime) -> None:
    review = Review()
    review.morning(named)
    review.tell(OWNER.model_copy(update={"at": named}))
    assert review.owed[REVIEW] == (Role.SUPERVISOR, "leader-2")
    assert (UP in review.owed) is (named > review.file.due.due)
    review.tell(reviewed(london(2018, 6, 1)))
    review.morning(london(2021, 6, 1))
    assert review.owed == {REVIEW: (Role.SUPERVISOR, "leader-2")}


def test_what_a_manager_owes_has_nobody_above() -> None:
    review = Review().tell(OWNER.model_copy(update={"role": OwnedBy.MANAGER}))
    review.morning(london(2018, 4, 3))
    assert review.owed == {REVIEW: (Role.MANAGER, "leader-2")}


def test_a_change_of_law_brings_it_forward_and_once_reviewed_it_is_due_in_three_years_again() -> None:
    review = Review().tell(forward(date(2017, 9, 1)))
    assert review.file.due.due == london(2017, 9, 1, 17)
    assert "the day that was agreed" in review.file.due.why
    review.morning(london(2017, 9, 4))
    assert UP in review.owed
    review.tell(reviewed(london(2017, 9, 5), "2018-01-01"))
    assert review.owed == {}
    assert review.file.due.due == london(2020, 9, 5, 17)
    assert review.morning(london(2017, 9, 6)) == []


def test_brought_forward_once_its_owner_was_reminded_it_is_owed_by_the_new_day() -> None:
    review = Review()
    review.morning(london(2018, 1, 8))
    review.tell(forward(date(2018, 2, 1), london(2018, 1, 9)))
    assert review.file.owed[REVIEW].due == london(2018, 2, 1, 17)
    assert review.morning(london(2018, 2, 2)) == ["deadline_missed"]


@pytest.mark.parametrize("to", [date(2018, 3, 23), date(2019, 1, 1), date(2017, 5, 1)])
def test_it_only_comes_forward_and_to_no_day_that_has_passed(to: date) -> None:
    with pytest.raises(ReviewOnlyComesForward):
        Review().tell(forward(to))


def test_one_that_is_overdue_is_not_put_off() -> None:
    review = Review()
    review.morning(london(2018, 4, 3))
    with pytest.raises(ReviewOnlyComesForward):
        review.tell(forward(date(2018, 12, 1), london(2018, 4, 4)))
    assert UP in review.owed


def test_a_review_says_which_edition_came_of_it_where_one_did() -> None:
    with pytest.raises(ReviewNamesItsEdition) as refused:
        Review().tell(reviewed(london(2018, 1, 8), "x").model_copy(update={"edition": None}))
    assert refused.value.refusal.missing == ("what the new edition is called",)
    with pytest.raises(ReviewNamesItsEdition):
        Review().tell(reviewed(london(2018, 1, 8)).model_copy(update={"edition": "2018-01-01"}))


def test_an_older_review_written_down_later_turns_no_clock_back() -> None:
    review = Review().tell(reviewed(london(2018, 3, 1)))
    review.tell(reviewed(london(2017, 3, 1)), recorded_at=london(2018, 3, 2))
    assert review.file.due.due == london(2021, 3, 1, 17)


def test_a_review_from_before_it_was_brought_forward_leaves_it_there() -> None:
    """TOLD is 2 May 2017: what was reviewed before that day and written down later is not what was asked for."""
    review = Review().tell(forward(date(2017, 9, 1)))
    review.tell(reviewed(london(2017, 5, 1)), recorded_at=london(2017, 5, 3))
    assert review.file.due.due == london(2017, 9, 1, 17)
    assert review.file.reviewed_at == london(2017, 5, 1)
    assert review.morning(london(2017, 9, 4)) == ["policy_review_reminded", "deadline_missed"]
    review.tell(reviewed(london(2017, 5, 1, 18)), recorded_at=london(2017, 9, 4, 12))
    assert UP in review.owed
    review.tell(reviewed(london(2017, 9, 5)))
    assert review.owed == {}
    assert review.file.due.due == london(2020, 9, 5, 17)
    review.tell(reviewed(london(2017, 9, 6)), recorded_at=london(2017, 9, 7))
    assert review.file.due.due == london(2020, 9, 6, 17)


def test_three_years_after_a_29_february_it_is_the_28th() -> None:
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_every_edition_says_who_sees_to_it_and_how_often() -> None:
    told = in_force_on(date(2026, 1, 1)).policy_review
    assert (told.years, told.owner) == (3, "community_safety")
