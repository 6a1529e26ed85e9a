"""court-decides, witness-care: an order that was breached and is appealed against has two courts' days."""

from datetime import date

import pytest

from policy.facts.proceedings import CourtDay, LegalStage
from policy.ledger import Ending
from policy.legal_action import facts as f
from policy.refusals.legal import LegalStepNotOpen
from policy.simulation import Played
from tests.given import london
from tests.policy.legal_action.acting import (
    DAY,
    HEARD_AT,
    TO_COURT,
    WEEK,
    decided,
    empty,
    ended,
    in_force,
    owed,
    proposed,
    told,
)
from tests.policy.legal_action.test_breaches import BREACHED, LISTED, TO_COURT_ABOUT_IT
from tests.policy.test_legal_action_on_a_case import carried

LODGED = f.AppealLodged(at=HEARD_AT + 2 * DAY, words="By him.")
OF_THE_APPEAL = f.CourtListed(at=HEARD_AT + WEEK, appeal=True, on=date(2023, 9, 4))
OF_THE_BREACH = f.CourtListed(at=HEARD_AT + WEEK, appeal=False, on=date(2023, 8, 7))
APPEAL_HEARD = london(2023, 9, 4, 16)
STANDS = f.AppealDecided(at=APPEAL_HEARD, stands=True, words="Dismissed.")
OFF = f.CourtAdjourned(at=HEARD_AT + 8 * DAY, appeal=True, words="It is decided without a hearing.")
BREACH_HEARD = f.BreachAnswered(at=london(2023, 8, 7, 12), words="Proven. Six weeks, suspended.")
UNTIL_THEN = (BREACHED, TO_COURT_ABOUT_IT, LODGED)


@pytest.mark.parametrize("first", [0, 1], ids=["the-breach-first", "the-appeal-first"])
def test_listing_one_leaves_the_day_of_the_other(first: int) -> None:
    days = (OF_THE_BREACH, OF_THE_APPEAL)
    file = told(in_force(), *UNTIL_THEN, days[first], days[1 - first])
    assert file.stage is LegalStage.APPEALED
    assert owed(file)["breach-hearing"].due == london(2023, 8, 7, 17)
    assert owed(file)["appeal"].due == london(2023, 9, 4, 17)
    assert file.said is not None
    assert (file.said.once_told.hearing, file.said.appeal_hearing) == (
        CourtDay(on=date(2023, 8, 7), said_at=OF_THE_BREACH.at),
        CourtDay(on=date(2023, 9, 4), said_at=OF_THE_APPEAL.at),
    )
    assert file.said.until == date(2023, 8, 7), "the case waits for the first of them"


def test_each_is_put_off_asked_about_and_heard_by_itself() -> None:
    both = told(in_force(), *UNTIL_THEN, OF_THE_BREACH, OF_THE_APPEAL)
    put_off = told(both, f.CourtAdjourned(at=london(2023, 8, 7, 12), appeal=False, words="No judge."))
    assert (put_off.hearing.on, put_off.appeal_hearing.on) == (None, date(2023, 9, 4))
    assert owed(put_off)["breach-hearing"].due == london(2023, 9, 5, 17), "20 working days after it was put off"
    without = told(both, f.CourtAdjourned(at=HEARD_AT + WEEK, appeal=True, by_when=date(2023, 8, 1), words="So."))
    assert (without.hearing.on, without.appeal_hearing.on) == (date(2023, 8, 7), None)
    assert owed(without)["appeal"].due == london(2023, 8, 1, 17)
    assert owed(without)["breach-hearing"].due == owed(both)["breach-hearing"].due
    asked = f.CourtAsked(at=HEARD_AT + 2 * WEEK, appeal=False, by_when=date(2023, 7, 28), words="When?")
    unlisted = told(in_force(), *UNTIL_THEN, asked)
    assert owed(unlisted)["breach-hearing"].due == london(2023, 7, 28, 17)
    assert owed(unlisted)["appeal"].due == owed(told(in_force(), *UNTIL_THEN))["appeal"].due
    heard = told(both, BREACH_HEARD)
    assert (heard.stage, heard.hearing.heard_at, heard.appeal_hearing.ahead) == (
        LegalStage.APPEALED,
        BREACH_HEARD.at,
        date(2023, 9, 4),
    )
    assert owed(heard).keys() == {"appeal", "order"}
    assert heard.said is not None
    assert heard.said.since == BREACH_HEARD.at, "the case hears of it as it happened"
    over = told(heard, STANDS)
    assert (over.stage, over.appeal_hearing.heard_at) == (LegalStage.IN_FORCE, APPEAL_HEARD)
    expired = told(over, ended(APPEAL_HEARD + DAY, f.Ended.DISCHARGED))
    assert (expired.hearing.heard_at, expired.appeal_hearing.heard_at) == (BREACH_HEARD.at, APPEAL_HEARD)


def test_a_breach_that_was_listed_before_the_appeal_keeps_its_day_after_it() -> None:
    file = told(in_force(), BREACHED, TO_COURT_ABOUT_IT, LISTED, LODGED, OF_THE_APPEAL)
    assert owed(file)["breach-hearing"].due == london(2023, 7, 20, 17)
    dismissed = told(file, OFF, STANDS.model_copy(update={"at": HEARD_AT + 8 * DAY}))
    assert (dismissed.stage, dismissed.appeal_hearing.on) == (LegalStage.BREACH_IN_COURT, None)
    assert owed(dismissed)["breach-hearing"].due == london(2023, 7, 20, 17)


def test_a_breach_during_an_appeal_that_is_listed_at_once_is_for_the_court() -> None:
    file = told(in_force(), LODGED, f.OrderBreached(at=HEARD_AT + 3 * DAY, words="Again."), OF_THE_BREACH)
    assert (file.stage, file.breached, file.in_court is not None) == (LegalStage.APPEALED, (), True)
    assert owed(file).keys() == {"appeal", "breach-hearing", "order"}


def test_the_appeal_may_have_been_listed_before_a_breach_that_we_learnt_of_first() -> None:
    breached = told(in_force(), LODGED, f.OrderBreached(at=HEARD_AT + 3 * WEEK, words="Again."))
    listed = told(breached, OF_THE_APPEAL, recorded_at=HEARD_AT + 4 * WEEK)
    assert (listed.appeal_hearing.on, listed.breached, listed.in_court) == (
        date(2023, 9, 4),
        breached.breached,
        None,
    )
    with pytest.raises(LegalStepNotOpen, match="check the date"):
        told(breached, OF_THE_BREACH, recorded_at=HEARD_AT + 4 * WEEK)


def test_an_order_that_is_set_aside_waits_for_no_court() -> None:
    both = told(in_force(), *UNTIL_THEN, OF_THE_BREACH, OF_THE_APPEAL)
    early = STANDS.model_copy(update={"at": HEARD_AT + 8 * DAY, "stands": False})
    discharged = ended(HEARD_AT + 8 * DAY, f.Ended.DISCHARGED)
    for over in (told(both, OFF, early), told(both, BREACH_HEARD.model_copy(update={"at": early.at}), discharged)):
        assert over.over
        assert (over.hearing.on, over.appeal_hearing.on) == (None, None)


def test_another_appeal_has_no_day_before_it_is_listed() -> None:
    again = told(in_force(), LODGED, OF_THE_APPEAL, STANDS, f.AppealLodged(at=APPEAL_HEARD + DAY, words="Higher."))
    assert again.appeal_hearing.on is None
    assert owed(again)["appeal"].due > APPEAL_HEARD + WEEK


LISTED_NOW = f.CourtListed(at=HEARD_AT + WEEK, on=date(2023, 8, 7))
ASKED = f.CourtAsked(at=HEARD_AT + WEEK, words="When?")


@pytest.mark.parametrize(
    ("before", "fact", "why"),
    [
        (UNTIL_THEN, LISTED_NOW, "say which of them"),
        (UNTIL_THEN, ASKED, "say which of them"),
        ((LODGED,), OF_THE_BREACH, "only with the appeal"),
        ((BREACHED, LODGED), ASKED.model_copy(update={"appeal": False}), "only with the appeal"),
        ((BREACHED, TO_COURT_ABOUT_IT), OF_THE_APPEAL, "No appeal is open"),
    ],
    ids=["which-is-listed", "which-is-asked", "no-breach", "a-breach-nobody-took-there", "no-appeal"],
)
def test_it_is_said_which_court_it_was(before: tuple[f.LegalFact, ...], fact: f.LegalFact, why: str) -> None:
    with pytest.raises(LegalStepNotOpen, match=why):
        told(in_force(), *before, fact)


def test_where_there_is_but_one_nobody_is_asked_which() -> None:
    assert told(in_force(), LODGED, LISTED_NOW).appeal_hearing.on == date(2023, 8, 7)
    assert told(in_force(), BREACHED, TO_COURT_ABOUT_IT, LISTED_NOW).hearing.on == date(2023, 8, 7)
    refused = decided(f.CourtOutcome.REFUSED)
    lost = told(empty(), proposed(), *TO_COURT, refused, LODGED, LISTED_NOW)
    assert (lost.hearing.heard_at, lost.appeal_hearing.on) == (HEARD_AT, date(2023, 8, 7))


def on_its_case(*more: f.LegalFact) -> Played:
    return carried("injunction", *TO_COURT, decided(), *UNTIL_THEN, OF_THE_BREACH, OF_THE_APPEAL, *more)


def test_the_witness_is_prepared_for_both_days_and_supported_after_each() -> None:
    listed = on_its_case()
    key = next(iter(listed.beside))
    due = {line.deadline.key: line.deadline.due for line in listed.ledger() if line.ended is None}
    assert due[f"hearing-before:{key}:complainant"] == london(2023, 7, 31, 17)
    assert due[f"hearing-before:{key}-appeal:complainant"] == london(2023, 8, 25, 17), "over a bank holiday"
    heard = {line.deadline.key: line for line in on_its_case(BREACH_HEARD, STANDS).ledger()}
    for which in (key, f"{key}-appeal"):
        assert heard[f"hearing-after:{which}:complainant"].ended is None
        before = heard[f"hearing-before:{which}:complainant"].ended
        assert before is not None
        assert before.ending is Ending.MISSED
    assert listed.file.hearings[f"{key}-1"].held_at is not None, "the first hearing, at which the order was made"
