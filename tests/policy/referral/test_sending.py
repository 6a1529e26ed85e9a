"""partner-referrals: what the system must do now, and what came of it."""

import pytest

from cli.story.wording import fact_in_words
from policy.editions.agencies import AgencyChannel
from policy.facts import SYSTEM, Fact
from policy.referral import facts as f
from policy.referral.codes import ReferralOutcome, ReferralStage, Undelivered
from policy.referral.duties import Sending, SendReferral, TellCase, duties, sending_came_of
from policy.referral.facts import ReferralEntry
from policy.referral.referral import ReferralFile
from tests.given import EDITION, london
from tests.policy.referral.referring import (
    ACKNOWLEDGED,
    DAY,
    FAILED,
    HANDED_OVER,
    IN_DOUBT,
    MINUTE,
    MONDAY,
    REFERRED,
    SENT,
    TAKEN_UP,
    begun,
    chased,
    consent,
    empty,
    ended,
    the_one,
    told,
)

AGAIN = f.SendingAskedAgain(at=MONDAY + 10 * MINUTE, words="The address was wrong.")


def keys(file: ReferralFile) -> list[str]:
    return [duty.key for duty in duties(file)]


@pytest.mark.parametrize("channel", [AgencyChannel.MAIL, AgencyChannel.WEBHOOK])
def test_the_system_sends_what_the_case_proposed_and_only_until_it_went(channel: AgencyChannel) -> None:
    file = told(empty(), begun(by_channel=channel, about=("complainant", "witness-1")))
    (duty,) = duties(file)
    assert isinstance(duty, SendReferral)
    assert (duty.key, duty.proposed, duty.agency) == ("send-1", "fact-of-the-case", "victim_support")
    assert (duty.about, duty.channel) == (("complainant", "witness-1"), channel)
    assert (duty.row, duty.section, duty.edition) == ("partner-referrals", "4", EDITION.name)
    assert not [one for one in duties(told(file, SENT)) if isinstance(one, SendReferral)]


def test_nothing_is_sent_before_it_began_and_what_goes_by_hand_is_a_person_s() -> None:
    assert duties(empty()) == []
    file = told(empty(), begun(by_channel=AgencyChannel.HAND))
    assert duties(file) == []
    assert told(file, HANDED_OVER).stage is ReferralStage.SENT


def test_what_came_of_sending_is_a_fact() -> None:
    (duty,) = duties(told(empty(), begun()))
    assert isinstance(duty, SendReferral)
    assert sending_came_of(duty, Sending.SENT, SENT.at) == SENT
    assert sending_came_of(duty, Sending.NOT_DELIVERED, FAILED.at) == FAILED
    assert sending_came_of(duty, Sending.IN_DOUBT, FAILED.at) == IN_DOUBT


def test_what_could_not_be_delivered_is_a_person_s_within_a_day() -> None:
    file = told(empty(), begun(), FAILED)
    assert file.stage is ReferralStage.UNDELIVERED
    assert the_one(file).owed.startswith("Get the referral there in another way, since it could not be delivered")
    assert the_one(file).due == london(2023, 6, 6, 17)
    assert told(file, HANDED_OVER).sent_at == HANDED_OVER.at
    assert told(file, ended(MONDAY + DAY, ReferralOutcome.NOT_DELIVERED)).over


@pytest.mark.parametrize("why", Undelivered)
def test_whoever_is_to_deliver_it_reads_what_was_in_the_way(why: Undelivered) -> None:
    (duty,) = duties(told(empty(), begun()))
    assert isinstance(duty, SendReferral)
    failed = sending_came_of(duty, why, FAILED.at)
    assert failed == FAILED.model_copy(update={"why": why})
    file = told(empty(), begun(), failed)
    assert the_one(file).owed.endswith(f"could not be delivered: {why.in_words} (Victim Support)")
    entry = ReferralEntry(id="x", by=SYSTEM, recorded_at=FAILED.at, fact=failed)
    assert fact_in_words(entry, None) == f"It could not be delivered ({why.in_words})"


def test_it_can_be_tried_again_under_another_key() -> None:
    again = told(empty(), begun(), FAILED, AGAIN)
    assert (again.stage, "send-2" in keys(again), "send-1" in keys(again)) == (ReferralStage.TO_SEND, True, False)
    assert told(again, FAILED).stage is ReferralStage.TO_SEND, "of the attempt before nothing is owed"
    assert told(again, FAILED.model_copy(update={"key": "send-2"})).stage is ReferralStage.UNDELIVERED


def test_an_e_mail_that_comes_back_was_not_delivered() -> None:
    back = told(empty(), *REFERRED, FAILED)
    assert (back.stage, back.sent_at) == (ReferralStage.UNDELIVERED, None)
    assert told(empty(), *REFERRED, ACKNOWLEDGED, FAILED).stage is ReferralStage.ACKNOWLEDGED
    by_hand = told(empty(), begun(), HANDED_OVER, FAILED)
    assert (by_hand.stage, by_hand.sent_at) == (ReferralStage.SENT, HANDED_OVER.at)


@pytest.mark.parametrize("fact", [ACKNOWLEDGED, TAKEN_UP])
def test_whoever_answers_has_it_whatever_we_thought(fact: Fact) -> None:
    file = told(empty(), begun(), IN_DOUBT, fact)
    assert file.stage in {ReferralStage.ACKNOWLEDGED, ReferralStage.TAKEN_UP}


def test_an_attempt_that_failed_after_one_in_doubt_leaves_the_doubt() -> None:
    file = told(empty(), begun(), IN_DOUBT, AGAIN, FAILED.model_copy(update={"key": "send-2"}))
    assert file.sent_at == IN_DOUBT.at


# while it is on its way


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        (consent(MONDAY), ReferralOutcome.WITHDRAWN),
        (ended(MONDAY, ReferralOutcome.NOT_NEEDED), ReferralOutcome.NOT_NEEDED),
    ],
)
@pytest.mark.parametrize("went", [SENT, IN_DOUBT])
def test_what_went_out_while_it_was_taken_back_has_to_be_told(
    how: Fact, outcome: ReferralOutcome, went: Fact
) -> None:
    file = told(empty(), begun(), how, went)
    assert (file.stage, file.outcome) == (ReferralStage.WITHDRAWN_TO_TELL, outcome)
    assert the_one(file).due == london(2023, 6, 6, 17)
    assert told(empty(), begun(), how, FAILED).over, "it has not gone out"


# telling the case


def test_the_case_is_told_of_each_move_under_a_key_of_its_own_until_it_knows() -> None:
    file = told(empty(), *REFERRED)
    (tell,) = duties(file)
    assert isinstance(tell, TellCase)
    assert (tell.key, tell.said) == ("tell-2", file.said)
    moved = told(file, chased(MONDAY + DAY))
    assert keys(moved) == ["tell-3"]
    late = told(moved, f.CaseTold(at=MONDAY + DAY, said=tell.said, reached=True))
    assert keys(late) == ["tell-3"], "what it has heard is not how it stands"
    assert late.said is not None
    assert duties(told(late, f.CaseTold(at=MONDAY + DAY, said=late.said, reached=True))) == []
