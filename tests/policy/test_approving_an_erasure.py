"""retention: who approves, and what keeps an approval from being given or from holding."""

from datetime import date

import pytest

from policy.case_review.review import ReviewFile
from policy.case_review.stages import ReviewStage
from policy.facts.base import SYSTEM, Actor, Role
from policy.refusals.retention import (
    ErasureNotProposed,
    HeldFromErasure,
    HoldOfDataProtection,
    LiftedItsHold,
    NotForItsOfficer,
)
from policy.retention import facts
from policy.retention.facts import HoldReason, WhyLapsed
from policy.retention.record import ALONE, Around, State
from policy.retention.stopping import Beside, of_case, of_review
from tests.given import EDITION
from tests.policy.test_retention import DAY, MANAGER, MONDAY, PROTECTION, Decided, closed_file

OTHER = Actor(id="supervisor-2", role=Role.SUPERVISOR)


def test_whoever_worked_on_it_is_not_asked_and_is_told_who_is() -> None:
    one = Decided().proposed()
    with pytest.raises(NotForItsOfficer, match="a manager where every supervisor has"):
        one.tell(facts.ErasureApproved(at=MONDAY), OTHER, around=Around(worked_on_it=("officer-1", OTHER.id)))


@pytest.mark.parametrize("around", [ALONE, Around(lifted_by=(OTHER.id,))], ids=["on it", "on what belongs to it"])
def test_whoever_lifted_the_last_hold_does_not_approve(around: Around) -> None:
    one = Decided().proposed()
    if around == ALONE:
        hold = one.tell(facts.HoldPlaced(at=MONDAY, reason=HoldReason.COURT))
        one.tell(facts.HoldLifted(at=MONDAY, hold=hold), OTHER)
    with pytest.raises(LiftedItsHold):
        one.tell(facts.ErasureApproved(at=MONDAY), OTHER, around=around)
    assert one.approved().file.state is State.APPROVED


def test_a_hold_of_the_data_protection_officer_is_lifted_by_one_of_them_alone() -> None:
    one = Decided()
    hold = one.tell(facts.HoldPlaced(at=MONDAY, reason=HoldReason.COURT), PROTECTION)
    for other in (MANAGER, OTHER):
        with pytest.raises(HoldOfDataProtection):
            one.tell(facts.HoldLifted(at=MONDAY, hold=hold), other)
    one.tell(facts.HoldLifted(at=MONDAY, hold=hold), PROTECTION.model_copy(update={"id": "dpo-2"}))
    assert one.file.holds == {}


def test_what_belongs_to_it_keeps_it_from_being_approved() -> None:
    for around, why in (
        (Around(held=(HoldReason.COURT,)), "a court asked"),
        (Around(needed_until=date(2024, 1, 1)), "until Monday 1 January 2024"),
    ):
        with pytest.raises(HeldFromErasure, match=why):
            Decided().proposed().tell(facts.ErasureApproved(at=MONDAY), around=around)


def test_an_approval_that_lapsed_is_proposed_and_approved_anew_with_as_many_days() -> None:
    one = Decided().proposed().approved()
    one.tell(facts.ErasureLapsed(at=MONDAY, why=WhyLapsed.KEPT_AFTER_ALL), SYSTEM)
    assert (one.file.state, one.file.approved_at) == (State.KEPT, None)
    with pytest.raises(ErasureNotProposed):
        one.tell(facts.ErasureLapsed(at=MONDAY, why=WhyLapsed.KEPT_AFTER_ALL), SYSTEM)
    one.proposed().approved(MONDAY + 30 * DAY)
    assert one.file.erased_from(EDITION) == date(2023, 7, 20)
    assert one.file.lapses_after(EDITION) == date(2023, 8, 16)


def test_a_child_s_time_counts_from_the_day_on_which_they_turn_18() -> None:
    assert of_case(closed_file(), (), (), EDITION, grown_up=date(2031, 2, 3)).since == date(2031, 2, 3)
    assert of_case(closed_file(), (), (), EDITION, grown_up=date(1990, 2, 3)).since == date(2023, 6, 5)


def test_what_a_review_looked_at_stops_its_clock() -> None:
    file = ReviewFile(ref="CR-2023-000001", edition=EDITION.ref, closure_days=closed_file().closure_days)
    case = Beside(ref="CW-2023-000001", kind="case", finished=False)
    kept = of_review(file.with_(stage=ReviewStage.OVER), MONDAY, [case], (), EDITION)
    assert (kept.last, kept.why) == (None, ("case CW-2023-000001 is not over",))
