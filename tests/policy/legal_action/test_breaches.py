"""court-decides, witness-care: a breach that is for the court has its hearing, and what the court did about it."""

from datetime import date

import pytest

from policy.facts import Fact
from policy.facts.proceedings import LegalStage
from policy.ledger import Ending
from policy.legal_action import facts as f
from policy.refusals.legal import CourtHasNotDecided, LegalStepNotOpen
from policy.simulation import Played
from tests.given import london
from tests.policy.legal_action.acting import (
    DAY,
    HEARD_AT,
    TO_COURT,
    WEEK,
    decided,
    empty,
    in_force,
    owed,
    proposed,
    told,
)
from tests.policy.test_legal_action_on_a_case import carried

AFTER = HEARD_AT + DAY
BREACHED = f.OrderBreached(at=AFTER, words="He came back.")
TO_COURT_ABOUT_IT = f.BreachAnswered(at=AFTER + DAY, to_court=True, words="We ask the court to commit him.")
LISTED = f.CourtListed(at=AFTER + DAY, on=date(2023, 7, 20))
HEARD = london(2023, 7, 20, 12)
OUTCOME = f.BreachAnswered(at=HEARD, words="Proven. Six weeks, suspended.")


def test_a_breach_that_is_for_the_court_owes_its_hearing_and_then_what_the_court_did() -> None:
    asked = told(in_force(), BREACHED, TO_COURT_ABOUT_IT)
    assert asked.stage is LegalStage.BREACH_IN_COURT
    assert owed(asked)["breach-hearing"].due == london(2023, 8, 2, 17), "20 working days after the court was asked"
    assert owed(asked)["breach-hearing"].row == "court-decides"
    assert "as the answer to the breach what the court did" in owed(asked)["breach-hearing"].owed
    listed = told(asked, LISTED)
    assert (listed.stage, owed(listed)["breach-hearing"].due) == (
        LegalStage.BREACH_IN_COURT,
        london(2023, 7, 20, 17),
    )
    put_off = told(listed, f.CourtAdjourned(at=HEARD, words="No judge."))
    assert (put_off.stage, put_off.hearing.on) == (LegalStage.BREACH_IN_COURT, None)
    over = told(listed, OUTCOME)
    assert (over.stage, over.hearing.heard_at, over.breached) == (LegalStage.IN_FORCE, HEARD, ())
    assert owed(over).keys() == {"order"}


def test_a_hearing_that_was_listed_at_once_is_that_of_the_breach() -> None:
    listed_first = told(in_force(), BREACHED, LISTED, TO_COURT_ABOUT_IT)
    assert (listed_first.stage, listed_first.hearing.on) == (LegalStage.BREACH_IN_COURT, date(2023, 7, 20))
    assert owed(listed_first)["breach-hearing"].due == london(2023, 7, 20, 17)


def test_the_order_holds_meanwhile_and_another_breach_is_answered_for_itself() -> None:
    asked = told(in_force(f.Order(until=date(2024, 7, 3))), BREACHED, TO_COURT_ABOUT_IT)
    assert "order-ends" in owed(asked)
    assert asked.said is not None
    assert asked.said.holds
    again = told(asked, f.OrderBreached(at=AFTER + WEEK, words="Once more."))
    assert (again.stage, "breach" in owed(again)) == (LegalStage.BREACHED, True)


AGAIN = f.OrderBreached(at=AFTER + WEEK, words="Once more.")
VARIED = f.OrderVaried(at=AFTER + WEEK + DAY, order=f.Order(), words="Also the garden.")
LODGED = f.AppealLodged(at=AFTER + WEEK + DAY, words="By him.")


@pytest.mark.parametrize(
    "meanwhile",
    [
        (AGAIN, f.BreachAnswered(at=AFTER + WEEK + DAY, in_court=False, words="A last warning.")),
        (AGAIN, VARIED),
        (VARIED,),
        (LODGED, f.AppealDecided(at=AFTER + 8 * DAY, stands=True, words="Dismissed.")),
        (AGAIN, LODGED, f.BreachAnswered(at=AFTER + 8 * DAY, in_court=False, words="Warned.")),
    ],
    ids=["answered", "breached-and-varied", "varied", "appealed", "appealed-and-answered"],
)
def test_what_a_court_is_asked_about_one_breach_outlasts_whatever_happens_meanwhile(
    meanwhile: tuple[f.LegalFact, ...],
) -> None:
    asked = told(in_force(), BREACHED, TO_COURT_ABOUT_IT)
    later = told(asked, *meanwhile)
    assert owed(later)["breach-hearing"].due == owed(asked)["breach-hearing"].due
    assert "breach" not in owed(later)
    heard = told(later, f.BreachAnswered(at=HEARD, words="Proven. Six weeks, suspended."))
    assert not {"breach", "breach-hearing"} & owed(heard).keys()


def test_the_hearing_of_one_breach_puts_off_nothing_of_another() -> None:
    listed = told(in_force(), BREACHED, TO_COURT_ABOUT_IT, LISTED, AGAIN)
    assert owed(listed)["breach"].due == london(2023, 7, 13, 17), "two working days after it"
    assert "breach-hearing" in owed(listed)
    put_off = f.CourtListed(at=AFTER + WEEK, on=date(2023, 8, 21))
    asked = f.CourtAsked(at=AFTER + WEEK, by_when=date(2023, 8, 1), words="When?")
    for more in (put_off, asked):
        assert owed(told(listed, more))["breach"].due == london(2023, 7, 13, 17)
    answered = told(listed, put_off, f.BreachAnswered(at=AFTER + WEEK, in_court=False, words="A last warning."))
    assert (answered.stage, answered.hearing.on) == (LegalStage.BREACH_IN_COURT, date(2023, 8, 21))
    assert owed(answered)["breach-hearing"].due == london(2023, 8, 21, 17)


def test_what_happens_while_an_order_holds_may_be_learnt_of_in_any_order() -> None:
    late = london(2023, 8, 1)
    reviewed = told(in_force(), f.OrderReviewed(at=AFTER + WEEK, words="Kept, they say."))
    before = told(reviewed, BREACHED, recorded_at=late)
    assert (before.stage, before.breached) == (LegalStage.BREACHED, (AFTER,))
    twice = told(in_force(), AGAIN, BREACHED, recorded_at=late)
    assert owed(twice)["breach"].due == owed(before)["breach"].due
    assert told(twice, AGAIN.model_copy(update={"at": AFTER + 2 * WEEK})).breached[0] == AFTER
    assert twice.said is not None
    assert twice.said.since == AGAIN.at, "the case hears of nothing that is dated before what it knows"
    with pytest.raises(LegalStepNotOpen, match="Monday 3 July 2023: check the date"):
        told(in_force(), BREACHED.model_copy(update={"at": HEARD_AT - DAY}), recorded_at=late)


def test_a_court_may_have_decided_before_somebody_asked_it_again() -> None:
    asked = f.CourtAsked(at=HEARD_AT + 2 * DAY, words="Anything?")
    late = told(empty(), proposed(), *TO_COURT, asked, decided(), recorded_at=london(2023, 8, 1))
    assert (late.stage, late.decided_on) == (LegalStage.IN_FORCE, HEARD_AT.date())
    of_breach = told(in_force(), BREACHED, TO_COURT_ABOUT_IT, LISTED)
    chased = f.CourtAsked(at=HEARD + DAY, words="Anything?")
    assert told(of_breach, chased, OUTCOME, recorded_at=london(2023, 8, 1)).stage is LegalStage.IN_FORCE


@pytest.mark.parametrize(
    ("file", "fact", "why"),
    [
        ("in_force", OUTCOME, "Record the breach first"),
        ("refused", BREACHED, "No order is in force"),
        ("breached", f.CourtAdjourned(at=AFTER, words="No judge."), "No court deals with this breach"),
        ("breached", f.CourtAsked(at=AFTER, words="When?"), "No court deals with this breach"),
    ],
    ids=["answered", "no-order", "adjourned", "asked"],
)
def test_a_breach_is_there_before_anything_follows_it(file: str, fact: f.LegalFact, why: str) -> None:
    appealed = f.AppealLodged(at=AFTER, words="By him.")
    refused = decided(f.CourtOutcome.REFUSED)
    now = {
        "in_force": told(in_force(), appealed),
        "refused": told(empty(), proposed(), *TO_COURT, refused, appealed),
        "breached": told(in_force(), BREACHED),
    }[file]
    with pytest.raises(LegalStepNotOpen, match=why):
        told(now, fact)


def test_an_appeal_does_not_lose_a_breach_that_is_for_the_court() -> None:
    lodged = f.AppealLodged(at=AFTER + WEEK, words="By him.")
    stands = f.AppealDecided(at=AFTER + 4 * WEEK, stands=True, words="Dismissed.")
    before = told(in_force(), BREACHED, TO_COURT_ABOUT_IT, lodged)
    meanwhile = told(
        in_force(),
        f.AppealLodged(at=AFTER, words="By him."),
        BREACHED,
        TO_COURT_ABOUT_IT,
    )
    for appealed in (before, meanwhile):
        assert owed(appealed)["breach-hearing"].due == london(2023, 8, 2, 17)
        assert told(appealed, stands).stage is LegalStage.BREACH_IN_COURT
    answered = told(meanwhile, OUTCOME)
    assert owed(answered).keys() == {"appeal", "order"}
    assert told(answered, stands).stage is LegalStage.IN_FORCE


def carried_to_court(*more: f.LegalFact) -> Played:
    return carried("injunction", *TO_COURT, decided(), BREACHED, TO_COURT_ABOUT_IT, LISTED, *more)


def test_the_witnesses_of_a_breach_are_cared_for_at_its_hearing_as_at_any() -> None:
    listed = carried_to_court()
    key = next(iter(listed.beside))
    (action,) = listed.beside.values()
    assert action.refused == ()
    due = {line.deadline.key: line.deadline.due for line in listed.ledger() if line.ended is None}
    assert due[f"hearing-before:{key}:complainant"] == london(2023, 7, 13, 17)
    assert due[f"hearing-during:{key}:complainant"] == london(2023, 7, 20, 17)
    heard = {line.deadline.key: line for line in carried_to_court(OUTCOME).ledger()}
    assert heard[f"hearing-after:{key}:complainant"].ended is None
    before = heard[f"hearing-before:{key}:complainant"].ended
    assert before is not None
    assert before.ending is Ending.MISSED


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ((BREACHED,), "what follows the breach"),
        ((BREACHED, TO_COURT_ABOUT_IT), "what the court did about the breach"),
        ((BREACHED, TO_COURT_ABOUT_IT, LISTED), "what the court did about the breach"),
    ],
    ids=["not answered", "in court", "listed"],
)
def test_what_a_court_decides_of_a_breach_is_the_answer_to_it_and_whoever_says_it_otherwise_reads_so(
    facts: tuple[Fact, ...], missing: str
) -> None:
    file = told(in_force(), *facts)
    with pytest.raises(CourtHasNotDecided, match="answer to") as refused:
        told(file, f.CourtDecided(at=HEARD, outcome=f.CourtOutcome.WITHDRAWN, words="No order."))
    assert refused.value.refusal.missing == (missing,)
    assert refused.value.refusal.missing_facts == ("breach_answered",)
    assert told(file, OUTCOME)
