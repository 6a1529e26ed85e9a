"""information-sharing, police-with-consent: what was told is recorded as it was; who was told hears of a no."""

from datetime import datetime
from typing import Any, Final

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact, Role
from policy.facts.closing import Closing
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disclosing import AgencyToldOfRefusal, DisclosureRecorded, Gateway
from policy.facts.parts import Part
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.facts.reporting import Reporter
from policy.facts.safety import PartnersConsulted
from policy.refusals import CaseNotReadyToClose, MatterNotOpen, NotOnTheCase
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import HealthContactNeedsConsent, NoGateway
from tests.given import OFFICER, SUPERVISOR, assessed, case_of, london, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.random_safety import health_contact
from tests.policy.test_disclosures import to_the_police
from tests.policy.warned import DAY, MONDAY

COUNCIL: Final = "disclosure-refusal:council"
NEXT_WEEK: Final = MONDAY + 7 * DAY
YES: Final = ConsentGiven(at=MONDAY, purpose=Purpose.REFERRAL, words="Yes, tell them.")
NO_MORE: Final = ConsentWithdrawn(at=MONDAY + DAY, purpose=Purpose.REFERRAL, words="No more.")
HEARD: Final = AgencyToldOfRefusal(at=MONDAY + 2 * DAY, agency="council", words="They know.")


def no(at: datetime = MONDAY, purpose: Purpose = Purpose.REFERRAL, **more: Any) -> ConsentRefused:
    return ConsentRefused.model_validate({"at": at, "purpose": purpose, "words": "No."} | more)


def told(at: datetime = MONDAY, **more: Any) -> DisclosureRecorded:
    what = {"at": at, "to": "council", "about": ("complainant",), "what": "Her address.", "why": "Help."}
    return DisclosureRecorded.model_validate(what | {"gateway": Gateway.CONSENT, "under": "A protocol"} | more)


def case(*facts: CaseFact) -> CaseFile:
    return recorded(case_of(report(MONDAY)), *facts)


# an agency that was told on a consent


def test_an_agency_that_was_told_on_a_consent_hears_that_it_was_taken_back() -> None:
    file = case(YES, told(), NO_MORE)
    deadline = owed(file)[COUNCIL]
    assert (deadline.due, deadline.row) == (london(2023, 6, 7, 17), "information-sharing")
    assert deadline.owed_by is Role.OFFICER
    assert deadline.owed == (
        "Tell this agency (The council) that somebody does not agree to its being told of them: the complainant"
    )
    assert COUNCIL not in owed(recorded(file, HEARD))
    assert COUNCIL not in owed(recorded(file, YES.model_copy(update={"at": MONDAY + 2 * DAY})))
    again = NO_MORE.model_copy(update={"at": MONDAY + 4 * DAY})
    given_and_taken = (YES.model_copy(update={"at": MONDAY + 3 * DAY}), again)
    assert COUNCIL not in owed(recorded(file, HEARD, *given_and_taken)), "nobody has told it otherwise"
    told_again = told(at=MONDAY + 3 * DAY)
    told_on = recorded(file, HEARD, given_and_taken[0], told_again, again)
    assert owed(told_on)[COUNCIL].due == london(2023, 6, 12, 17)


def test_whoever_was_told_on_a_law_or_as_a_supervisor_decided_hears_of_a_no_that_comes_later() -> None:
    assert owed(case(told(gateway=Gateway.PROTOCOL), NO_MORE))[COUNCIL].owed_by is Role.OFFICER
    decided = told(lawful_reason="life_at_risk")
    later = recorded(recorded(case(), decided, by=SUPERVISOR), no(MONDAY + DAY))
    assert owed(later)[COUNCIL].owed_by is Role.OFFICER
    assert COUNCIL not in owed(recorded(recorded(case(no()), decided, by=SUPERVISOR), no(MONDAY + DAY)))
    witness = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
    of_both = told(lawful_reason="life_at_risk", about=("complainant", "witness-1"))
    file = recorded(recorded(case(witness, YES, no(person="witness-1")), of_both, by=SUPERVISOR), NO_MORE)
    assert owed(file)[COUNCIL].owed.endswith(" of them: the complainant"), "who had agreed, and nobody else"


def test_nobody_is_told_to_hear_of_it_who_was_not_told() -> None:
    for file in (case(), case(YES, told())):
        other = HEARD.model_copy(update={"agency": "education"})
        with pytest.raises(MatterNotOpen):
            recorded(file, other)
    with pytest.raises(NotOnTheCase):
        case(YES, told(), NO_MORE, HEARD.model_copy(update={"about": ("witness-4",)}))


def test_no_case_closes_before_it_has_heard() -> None:
    ready = recorded(case(YES, told(), NO_MORE), assessed(MONDAY))
    close = h.closed(MONDAY + 2 * DAY, Closing.UNJUSTIFIED)
    with pytest.raises(CaseNotReadyToClose, match="telling the agencies that were told who does not agree to it"):
        recorded(ready, close)
    assert recorded(ready, HEARD, close).closed_at


# what was told is recorded as it was


def test_what_was_told_while_they_agreed_is_recorded_after_they_do_not() -> None:
    late = recorded(case(YES, NO_MORE), told(MONDAY), recorded_at=NEXT_WEEK)
    assert owed(late)[COUNCIL].owed_by is Role.OFFICER
    with pytest.raises(NoGateway):
        case(YES, NO_MORE, told(MONDAY + DAY))
    group = recorded(case(no(MONDAY + DAY)), g.called(members=("council",)), recorded_at=NEXT_WEEK)
    assert "group-refusal:group-3" in owed(group)


def test_what_was_told_against_somebody_s_word_is_recorded_and_is_a_supervisor_s_to_see_to() -> None:
    for gateway in Gateway:
        with pytest.raises(NoGateway):
            case(no(), told(MONDAY + DAY, gateway=gateway))
        file = case(no(), told(MONDAY + DAY, gateway=gateway, already_told=True))
        assert (owed(file)[COUNCIL].owed_by, owed(file)[COUNCIL].due) == (
            Role.SUPERVISOR,
            london(2023, 6, 7, 17),
        )
        with pytest.raises(NoGateway, match="Only a supervisor may put right"):
            recorded(file, HEARD)
        assert COUNCIL not in owed(recorded(file, HEARD, by=SUPERVISOR))
    unasked = case(told(MONDAY + DAY, already_told=True))
    assert owed(unasked)[COUNCIL].owed_by is Role.SUPERVISOR
    assert COUNCIL not in owed(recorded(unasked, YES)), "they were asked"
    with pytest.raises(NoGateway, match="which protocol"):
        case(told(gateway=Gateway.PROTOCOL, under=None, already_told=True))
    to_police = case(no(purpose=Purpose.POLICE), told(to="police", already_told=True))
    assert "police-withdrawal" in owed(to_police)


def test_whoever_is_spoken_of_in_a_group_on_a_consent_that_nobody_asked_for_is_a_supervisor_s_to_see_to() -> None:
    witness = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
    file = case(witness, YES, g.called(members=("council",), gateway=Gateway.CONSENT))
    met = recorded(file, g.held(NEXT_WEEK, "group-4", came=("council",), about=("witness-1",)))
    deadline = owed(met)["group-refusal:group-4"]
    assert (deadline.owed_by, deadline.owed.endswith(": witness 1")) == (Role.SUPERVISOR, True)
    asked = ConsentGiven(at=NEXT_WEEK, purpose=Purpose.REFERRAL, person="witness-1", words="Yes.")
    assert "group-refusal:group-4" not in owed(recorded(met, asked))


def test_what_allows_a_group_s_next_meeting_does_not_judge_those_before_it() -> None:
    file = case(g.called(members=("council",)), g.held(MONDAY + DAY, "group-2", came=("council",)), YES)
    key = "group-refusal:group-2"
    on_consent = recorded(file, g.arranged(NEXT_WEEK, "group-2", gateway=Gateway.CONSENT, none_agreed=True))
    assert key not in owed(on_consent)
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    about = ("complainant", "perpetrator-1")
    by_law = case(he, YES, g.called(members=("council",), about=about))
    now = g.arranged(NEXT_WEEK, "group-4", gateway=Gateway.CONSENT, about=("complainant",))
    assert "group-refusal:group-4" not in owed(recorded(by_law, now)), "he was told of under the Act"


def test_a_decision_is_none_over_a_no_that_nobody_had_heard_yet() -> None:
    decided = g.called(MONDAY + DAY, members=("council",), lawful_reason="life_at_risk")
    file = recorded(case(), decided, by=SUPERVISOR)
    heard_before = recorded(recorded(case(no()), decided, by=SUPERVISOR), no(MONDAY + DAY))
    assert "group-refusal:group-2" not in owed(heard_before)
    heard_after = recorded(file, no(MONDAY), recorded_at=MONDAY + 2 * DAY)
    assert "group-refusal:group-2" in owed(heard_after)
    with pytest.raises(NoGateway):
        recorded(heard_after, g.arranged(NEXT_WEEK, "group-2"))


def test_a_victim_who_is_found_keeps_what_was_decided_and_heard_about_them() -> None:
    file = case_of(report(MONDAY, reporter=Reporter.WITNESS))
    decided = g.called(
        members=("council",), about=("victim",), gateway=Gateway.CONSENT, lawful_reason="life_at_risk"
    )
    file = recorded(file, decided, by=SUPERVISOR)
    told_too = told(about=("victim",), already_told=True)
    heard = HEARD.model_copy(update={"at": MONDAY, "about": ("victim",)})
    file = recorded(recorded(file, told_too), heard, by=SUPERVISOR)
    found = recorded(file, h.taken_on(MONDAY, "victim-1", Part.VICTIM))
    group = found.groups["group-2"]
    assert [one.about for one in group.decided] == [("victim-1",)]
    council = found.informed["council"]
    assert ([one.about for one in council.told], list(council.heard)) == (
        [("victim-1",)],
        ["victim-1", "police:victim-1"],
    )
    assert COUNCIL not in owed(found)


# the police, and partners


@pytest.mark.parametrize("number", range(3))
def test_in_whatever_way_the_police_were_told_they_hear_of_a_later_no(number: int) -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    later = no(MONDAY + DAY, Purpose.POLICE)
    file = recorded(case(he, h.effect(MONDAY)), to_the_police()[number])
    assert owed(recorded(file, later))["police-withdrawal"].due == london(2023, 6, 7, 17)
    decided = to_the_police(lawful_reason="life_at_risk")[number]
    reason = recorded(case(he, h.effect(MONDAY)), decided, by=SUPERVISOR)
    assert "police-withdrawal" not in owed(reason)
    assert owed(recorded(reason, later))["police-withdrawal"].due == london(2023, 6, 7, 17)
    elsewhere = [
        fact.model_copy(update={"asked_of": "council"})
        if isinstance(fact, PowerAsked | ClosureAsked)
        else fact.model_copy(update={"partners": ("council",)})
        for fact in to_the_police()
    ]
    council = recorded(case(he, h.effect(MONDAY)), elsewhere[number])
    assert "police-withdrawal" not in owed(recorded(council, later))


def test_partners_are_not_told_of_whoever_wants_nobody_told() -> None:
    def consulted(*partners: str, **more: Any) -> PartnersConsulted:
        return PartnersConsulted(at=MONDAY, partners=partners, words="At the panel.", **more)

    file = case(no())
    for partner in ("council", "social_services", "health", "fire_service", "probation"):
        with pytest.raises(NoGateway, match="The complainant said no to this"):
            recorded(file, consulted(partner))
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    assert recorded(file, he, consulted("council", about=("perpetrator-1",))).partners_consulted_at
    assert recorded(file, consulted("council", about=())).partners_consulted_at, "nobody was named"
    with pytest.raises(NoGateway, match="Only a supervisor"):
        recorded(file, consulted("council", lawful_reason="life_at_risk"), by=OFFICER)
    assert recorded(file, consulted("council", lawful_reason="life_at_risk"), by=SUPERVISOR)
    not_to_them = case(no(agency="probation"))
    assert recorded(not_to_them, consulted("council"))
    with pytest.raises(NoGateway, match="Probation"):
        recorded(not_to_them, consulted("council", "probation"))
    with pytest.raises(NotOnTheCase):
        recorded(file, consulted("council", about=("witness-4",)))


def test_whoever_wants_no_agency_told_is_asked_before_the_police_or_a_gp_is() -> None:
    with pytest.raises(NoConsentForPolice, match=r"no agency is to be told\. Ask them about the police"):
        case(no(), h.police_referral(MONDAY))
    asked = ConsentGiven(at=MONDAY + DAY, purpose=Purpose.POLICE, words="The police, yes.")
    assert case(no(), asked, h.police_referral(MONDAY + DAY))
    with pytest.raises(NoConsentForPolice, match="no agency is to be told"):
        case(asked.model_copy(update={"at": MONDAY}), no(MONDAY + DAY), h.police_referral(MONDAY + DAY))
    gp = health_contact(MONDAY + DAY, 0)
    agrees = ConsentGiven(at=MONDAY, purpose=Purpose.HEALTH, words="Ask her.")
    assert case(agrees, gp)
    with pytest.raises(HealthContactNeedsConsent):
        case(agrees, no(MONDAY + DAY), gp)
    assert case(no(), agrees.model_copy(update={"at": MONDAY + DAY}), gp)
