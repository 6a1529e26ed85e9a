"""mediation: offered to each side, referred when both agree, brought to its end."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts import mediating as m
from policy.facts.assessing import Exclusion
from policy.facts.closing import Closing
from policy.facts.needs import DomesticAbuseRecognised, SafeContact
from policy.facts.people import Means
from policy.facts.wishing import ComplaintWithdrawn
from policy.refusals import CaseIsClosed, CaseNotReadyToClose, MatterNotOpen
from policy.refusals.conduct import MediationDoesNotFit, MediationNotAgreed
from tests.given import assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def handled() -> CaseFile:
    return case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))


def offered(side: m.Side) -> m.MediationOffered:
    return m.MediationOffered(at=MONDAY, side=side, words="Would you sit down together?")


REFERRED = m.MediationReferred(at=MONDAY, words="To the mediators.")


def test_mediation_is_offered_to_each_side_and_an_answer_is_owed() -> None:
    file = recorded(handled(), offered(m.Side.COMPLAINANT), offered(m.Side.PERPETRATOR))
    assert owed(file)["mediation-offer-4"].due == owed(file)["mediation-offer-5"].due == london(2023, 6, 19, 17)
    agreed = m.MediationAgreed(at=MONDAY, matter="mediation-offer-5", words="Yes.")
    assert "mediation-offer-5" not in owed(recorded(file, agreed))
    assert "mediation-offer-4" in owed(recorded(file, agreed))


def test_mediation_is_referred_only_when_both_sides_have_agreed() -> None:
    with pytest.raises(MediationNotAgreed) as refused:
        recorded(handled(), REFERRED)
    assert refused.value.refusal.missing == (
        "agreement of the complainant",
        "agreement of the person complained about",
    )
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4)[:3])
    no = m.MediationDeclined(at=MONDAY, matter="mediation-offer-6", words="No.")
    with pytest.raises(MediationNotAgreed) as refused:
        recorded(file, no, REFERRED)
    assert refused.value.refusal.missing == ("agreement of the person complained about",)
    assert "The person complained about said no." in str(refused.value)


def test_who_declined_may_be_asked_again_and_the_last_answer_counts() -> None:
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4)[:4], offered(m.Side.COMPLAINANT))
    with pytest.raises(MediationNotAgreed):
        recorded(file, REFERRED)
    agreed = m.MediationAgreed(at=MONDAY, matter="mediation-offer-8", words="Yes.")
    assert "mediation-10" in owed(recorded(file, agreed, REFERRED))


def test_a_referral_is_asked_after_until_it_ends() -> None:
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4))
    assert owed(file)["mediation-8"].due == london(2023, 7, 3, 17)
    asked = m.MediatorAsked(at=MONDAY + 7 * DAY, matter="mediation-8", words="They have met once.")
    assert owed(recorded(file, asked))["mediation-8"].due == london(2023, 7, 10, 17)
    ended = m.MediationEnded(
        at=MONDAY + 7 * DAY, matter="mediation-8", outcome=m.MediationOutcome.SETTLED, words="Quiet after ten."
    )
    assert "mediation-8" not in owed(recorded(file, ended))


@pytest.mark.parametrize("category", ["hate", "violence"])
def test_nobody_sits_down_with_somebody_whose_violence_or_hatred_they_fear(category: str) -> None:
    file = case_of(report(MONDAY, category))
    with pytest.raises(MediationDoesNotFit):
        recorded(file, offered(m.Side.COMPLAINANT))
    later = recorded(handled(), *h.referred_to_mediation(MONDAY, 4)[:4], h.hate(MONDAY))
    with pytest.raises(MediationDoesNotFit):
        recorded(later, REFERRED)


def test_somebody_who_is_abused_is_not_sat_down_with_whoever_abuses_them() -> None:
    abused = DomesticAbuseRecognised(at=MONDAY, words="He reads her post.")
    with pytest.raises(MediationDoesNotFit):
        recorded(handled(), abused, offered(m.Side.COMPLAINANT))
    with pytest.raises(MediationDoesNotFit):
        recorded(handled(), *h.referred_to_mediation(MONDAY, 4)[:4], abused, REFERRED)


def test_a_case_closes_as_referred_to_mediation_only_when_it_was() -> None:
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(handled(), h.closed(MONDAY + DAY, Closing.MEDIATION))
    assert refused.value.refusal.missing == ("referral to mediation",)
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4), h.closed(MONDAY + DAY, Closing.MEDIATION))
    assert file.closed_at is not None


def test_what_is_not_usually_asb_closes_as_mediation_once_the_advice_has_gone() -> None:
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY, exclusion=Exclusion.LIFESTYLES))
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.closed(MONDAY + DAY, Closing.MEDIATION))
    assert refused.value.refusal.missing == ("advice letter sent",)
    (key,) = [key for key in file.letters if key.startswith("not-usually-asb")]
    assert recorded(file, h.sent(MONDAY, key), h.closed(MONDAY + DAY, Closing.MEDIATION)).closed_at is not None


def test_mediation_goes_on_after_the_case_has_closed_and_its_outcome_is_learnt() -> None:
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4), h.closed(MONDAY + DAY, Closing.MEDIATION))
    assert "mediation-8" in owed(file)
    with pytest.raises(CaseIsClosed):
        recorded(file, contact(MONDAY + DAY))
    ended = m.MediationEnded(
        at=MONDAY + 7 * DAY, matter="mediation-8", outcome=m.MediationOutcome.NOT_BEGUN, words="He stayed away."
    )
    assert not recorded(file, ended).matters


SAFE = SafeContact(means=(Means.PHONE,))


@pytest.mark.parametrize(
    "told",
    [
        DomesticAbuseRecognised(at=MONDAY + DAY, safe_contact=SAFE, words="He watches her post."),
        h.hate(MONDAY + DAY),
        h.incident(MONDAY + DAY, "violence"),
        assessed(MONDAY + DAY, serious=True),
    ],
    ids=["domestic abuse", "hate", "violence", "serious"],
)
def test_a_mediation_that_does_not_fit_any_more_is_stopped(told: CaseFact) -> None:
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4))
    assert "mediation-stop:mediation-8" not in owed(file)
    feared = recorded(file, told)
    assert owed(feared)["mediation-stop:mediation-8"].due == london(2023, 6, 6, 13)
    asked = m.MediatorAsked(at=MONDAY + DAY, matter="mediation-8", words="They meet next week.")
    assert owed(recorded(feared, asked))["mediation-stop:mediation-8"].due == london(2023, 6, 6, 13)
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(feared, h.proposal(MONDAY + DAY))
    assert "an end to the mediation, where they would have to fear the other side" in refused.value.refusal.missing
    ended = m.MediationEnded(
        at=MONDAY + DAY, matter="mediation-8", outcome=m.MediationOutcome.STOPPED, words="They know."
    )
    assert not [key for key in owed(recorded(feared, ended)) if key.startswith("mediation")]


def test_a_serious_case_is_not_mediated() -> None:
    file = recorded(case_of(report(MONDAY), assessed(MONDAY, serious=True)))
    with pytest.raises(MediationDoesNotFit):
        recorded(file, offered(m.Side.COMPLAINANT))


@pytest.mark.parametrize("outcome", list(m.MediationOutcome))
def test_only_a_mediation_that_goes_on_or_settled_it_closes_the_case_as_mediated(
    outcome: m.MediationOutcome,
) -> None:
    ended = m.MediationEnded(at=MONDAY, matter="mediation-8", outcome=outcome, words="As told.")
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4), ended)
    if outcome in {m.MediationOutcome.SETTLED, m.MediationOutcome.PARTLY_SETTLED}:
        assert recorded(file, h.closed(MONDAY + DAY, Closing.MEDIATION)).closed_at is not None
        return
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.closed(MONDAY + DAY, Closing.MEDIATION))
    assert refused.value.refusal.missing == ("referral to mediation",)
    with pytest.raises(MediationNotAgreed):
        recorded(file, REFERRED)


ABUSED = DomesticAbuseRecognised(at=MONDAY + DAY, safe_contact=SAFE, words="He watches her post.")
HOUR = timedelta(hours=1)


def test_an_offer_that_does_not_fit_any_more_is_taken_back_by_us_and_nobody_agrees_to_it() -> None:
    file = recorded(handled(), offered(m.Side.COMPLAINANT), ABUSED)
    assert owed(file)["mediation-stop:mediation-offer-4"].due == london(2023, 6, 6, 13)
    with pytest.raises(MediationDoesNotFit):
        recorded(file, m.MediationAgreed(at=MONDAY + 2 * DAY, matter="mediation-offer-4", words="Yes."))
    back = m.MediationEnded(
        at=MONDAY + DAY, matter="mediation-offer-4", outcome=m.MediationOutcome.NOT_BEGUN, words="Not here."
    )
    assert not [key for key in owed(recorded(file, back)) if key.startswith("mediation")]
    assert not recorded(file, back).mediation


def test_a_mediation_that_began_before_it_did_not_fit_is_taken_and_stopped() -> None:
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4)[:4], ABUSED)
    made = recorded(file, REFERRED, recorded_at=MONDAY + DAY + HOUR)
    assert owed(made)["mediation-stop:mediation-9"].due == london(2023, 6, 6, 13)
    with pytest.raises(MediationDoesNotFit):
        recorded(file, REFERRED.model_copy(update={"at": MONDAY + DAY}))


def test_who_agreed_to_mediation_may_change_their_mind_until_it_is_referred() -> None:
    agreed = recorded(handled(), *h.referred_to_mediation(MONDAY, 4)[:4])
    no = m.MediationDeclined(at=MONDAY + DAY, matter="mediation-offer-4", words="I have thought again.")
    with pytest.raises(MediationNotAgreed) as refused:
        recorded(agreed, no, REFERRED.model_copy(update={"at": MONDAY + DAY}))
    assert refused.value.refusal.missing == ("agreement of the complainant",)
    with pytest.raises(MatterNotOpen):
        recorded(agreed, REFERRED, no)


def test_who_withdraws_the_complaint_is_not_referred_to_mediation() -> None:
    agreed = recorded(handled(), *h.referred_to_mediation(MONDAY, 4)[:4])
    withdrew = recorded(agreed, ComplaintWithdrawn(at=MONDAY + DAY, words="Leave it."))
    with pytest.raises(MediationNotAgreed, match="The complainant said no"):
        recorded(withdrew, REFERRED.model_copy(update={"at": MONDAY + 2 * DAY}))
    assert recorded(withdrew, REFERRED, recorded_at=MONDAY + 2 * DAY)


@pytest.mark.parametrize("first", ["settled", "incident"])
def test_what_happens_again_after_a_settlement_is_not_closed_as_mediated(first: str) -> None:
    settled = m.MediationEnded(
        at=MONDAY + DAY, matter="mediation-8", outcome=m.MediationOutcome.SETTLED, words="Quiet after ten."
    )
    again = h.incident(MONDAY + 2 * DAY)
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4))
    for fact in (settled, again) if first == "settled" else (again, settled):
        file = recorded(file, fact, recorded_at=MONDAY + 2 * DAY)
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.closed(MONDAY + 2 * DAY, Closing.MEDIATION))
    assert refused.value.refusal.missing == ("referral to mediation",)


def test_what_happened_before_a_settlement_and_was_written_down_after_it_does_not_undo_it() -> None:
    settled = m.MediationEnded(
        at=MONDAY + DAY, matter="mediation-8", outcome=m.MediationOutcome.SETTLED, words="Quiet after ten."
    )
    file = recorded(handled(), *h.referred_to_mediation(MONDAY, 4), settled)
    file = recorded(file, h.incident(MONDAY + HOUR), recorded_at=MONDAY + 2 * DAY)
    assert recorded(file, h.closed(MONDAY + 2 * DAY, Closing.MEDIATION)).closed_at is not None
