"""police-with-consent: whose word counts, and what becomes of it when somebody changes their mind."""

from datetime import datetime, timedelta

import pytest

from policy.across import told_elsewhere
from policy.case_file import CaseFile
from policy.facts import CaseFact, Entry
from policy.facts import policing as p
from policy.facts.closing import Closing
from policy.facts.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.health import HealthContactEnded, HealthContactMade, HealthWorker
from policy.facts.parts import Leaving, Part
from policy.facts.people import Party
from policy.facts.reporting import HatePerception, Perceiver, Reporter, Strand
from policy.facts.wishing import ContactDeclined
from policy.refusals import CaseNotReadyToClose
from policy.refusals.conduct import NoConsentForPolice
from tests.given import OFFICER, SUPERVISOR, assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded, set_aside

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
HATE_CRIME = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.VICTIM, offence_alleged=True)


def ordinary() -> CaseFile:
    return case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))


def hate_crime() -> CaseFile:
    return case_of(report(MONDAY, "hate", hate=HATE_CRIME, police_advised=True))


V = "5f0c4f3e-8f0e-4c8e-9a51-000000000001"


def two_victims() -> CaseFile:
    return recorded(hate_crime(), h.taken_on(MONDAY, "victim-1", Part.VICTIM))


def test_nobody_but_a_victim_agrees_to_the_police_s_being_told() -> None:
    about = case_of(report(MONDAY, "hate", hate=HATE_CRIME, about=Party()))
    by_third_party = case_of(report(MONDAY, "hate", hate=HATE_CRIME, reporter=Reporter.THIRD_PARTY))
    for file, person in ((about, "perpetrator-1"), (by_third_party, "complainant")):
        with pytest.raises(NoConsentForPolice):
            recorded(file, h.police_agreed(MONDAY, person), h.police_referral(MONDAY))


def test_a_victim_who_refuses_weighs_more_than_another_who_agrees() -> None:
    file = recorded(two_victims(), h.police_agreed(MONDAY), h.police_not_wanted(MONDAY, "victim-1"))
    with pytest.raises(NoConsentForPolice):
        recorded(file, h.police_referral(MONDAY))
    assert "police-referral" not in owed(file)
    left = recorded(file, h.left(MONDAY, "victim-1", Leaving.DIED))
    with pytest.raises(NoConsentForPolice):
        recorded(left, h.police_referral(MONDAY))


def test_a_victim_whom_nobody_has_named_is_asked_from_when_they_are() -> None:
    file = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS))
    assert set_aside(file)["police-consent"] == "nobody has said yet who the victim is"
    named = recorded(file, h.identified(MONDAY + 3 * DAY, "victim", V))
    assert owed(named)["police-consent"].due == london(2023, 6, 9, 17)
    assert "police-consent" in owed(recorded(named, h.police_agreed(MONDAY + 3 * DAY)))
    assert "police-consent" not in owed(recorded(named, h.police_agreed(MONDAY + 3 * DAY, "victim")))


def test_a_witness_who_wants_no_contact_keeps_no_victim_from_being_asked() -> None:
    file = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS))
    file = recorded(file, h.identified(MONDAY, "victim", V), ContactDeclined(at=MONDAY, words="Leave me be."))
    assert "police-consent" in owed(file)


def asked(at: datetime, person: str = "complainant") -> ConsentAsked:
    return ConsentAsked(at=at, purpose=Purpose.POLICE, person=person, words="They will think.")


def test_each_victim_is_asked_and_hate_is_not_referred_before_each_has_answered() -> None:
    file = recorded(two_victims(), h.police_agreed(MONDAY))
    assert owed(file)["police-consent"].due == london(2023, 6, 6, 17)
    assert "police-referral" not in owed(file)
    with pytest.raises(NoConsentForPolice, match="Another victim has not answered"):
        recorded(file, h.police_referral(MONDAY))
    assert recorded(file, h.police_referral(MONDAY, "life_at_risk"), by=SUPERVISOR)
    both = recorded(file, h.police_agreed(MONDAY + DAY, "victim-1"))
    assert "police-consent" not in owed(both)
    assert owed(both)["police-referral"].due == london(2023, 6, 8, 17)
    assert recorded(both, h.police_referral(MONDAY + DAY))


def test_a_victim_who_became_known_after_a_referral_does_not_undo_it() -> None:
    file = recorded(hate_crime(), h.police_agreed(MONDAY), h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM))
    assert recorded(file, h.police_referral(MONDAY), recorded_at=MONDAY + DAY)


def test_what_another_case_s_victims_say_is_not_the_answer_of_this_case_s() -> None:
    brought = h.report_joined(MONDAY).model_copy(update={"police_agreed": True})
    assert "police-consent" in owed(recorded(hate_crime(), brought))


def test_a_further_victim_is_asked_from_when_they_are_known_and_not_from_when_we_knew_of_hate() -> None:
    file = recorded(hate_crime(), ContactDeclined(at=MONDAY, words="Leave me be."))
    file = recorded(file, h.taken_on(MONDAY + 14 * DAY, "victim-1", Part.VICTIM))
    assert owed(file)["police-consent"].due == owed(file)["appointment"].due == london(2023, 6, 20, 17)


def test_asking_somebody_else_is_not_asking_the_victim() -> None:
    about = case_of(report(MONDAY, "hate", hate=HATE_CRIME, about=Party()))
    witnessed = recorded(about, h.taken_on(MONDAY, "witness-1", Part.WITNESS))
    for file, person in ((about, "perpetrator-1"), (witnessed, "witness-1"), (two_victims(), "victim-1")):
        still = owed(recorded(file, asked(MONDAY, person)))["police-consent"]
        assert still.due == london(2023, 6, 6, 17)
        assert still.owed == "Ask the victim whether they want the police involved"


NOBODY_TOLD = ConsentRefused(at=MONDAY, purpose=Purpose.REFERRAL, words="Tell nobody.")


@pytest.mark.parametrize("said", [h.police_not_wanted(MONDAY), NOBODY_TOLD], ids=["no police", "nobody told"])
def test_a_refusal_goes_with_the_report_that_joins_another_case(said: ConsentRefused) -> None:
    refused = recorded(hate_crime(), said)
    joined = Entry(id="e", by=OFFICER, recorded_at=MONDAY, fact=h.joined(MONDAY, "CW-2023-000002"))
    (told,) = told_elsewhere(refused, joined)
    other = recorded(case_of(report(MONDAY, "violence")), h.police_agreed(MONDAY), told.fact)
    assert "police-referral" not in owed(other)
    with pytest.raises(NoConsentForPolice):
        recorded(other, h.police_referral(MONDAY))


def test_whoever_wants_no_agency_told_is_asked_about_the_police_as_one_who_said_so() -> None:
    asks = owed(recorded(hate_crime(), NOBODY_TOLD))["police-consent"].owed
    assert asks == "Ask the victim, who wants no agency told, whether they want the police involved"


def test_whoever_says_again_that_no_agency_is_to_be_told_is_asked_again_from_then() -> None:
    answered = recorded(hate_crime(), NOBODY_TOLD, h.police_agreed(MONDAY + DAY))
    assert "police-consent" not in owed(answered)
    again, more = (NOBODY_TOLD.model_copy(update={"at": MONDAY + days * DAY}) for days in (3, 4))
    assert owed(recorded(answered, again, more))["police-consent"].due == london(2023, 6, 9, 17)


# Somebody changes their mind


def withdrawn(at: datetime, purpose: Purpose = Purpose.POLICE, person: str = "complainant") -> ConsentWithdrawn:
    return ConsentWithdrawn(at=at, purpose=purpose, person=person, words="I would rather not.")


DECLINED = p.PoliceReferralDeclined(at=MONDAY, reasons="She does not want it.")


def test_a_victim_who_agrees_after_all_is_heard() -> None:
    file = recorded(hate_crime(), h.police_not_wanted(MONDAY), DECLINED)
    assert "police-referral" not in owed(file)
    agreed = recorded(file, h.police_agreed(MONDAY + 3 * DAY))
    assert owed(agreed)["police-referral"].due == london(2023, 6, 12, 17)
    again = recorded(agreed, h.police_agreed(MONDAY + 4 * DAY))
    assert owed(again)["police-referral"].due == london(2023, 6, 12, 17)
    assert "police-referral" not in owed(recorded(agreed, h.police_referral(MONDAY + 3 * DAY)))


def test_so_is_one_whose_referral_was_taken_back_and_one_whom_the_police_know_of_is_not_referred_twice() -> None:
    file = recorded(hate_crime(), h.police_agreed(MONDAY), h.police_referral(MONDAY))
    (key,) = (key for key in file.matters if key.startswith("police-referral"))
    ended = p.PoliceReferralEnded(at=MONDAY + DAY, matter=key, reasons="She no longer wants it.", taken_back=True)
    changed = withdrawn(MONDAY + DAY), h.police_agreed(MONDAY + 3 * DAY)
    assert "police-referral" in owed(recorded(file, changed[0], ended, changed[1]))
    assert "police-referral" not in owed(recorded(file, *changed))


@pytest.mark.parametrize("before", [(), (h.police_not_wanted(MONDAY),)], ids=["not asked", "said no"])
def test_a_yes_that_was_written_down_after_the_decision_is_heard_from_when_we_learnt_of_it(
    before: tuple[CaseFact, ...],
) -> None:
    file = recorded(hate_crime(), *before, DECLINED.model_copy(update={"at": MONDAY + 2 * DAY}))
    late = recorded(file, h.police_agreed(MONDAY + DAY), recorded_at=MONDAY + 3 * DAY)
    assert owed(late)["police-referral"].due == london(2023, 6, 12, 17)


def test_the_police_are_told_when_the_victim_no_longer_consents() -> None:
    file = recorded(hate_crime(), h.police_agreed(MONDAY), h.police_referral(MONDAY))
    assert "police-withdrawal" not in owed(file)
    changed = recorded(file, withdrawn(MONDAY + DAY))
    assert owed(changed)["police-withdrawal"].due == london(2023, 6, 7, 17)
    assert owed(recorded(changed, withdrawn(MONDAY + 2 * DAY)))["police-withdrawal"].due == london(2023, 6, 7, 17)
    (key,) = (key for key in file.matters if key.startswith("police-referral"))
    for kept in (
        p.PoliceToldOfWithdrawal(at=MONDAY + DAY, words="The sergeant knows."),
        p.PoliceReferralEnded(at=MONDAY + DAY, matter=key, reasons="She no longer wants it.", taken_back=True),
        h.police_agreed(MONDAY + DAY + timedelta(hours=1)),
    ):
        assert "police-withdrawal" not in owed(recorded(changed, kept))


def test_also_when_they_had_answered_and_when_nobody_had_asked_the_victim_yet() -> None:
    file = recorded(case_of(report(MONDAY, "violence")), h.police_referral(MONDAY))
    (key,) = (key for key in file.matters if key.startswith("police-referral"))
    answered = recorded(file, p.PoliceReferralAnswered(at=MONDAY + DAY, matter=key, words="Charged."))
    late = recorded(answered, h.police_not_wanted(MONDAY), recorded_at=MONDAY + 2 * DAY)
    assert "police-withdrawal" in owed(late)


def test_where_a_supervisor_overrode_a_refusal_it_is_not_passed_on_anew() -> None:
    file = recorded(hate_crime(), h.police_not_wanted(MONDAY))
    file = recorded(file, h.police_referral(MONDAY, "life_at_risk"), by=SUPERVISOR)
    assert "police-withdrawal" not in owed(recorded(file, h.police_not_wanted(MONDAY + DAY)))


def test_no_case_closes_before_the_police_have_been_told_of_it() -> None:
    file = recorded(ordinary(), h.police_agreed(MONDAY), h.police_referral(MONDAY))
    (key,) = (key for key in file.matters if key.startswith("police-referral"))
    answered = p.PoliceReferralAnswered(at=MONDAY, matter=key, words="Noted.")
    file = recorded(file, answered, withdrawn(MONDAY))
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.closed(MONDAY, Closing.DEALT_WITH))
    assert refused.value.refusal.missing == ("telling the police who does not want them to know",)


def test_a_gp_who_was_asked_is_told_that_the_person_no_longer_consents() -> None:
    agreed = ConsentGiven(at=MONDAY, purpose=Purpose.HEALTH, words="Yes.")
    asked = HealthContactMade(at=MONDAY, worker=HealthWorker.GP, words="How is she?")
    file = recorded(ordinary(), agreed, asked)
    (key,) = (key for key in file.matters if key.startswith("health-contact"))
    to_ask, to_tell = (
        "Ask the GP or nurse for the answer",
        "Tell the GP or nurse that the person no longer consents",
    )
    assert owed(recorded(file, withdrawn(MONDAY)))[key].owed == to_ask
    changed = recorded(file, withdrawn(MONDAY + DAY, Purpose.HEALTH))
    assert owed(changed)[key].owed.startswith(to_tell)
    assert owed(changed)[key].due == london(2023, 6, 7, 17)
    ended = HealthContactEnded(at=MONDAY + DAY, matter=key, reasons="She no longer wants it.")
    assert key not in owed(recorded(changed, ended))
    at_once = recorded(changed, agreed.model_copy(update={"at": MONDAY + DAY}))
    assert owed(at_once)[key].owed.startswith(to_tell), "of a yes and a no at one moment the no counts"
    again = owed(recorded(changed, agreed.model_copy(update={"at": MONDAY + DAY + timedelta(hours=1)})))[key]
    assert (again.owed, again.due) == (to_ask, london(2023, 6, 20, 17))


def test_the_police_hear_of_no_victim_of_whom_they_were_told_nothing() -> None:
    """They were told before the other case came, and of it alone."""
    refused = recorded(hate_crime(), h.police_not_wanted(MONDAY))
    joined = Entry(id="e", by=OFFICER, recorded_at=MONDAY + 14 * DAY, fact=h.joined(MONDAY, "CW-2023-000002"))
    (told,) = told_elsewhere(refused, joined)
    file = recorded(case_of(report(MONDAY, "violence")), h.police_agreed(MONDAY), h.police_referral(MONDAY))
    file = recorded(file, told.fact, recorded_at=MONDAY + 14 * DAY)
    assert "police-withdrawal" not in owed(file)
    own = recorded(file, h.police_not_wanted(MONDAY + 15 * DAY))
    assert owed(own)["police-withdrawal"].owed.endswith(": the complainant")


def test_the_police_are_told_from_the_first_refusal_of_two() -> None:
    file = recorded(two_victims(), h.police_agreed(MONDAY), h.police_agreed(MONDAY, "victim-1"))
    file = recorded(file, h.police_referral(MONDAY))
    for person, days in (("victim-1", 1), ("complainant", 4)):
        file = recorded(file, h.police_not_wanted(MONDAY + days * DAY, person))
    assert owed(file)["police-withdrawal"].due == london(2023, 6, 7, 17)
    assert "police-withdrawal" not in owed(
        recorded(file, h.police_agreed(MONDAY + 5 * DAY), h.police_agreed(MONDAY + 5 * DAY, "victim-1"))
    )


def test_whoever_was_asked_before_there_was_a_reason_to_is_asked_for_it() -> None:
    file = recorded(case_of(report(MONDAY)), asked(MONDAY), h.incident(MONDAY + DAY, "violence"))
    ask = owed(file)["police-consent"]
    assert (ask.due, ask.owed) == (london(2023, 6, 7, 17), "Ask the victim whether they want the police involved")
    at_once = owed(recorded(case_of(report(MONDAY, "violence")), asked(MONDAY)))["police-consent"]
    assert at_once.owed == "Ask the victim again whether they want the police involved"


def test_hate_was_not_referred_with_consent_while_a_victim_who_then_refused_had_not_answered() -> None:
    file = recorded(two_victims(), h.police_agreed(MONDAY, "victim-1"), h.police_not_wanted(MONDAY + 2 * DAY))
    with pytest.raises(NoConsentForPolice):
        recorded(file, h.police_referral(MONDAY + DAY), recorded_at=MONDAY + 3 * DAY)


def test_a_victim_who_is_not_to_be_asked_is_shown_also_where_another_has_answered() -> None:
    file = recorded(two_victims(), h.police_agreed(MONDAY, "victim-1"))
    declined = ContactDeclined(at=MONDAY + DAY, words="Leave me alone.")
    assert "wants no contact" in set_aside(recorded(file, declined))["police-consent"]


def test_asking_for_something_else_or_earlier_is_not_asking_about_the_police_last() -> None:
    file = recorded(case_of(report(MONDAY, "violence")), asked(MONDAY + 2 * DAY))
    due = owed(file)["police-consent"].due
    earlier = recorded(file, asked(MONDAY), recorded_at=MONDAY + 3 * DAY)
    health = asked(MONDAY + 3 * DAY).model_copy(update={"purpose": Purpose.HEALTH})
    for other in (earlier, recorded(file, health)):
        assert owed(other)["police-consent"].due == due
