"""legal-remedies: how an order is kept is seen to as long as it holds, whatever a court is to decide meanwhile."""

from datetime import date

import pytest

from policy.facts.proceedings import LegalStage
from policy.legal_action import facts as f
from policy.refusals.legal import LegalStepNotOpen, OrderNotPossible
from tests.given import london
from tests.policy.legal_action.acting import DAY, TO_COURT, decided, empty, in_force, owed, proposed, told
from tests.policy.legal_action.test_breaches import AFTER, BREACHED, TO_COURT_ABOUT_IT

LATE = london(2023, 8, 20)
LODGED = f.AppealLodged(at=AFTER, words="By him.")
STANDS = f.AppealDecided(at=AFTER + DAY, stands=True, words="Dismissed.")
REVIEWED = f.OrderReviewed(at=london(2023, 7, 31), words="Kept.")
WARNED = f.BreachAnswered(at=AFTER + DAY, words="Warned.")
VARIED = f.OrderVaried(at=AFTER, order=f.Order(), words="Also the garden.")


@pytest.mark.parametrize(
    ("open_now", "stage"),
    [
        ((LODGED,), LegalStage.APPEALED),
        ((BREACHED, TO_COURT_ABOUT_IT), LegalStage.BREACH_IN_COURT),
        ((BREACHED, TO_COURT_ABOUT_IT, LODGED), LegalStage.APPEALED),
    ],
    ids=["appealed", "in-court", "both"],
)
def test_how_an_order_is_kept_is_reviewed_while_a_court_is_to_decide(
    open_now: tuple[f.LegalFact, ...], stage: LegalStage
) -> None:
    file = told(in_force(), *open_now)
    looked_at = TO_COURT_ABOUT_IT.at if len(open_now) > 1 else decided().at
    assert (
        owed(file)["order"].due
        == owed(told(in_force(), REVIEWED.model_copy(update={"at": looked_at})))["order"].due
    )
    reviewed = told(file, REVIEWED)
    assert (reviewed.stage, owed(reviewed)["order"].due) == (stage, london(2023, 8, 29, 17))
    others = owed(file).keys() - {"order"}
    assert {key: owed(reviewed)[key].due for key in others} == {key: owed(file)[key].due for key in others}


def test_whoever_decides_what_follows_a_breach_looks_at_the_order() -> None:
    breached = told(in_force(), BREACHED)
    assert owed(breached).keys() == {"breach"}
    assert owed(told(breached, WARNED))["order"].due == london(2023, 8, 2, 17)
    assert owed(told(breached, REVIEWED)).keys() == {"breach"}, "a review is no answer to it"


@pytest.mark.parametrize(
    "late", [(BREACHED, WARNED), (LODGED, STANDS), (VARIED,)], ids=["breached", "appealed", "varied"]
)
def test_what_is_learnt_of_late_turns_no_review_back(late: tuple[f.LegalFact, ...]) -> None:
    reviewed = told(in_force(), REVIEWED)
    file = told(reviewed, *late, recorded_at=LATE)
    assert (file.stage, file.since, owed(file)["order"].due) == (
        LegalStage.IN_FORCE,
        REVIEWED.at,
        owed(reviewed)["order"].due,
    )


@pytest.mark.parametrize(
    "fact",
    [
        BREACHED.model_copy(update={"at": london(2023, 7, 25)}),
        REVIEWED.model_copy(update={"at": london(2023, 7, 25)}),
        VARIED.model_copy(update={"at": london(2023, 7, 25), "order": f.Order(until=date(2024, 7, 1))}),
    ],
    ids=["breached", "reviewed", "varied"],
)
def test_what_has_run_out_is_neither_breached_reviewed_nor_varied(fact: f.LegalFact) -> None:
    file = in_force(f.Order(until=date(2023, 7, 10)))
    with pytest.raises(OrderNotPossible, match="held until Monday 10 July 2023") as refused:
        told(file, fact)
    assert refused.value.refusal.missing == ("an order that held then",)
    on_its_last_day = london(2023, 7, 10, 20)
    assert told(file, fact.model_copy(update={"at": on_its_last_day}), recorded_at=LATE)
    longer = f.OrderVaried(at=on_its_last_day, order=f.Order(until=date(2024, 1, 1)), words="Longer.")
    assert told(file, longer, fact, recorded_at=LATE), "it was made longer in time"


def test_no_order_is_reviewed_that_there_is_not() -> None:
    refused = told(empty(), proposed(), *TO_COURT, decided(f.CourtOutcome.REFUSED), LODGED)
    with pytest.raises(LegalStepNotOpen, match="No order is in force"):
        told(refused, REVIEWED)
    assert owed(refused).keys() == {"appeal"}
