"""information-sharing: a no is lost by nothing that happens around it, and wins nobody a day."""

from typing import Final

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact, Role
from policy.facts.consent import ConsentGiven, ConsentRefused, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Leaving, Part, PersonIdentified, PersonLeft
from policy.facts.reporting import Reporter
from policy.facts.safety import PartnersConsulted
from policy.refusals import NotOnTheCase
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import NoGateway
from tests.given import SUPERVISOR, case_of, london, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_told_of_a_no import COUNCIL, HEARD, NEXT_WEEK, NO_MORE, YES, case, no, told
from tests.policy.warned import DAY, MONDAY

POLICE: Final = "disclosure-refusal:police"
WITNESS: Final = h.taken_on(MONDAY, "witness-1", Part.WITNESS)


def of_witness(fact: ConsentGiven | ConsentRefused, **more: object) -> CaseFact:
    return fact.model_copy(update={"person": "witness-1"} | more)


def test_the_police_hear_of_a_witness_s_no_and_a_supervisor_of_what_was_told_against_it() -> None:
    to_police = {"to": "police", "about": ("witness-1",)}
    yes = of_witness(YES, purpose=Purpose.POLICE)
    later = of_witness(no(MONDAY + DAY), purpose=Purpose.POLICE)
    assert owed(case(WITNESS, yes, told(**to_police), later))[POLICE].owed_by is Role.OFFICER
    against = case(
        WITNESS, of_witness(no(purpose=Purpose.POLICE)), told(MONDAY + DAY, **to_police, already_told=True)
    )
    assert owed(against)[POLICE].owed_by is Role.SUPERVISOR
    victim = case(no(purpose=Purpose.POLICE), told(MONDAY + DAY, to="police", already_told=True))
    assert (POLICE in owed(victim), owed(victim)["police-withdrawal"].owed_by) == (False, Role.SUPERVISOR)
    in_general = case(YES, told(to="police"), NO_MORE)
    assert owed(in_general)[POLICE].owed.endswith(" of them: the complainant")


def test_no_day_is_won_where_somebody_whom_nobody_had_asked_says_no() -> None:
    unasked = case(told(already_told=True))
    first = owed(unasked)[COUNCIL]
    after = owed(recorded(unasked, no(MONDAY + 4 * DAY)))[COUNCIL]
    assert (after.due, after.owed_by) == (first.due, first.owed_by) == (london(2023, 6, 6, 17), Role.SUPERVISOR)
    asked = recorded(unasked, YES.model_copy(update={"at": MONDAY + DAY}), no(MONDAY + 4 * DAY))
    assert (owed(asked)[COUNCIL].due, owed(asked)[COUNCIL].owed_by) == (london(2023, 6, 12, 17), Role.OFFICER)
    group = case(WITNESS, YES, g.called(members=("council",), gateway=Gateway.CONSENT))
    met = recorded(group, g.held(MONDAY + DAY, "group-4", came=("council",), about=("witness-1",)))
    still = recorded(met, of_witness(no(MONDAY + 3 * DAY)))
    assert owed(still)["group-refusal:group-4"].due == owed(met)["group-refusal:group-4"].due


def test_a_no_to_the_police_is_passed_on_from_when_it_was_said_where_nobody_had_asked_about_hate() -> None:
    met = case(g.called(), g.held(MONDAY + DAY, "group-2"))
    of_hate = recorded(met, h.hate(MONDAY), recorded_at=MONDAY + 2 * DAY)
    assert "group-refusal:group-2" not in owed(of_hate)
    refused = owed(recorded(of_hate, no(NEXT_WEEK, purpose=Purpose.POLICE)))["group-refusal:group-2"]
    assert (refused.due, refused.owed_by) == (london(2023, 6, 13, 17), Role.SUPERVISOR)


def test_a_no_that_is_learnt_of_after_the_telling_is_seen_to_as_if_it_had_been_known() -> None:
    protocol = {"gateway": Gateway.PROTOCOL}
    late = recorded(case(told(MONDAY + DAY, **protocol)), no(MONDAY), recorded_at=MONDAY + 2 * DAY)
    known = case(no(MONDAY), told(MONDAY + DAY, **protocol, already_told=True))
    for file in (late, known):
        assert (owed(file)[COUNCIL].owed_by, owed(file)[COUNCIL].due) == (Role.SUPERVISOR, london(2023, 6, 7, 17))
    assert COUNCIL not in owed(recorded(late, HEARD, by=SUPERVISOR))


def test_what_a_group_was_told_its_agencies_know_after_it_has_ended() -> None:
    called = g.called(gateway=Gateway.CONSENT)
    file = case(YES, called, g.held(MONDAY, "group-3"), g.meetings_ended(MONDAY, "group-3", none_agreed=True))
    ended = recorded(file, g.ended(MONDAY, "group-3"))
    owed_then = owed(recorded(ended, NO_MORE))
    assert {COUNCIL, POLICE} <= owed_then.keys()
    to_police = recorded(ended, no(MONDAY + DAY, Purpose.POLICE))
    assert "police-withdrawal" in owed(to_police)


def test_a_no_of_the_empty_place_is_that_of_whoever_fills_it_and_a_yes_is_asked_for() -> None:
    unknown = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS))
    refused = recorded(unknown, no(person="victim", purpose=Purpose.POLICE), no(person="victim"))
    found = recorded(refused, h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM))
    with pytest.raises(NoConsentForPolice, match="does not want the police told"):
        recorded(found, h.police_referral(MONDAY + DAY))
    with pytest.raises(NoGateway):
        recorded(found, told(MONDAY + DAY, gateway=Gateway.PROTOCOL, about=("victim-1",)))


def test_whoever_turns_out_to_be_somebody_else_was_not_told_of() -> None:
    first, second = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2))
    named = PersonIdentified(at=MONDAY, key="witness-1", person=first)
    file = case(WITNESS, named, of_witness(YES), told(about=("witness-1",)))
    other = recorded(file, named.model_copy(update={"at": NEXT_WEEK, "person": second}))
    assert COUNCIL not in owed(other)
    never = PersonLeft(at=NEXT_WEEK, key="witness-1", why=Leaving.BY_MISTAKE)
    assert COUNCIL not in owed(recorded(file, never))


def test_a_case_that_has_joined_another_still_owes_its_own_agencies() -> None:
    alone = case(YES, told(), NO_MORE.model_copy(update={"at": MONDAY + DAY}))
    assert COUNCIL in owed(alone)
    joined = recorded(case(YES, told()), h.joined(MONDAY + DAY))
    after = recorded(joined, NO_MORE.model_copy(update={"at": MONDAY + 2 * DAY}))
    assert owed(after)[COUNCIL].due == london(2023, 6, 8, 17)
    assert COUNCIL not in owed(recorded(after, HEARD))
    closed = recorded(after, h.closed_with(MONDAY + 2 * DAY, "CW-2023-000002"), by=h.CASEWORK)
    assert (COUNCIL in owed(closed), closed.with_(letters={}).finished) == (True, False), (
        "it closes with the other, and not in silence"
    )
    heard = recorded(closed, HEARD)
    assert (COUNCIL in owed(heard), heard.with_(letters={}).finished) == (False, True)


def test_what_partners_were_told_already_is_recorded_as_it_was() -> None:
    def consulted(**more: object) -> CaseFact:
        told_them = {"at": MONDAY + DAY, "partners": ("council",), "words": "At the panel."}
        return PartnersConsulted.model_validate(told_them | more)

    with pytest.raises(NoGateway):
        case(no(), consulted())
    file = case(no(), consulted(already_told=True))
    assert owed(file)[COUNCIL].owed_by is Role.SUPERVISOR
    assert owed(case(consulted(), no(MONDAY + 2 * DAY)))[COUNCIL].owed_by is Role.OFFICER
    assert COUNCIL not in owed(case(no(), consulted(about=())))


def left(file: CaseFile) -> CaseFile:
    return recorded(file, PersonLeft(at=MONDAY + 2 * DAY, key="witness-1", why=Leaving.MOVED_AWAY))


def test_what_was_told_of_somebody_who_has_left_since_is_recorded() -> None:
    gone = left(case(WITNESS, of_witness(YES)))
    of_them = told(MONDAY + DAY, about=("witness-1",))
    with pytest.raises(NotOnTheCase):
        recorded(gone, of_them, recorded_at=NEXT_WEEK)
    assert recorded(gone, of_them.model_copy(update={"already_told": True}), recorded_at=NEXT_WEEK)
    with pytest.raises(NotOnTheCase):
        recorded(gone, told(about=("witness-7",), already_told=True), recorded_at=NEXT_WEEK)


def test_a_no_under_another_name_is_passed_on_from_when_we_knew_that_both_are_one() -> None:
    somebody = "00000000-0000-4000-8000-000000000001"
    named = [PersonIdentified(at=MONDAY, key=key, person=somebody) for key in ("complainant", "witness-1")]
    then = named[1].model_copy(update={"at": NEXT_WEEK})
    protocol = {"gateway": Gateway.PROTOCOL, "about": ("witness-1",)}
    for first, second in ((no(), told(MONDAY + DAY, **protocol)), (told(**protocol), no(MONDAY + DAY))):
        two = case(WITNESS, named[0], first, second)
        assert COUNCIL not in owed(two)
        assert owed(recorded(two, then))[COUNCIL].due == london(2023, 6, 13, 17)
        under_both = recorded(two, of_witness(no(MONDAY + 2 * DAY)), then)
        assert owed(under_both)[COUNCIL].due == london(2023, 6, 8, 17), "no day is won"
    asked = case(WITNESS, *named, told(**protocol), no(MONDAY + DAY))
    assert owed(asked)[COUNCIL].due == london(2023, 6, 7, 17), "both were known to be one"
