"""police-with-consent, health-contact: whoever was told on a consent that no longer holds hears of it."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts import policing as p
from policy.facts.closing import Closing
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.health import HealthContactAnswered, HealthContactEnded, HealthContactMade, HealthWorker
from policy.facts.parts import Part
from policy.facts.promising import PromiseMade
from policy.refusals import CaseNotReadyToClose, CasesNotJoinable, MatterNotOpen
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import HealthContactNeedsConsent
from tests.given import SUPERVISOR, assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.cared_for import cared_for
from tests.policy.happenings import owed, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NO = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.HEALTH, words="No.")
YES = ConsentGiven(at=MONDAY, purpose=Purpose.HEALTH, words="Yes.")
ASKED = HealthContactMade(at=MONDAY, worker=HealthWorker.GP, words="How is she?")


def withdrawn(fact: CaseFact, purpose: Purpose = Purpose.POLICE) -> ConsentWithdrawn:
    return ConsentWithdrawn(at=fact.at, purpose=purpose, words="No.")


def changed_their_mind() -> CaseFile:
    """On Tuesday, back on Wednesday, and for good on Thursday."""
    file = case_of(report(MONDAY, "hate", hate=h.RACE), h.police_agreed(MONDAY), h.police_referral(MONDAY))
    wed, thu = h.police_agreed(MONDAY + 2 * DAY), withdrawn(h.police_agreed(MONDAY + 3 * DAY))
    return recorded(file, withdrawn(h.police_agreed(MONDAY + DAY)), wed, thu)


TOLD = p.PoliceToldOfWithdrawal(at=MONDAY + DAY + HOUR, words="The sergeant knows.")


AGAIN = h.police_referral(MONDAY + 2 * DAY + HOUR)
TAKEN_BACK = p.PoliceReferralEnded(
    at=MONDAY + DAY + HOUR, matter="police-referral-3", reasons="As she wishes.", taken_back=True
)


@pytest.mark.parametrize("heard", [TOLD, TAKEN_BACK], ids=["told", "taken back"])
def test_police_who_heard_of_the_first_withdrawal_and_of_no_referral_since_know_nothing_else(
    heard: CaseFact,
) -> None:
    file = recorded(changed_their_mind(), heard, recorded_at=MONDAY + 4 * DAY)
    assert "police-withdrawal" not in owed(file)
    referred_again = recorded(file, AGAIN, recorded_at=MONDAY + 4 * DAY)
    assert owed(referred_again)["police-withdrawal"].due == london(2023, 6, 9, 17)
    told = recorded(referred_again, TOLD.model_copy(update={"at": MONDAY + 4 * DAY}))
    for file in (told, recorded(told, TOLD, recorded_at=MONDAY + 5 * DAY)):
        assert "police-withdrawal" not in owed(file)


def test_that_no_answer_comes_tells_the_police_nothing() -> None:
    ended = p.PoliceReferralEnded(at=MONDAY + 4 * DAY, matter="police-referral-3", reasons="No answer comes.")
    file = recorded(changed_their_mind(), ended)
    assert owed(file)["police-withdrawal"].due == london(2023, 6, 9, 17)


def test_nobody_asks_the_police_after_a_referral_that_they_know_rested_on_a_consent_taken_back() -> None:
    file = case_of(report(MONDAY, "violence"), h.police_referral(MONDAY), h.police_not_wanted(MONDAY + DAY))
    assert "police-referral-2" in owed(file)
    assert "police-referral-2" not in owed(recorded(file, TOLD))
    later = recorded(file, h.police_agreed(MONDAY + 2 * DAY), AGAIN)
    assert "police-referral-5" in owed(recorded(later, TOLD, recorded_at=MONDAY + 3 * DAY))
    lawful = recorded(
        case_of(report(MONDAY, "violence"), h.police_not_wanted(MONDAY)),
        h.police_referral(MONDAY, "life_at_risk"),
        by=SUPERVISOR,
    )
    assert "police-referral-3" in owed(recorded(lawful, TOLD))


def test_of_two_referrals_the_end_of_one_as_a_duplicate_tells_the_police_nothing() -> None:
    file = case_of(report(MONDAY, "violence"), *(h.police_referral(MONDAY) for _ in range(2)))
    file = recorded(file, h.police_not_wanted(MONDAY + DAY))
    twice = p.PoliceReferralEnded(at=MONDAY + DAY, matter="police-referral-2", reasons="Sent twice.")
    assert "police-withdrawal" in owed(recorded(file, twice))


def test_what_the_police_heard_before_it_was_written_down_here_they_are_not_told_again() -> None:
    file = case_of(report(MONDAY, "violence"), h.police_referral(MONDAY))
    with pytest.raises(MatterNotOpen, match="no victim has said no") as refused:
        recorded(file, TOLD, recorded_at=MONDAY + 2 * DAY)
    assert "consent_refused" in refused.value.refusal.missing_facts
    late = recorded(file, h.police_not_wanted(MONDAY + DAY), TOLD, recorded_at=MONDAY + 2 * DAY)
    assert "police-withdrawal" not in owed(late)


def test_waiting_no_longer_for_an_answer_does_not_make_the_police_forget() -> None:
    file = case_of(report(MONDAY, "hate", hate=h.RACE), h.police_agreed(MONDAY), h.police_referral(MONDAY))
    silent = p.PoliceReferralEnded(at=MONDAY + DAY, matter="police-referral-3", reasons="No answer comes.")
    assert recorded(file, silent).police_told.know(MONDAY)
    assert not recorded(file, silent.model_copy(update={"taken_back": True})).police_told.know(MONDAY)


def test_a_case_does_not_join_another_over_a_withdrawal_that_nobody_has_passed_on() -> None:
    file = cared_for(case_of(report(MONDAY, "violence"), h.police_referral(MONDAY)), MONDAY)
    answered = p.PoliceReferralAnswered(at=MONDAY, matter="police-referral-2", words="Noted.")
    file = recorded(file, answered, h.police_not_wanted(MONDAY + DAY))
    with pytest.raises(CasesNotJoinable, match="telling the police who does not want them to know"):
        recorded(file, h.joined(MONDAY + DAY))
    assert recorded(file, TOLD, h.joined(TOLD.at)).joined


@pytest.mark.parametrize("kind", ["hate", "violence"])
def test_a_referral_made_before_the_consent_was_taken_back_is_taken_and_the_police_are_told(kind: str) -> None:
    file = case_of(report(MONDAY, kind, hate=h.RACE if kind == "hate" else None), h.police_agreed(MONDAY + HOUR))
    file = recorded(file, withdrawn(h.police_agreed(MONDAY + 3 * HOUR)))
    with pytest.raises(NoConsentForPolice):
        recorded(file, h.police_referral(MONDAY + 3 * HOUR))
    made = recorded(file, h.police_referral(MONDAY + 2 * HOUR), recorded_at=MONDAY + 4 * HOUR)
    assert owed(made)["police-withdrawal"].due == london(2023, 6, 6, 17)


def test_one_made_before_a_case_joined_whose_victim_refuses_is_taken_and_told_nothing_of_them() -> None:
    file = case_of(report(MONDAY, "violence"))
    brought = h.report_joined(MONDAY).model_copy(update={"police_agreed": False})
    file = recorded(file, brought, recorded_at=MONDAY + DAY)
    with pytest.raises(NoConsentForPolice):
        recorded(file, h.police_referral(MONDAY + DAY))
    made = recorded(file, h.police_referral(MONDAY), recorded_at=MONDAY + DAY)
    assert "police-withdrawal" not in owed(made)


def test_where_the_police_were_told_again_no_day_is_won_by_it() -> None:
    file = case_of(report(MONDAY, "violence"), h.police_referral(MONDAY))
    file = recorded(file, h.police_referral(MONDAY + 3 * DAY))
    late = recorded(file, h.police_not_wanted(MONDAY + DAY), recorded_at=MONDAY + 4 * DAY)
    assert owed(late)["police-withdrawal"].due == london(2023, 6, 7, 17)
    heard = p.PoliceToldOfWithdrawal(at=MONDAY + 2 * DAY, words="The sergeant knows.")
    since_then = recorded(late, heard, by=SUPERVISOR, recorded_at=MONDAY + 4 * DAY)
    assert owed(since_then)["police-withdrawal"].due == london(2023, 6, 9, 17), "of what was told after they heard"


def test_a_gp_asked_before_the_consent_was_taken_back_is_told_too() -> None:
    file = case_of(report(MONDAY), YES, withdrawn(YES.model_copy(update={"at": MONDAY + HOUR}), Purpose.HEALTH))
    with pytest.raises(HealthContactNeedsConsent):
        recorded(file, ASKED.model_copy(update={"at": MONDAY + HOUR}))
    made = recorded(file, ASKED, recorded_at=MONDAY + DAY)
    assert owed(made)["health-contact-4"].owed.startswith("Tell the GP or nurse")
    assert owed(made)["health-contact-4"].due == london(2023, 6, 6, 17)


def test_an_answer_from_the_gp_tells_them_nothing() -> None:
    file = recorded(case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)), YES, ASKED, NO)
    answered = HealthContactAnswered(at=MONDAY + DAY + HOUR, matter="health-contact-5", words="She is well.")
    file = recorded(file, answered)
    assert owed(file)["health-contact-5"].owed.startswith("Tell the GP or nurse")
    assert owed(file)["health-contact-5"].due == london(2023, 6, 7, 17)
    with pytest.raises(CaseNotReadyToClose, match="answer from a GP or nurse"):
        recorded(file, h.closed(MONDAY + 2 * DAY, Closing.DEALT_WITH))
    ended = HealthContactEnded(at=MONDAY + 2 * DAY, matter="health-contact-5", reasons="They know.")
    assert "health-contact-5" not in owed(recorded(file, ended))


def test_what_rests_on_a_lawful_reason_does_not_end_with_a_consent() -> None:
    file = recorded(case_of(report(MONDAY)), ASKED.model_copy(update={"lawful_reason": "safeguarding"}), NO)
    assert owed(file)["health-contact-2"].owed == "Ask the GP or nurse for the answer"
    file = case_of(report(MONDAY, "hate", hate=h.RACE))
    file = recorded(file, h.police_referral(MONDAY, "life_at_risk"), by=SUPERVISOR)
    assert "police-withdrawal" not in owed(file)
    later = owed(recorded(file, h.police_not_wanted(MONDAY + DAY)))
    assert "police-withdrawal" in later, "they hear of a no all the same, and are asked on"
    assert "police-referral-2" in later


def test_a_refusal_about_the_gp_ends_the_wait_for_the_gp_of_whoever_said_it_and_nothing_else() -> None:
    agreed, asked = (one.model_copy(update={"person": "witness-1"}) for one in (YES, ASKED))
    file = recorded(case_of(report(MONDAY)), h.taken_on(MONDAY, "witness-1", Part.WITNESS), agreed, asked)
    file = recorded(file, PromiseMade(at=MONDAY, words="We will ring."))
    assert recorded(file, NO).matters == file.matters
    theirs = recorded(file, NO.model_copy(update={"person": "witness-1"}))
    assert owed(theirs)["health-contact-4"].owed.startswith("Tell the GP or nurse")


def test_nothing_but_their_word_moves_the_day_on_which_the_gp_is_asked_or_told() -> None:
    again, by_friday = h.incident(MONDAY + 2 * DAY), ASKED.model_copy(update={"by_when": date(2023, 6, 16)})
    for asked, day in ((ASKED, 19), (by_friday, 16)):
        file = recorded(case_of(report(MONDAY)), YES, asked, again)
        assert owed(file)["health-contact-3"].due == london(2023, 6, day, 17)
    answered = HealthContactAnswered(at=MONDAY + 2 * DAY, matter="health-contact-3", words="She is well.")
    file = recorded(file, NO, answered)
    assert owed(file)["health-contact-3"].due == london(2023, 6, 7, 17)
    after_all = recorded(file, YES.model_copy(update={"at": MONDAY + 3 * DAY}))
    assert owed(after_all)["health-contact-3"].due == london(2023, 6, 22, 17)


def test_a_referral_that_is_written_down_late_hides_no_later_one_from_a_withdrawal() -> None:
    file = case_of(report(MONDAY, "violence"), h.police_referral(MONDAY + 3 * DAY))
    said = (h.police_not_wanted(MONDAY + DAY), h.police_agreed(MONDAY + 2 * DAY), TOLD)
    late = recorded(file, *said, h.police_referral(MONDAY), recorded_at=MONDAY + 4 * DAY)
    assert late.police_told.know(late.police.decided_at)
    assert "police-withdrawal" in owed(recorded(late, h.police_not_wanted(MONDAY + 4 * DAY)))


def test_nor_does_an_earlier_decision_change_what_was_decided_last() -> None:
    declined = p.PoliceReferralDeclined(at=MONDAY + 3 * DAY, reasons="She has been to the station herself.")
    file = recorded(case_of(report(MONDAY, "violence")), declined)
    file = recorded(file, h.police_referral(MONDAY + DAY), recorded_at=MONDAY + 4 * DAY)
    assert not file.police_told.know(file.police.decided_at)


def test_what_brings_it_to_its_end_is_named_where_a_case_cannot_close_over_it() -> None:
    file = recorded(case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)), YES, ASKED)
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.closed(MONDAY + DAY, Closing.DEALT_WITH))
    assert refused.value.refusal.missing_facts == ("health_contact_answered", "health_contact_ended")
