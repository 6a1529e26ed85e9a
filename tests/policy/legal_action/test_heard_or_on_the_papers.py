"""court-decides, witness-care: without a day a court decides on the papers, unless we learn of one later."""

from datetime import date, datetime

import pytest

from policy.facts.proceedings import CourtDay, LegalStage
from policy.legal_action import facts as f
from policy.legal_action.action import LegalFile
from policy.refusals.legal import LegalStepNotOpen
from tests.given import london
from tests.policy.legal_action.acting import (
    DAY,
    HEARD_AT,
    ISSUED,
    TO_COURT,
    WEEK,
    decided,
    empty,
    in_force,
    owed,
    proposed,
    told,
)
from tests.policy.legal_action.test_breaches import BREACHED, OUTCOME, TO_COURT_ABOUT_IT
from tests.policy.legal_action.test_two_courts import APPEAL_HEARD, LODGED, OF_THE_APPEAL, STANDS
from tests.policy.test_legal_action_on_a_case import carried

UNLISTED = (*TO_COURT[:-1], decided())
OF_THE_CLAIM = f.CourtListed(at=ISSUED.at, on=date(2023, 7, 3))
OF_THE_BREACH = f.CourtListed(at=TO_COURT_ABOUT_IT.at, on=date(2023, 7, 20))
LATE = london(2023, 9, 5)


@pytest.mark.parametrize(
    ("facts", "listed", "key", "heard_at"),
    [
        (UNLISTED, OF_THE_CLAIM, "", HEARD_AT),
        ((*UNLISTED, BREACHED), OF_THE_CLAIM, "", HEARD_AT),
        ((*UNLISTED, LODGED), OF_THE_CLAIM.model_copy(update={"appeal": False}), "", HEARD_AT),
        ((*TO_COURT, decided(), LODGED, STANDS), OF_THE_APPEAL, "-appeal", APPEAL_HEARD),
    ],
    ids=["claim", "claim-then-breached", "claim-then-appealed", "appeal"],
)
def test_a_hearing_that_we_learn_of_after_its_decision_was_held(
    facts: tuple[f.LegalFact, ...], listed: f.LegalFact, key: str, heard_at: datetime
) -> None:
    unheard = carried("injunction", *facts)
    (matter,) = unheard.beside
    assert heard_at not in {one.held_at for one in unheard.file.hearings.values()}
    played = carried("injunction", *facts, listed, recorded_at=LATE)
    (action,) = played.beside.values()
    assert action.refused == ()
    assert played.file.hearings[f"{matter}{key}"].held_at == heard_at
    open_now = {line.deadline.key for line in played.ledger() if line.ended is None}
    assert f"hearing-after:{matter}{key}:complainant" in open_now
    before, after = unheard.beside[matter].file, action.file
    assert (after.stage, after.breached, due(after)) == (before.stage, before.breached, due(before))


def due(file: LegalFile) -> dict[str, datetime]:
    return {key: one.due for key, one in owed(file).items() if not key.startswith("escalation")}


IN_COURT = (BREACHED, TO_COURT_ABOUT_IT)
SECOND = f.OrderBreached(at=OUTCOME.at + DAY, words="Once more.")
SECOND_IN_COURT = f.BreachAnswered(at=OUTCOME.at + 2 * DAY, to_court=True, words="We ask the court again.")
PROVEN_AGAIN = f.BreachAnswered(at=london(2023, 8, 21, 12), words="Proven again.")
OF_THE_SECOND = f.CourtListed(at=SECOND_IN_COURT.at, on=date(2023, 8, 21))


@pytest.mark.parametrize(
    ("facts", "listed", "before_it"),
    [
        ((*TO_COURT, decided(), *IN_COURT, OUTCOME), OF_THE_BREACH, 1),
        ((*TO_COURT, decided(), *IN_COURT, OUTCOME, SECOND), OF_THE_BREACH, 1),
        (
            (*TO_COURT, decided(), *IN_COURT, OF_THE_BREACH, OUTCOME, SECOND, SECOND_IN_COURT, PROVEN_AGAIN),
            OF_THE_SECOND,
            2,
        ),
        ((*UNLISTED, *IN_COURT, OUTCOME), OF_THE_BREACH, 0),
    ],
    ids=[
        "after-the-claim-was-heard",
        "and-breached-again",
        "after-another-breach-was-heard",
        "claim-on-the-papers",
    ],
)
def test_the_hearing_of_a_breach_that_we_learn_of_after_its_answer_was_held_beside_those_before_it(
    facts: tuple[f.LegalFact, ...], listed: f.CourtListed, before_it: int
) -> None:
    played = carried("injunction", *facts, listed, recorded_at=LATE)
    ((matter, action),) = played.beside.items()
    assert action.refused == ()
    held_on = london(listed.on.year, listed.on.month, listed.on.day, 12)
    assert played.file.hearings[matter].held_at == held_on
    assert [one for one in played.file.hearings if one != matter] == [
        f"{matter}-{number}" for number in range(1, before_it + 1)
    ]
    open_now = {line.deadline.key for line in played.ledger() if line.ended is None}
    assert f"hearing-after:{matter}:complainant" in open_now


@pytest.mark.parametrize(
    ("before", "listed"),
    [
        (UNLISTED, OF_THE_CLAIM.model_copy(update={"on": date(2023, 7, 4)})),
        (UNLISTED, OF_THE_CLAIM.model_copy(update={"at": HEARD_AT + DAY, "on": date(2023, 7, 10)})),
        ((*TO_COURT, decided()), OF_THE_CLAIM),
        ((*TO_COURT, decided(f.CourtOutcome.REFUSED)), OF_THE_CLAIM),
        ((*TO_COURT, decided(), *IN_COURT, OUTCOME), OF_THE_CLAIM),
        ((*TO_COURT, decided(), *IN_COURT, OUTCOME), OF_THE_BREACH.model_copy(update={"on": date(2023, 7, 21)})),
        (UNLISTED, OF_THE_APPEAL),
    ],
    ids=[
        "a-day-after-it",
        "after-it",
        "heard-already",
        "heard-and-refused",
        "heard-before-the-breach",
        "a-day-after-the-breach-was-answered",
        "no-appeal",
    ],
)
def test_no_other_court_s_day_is_taken_where_none_is_to_hear_us(
    before: tuple[f.LegalFact, ...], listed: f.LegalFact
) -> None:
    with pytest.raises(LegalStepNotOpen, match=r"No court is to hear us|No appeal is open|check the date"):
        told(told(empty(), proposed(), *before), listed, recorded_at=LATE)


def test_what_was_put_off_without_a_day_and_then_decided_was_on_the_papers() -> None:
    put_off = f.CourtAdjourned(at=HEARD_AT - WEEK, words="On the papers.")
    file = told(empty(), proposed(), *TO_COURT, put_off, decided())
    assert (file.stage, file.hearing.on) == (LegalStage.IN_FORCE, None)
    assert file.said is not None
    assert file.said.once_told.hearing == CourtDay(said_at=put_off.at), "not when it was decided"
    with pytest.raises(LegalStepNotOpen):
        told(file, OF_THE_CLAIM, recorded_at=LATE)
    again = told(file, OF_THE_CLAIM.model_copy(update={"at": HEARD_AT - DAY}), recorded_at=LATE)
    assert again.hearing.heard_at == HEARD_AT


def test_a_breach_after_a_claim_on_the_papers_has_its_own_day() -> None:
    file = told(empty(), proposed(), *UNLISTED, BREACHED, TO_COURT_ABOUT_IT, OF_THE_BREACH)
    assert (file.stage, file.hearing.ahead) == (LegalStage.BREACH_IN_COURT, date(2023, 7, 20))
    assert (
        told(in_force(), LODGED, STANDS, LODGED.model_copy(update={"at": APPEAL_HEARD + DAY})).appeal_hearing.on
        is None
    )
