"""publicise-action: nobody is told of an order that was set aside; what went out before it is written down."""

from datetime import datetime

import pytest

from policy.case_file import CaseFile
from policy.facts import SYSTEM
from policy.facts import publicity as p
from policy.facts.closing import Closing, Outcome
from policy.refusals import MatterNotOpen
from policy.refusals.conduct import OrderDoesNotStand
from policy.rules import refusal_now
from tests.given import EDITION, OFFICER, SUPERVISOR, assessed, contact, london
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.random_proceedings import proposed
from tests.policy.test_publicity import (
    APPROVED,
    DAY,
    DECLINED,
    MONDAY,
    ORDER,
    OUT,
    SET_ASIDE,
    WORDED,
    publicity_of,
    taken_to_court,
)

OF_IT = {"matter": "publicity-4"}
STEPS = tuple(one.model_copy(update=OF_IT) for one in (WORDED, APPROVED, OUT))
AFTER = SET_ASIDE.at + DAY


def in_force(steps: int = 0) -> CaseFile:
    file = recorded(taken_to_court(), ORDER, by=SYSTEM)
    for fact, by in zip(STEPS[:steps], (OFFICER, SUPERVISOR), strict=False):
        file = recorded(file, fact, by=by)
    return file


def set_aside(file: CaseFile, **more: object) -> CaseFile:
    return recorded(file, SET_ASIDE.model_copy(update=more), by=SYSTEM)


def with_another_order(file: CaseFile, at: datetime) -> CaseFile:
    about = {"person": "perpetrator-1", "very_serious": "He held a knife."}
    key = f"legal-action-{file.seq + 1}"
    file = recorded(file, proposed(file, at, 3, **about))
    return recorded(file, ORDER.model_copy(update={"at": at, "matter": key}), by=SYSTEM)


def success(**more: object) -> p.SuccessRecorded:
    return h.success(AFTER).model_copy(update=more)


@pytest.mark.parametrize(
    ("said", "why"), [(None, "say whether"), (True, "did not stand")], ids=["unsaid", "of-it"]
)
def test_no_success_is_an_order_that_was_set_aside(said: bool | None, why: str) -> None:
    over = set_aside(in_force())
    with pytest.raises(OrderDoesNotStand, match=why) as refused:
        recorded(over, success(of_an_order=said))
    assert bool(refused.value.refusal.missing) is (said is None)
    assert len(publicity_of(recorded(over, success(of_an_order=False)))) == 1


def test_where_another_order_stands_or_none_was_set_aside_nobody_is_asked_which_success_it_is() -> None:
    another = with_another_order(set_aside(in_force()), AFTER)
    declined = DECLINED.model_copy(update={"at": AFTER, "matter": publicity_of(another)[0]})
    for file in (recorded(another, declined), set_aside(taken_to_court(), set_aside=False)):
        assert len(publicity_of(recorded(file, success()))) == 1
        assert len(publicity_of(recorded(file, success(of_an_order=True)))) == 1
    assert len(publicity_of(another)) == 1, "that of the order that stands"


@pytest.mark.parametrize("another", [False, True], ids=["alone", "another-stands"])
def test_a_case_that_closes_as_enforced_tells_nobody_of_what_was_set_aside(*, another: bool) -> None:
    file = recorded(in_force(), DECLINED.model_copy(update=OF_IT | {"at": MONDAY + DAY}))
    if another:
        file = with_another_order(file, MONDAY + 2 * DAY)
        (key,) = publicity_of(file)
        file = recorded(file, DECLINED.model_copy(update={"matter": key}))
    file = recorded(file, contact(MONDAY + 2 * DAY), assessed(MONDAY + 2 * DAY))
    closing = h.proposal(MONDAY + 3 * DAY, Outcome.ENFORCED)
    before = recorded(file, closing)
    assert len(publicity_of(before)) == 1
    assert len(publicity_of(set_aside(before))) == another
    after = recorded(set_aside(file), closing.model_copy(update={"at": AFTER}))
    assert len(publicity_of(after)) == another


@pytest.mark.parametrize("steps", [0, 1, 2], ids=["proposed", "worded", "approved"])
def test_what_had_been_given_out_before_it_was_set_aside_is_written_down_with_its_day(steps: int) -> None:
    file = set_aside(in_force(steps))
    for fact, by in tuple(zip(STEPS, (OFFICER, SUPERVISOR, OFFICER), strict=True))[steps:]:
        with pytest.raises(OrderDoesNotStand, match=r"aside, as we know since .*14 June 2023"):
            recorded(file, fact.model_copy(update={"at": SET_ASIDE.at}), by=by)
        assert refusal_now(file, type(fact), EDITION) is None
        file = recorded(file, fact, by=by, recorded_at=AFTER)
    assert not [one for one in file.matters if one.startswith("publicity")]


def test_somebody_says_whether_what_was_approved_had_been_given_out_and_nothing_else_is_owed() -> None:
    assert (publicity_of(set_aside(in_force(0))), publicity_of(set_aside(in_force(1)))) == ([], [])
    file = set_aside(in_force(2))
    asked = owed(file)["publicity-4"]
    assert "whether it had been given out before" in asked.owed
    assert asked.due == london(2023, 6, 28, 17)
    said_no = recorded(file, DECLINED.model_copy(update=OF_IT | {"at": AFTER}))
    assert publicity_of(said_no) == []


@pytest.mark.parametrize("steps", [0, 1, 2], ids=["proposed", "worded", "approved"])
def test_another_order_is_told_of_beside_what_was_set_aside(steps: int) -> None:
    another = with_another_order(set_aside(in_force(steps)), AFTER)
    assert len(publicity_of(another)) == 1 + (steps == 2)


@pytest.mark.parametrize("steps", [0, 1, 2], ids=["proposed", "worded", "approved"])
def test_a_closed_case_waits_for_that_answer_alone(steps: int) -> None:
    file = recorded(in_force(steps), assessed(MONDAY + 4 * DAY), h.closed(MONDAY + 4 * DAY, Closing.DEALT_WITH))
    over = set_aside(file).with_(letters={})
    assert over.finished is (steps < 2)
    if steps == 2:
        assert recorded(over, STEPS[2], recorded_at=AFTER).with_(letters={}).finished
    with pytest.raises(MatterNotOpen):
        recorded(set_aside(in_force()), STEPS[0].model_copy(update={"matter": "publicity-9"}))
