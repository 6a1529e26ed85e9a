"""information-sharing: a referral that rested on a consent ends with it, and an agency that has it is told."""

from datetime import datetime
from typing import Any

import pytest

from policy.facts import Fact
from policy.facts.disclosing import Gateway
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.referral.duties import SendReferral, duties
from policy.referral.facts import SendingAskedAgain
from policy.referral.referral import ReferralFile
from policy.refusals.referral import ReferralStepNotOpen
from tests.given import london
from tests.policy.referral.referring import (
    ACKNOWLEDGED,
    DAY,
    DECLINED,
    FAILED,
    GOING_WELL,
    HANDED_OVER,
    IN_DOUBT,
    MONDAY,
    REFERRED,
    SENT,
    TAKEN_UP,
    WEEK,
    agency_told,
    begun,
    chased,
    consent,
    empty,
    ended,
    owed,
    the_one,
    told,
)

UNSENT: list[tuple[Fact, ...]] = [(), (FAILED,), (SENT, FAILED)]
WITH_THE_AGENCY: list[tuple[Fact, ...]] = [
    (SENT,),
    (HANDED_OVER,),
    (IN_DOUBT,),
    (SENT, ACKNOWLEDGED),
    (SENT, TAKEN_UP),
    (SENT, TAKEN_UP, GOING_WELL, chased(MONDAY + WEEK)),
]
LAWFUL = [one for one in Gateway if one is not Gateway.CONSENT]


@pytest.mark.parametrize("steps", UNSENT, ids=len)
def test_without_consent_what_has_not_gone_does_not_go(steps: tuple[Fact, ...]) -> None:
    file = told(empty(), begun(), *steps, consent(MONDAY + WEEK))
    assert (file.stage, file.outcome) == (ReferralStage.OVER, ReferralOutcome.WITHDRAWN)
    assert not [one for one in duties(file) if isinstance(one, SendReferral)]
    assert owed(file) == {}
    with pytest.raises(ReferralStepNotOpen, match="is over"):
        told(file, chased(MONDAY + 2 * WEEK))


@pytest.mark.parametrize("steps", UNSENT, ids=len)
def test_what_was_handed_over_all_the_same_is_told_on_its_case(steps: tuple[Fact, ...]) -> None:
    file = told(empty(), begun(), *steps, consent(MONDAY + WEEK))
    in_doubt = file.sent_at is not None
    for at in (MONDAY + DAY, MONDAY + WEEK + DAY):
        with pytest.raises(ReferralStepNotOpen) as refused:
            told(file, HANDED_OVER.model_copy(update={"at": at}), recorded_at=MONDAY + 2 * WEEK)
        assert in_doubt or refused.value.refusal.missing_facts == ("disclosure_recorded",)


@pytest.mark.parametrize("steps", WITH_THE_AGENCY, ids=len)
@pytest.mark.parametrize(
    ("withdrawn", "due"),
    [
        (london(2023, 6, 15, 16, 59), london(2023, 6, 16, 17)),
        (london(2023, 6, 16, 23, 59), london(2023, 6, 19, 17)),
        (london(2023, 8, 25), london(2023, 8, 29, 17)),
        (london(2023, 10, 27), london(2023, 10, 30, 17)),
    ],
)
def test_without_consent_an_agency_that_has_it_is_told_by_the_next_working_day(
    steps: tuple[Fact, ...], withdrawn: datetime, due: datetime
) -> None:
    file = told(empty(), begun(), *steps, consent(withdrawn))
    deadline = the_one(file)
    assert (file.stage, file.outcome) == (ReferralStage.WITHDRAWN_TO_TELL, ReferralOutcome.WITHDRAWN)
    assert (deadline.due, deadline.row) == (due, "information-sharing")
    assert deadline.owed == "Tell the agency that the referral no longer stands (Victim Support)"
    over = told(file, agency_told(withdrawn))
    assert (over.stage, over.outcome) == (ReferralStage.OVER, ReferralOutcome.WITHDRAWN)


@pytest.mark.parametrize("fact", [ACKNOWLEDGED, TAKEN_UP, DECLINED, GOING_WELL], ids=str)
def test_an_answer_that_comes_all_the_same_ends_nothing_and_moves_nothing(fact: Fact) -> None:
    file = told(empty(), begun(), SENT, consent(MONDAY + WEEK))
    assert told(file, fact).with_(seq=file.seq) == file


def test_only_telling_the_agency_ends_it() -> None:
    file = told(empty(), begun(), SENT, consent(MONDAY + WEEK))
    for fact in (ended(MONDAY + WEEK, ReferralOutcome.NOT_NEEDED), chased(MONDAY + WEEK)):
        with pytest.raises(ReferralStepNotOpen, match="What is owed now: tell the agency"):
            told(file, fact)


WITHOUT_CONSENT = [
    *({"gateway": one} for one in LAWFUL),
    *({"gateway": one, "overridden": True} for one in Gateway),
]
"""On a law or a protocol, or as a supervisor decided. The case says whether what went stays there."""


@pytest.mark.parametrize("grounds", WITHOUT_CONSENT)
@pytest.mark.parametrize("steps", UNSENT, ids=len)
def test_what_has_not_gone_is_stopped_by_a_no_whatever_allowed_it(
    steps: tuple[Fact, ...], grounds: dict[str, Any]
) -> None:
    file = told(empty(), begun(**grounds), *steps, consent(MONDAY + WEEK, stays=True))
    assert (file.stage, file.outcome) == (ReferralStage.OVER, ReferralOutcome.WITHDRAWN)
    assert not [one for one in duties(file) if isinstance(one, SendReferral)]


@pytest.mark.parametrize("grounds", WITHOUT_CONSENT)
@pytest.mark.parametrize("steps", [one for one in WITH_THE_AGENCY if IN_DOUBT not in one], ids=len)
def test_what_has_gone_without_a_consent_is_not_called_back(
    steps: tuple[Fact, ...], grounds: dict[str, Any]
) -> None:
    file = told(empty(), begun(**grounds), *steps)
    withdrawn = told(file, consent(MONDAY + WEEK, stays=True))
    assert (withdrawn.stage, withdrawn.outcome) == (file.stage, None)
    assert the_one(withdrawn).due == the_one(file).due


@pytest.mark.parametrize("grounds", WITHOUT_CONSENT)
def test_of_what_may_have_gone_the_agency_hears_and_nobody_brings_it_there(grounds: dict[str, Any]) -> None:
    file = told(empty(), begun(**grounds), IN_DOUBT, consent(MONDAY + WEEK, stays=True))
    assert (file.stage, file.outcome) == (ReferralStage.WITHDRAWN_TO_TELL, ReferralOutcome.WITHDRAWN)
    with pytest.raises(ReferralStepNotOpen):
        told(file, HANDED_OVER.model_copy(update={"at": MONDAY + WEEK}))


@pytest.mark.parametrize("steps", WITH_THE_AGENCY, ids=len)
def test_a_consent_given_again_before_the_agency_heard_lets_it_go_on(steps: tuple[Fact, ...]) -> None:
    file = told(empty(), begun(), *steps)
    later = london(2023, 6, 21)
    again = told(file, consent(MONDAY + 2 * WEEK), consent(later, stands=True))
    assert (again.stage, again.outcome, again.since) == (file.stage, None, later)
    withdrawn = told(again, consent(later))
    assert withdrawn.stage is ReferralStage.WITHDRAWN_TO_TELL


def test_a_consent_given_again_revives_nothing_that_is_over_or_not_needed() -> None:
    yes = consent(MONDAY + 2 * WEEK, stands=True)
    over = told(empty(), begun(), consent(MONDAY))
    assert told(over, yes).over
    heard = told(empty(), begun(), SENT, consent(MONDAY + WEEK), agency_told(MONDAY + WEEK))
    assert told(heard, yes).over
    not_needed = told(empty(), begun(), SENT, ended(MONDAY + WEEK, ReferralOutcome.NOT_NEEDED))
    assert told(not_needed, yes).stage is ReferralStage.WITHDRAWN_TO_TELL
    gone_on = told(empty(), begun(), SENT)
    assert told(gone_on, yes).since == gone_on.since


def test_what_is_over_is_not_reopened_by_a_consent_withdrawn() -> None:
    for steps in ((SENT, DECLINED), (SENT, TAKEN_UP, ended(MONDAY + WEEK))):
        over = told(empty(), begun(), *steps)
        assert told(over, consent(MONDAY + 2 * WEEK)).said == over.said


def test_what_somebody_says_no_to_is_not_brought_there_after_it_came_back() -> None:
    by_law = begun(gateway=Gateway.CRIME_AND_DISORDER_ACT)
    gone = told(empty(), by_law, SENT, consent(MONDAY + WEEK, stays=True))
    assert gone.stage is ReferralStage.SENT
    back = told(gone, FAILED.model_copy(update={"at": MONDAY + WEEK + DAY}))
    assert (back.stage, back.outcome, owed(back)) == (ReferralStage.OVER, ReferralOutcome.WITHDRAWN, {})
    in_doubt = told(gone, IN_DOUBT.model_copy(update={"at": MONDAY + WEEK + DAY}))
    assert in_doubt.stage is ReferralStage.WITHDRAWN_TO_TELL
    again = told(empty(), by_law, IN_DOUBT, asked_again(MONDAY + DAY), consent(MONDAY + WEEK, stays=True))
    assert (again.stage, duties_to_send(again)) == (ReferralStage.WITHDRAWN_TO_TELL, [])
    agrees = told(gone, consent(MONDAY + WEEK, stands=True), FAILED.model_copy(update={"at": MONDAY + WEEK + DAY}))
    assert agrees.stage is ReferralStage.UNDELIVERED


def test_an_agency_that_never_had_it_is_not_told_that_it_no_longer_stands() -> None:
    withdrawn = told(empty(), begun(), SENT, consent(MONDAY + WEEK))
    back = told(withdrawn, FAILED.model_copy(update={"at": MONDAY + WEEK + DAY}))
    assert (back.stage, back.outcome) == (ReferralStage.OVER, ReferralOutcome.WITHDRAWN)


def asked_again(at: datetime) -> Fact:
    return SendingAskedAgain(at=at, words="Once more.")


def duties_to_send(file: ReferralFile) -> list[SendReferral]:
    return [one for one in duties(file) if isinstance(one, SendReferral)]


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ((*REFERRED, ACKNOWLEDGED, consent(MONDAY + 2 * DAY)), ReferralStage.WITHDRAWN_TO_TELL),
        (
            (begun(gateway=Gateway.PROTOCOL), SENT, TAKEN_UP, consent(MONDAY + 3 * DAY, stays=True)),
            ReferralStage.TAKEN_UP,
        ),
    ],
    ids=["taken-back", "by-law"],
)
def test_what_comes_back_after_the_agency_has_said_that_it_has_it_ends_nothing(
    steps: tuple[Fact, ...], stage: ReferralStage
) -> None:
    file = told(empty(), *steps, FAILED.model_copy(update={"at": MONDAY + 4 * DAY}))
    assert (file.stage, file.sent_at) == (stage, SENT.at)
