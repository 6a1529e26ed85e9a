"""information-sharing, police-with-consent: a no counts wherever it is said, and only where one was said."""

from typing import Final

import pytest

from policy.across import told_elsewhere
from policy.case_file import CaseFile
from policy.consents import refusal_to_be_told_of
from policy.deadlines import clocks_set_aside
from policy.facts import CaseFact, Role
from policy.facts.consent import ConsentAsked, ConsentGiven, ConsentRefused, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Leaving, Part, PersonLeft
from policy.facts.policing import PoliceReferralEnded
from policy.facts.wishing import ContactDeclined
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import NoGateway
from tests.given import EDITION, SUPERVISOR, entry, london
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_told_of_a_no import COUNCIL, HEARD, NO_MORE, YES, case, no, told
from tests.policy.warned import DAY, MONDAY

POLICE_YES: Final = YES.model_copy(update={"purpose": Purpose.POLICE})
WITNESS: Final = h.taken_on(MONDAY, "witness-1", Part.WITNESS)


def of_witness(fact: ConsentGiven | ConsentRefused, **more: object) -> CaseFact:
    return fact.model_copy(update={"person": "witness-1"} | more)


# no agency at all, after the police were told


@pytest.mark.parametrize("hate", [False, True], ids=["no-hate", "hate"])
def test_whoever_wants_no_agency_told_after_the_police_were_is_asked_whether_that_is_meant_too(hate: bool) -> None:
    start = (h.hate(MONDAY),) if hate else ()
    file = case(*start, POLICE_YES, h.police_referral(MONDAY))
    assert "police-consent" not in owed(file)
    after = recorded(file, no(MONDAY + DAY))
    deadline = owed(after)["police-consent"]
    assert (deadline.due, deadline.owed_by) == (london(2023, 6, 7, 17), Role.OFFICER)
    with pytest.raises(NoConsentForPolice, match="no agency is to be told"):
        recorded(after, h.police_referral(MONDAY + 2 * DAY))
    meant = recorded(after, no(MONDAY + 2 * DAY, Purpose.POLICE))
    assert ("police-withdrawal" in owed(meant), "police-consent" in owed(meant)) == (True, False)
    not_meant = recorded(after, POLICE_YES.model_copy(update={"at": MONDAY + 2 * DAY}))
    assert not {"police-withdrawal", "police-consent"} & owed(not_meant).keys()
    asked = ConsentAsked(at=MONDAY + 2 * DAY, purpose=Purpose.POLICE, words="Rang.")
    again = owed(recorded(after, asked))["police-consent"]
    assert (again.due > deadline.due, "again" in again.owed) == (True, True)


def test_nobody_is_asked_anew_where_the_police_know_nothing_and_need_not() -> None:
    assert "police-consent" not in owed(case(POLICE_YES, no(MONDAY + DAY)))
    taken_back = PoliceReferralEnded(at=MONDAY, matter="police-referral-3", reasons="So.", taken_back=True)
    assert "police-consent" not in owed(case(POLICE_YES, h.police_referral(MONDAY), taken_back, no(MONDAY + DAY)))


def test_whoever_cannot_be_asked_any_more_is_said_not_to_be() -> None:
    told_them = (POLICE_YES, h.police_referral(MONDAY), no(MONDAY + DAY))
    file = case(*told_them, ContactDeclined(at=MONDAY + 2 * DAY, words="No more calls."))
    assert "police-consent" in {one.key for one in clocks_set_aside(file, EDITION)}


def test_a_general_no_gives_nobody_who_was_never_asked_more_time() -> None:
    hate = case(h.hate(MONDAY))
    assert owed(recorded(hate, no(MONDAY + DAY)))["police-consent"].due == owed(hate)["police-consent"].due


# on a case that has joined another


def said_there(file: CaseFile, fact: CaseFact) -> list[tuple[Purpose, bool]]:
    """What the case that it has joined hears."""
    heard = [one.fact for one in told_elsewhere(file, entry(fact))]
    return [(one.purpose, isinstance(one, ConsentGiven)) for one in heard if hasattr(one, "purpose")]


def test_on_a_joined_case_a_no_to_all_agencies_keeps_the_police_from_being_told_on_the_other() -> None:
    joined = recorded(case(POLICE_YES), h.joined(MONDAY))
    general, later = no(MONDAY + DAY), MONDAY + 2 * DAY
    assert said_there(joined, general) == [(Purpose.POLICE, False)]
    after = recorded(joined, general)
    assert said_there(after, YES.model_copy(update={"at": later})) == [(Purpose.POLICE, True)]
    assert said_there(after, POLICE_YES.model_copy(update={"at": later})) == [(Purpose.POLICE, True)]
    assert said_there(after, no(later, agency="council")) == []
    assert said_there(after, no(later)) == [], "nothing new"
    assert said_there(recorded(case(), h.joined(MONDAY)), YES) == []


def test_one_of_two_victims_on_a_joined_case_who_wants_none_told_weighs_more_than_the_other_s_yes() -> None:
    victim = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
    joined = recorded(case(victim, no(person="victim-1")), h.joined(MONDAY))
    assert said_there(joined, POLICE_YES) == [(Purpose.POLICE, False)]


# the police were told of hate before anybody was asked


def test_of_hate_the_police_were_told_of_unasked_a_supervisor_sees_to_it_that_the_victim_is_asked() -> None:
    hate = case(h.hate(MONDAY))
    assert owed(hate)["police-consent"].owed_by is Role.OFFICER
    at_once = told(MONDAY + DAY, to="police", gateway=Gateway.PROTOCOL)
    with pytest.raises(NoConsentForPolice):
        recorded(hate, at_once)
    unasked = recorded(hate, at_once.model_copy(update={"already_told": True}))
    assert owed(unasked)["police-consent"].owed_by is Role.SUPERVISOR
    assert owed(unasked)["police-consent"].due == owed(hate)["police-consent"].due
    before_it_was_hate = recorded(case(told(to="police", gateway=Gateway.PROTOCOL)), h.hate(MONDAY + DAY))
    assert owed(before_it_was_hate)["police-consent"].owed_by is Role.OFFICER
    group = recorded(case(g.called(members=("council",))), h.hate(MONDAY + DAY))
    came = recorded(group, g.held(MONDAY + 2 * DAY, "group-2", came=("council", "police")))
    assert owed(came)["police-consent"].owed_by is Role.SUPERVISOR


# who leaves and takes back what they agreed to


def test_whoever_leaves_and_takes_their_consent_back_says_no_to_what_was_told_on_it() -> None:
    def gone(why: Leaving) -> CaseFile:
        agreed = (of_witness(YES), of_witness(YES, purpose=Purpose.POLICE))
        of_them = {"about": ("witness-1",)}
        told_of = (told(**of_them), told(to="police", **of_them))
        return recorded(case(WITNESS, *agreed, *told_of), PersonLeft(at=MONDAY + DAY, key="witness-1", why=why))

    to_hear = owed(gone(Leaving.CONSENT_WITHDRAWN))
    assert {COUNCIL, "disclosure-refusal:police"} <= to_hear.keys()
    assert to_hear[COUNCIL].due == london(2023, 6, 7, 17)
    by_name = HEARD.model_copy(update={"about": ("witness-1",)})
    assert COUNCIL not in owed(recorded(gone(Leaving.CONSENT_WITHDRAWN), by_name))
    assert COUNCIL not in owed(gone(Leaving.MOVED_AWAY))


def test_leaving_takes_back_nothing_that_they_never_agreed_to() -> None:
    by_law = case(WITNESS, told(gateway=Gateway.PROTOCOL, about=("witness-1",)))
    file = recorded(by_law, PersonLeft(at=MONDAY + DAY, key="witness-1", why=Leaving.CONSENT_WITHDRAWN))
    assert COUNCIL not in owed(file)
    agreed = recorded(file, of_witness(YES), recorded_at=MONDAY + 2 * DAY)
    assert COUNCIL in owed(agreed), "a yes that is written down after they took it back is taken back too"


# who is said to have said no


def test_nobody_is_told_of_a_no_that_nobody_has_said() -> None:
    file = case(WITNESS, YES, told(gateway=Gateway.PROTOCOL, about=("complainant", "witness-1")))
    for person in ("complainant", "witness-1"):
        with pytest.raises(NoGateway, match="said no to what was told"):
            recorded(file, HEARD.model_copy(update={"about": (person,)}))
    refused = recorded(file, of_witness(no(MONDAY + DAY)))
    assert recorded(refused, HEARD.model_copy(update={"about": ("witness-1",)})).informed["council"].heard
    group = recorded(file, g.called(members=("council",), about=("witness-1",)))
    with pytest.raises(NoGateway, match="witness 1 said no"):
        recorded(group, g.told_of_refusal(MONDAY + DAY, "group-5", about=("witness-1",)))
    agrees_again = recorded(case(YES, told(), NO_MORE, HEARD), YES.model_copy(update={"at": MONDAY + 3 * DAY}))
    with pytest.raises(NoGateway):
        recorded(agrees_again, HEARD.model_copy(update={"at": MONDAY + 4 * DAY, "about": ("complainant",)}))


@pytest.mark.parametrize("first", [0, 1], ids=["the-no-first", "the-yes-first"])
def test_of_a_yes_and_a_no_at_one_moment_the_no_is_the_one_that_holds(first: int) -> None:
    said = (no(), YES.model_copy(update={"agency": "council"}))
    file = case(said[first], said[1 - first])
    council = EDITION.agency("council")
    assert council is not None
    held = refusal_to_be_told_of(file, "complainant", council)
    assert held is not None
    assert not held.agreed


# what a supervisor had decided


def test_a_decision_for_somebody_unasked_is_none_over_a_no_that_they_had_said_and_nobody_had_heard() -> None:
    call = g.called(MONDAY + DAY, members=("council",), gateway=Gateway.CONSENT, lawful_reason="life_at_risk")
    file = recorded(case(), call, by=SUPERVISOR)
    assert "group-refusal:group-2" not in owed(file)
    late = recorded(file, no(MONDAY), recorded_at=MONDAY + 2 * DAY)
    assert owed(late)["group-refusal:group-2"].owed_by is Role.SUPERVISOR


@pytest.mark.parametrize("gateway", [Gateway.CONSENT, Gateway.PROTOCOL])
def test_a_supervisor_s_decision_covers_those_who_had_not_agreed_and_nobody_else(gateway: Gateway) -> None:
    about = ("complainant", "witness-1")
    decided = told(gateway=gateway, about=about, lawful_reason="life_at_risk")
    file = recorded(case(WITNESS, YES, of_witness(no())), decided, by=SUPERVISOR)
    assert COUNCIL not in owed(file)
    assert owed(recorded(file, NO_MORE))[COUNCIL].owed.endswith(" of them: the complainant")
