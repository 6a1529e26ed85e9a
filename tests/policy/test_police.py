"""police-with-consent, refer-criminal-to-police, community-remedy."""

from datetime import date, datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.consents import said_last
from policy.deadlines import deadlines
from policy.facts import CaseFact, remedies
from policy.facts import policing as p
from policy.facts.base import Fact
from policy.facts.closing import Closing
from policy.facts.consent import ConsentAsked, ConsentGiven, ConsentWithdrawn, Purpose
from policy.facts.parts import Leaving
from policy.facts.people import Person
from policy.facts.promising import WaitBegun, WaitingFor
from policy.facts.reporting import HatePerception, Perceiver, Reporter, Strand
from policy.facts.wishing import ComplaintWithdrawn, ContactDeclined, ContactWanted
from policy.refusals import CaseNotReadyToClose
from policy.refusals.conduct import NoConsentForPolice
from tests.given import EDITION, OFFICER, SUPERVISOR, assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded, set_aside

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
HATE_CRIME = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.VICTIM, offence_alleged=True)


def ordinary() -> CaseFile:
    return case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))


def hate_crime() -> CaseFile:
    return case_of(report(MONDAY, "hate", hate=HATE_CRIME, police_advised=True))


def alleged(at: datetime) -> p.CrimeAlleged:
    return p.CrimeAlleged(at=at, words="He took her bicycle.")


# police-with-consent


@pytest.mark.parametrize(
    "file",
    [
        hate_crime(),
        case_of(report(MONDAY, "hate")),
        case_of(report(MONDAY, "violence")),
        recorded(ordinary(), alleged(MONDAY)),
    ],
    ids=["hate crime", "hate incident", "violence", "crime alleged"],
)
def test_the_victim_of_hate_and_of_an_alleged_crime_is_asked_about_the_police(file: CaseFile) -> None:
    assert owed(file)["police-consent"].due == london(2023, 6, 6, 17)
    assert "police-consent" not in owed(recorded(file, h.police_agreed(MONDAY)))
    assert "police-consent" not in owed(recorded(file, h.police_not_wanted(MONDAY)))


def test_an_ordinary_case_asks_nobody_about_the_police() -> None:
    assert not {"police-consent", "police-referral"} & set(owed(ordinary()))


def test_a_victim_who_has_not_answered_is_asked_again() -> None:
    asked = ConsentAsked(at=MONDAY + DAY, purpose=Purpose.POLICE, person="complainant", words="She will think.")
    again = owed(recorded(hate_crime(), asked))["police-consent"]
    assert again.due == london(2023, 6, 13, 17)
    assert again.owed == "Ask the victim again whether they want the police involved"


def test_asking_about_something_else_is_not_asking_about_the_police() -> None:
    other = ConsentGiven(at=MONDAY, purpose=Purpose.REFERRAL, person="complainant", words="Yes.")
    assert "police-consent" in owed(recorded(hate_crime(), other))


def test_a_victim_who_cannot_be_reached_is_not_asked_and_that_is_said() -> None:
    file = case_of(report(MONDAY, "hate", complainant=Person()))
    assert "police-consent" not in owed(file)
    assert "no address" in set_aside(file)["police-consent"]


def test_hate_is_not_referred_to_the_police_without_the_victim_s_consent() -> None:
    for file in (hate_crime(), recorded(hate_crime(), h.police_not_wanted(MONDAY))):
        with pytest.raises(NoConsentForPolice) as refused:
            recorded(file, h.police_referral(MONDAY))
        assert refused.value.refusal.missing == ("victim's consent",)
    assert recorded(hate_crime(), h.police_agreed(MONDAY), h.police_referral(MONDAY))


@pytest.mark.parametrize("crime", [case_of(report(MONDAY, "violence")), recorded(ordinary(), alleged(MONDAY))])
def test_a_victim_s_refusal_binds_us_also_where_no_hate_was_told(crime: CaseFile) -> None:
    withdrawn = ConsentWithdrawn(at=MONDAY, purpose=Purpose.POLICE, words="No.")
    for file in (
        recorded(crime, h.police_not_wanted(MONDAY)),
        recorded(crime, h.police_agreed(MONDAY), withdrawn),
    ):
        with pytest.raises(NoConsentForPolice, match="does not want the police told"):
            recorded(file, h.police_referral(MONDAY))
        assert recorded(file, h.police_referral(MONDAY, "life_at_risk"), by=SUPERVISOR)
    assert recorded(crime, h.police_referral(MONDAY))


def test_consent_can_be_taken_back_and_its_history_is_kept() -> None:
    withdrawn = ConsentWithdrawn(at=MONDAY + DAY, purpose=Purpose.POLICE, person="complainant", words="No.")
    file = recorded(hate_crime(), h.police_agreed(MONDAY), withdrawn)
    assert said_last(file) == {"police:complainant": False}
    with pytest.raises(NoConsentForPolice):
        recorded(file, h.police_referral(MONDAY + DAY))
    assert "police-referral" not in owed(file)


def test_the_newest_answer_holds_also_when_an_earlier_one_is_written_down_after_it() -> None:
    file = recorded(hate_crime(), h.police_not_wanted(MONDAY + DAY))
    late = recorded(file, h.police_agreed(MONDAY), recorded_at=MONDAY + 2 * DAY)
    assert said_last(late) == {"police:complainant": False}


def test_a_lawful_reason_is_a_supervisor_s_also_where_nobody_has_said_no() -> None:
    with pytest.raises(NoConsentForPolice, match="Only a supervisor"):
        recorded(case_of(report(MONDAY, "violence")), h.police_referral(MONDAY, "life_at_risk"))


def test_without_consent_a_supervisor_names_a_lawful_reason() -> None:
    with pytest.raises(NoConsentForPolice, match="Only a supervisor"):
        recorded(hate_crime(), h.police_referral(MONDAY, "life_at_risk"), by=OFFICER)
    with pytest.raises(NoConsentForPolice, match="Not a lawful reason: curiosity"):
        recorded(hate_crime(), h.police_referral(MONDAY, "curiosity"), by=SUPERVISOR)
    assert "police-referral" not in owed(
        recorded(hate_crime(), h.police_referral(MONDAY, "life_at_risk"), by=SUPERVISOR)
    )


# refer-criminal-to-police


def test_an_alleged_crime_is_referred_or_it_is_said_why_not() -> None:
    file = recorded(ordinary(), alleged(MONDAY + DAY))
    assert owed(file)["police-referral"].due == london(2023, 6, 8, 17)
    declined = p.PoliceReferralDeclined(at=MONDAY + DAY, reasons="She has been to the station herself.")
    for decision in (h.police_referral(MONDAY + DAY), declined):
        assert "police-referral" not in owed(recorded(file, decision))


def test_a_further_crime_is_decided_on_again_and_the_same_one_is_not() -> None:
    file = recorded(ordinary(), alleged(MONDAY), h.police_referral(MONDAY + DAY))
    assert owed(recorded(file, alleged(MONDAY + 7 * DAY)))["police-referral"].due == london(2023, 6, 14, 17)
    assert "police-referral" not in owed(recorded(file, alleged(MONDAY)))


@pytest.mark.parametrize(
    "further",
    [
        h.incident(MONDAY + 3 * DAY, "violence"),
        h.incident(MONDAY + 3 * DAY, "graffiti", hate=HATE_CRIME),
        h.hate(MONDAY + 3 * DAY, HATE_CRIME),
        h.report_joined(MONDAY + 3 * DAY, ("violence",)),
        h.report_joined(MONDAY + 3 * DAY).model_copy(update={"crime_alleged": True}),
        h.report_joined(MONDAY + 3 * DAY, hate=HATE_CRIME),
    ],
    ids=["violence", "hate", "hate told late", "of another case", "said on another case", "hate on another"],
)
def test_a_further_report_of_a_crime_is_decided_on_again(further: Fact) -> None:
    agreed = h.police_agreed(MONDAY)
    file = recorded(case_of(report(MONDAY, "violence")), agreed, h.police_referral(MONDAY + DAY))
    assert "police-referral" not in owed(recorded(file, h.incident(MONDAY + 3 * DAY, "noise")))
    again = recorded(file, further, recorded_at=MONDAY + 3 * DAY)
    assert owed(again)["police-referral"].due == london(2023, 6, 12, 17)


def test_a_crime_that_was_written_down_after_the_decision_is_decided_on_from_when_we_learnt_of_it() -> None:
    agreed = h.police_agreed(MONDAY)
    file = recorded(case_of(report(MONDAY, "violence")), agreed, h.police_referral(MONDAY + 2 * DAY))
    for at in (MONDAY, MONDAY + DAY):
        late = recorded(file, h.incident(at, "violence"), recorded_at=MONDAY + 3 * DAY)
        assert owed(late)["police-referral"].due == london(2023, 6, 12, 17)
    known = recorded(file, h.incident(MONDAY + DAY, "violence"), recorded_at=MONDAY + DAY)
    assert "police-referral" not in owed(known)


def test_a_hate_crime_is_referred_from_when_the_victim_agrees() -> None:
    assert "police-referral" not in owed(hate_crime())
    agreed = recorded(hate_crime(), h.police_agreed(MONDAY + 3 * DAY))
    assert owed(agreed)["police-referral"].due == london(2023, 6, 12, 17)
    assert "police-referral" not in owed(recorded(hate_crime(), h.police_not_wanted(MONDAY)))


@pytest.mark.parametrize(
    "file",
    [
        case_of(report(MONDAY, "violence", hate=HATE_CRIME, complainant=None, reporter=Reporter.ANONYMOUS)),
        case_of(report(MONDAY, "violence", hate=HATE_CRIME, reporter=Reporter.WITNESS)),
        recorded(hate_crime(), ContactDeclined(at=MONDAY, words="Leave me be.")),
        recorded(hate_crime(), ComplaintWithdrawn(at=MONDAY, words="Enough.")),
        recorded(
            case_of(report(MONDAY, "violence", hate=HATE_CRIME, reporter=Reporter.WITNESS)),
            h.left(MONDAY, "victim", Leaving.NOT_FOUND),
        ),
    ],
    ids=["anonymous", "not named", "wants no contact", "withdrew", "not found"],
)
def test_a_hate_crime_whose_victim_cannot_be_asked_is_decided_on_all_the_same(file: CaseFile) -> None:
    assert owed(file)["police-referral"].due == london(2023, 6, 7, 17)
    with pytest.raises(NoConsentForPolice):
        recorded(file, h.police_referral(MONDAY))
    declined = p.PoliceReferralDeclined(at=MONDAY, reasons="Nobody can be asked, and nobody is in danger.")
    assert "police-referral" not in owed(recorded(file, declined))


def test_a_victim_of_hate_who_can_be_asked_after_all_is_asked_before_it_is_referred() -> None:
    file = recorded(hate_crime(), ContactDeclined(at=MONDAY, words="Leave me be."))
    again = recorded(file, ContactWanted(at=MONDAY + DAY, words="Ring me."))
    assert "police-consent" in owed(again)
    assert "police-referral" not in owed(again)


def test_a_referral_is_chased_until_the_police_have_answered() -> None:
    file = recorded(ordinary(), alleged(MONDAY), h.police_referral(MONDAY))
    assert owed(file)["police-referral-5"].due == london(2023, 6, 12, 17)
    chased = p.PoliceReferralChased(at=MONDAY + 4 * DAY, matter="police-referral-5", words="Rang.")
    assert owed(recorded(file, chased))["police-referral-5"].due == london(2023, 6, 16, 17)
    got = p.PoliceReferralAcknowledged(
        at=MONDAY + 4 * DAY, matter="police-referral-5", words="Got it.", by_when=date(2023, 7, 3)
    )
    file = recorded(file, got)
    assert owed(file)["police-referral-5"].due == london(2023, 7, 3, 17)
    answered = p.PoliceReferralAnswered(at=MONDAY + 9 * DAY, matter="police-referral-5", words="Charged.")
    file = recorded(file, answered)
    assert "police-referral-5" not in owed(file)
    assert file.closed_at is None


def test_waiting_for_the_police_pauses_nothing_of_ours() -> None:
    before = recorded(hate_crime(), h.police_agreed(MONDAY))
    waiting = recorded(
        before,
        h.police_referral(MONDAY),
        WaitBegun(at=MONDAY, waiting_for=WaitingFor.POLICE, words="Statement.", by_when=date(2023, 7, 3)),
    )
    ours = {d.key: d.due for d in deadlines(before, EDITION) if d.key != "police-referral"}
    assert {d.key: d.due for d in deadlines(waiting, EDITION) if d.key in ours} == ours
    assert len(ours) >= 4


@pytest.mark.parametrize("closing", [closing for closing in Closing if closing is not Closing.JOINED])
def test_having_told_the_police_closes_no_case(closing: Closing) -> None:
    file = recorded(ordinary(), alleged(MONDAY), h.police_agreed(MONDAY), h.police_referral(MONDAY))
    for attempt in (h.proposal(MONDAY + DAY), h.closed(MONDAY + DAY, closing)):
        with pytest.raises(CaseNotReadyToClose) as refused:
            recorded(file, attempt)
        assert "referral to the police" in refused.value.refusal.missing


def test_an_alleged_crime_is_not_dropped_by_closing_at_once() -> None:
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(ordinary(), alleged(MONDAY), h.closed(MONDAY + DAY, Closing.DEALT_WITH))
    assert refused.value.refusal.missing == (
        "asking the victim about the police",
        "referral to the police, or why not",
    )


@pytest.mark.parametrize(
    "told",
    [h.hate(MONDAY + DAY), h.police_agreed(MONDAY + DAY), alleged(MONDAY)],
    ids=["hate and no crime", "a yes that was not needed", "what was told at once"],
)
def test_what_tells_of_no_further_crime_is_not_decided_on_again(told: CaseFact) -> None:
    declined = p.PoliceReferralDeclined(at=MONDAY, reasons="She has been to the station herself.")
    file = recorded(case_of(report(MONDAY, "violence")), declined, told)
    assert file.police.decided_at == MONDAY
    assert "police-referral" not in owed(file)


# community-remedy


def test_the_victim_s_wishes_are_asked_and_passed_on() -> None:
    file = recorded(ordinary(), remedies.RemedyWishesAsked(at=MONDAY, words="What should happen?"))
    assert owed(file)["remedy-4"].owed == "Learn what the victim wishes"
    file = recorded(file, remedies.RemedyWishesTold(at=MONDAY + DAY, matter="remedy-4", words="An apology."))
    passing_on = owed(file)["remedy-4"]
    assert (passing_on.owed, passing_on.due) == ("Pass the victim's wishes on", london(2023, 6, 13, 17))
    given = remedies.RemedyWishesGiven(at=MONDAY + 2 * DAY, matter="remedy-4", words="To the officer.")
    assert "remedy-4" not in owed(recorded(file, given))


def test_nobody_has_to_wish_for_a_remedy() -> None:
    file = recorded(ordinary(), remedies.RemedyWishesAsked(at=MONDAY, words="What should happen?"))
    left = remedies.RemedyWishesLeft(at=MONDAY + DAY, matter="remedy-4", words="She would rather not say.")
    assert "remedy-4" not in owed(recorded(file, left))
