"""information-sharing, police-with-consent: nothing that happens around a no loses it."""

from datetime import datetime
from typing import Final

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact, Role
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Leaving, Part
from policy.facts.reporting import HatePerception, Perceiver, Reporter, Strand
from policy.facts.safety import PartnersConsulted
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import NoGateway
from tests.given import SUPERVISOR, case_of, london, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.random_safety import health_contact
from tests.policy.test_referrals_on_a_case import proposed
from tests.policy.test_told_of_a_no import COUNCIL, HEARD, NEXT_WEEK, NO_MORE, YES, case, no, told
from tests.policy.warned import DAY, MONDAY

PERSON: Final = "00000000-0000-4000-8000-000000000001"
WITNESS: Final = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
POLICE_YES: Final = YES.model_copy(update={"purpose": Purpose.POLICE})
LIFE: Final = "life_at_risk"


# who the victim is


@pytest.mark.parametrize("key", ["victim", "victim-1"])
def test_what_was_told_of_the_victim_stays_told_once_somebody_fills_their_place(key: str) -> None:
    unknown = case_of(report(MONDAY, reporter=Reporter.WITNESS))
    about = {"about": ("victim",)}
    file = recorded(unknown, told(MONDAY + DAY, already_told=True, **about))
    file = recorded(
        file, g.called(MONDAY + DAY, members=("council",), **about), no(MONDAY + 2 * DAY, person="victim")
    )
    known = recorded(file, h.taken_on(MONDAY + 3 * DAY, key, Part.VICTIM, person=PERSON))
    assert (owed(known)[COUNCIL].due, owed(known)[COUNCIL].owed_by) == (london(2023, 6, 7, 17), Role.SUPERVISOR)
    assert owed(known)["group-refusal:group-3"].due == owed(file)["group-refusal:group-3"].due


def test_whoever_was_unknown_when_they_were_told_of_is_asked_from_when_they_are_known() -> None:
    unknown = case_of(report(MONDAY, reporter=Reporter.WITNESS))
    agreed = YES.model_copy(update={"person": "victim"})
    file = recorded(unknown, agreed, told(about=("victim",)))
    found = recorded(file, h.taken_on(NEXT_WEEK, "victim-1", Part.VICTIM))
    assert (owed(found)[COUNCIL].due, owed(found)[COUNCIL].owed_by) == (london(2023, 6, 13, 17), Role.OFFICER)


@pytest.mark.parametrize("name", ["witness-1", "victim-1"])
def test_a_second_name_that_was_a_mistake_takes_nothing_with_it_that_they_said(name: str) -> None:
    part = Part(name.partition("-")[0])
    twice = (h.identified(MONDAY, "complainant", PERSON), h.taken_on(MONDAY, name, part, person=PERSON))
    file = case(*twice, no(person=name), no(purpose=Purpose.POLICE, person=name))
    once = recorded(file, h.left(MONDAY + DAY, name, Leaving.BY_MISTAKE))
    with pytest.raises(NoGateway):
        recorded(once, told(MONDAY + 2 * DAY, gateway=Gateway.PROTOCOL))
    with pytest.raises(NoConsentForPolice):
        recorded(once, h.police_referral(MONDAY + 2 * DAY))
    of_them = case(*twice, YES.model_copy(update={"person": name}), told(about=(name,)), NO_MORE)
    gone = recorded(of_them, h.left(MONDAY + 2 * DAY, name, Leaving.BY_MISTAKE))
    assert owed(gone)[COUNCIL].owed.endswith(" of them: the complainant")
    heard = recorded(of_them, HEARD, h.left(MONDAY + 3 * DAY, name, Leaving.BY_MISTAKE))
    assert COUNCIL not in owed(heard)


def test_whoever_fills_the_victim_s_place_is_whom_a_referral_is_about() -> None:
    unknown = case_of(report(MONDAY, reporter=Reporter.WITNESS))
    by_law = proposed(about=("victim",), gateway=Gateway.CRIME_AND_DISORDER_ACT)
    found = recorded(unknown, by_law, h.taken_on(NEXT_WEEK, "victim-1", Part.VICTIM))
    assert [one.about for one in found.referrals.values()] == [("victim-1",)]


def test_of_whoever_was_never_there_no_group_was_told() -> None:
    file = case(
        WITNESS, g.called(members=("council",), about=("witness-1",)), no(MONDAY + DAY, person="witness-1")
    )
    assert "group-refusal:group-3" in owed(file)
    never = recorded(file, h.left(MONDAY + 2 * DAY, "witness-1", Leaving.BY_MISTAKE))
    assert "group-refusal:group-3" not in owed(never)


# what a supervisor decided


def decided_over_the_witness(fact: CaseFact) -> CaseFile:
    """And nobody knew that the complainant had said no, too."""
    file = recorded(case(WITNESS, no(person="witness-1")), fact, by=SUPERVISOR)
    return recorded(file, no(MONDAY), recorded_at=MONDAY + 3 * DAY)


BOTH: Final = {"about": ("complainant", "witness-1"), "lawful_reason": LIFE}


@pytest.mark.parametrize(
    "fact",
    [
        told(MONDAY + DAY, gateway=Gateway.PROTOCOL, **BOTH),
        told(MONDAY + DAY, gateway=Gateway.CONSENT, **BOTH),
        PartnersConsulted(at=MONDAY + DAY, partners=("council",), words="At the panel.", **BOTH),
    ],
    ids=["protocol", "consent", "partners"],
)
def test_a_decision_buries_nobody_over_whose_word_it_was_not_made(fact: CaseFact) -> None:
    deadline = owed(decided_over_the_witness(fact))[COUNCIL]
    assert (deadline.owed_by, deadline.owed.endswith(" of them: the complainant")) == (Role.SUPERVISOR, True)


def test_a_no_said_again_is_the_one_that_a_supervisor_had_decided_over() -> None:
    file = recorded(
        case(no(MONDAY + DAY)), g.called(MONDAY + 2 * DAY, members=("council",), lawful_reason=LIFE), by=SUPERVISOR
    )
    earlier = recorded(file, no(MONDAY), recorded_at=MONDAY + 3 * DAY)
    assert "group-refusal:group-3" not in owed(earlier)


def test_hate_that_was_learnt_of_after_a_decision_is_not_covered_by_it() -> None:
    race = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.WITNESS)
    call = g.called(MONDAY + 2 * DAY, members=("police", "council"), about=("witness-1",), lawful_reason=LIFE)
    file = recorded(case(WITNESS, no(person="witness-1")), call, by=SUPERVISOR)
    late = recorded(file, h.hate(MONDAY + DAY, race), recorded_at=MONDAY + 3 * DAY)
    with pytest.raises(NoConsentForPolice):
        recorded(late, g.arranged(MONDAY + 4 * DAY, "group-4", none_agreed=True))


# groups that end


def ended(file: CaseFile, at: datetime = NEXT_WEEK, number: int = 3) -> CaseFile:
    key = f"group-{number}"
    return recorded(file, g.meetings_ended(at, key, none_agreed=True), g.ended(at, key))


def test_what_a_group_has_heard_its_agencies_have_heard_after_it() -> None:
    file = case(
        YES, g.called(gateway=Gateway.CONSENT), POLICE_YES, g.held(MONDAY, "group-3", came=("police", "council"))
    )
    refused = recorded(file, no(MONDAY + DAY), no(MONDAY + DAY, Purpose.POLICE))
    over = ended(recorded(refused, g.told_of_refusal(MONDAY + 2 * DAY, "group-3")))
    assert not {COUNCIL, "disclosure-refusal:police", "police-withdrawal"} & owed(over).keys()


@pytest.mark.parametrize("gateway", [Gateway.CONSENT, Gateway.PROTOCOL])
def test_what_was_decided_for_a_group_is_decided_after_it(gateway: Gateway) -> None:
    call = g.called(MONDAY + DAY, members=("council",), gateway=gateway, under="A protocol", lawful_reason=LIFE)
    file = recorded(case(no()), call, by=SUPERVISOR)
    assert COUNCIL not in owed(ended(recorded(file, g.held(MONDAY + DAY, "group-3", came=("council",)))))


def test_a_no_from_before_a_group_met_is_heard_after_it_whatever_allowed_it() -> None:
    file = case(WITNESS, g.called(members=("council",)), g.held(MONDAY + DAY, "group-3", came=("council",)))
    late = recorded(ended(file, MONDAY + 2 * DAY), no(MONDAY), recorded_at=MONDAY + 3 * DAY)
    assert owed(late)[COUNCIL].owed_by is Role.SUPERVISOR


def test_a_group_is_asked_to_hear_of_each_no() -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    file = case(WITNESS, he, g.called(about=("perpetrator-1", "witness-1")))
    both = recorded(file, no(MONDAY + DAY, person="witness-1"), no(MONDAY + DAY, Purpose.POLICE))
    what = (
        "who does not agree to being spoken of there: witness 1; and that a victim does not want the police told"
    )
    assert owed(both)["group-refusal:group-4"].owed == f"Tell the group {what}"


# partners and a GP


def test_the_victim_whom_nobody_has_named_yet_is_among_those_whom_partners_are_told_of() -> None:
    unknown = recorded(case_of(report(MONDAY, reporter=Reporter.WITNESS)), no(person="victim"))
    with pytest.raises(NoGateway, match="The victim said no"):
        recorded(unknown, PartnersConsulted(at=MONDAY + DAY, partners=("council",), words="At the panel."))


def test_a_gp_who_was_asked_hears_that_somebody_wants_no_agency_told() -> None:
    agreed = ConsentGiven(at=MONDAY, purpose=Purpose.HEALTH, words="Ask her.")
    file = recorded(case(agreed, health_contact(MONDAY, 0)), no(MONDAY + DAY))
    (matter,) = (key for key in file.matters if key.startswith("health-contact"))
    assert owed(file)[matter].owed.startswith("Tell the GP or nurse")
