"""legal-remedies, court-decides: what is said of one breach, or of the order, settles no other breach."""

from datetime import date

import pytest

from policy.facts.proceedings import LegalStage
from policy.legal_action import facts as f
from policy.refusals.legal import LegalStepNotOpen
from tests.given import london
from tests.policy.legal_action.acting import DAY, TO_COURT, decided, in_force, owed, told
from tests.policy.legal_action.test_breaches import BREACHED, HEARD, LISTED, OUTCOME, TO_COURT_ABOUT_IT
from tests.policy.test_legal_action_on_a_case import carried

AGAIN = f.OrderBreached(at=london(2023, 7, 19), words="Once more.")
FIRST_IN_COURT = (BREACHED, TO_COURT_ABOUT_IT, LISTED)
WARNED = f.BreachAnswered(at=london(2023, 7, 20, 9), in_court=False, words="A warning, before court.")
PROVEN = OUTCOME.model_copy(update={"in_court": True})


def test_of_two_breaches_it_is_said_which_was_answered_for() -> None:
    both = told(in_force(), *FIRST_IN_COURT, AGAIN)
    with pytest.raises(LegalStepNotOpen, match="say which of them") as refused:
        told(both, OUTCOME)
    assert refused.value.refusal.missing == ("whether this is about the breach in court",)
    proven = told(both, PROVEN)
    assert (proven.stage, proven.in_court, proven.breached) == (LegalStage.BREACHED, None, (AGAIN.at,))
    warned = told(both, WARNED)
    assert (warned.stage, warned.breached) == (LegalStage.BREACH_IN_COURT, ())
    assert told(warned, OUTCOME).stage is LegalStage.IN_FORCE
    both_in_court = told(both, OUTCOME.model_copy(update={"to_court": True}))
    assert (both_in_court.breached, both_in_court.hearing.ahead) == ((), date(2023, 7, 20))


@pytest.mark.parametrize(
    ("before", "fact", "why"),
    [
        ((BREACHED,), PROVEN, "No court deals with a breach now"),
        (FIRST_IN_COURT, WARNED, "only one that is in court"),
        ((*FIRST_IN_COURT, AGAIN), PROVEN.model_copy(update={"to_court": True}), "in court already"),
        ((AGAIN,), WARNED.model_copy(update={"at": london(2023, 7, 19, 8), "in_court": None}), "came after this"),
    ],
    ids=["none-in-court", "none-but-in-court", "there-already", "an-hour-before-it"],
)
def test_what_is_said_of_a_breach_fits_it(before: tuple[f.LegalFact, ...], fact: f.LegalFact, why: str) -> None:
    with pytest.raises(LegalStepNotOpen, match=why):
        told(in_force(), *before, fact, recorded_at=london(2023, 8, 1))


@pytest.mark.parametrize(
    "meanwhile",
    [
        (AGAIN, WARNED),
        (AGAIN, WARNED.model_copy(update={"at": london(2023, 7, 25)})),
        (f.OrderVaried(at=london(2023, 7, 20, 9), order=f.Order(), words="Another judge, on the papers."),),
    ],
    ids=["answered-on-its-day", "answered-after-its-day", "varied-on-its-day"],
)
def test_a_hearing_is_heard_by_what_the_court_did_at_it_alone(meanwhile: tuple[f.LegalFact, ...]) -> None:
    file = told(in_force(), *FIRST_IN_COURT, *meanwhile)
    assert (file.hearing.heard_at, owed(file)["breach-hearing"].due) == (None, london(2023, 7, 20, 17))
    late = told(file, OUTCOME, recorded_at=london(2023, 7, 26))
    assert (late.stage, late.hearing.heard_at) == (LegalStage.IN_FORCE, HEARD)
    on_its_case = carried("injunction", *TO_COURT, decided(), *FIRST_IN_COURT, *meanwhile)
    assert on_its_case.file.hearings[next(iter(on_its_case.beside))].held_at is None


def test_what_the_court_did_may_be_learnt_of_before_we_learn_that_it_was_asked_again() -> None:
    """It was asked on the eleventh, as far as anybody knew then."""
    asked = f.BreachAnswered(at=london(2023, 7, 12), to_court=True, words="We ask the court.")
    second = f.OrderBreached(at=london(2023, 7, 10), words="Before.")
    earlier = asked.model_copy(update={"at": london(2023, 7, 11)})
    struck_out = f.BreachAnswered(at=london(2023, 7, 11, 12), words="Struck out on the papers.")
    late = london(2023, 8, 1)
    once = told(in_force(), BREACHED, asked, recorded_at=late)
    with pytest.raises(LegalStepNotOpen, match="Wednesday 12 July 2023: check the date"):
        told(once, struck_out, recorded_at=late)
    twice = told(once, second, earlier, recorded_at=late)
    assert owed(twice)["breach-hearing"].due == owed(once)["breach-hearing"].due
    assert told(twice, struck_out, recorded_at=late).stage is LegalStage.IN_FORCE


def test_what_was_dropped_before_its_day_was_not_heard() -> None:
    dropped = told(in_force(), *FIRST_IN_COURT, OUTCOME.model_copy(update={"at": HEARD - 2 * DAY}))
    assert (dropped.stage, dropped.hearing.on) == (LegalStage.IN_FORCE, None)
