"""court-decides, legal-remedies: what is learnt of late undoes nothing that came after it."""

from datetime import date

import pytest

from policy.facts.proceedings import LegalStage
from policy.legal_action import facts as f
from policy.refusals.legal import CourtHasNotDecided, LegalStepNotOpen
from tests.given import london
from tests.policy.legal_action.acting import (
    DAY,
    HEARD_AT,
    ISSUED,
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
from tests.policy.legal_action.test_breaches import (
    AFTER,
    AGAIN,
    BREACHED,
    HEARD,
    LISTED,
    LODGED,
    OUTCOME,
    TO_COURT_ABOUT_IT,
)

LATE = london(2023, 8, 1)
WARNED = f.BreachAnswered(at=AFTER + DAY, words="A warning for the first.")
VARIED = f.OrderVaried(at=AFTER + DAY, order=f.Order(), words="Also the garden.")


def test_what_answers_for_one_breach_answers_for_none_that_came_after_it() -> None:
    for facts in ((BREACHED, AGAIN, WARNED), (BREACHED, WARNED, AGAIN), (AGAIN, BREACHED, WARNED)):
        file = told(in_force(), *facts, recorded_at=LATE)
        assert (file.stage, file.breached) == (LegalStage.BREACHED, (AGAIN.at,))
        assert owed(file)["breach"].due == london(2023, 7, 13, 17)
    for varied in ((AGAIN, VARIED), (VARIED, AGAIN)):
        file = told(in_force(), *varied, recorded_at=LATE)
        assert owed(file)["breach"].due == london(2023, 7, 13, 17)
    to_court = WARNED.model_copy(update={"to_court": True})
    both = told(in_force(), BREACHED, AGAIN, to_court, recorded_at=LATE)
    assert {"breach", "breach-hearing"} <= owed(both).keys()


def test_what_a_court_did_before_another_breach_is_taken_after_it() -> None:
    listed = told(in_force(), BREACHED, TO_COURT_ABOUT_IT, LISTED)
    later = told(listed, f.OrderBreached(at=london(2023, 7, 25), words="Once more."))
    heard = told(later, OUTCOME, recorded_at=LATE)
    assert (heard.stage, heard.in_court, heard.hearing.heard_at) == (LegalStage.BREACHED, None, HEARD)
    put_off = told(later, f.CourtAdjourned(at=HEARD, words="No judge."), recorded_at=LATE)
    assert (put_off.stage, put_off.hearing.on) == (LegalStage.BREACHED, None)
    assert "breach-hearing" in owed(put_off)


def test_the_day_that_a_court_set_last_counts_also_when_an_earlier_letter_comes_after() -> None:
    listed, issued = (told(empty(), proposed(), *steps) for steps in (TO_COURT, TO_COURT[:-1]))
    first = f.CourtListed(at=ISSUED.at + DAY, on=date(2023, 7, 10))
    put_off = f.CourtListed(at=ISSUED.at + WEEK, on=date(2023, 8, 14))
    for letters in ((first, put_off), (put_off, first)):
        file = told(listed, *letters, recorded_at=LATE)
        assert (file.hearing.on, owed(file)["hearing"].due) == (date(2023, 8, 14), london(2023, 8, 14, 17))
    agreed = f.CourtAsked(at=ISSUED.at + WEEK, by_when=date(2023, 8, 14), words="In August.")
    before = f.CourtAsked(at=ISSUED.at + DAY, by_when=date(2023, 6, 30), words="In June.")
    for asked in ((before, agreed), (agreed, before)):
        assert owed(told(issued, *asked, recorded_at=LATE))["listing"].due == london(2023, 8, 14, 17)


def test_that_a_court_put_off_an_earlier_day_takes_no_later_one_away() -> None:
    put_off = f.CourtAdjourned(at=ISSUED.at + DAY, words="Not on the day that they had said first.")
    relisted = f.CourtListed(at=ISSUED.at + WEEK, on=date(2023, 8, 14))
    file = told(empty(), proposed(), *TO_COURT, relisted, put_off, recorded_at=LATE)
    assert (file.stage, file.hearing.on) == (LegalStage.LISTED, date(2023, 8, 14))
    assert owed(file)["hearing"].due == london(2023, 8, 14, 17)


def test_no_appeal_is_decided_before_it_was_lodged() -> None:
    lodged = told(in_force(), f.AppealLodged(at=AFTER + WEEK, words="By him."))
    early = f.AppealDecided(at=AFTER + DAY, stands=True, words="Dismissed.")
    with pytest.raises(LegalStepNotOpen, match="Tuesday 11 July 2023: check the date"):
        told(lodged, early, recorded_at=LATE)


def test_the_day_agreed_with_a_court_about_a_breach_outlasts_what_happens_meanwhile() -> None:
    agreed = f.CourtAsked(at=AFTER + DAY, by_when=date(2023, 7, 14), words="They answer by then.")
    asked = told(in_force(), BREACHED, TO_COURT_ABOUT_IT, agreed)
    due = london(2023, 7, 14, 17)
    assert owed(asked)["breach-hearing"].due == due
    assert owed(told(asked, VARIED))["breach-hearing"].due == due
    answered = told(asked, AGAIN, f.BreachAnswered(at=AGAIN.at, in_court=False, words="Warned."))
    assert owed(answered)["breach-hearing"].due == due


def test_what_is_asked_about_an_appeal_puts_no_breach_off_and_a_hearing_whose_day_came_was_held() -> None:
    lodged = told(in_force(), BREACHED, TO_COURT_ABOUT_IT, LISTED, LODGED)
    due = owed(lodged)["breach-hearing"].due
    asked = told(lodged, f.CourtAsked(at=AFTER + 2 * WEEK, appeal=True, words="How is the appeal?"))
    assert owed(asked)["breach-hearing"].due == due
    answered = told(lodged, OUTCOME)
    assert (answered.stage, answered.hearing.heard_at, owed(answered).keys()) == (
        LegalStage.APPEALED,
        HEARD,
        {"appeal", "order"},
    )


def test_no_order_ends_while_a_court_is_to_deal_with_a_breach_of_it() -> None:
    listed = told(in_force(f.Order(until=date(2023, 7, 10))), BREACHED, TO_COURT_ABOUT_IT, LISTED)
    with pytest.raises(CourtHasNotDecided, match="still to deal with a breach"):
        told(listed, ended(london(2023, 7, 12), f.Ended.EXPIRED))
    assert told(listed, OUTCOME, ended(HEARD, f.Ended.EXPIRED)).over


def test_what_ends_or_questions_an_order_may_be_learnt_of_after_a_breach() -> None:
    breached = told(in_force(), AGAIN)
    appealed = told(breached, f.AppealLodged(at=AFTER + DAY, words="By him."), recorded_at=LATE)
    assert (appealed.stage, "breach" in owed(appealed)) == (LegalStage.APPEALED, True)
    assert told(breached, ended(AFTER + DAY, f.Ended.DISCHARGED), recorded_at=LATE).over
    with pytest.raises(LegalStepNotOpen, match="check the date"):
        told(breached, ended(HEARD_AT - DAY, f.Ended.DISCHARGED), recorded_at=LATE)
    with pytest.raises(LegalStepNotOpen, match="check the date"):
        told(breached, WARNED, recorded_at=LATE)
    with pytest.raises(LegalStepNotOpen, match="check the date"):
        told(breached, f.CourtListed(at=AFTER + DAY, on=date(2023, 8, 14)), recorded_at=LATE)


def test_what_happens_to_an_order_under_appeal_is_taken() -> None:
    order = f.Order(until=date(2023, 8, 10))
    lodged = told(in_force(order), f.AppealLodged(at=AFTER, words="By him."))
    assert "order-ends" in owed(lodged)
    longer = f.Order(until=date(2024, 1, 1))
    varied = told(lodged, f.OrderVaried(at=london(2023, 8, 1), order=longer, words="Longer."))
    assert (varied.stage, varied.order) == (LegalStage.APPEALED, longer)
    assert told(lodged, ended(london(2023, 8, 11), f.Ended.EXPIRED)).over
    refused = told(empty(), proposed(), *TO_COURT, decided(f.CourtOutcome.REFUSED), LODGED)
    for fact in (VARIED.model_copy(update={"at": LODGED.at}), ended(LODGED.at, f.Ended.EXPIRED)):
        with pytest.raises((LegalStepNotOpen, CourtHasNotDecided)):
            told(refused, fact)
