"""information-sharing: who is spoken of in a group of agencies, what allows it, and what a no changes."""

from typing import Final

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact, Role
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.facts.reporting import Reporter
from policy.refusals import MatterNotOpen, NotOnTheCase
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.groups import GroupToBeToldOfRefusal
from policy.refusals.safety import NoGateway
from tests.given import OFFICER, SUPERVISOR, case_of, london, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.warned import DAY, MONDAY

GROUP: Final = "group-2"
OWED: Final = f"group-refusal:{GROUP}"
NEXT_WEEK: Final = MONDAY + 7 * DAY
YES: Final = ConsentGiven(at=MONDAY, purpose=Purpose.REFERRAL, words="Yes, talk to them.")


def called(*more: CaseFact) -> CaseFile:
    """A group under 2; each further fact counts on from 3."""
    return recorded(case_of(report(MONDAY)), g.called(), *more)


def test_once_a_consent_is_taken_back_no_meeting_is_arranged_without_something_else_that_allows_it() -> None:
    no_more = ConsentWithdrawn(at=MONDAY + 2 * DAY, purpose=Purpose.REFERRAL, words="No more.")
    file = recorded(case_of(report(MONDAY), YES, g.called(gateway=Gateway.CONSENT)), no_more)
    key, then = "group-3", MONDAY + 3 * DAY
    with pytest.raises(NoGateway, match="The complainant said no"):
        recorded(file, g.arranged(then, key))
    with pytest.raises(NoGateway, match="which protocol"):
        recorded(file, g.arranged(then, key, gateway=Gateway.PROTOCOL))
    lawful = {"gateway": Gateway.DATA_PROTECTION_LAW, "under": "Article 6(1)(d)"}
    with pytest.raises(NoGateway, match="The complainant said no"):
        recorded(file, g.arranged(then, key, **lawful))
    decided = g.arranged(then, key, **lawful, lawful_reason="life_at_risk")
    with pytest.raises(NoGateway, match="Only a supervisor"):
        recorded(file, decided, by=OFFICER)
    file = recorded(file, decided, by=SUPERVISOR)
    file = recorded(file, g.held(then + DAY, key), g.arranged(then + DAY, key, none_agreed=True))
    assert OWED not in owed(file), "what allows it now goes on to"


def test_naming_another_law_leaves_no_other_s_provision_behind() -> None:
    file = recorded(case_of(report(MONDAY)), g.called(gateway=Gateway.PROTOCOL, under="The county's"))
    file = recorded(file, g.arranged(MONDAY, GROUP, gateway=Gateway.CRIME_AND_DISORDER_ACT))
    assert (file.groups[GROUP].gateway, file.groups[GROUP].under) == (Gateway.CRIME_AND_DISORDER_ACT, None)


def test_whoever_says_no_is_not_passed_over_by_naming_a_law() -> None:
    for purpose in (Purpose.REFERRAL, Purpose.POLICE):
        no = ConsentRefused(at=MONDAY, purpose=purpose, words="No.")
        with pytest.raises(NoGateway, match="The complainant said no"):
            case_of(report(MONDAY), no, g.called())
        with pytest.raises(NoGateway, match="The complainant said no"):
            called(no, g.arranged(NEXT_WEEK, GROUP))
    assert case_of(report(MONDAY), of_the_police(0), g.called(members=("council",)))


def of_the_police(day: int) -> ConsentRefused:
    return ConsentRefused(at=MONDAY + day * DAY, purpose=Purpose.POLICE, words="No.")


def test_a_victim_s_no_to_the_police_holds_whoever_they_are_told_about() -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    of_him = g.called(about=("perpetrator-1",))
    assert case_of(report(MONDAY), he, of_him)
    with pytest.raises(NoConsentForPolice, match="does not want the police told"):
        case_of(report(MONDAY), he, of_the_police(0), of_him)
    assert case_of(report(MONDAY), he, of_the_police(0), g.called(about=("perpetrator-1",), members=("council",)))
    asked = (report(MONDAY), h.hate(MONDAY))
    with pytest.raises(NoConsentForPolice, match="has not agreed"):
        case_of(*asked, he, of_him)
    yes = ConsentGiven(at=MONDAY, purpose=Purpose.POLICE, words="Yes.")
    assert case_of(*asked, he, yes, of_him)


def test_what_a_supervisor_decided_holds_for_these_agencies_and_for_what_had_been_said_by_then() -> None:
    decided = g.called(MONDAY + DAY, lawful_reason="serious_crime")
    file = recorded(case_of(report(MONDAY)), of_the_police(0), decided, by=SUPERVISOR)
    key = "group-3"
    assert recorded(file, g.arranged(NEXT_WEEK, key)), "with those who were meant"
    any_more = ConsentRefused(at=MONDAY, purpose=Purpose.REFERRAL, words="To nobody.")
    with pytest.raises(NoGateway, match="The complainant said no"):
        recorded(file, any_more, g.arranged(NEXT_WEEK, key, members=("probation",)))
    assert recorded(file, of_the_police(2), g.arranged(NEXT_WEEK, key)), "it was decided over this no"
    unasked = recorded(case_of(report(MONDAY)), decided, by=SUPERVISOR)
    with pytest.raises(NoGateway, match="The complainant said no"):
        recorded(unasked, of_the_police(2), g.arranged(NEXT_WEEK, GROUP))
    again = recorded(
        unasked, of_the_police(2), g.arranged(NEXT_WEEK, GROUP, lawful_reason="life_at_risk"), by=SUPERVISOR
    )
    assert recorded(again, g.arranged(NEXT_WEEK + DAY, GROUP))
    joined = recorded(file, h.taken_on(MONDAY, "victim-1", Part.VICTIM))
    theirs = ConsentRefused(at=MONDAY + 2 * DAY, purpose=Purpose.POLICE, person="victim-1", words="No.")
    with pytest.raises(NoConsentForPolice):
        recorded(joined, theirs, g.arranged(NEXT_WEEK, key))


def test_a_group_that_was_told_hears_who_does_not_agree_to_it() -> None:
    file = called(ConsentRefused(at=NEXT_WEEK, purpose=Purpose.REFERRAL, words="No."))
    deadline = owed(file)[OWED]
    assert (deadline.due, deadline.owed_by, deadline.row) == (
        london(2023, 6, 13, 17),
        Role.OFFICER,
        "information-sharing",
    )
    assert deadline.owed == "Tell the group who does not agree to being spoken of there: the complainant"
    with pytest.raises(GroupToBeToldOfRefusal):
        recorded(file, g.ended(NEXT_WEEK, GROUP))
    told = recorded(file, g.told_of_refusal(NEXT_WEEK + DAY, GROUP))
    assert OWED not in owed(told)
    assert recorded(told, g.ended(NEXT_WEEK + DAY, GROUP, never_met="Nobody came."))
    once_more = ConsentRefused(at=NEXT_WEEK + 5 * DAY, purpose=Purpose.REFERRAL, words="No, I said.")
    assert owed(recorded(file, once_more))[OWED].due == deadline.due
    agrees = ConsentGiven(at=NEXT_WEEK + DAY, purpose=Purpose.REFERRAL, words="Yes, after all.")
    assert OWED not in owed(recorded(file, agrees))


def test_a_group_hears_of_a_victim_s_no_to_the_police_where_the_police_are_in_it() -> None:
    file = called(of_the_police(1))
    assert owed(file)[OWED].owed == "Tell the group that a victim does not want the police told"
    none_told = owed(recorded(file, ConsentRefused(at=MONDAY, purpose=Purpose.REFERRAL, words="No.")))[OWED].owed
    assert none_told.endswith(": the complainant; and that a victim does not want the police told")
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    of_him = case_of(report(MONDAY), he, g.called(about=("perpetrator-1",)))
    deadline = owed(recorded(of_him, of_the_police(1)))["group-refusal:group-3"]
    assert deadline.owed == "Tell the group that a victim does not want the police told"


def test_a_meeting_that_was_held_against_somebody_s_word_is_recorded_and_is_a_supervisor_s_to_see_to() -> None:
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, words="No.")
    file = called(no, g.held(NEXT_WEEK, GROUP))
    deadline = owed(file)[OWED]
    assert (deadline.due, deadline.owed_by) == (london(2023, 6, 7, 17), Role.SUPERVISOR), "no day is won by it"
    told = recorded(called(no), g.told_of_refusal(MONDAY + 2 * DAY, GROUP))
    assert OWED not in owed(told)
    assert owed(recorded(told, g.held(NEXT_WEEK, GROUP)))[OWED].owed_by is Role.SUPERVISOR
    before = called(g.held(MONDAY, GROUP), no)
    assert owed(before)[OWED].owed_by is Role.OFFICER, "it was held before, and they had not said no"


def test_a_meeting_says_about_whom_it_was_and_tells_of_nobody_else() -> None:
    witness = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
    file = case_of(report(MONDAY), witness, g.called())
    key, owed_then = "group-3", "group-refusal:group-3"
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, person="witness-1", words="Leave me out.")
    assert owed_then not in owed(recorded(file, no, g.held(NEXT_WEEK, key)))
    of_them = recorded(file, no, g.held(NEXT_WEEK, key, about=("witness-1",)))
    assert owed(of_them)[owed_then].owed.endswith(": witness 1")
    with pytest.raises(NotOnTheCase):
        recorded(file, g.held(NEXT_WEEK, key, about=("witness-4",)))


def test_a_group_goes_on_about_others_once_it_has_heard() -> None:
    he = h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR)
    file = case_of(report(MONDAY), he, g.called(about=("complainant", "perpetrator-1"), members=("council",)))
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, words="No.")
    key, then = "group-3", MONDAY + 2 * DAY
    file = recorded(file, no, g.arranged(then, key, about=("perpetrator-1",)))
    assert f"group-refusal:{key}" in owed(file), "it knows of them all the same"
    file = recorded(file, g.told_of_refusal(then, key), g.held(NEXT_WEEK, key))
    assert f"group-refusal:{key}" not in owed(file)


def test_only_a_group_of_the_case_hears_it() -> None:
    with pytest.raises(MatterNotOpen, match="group-9 is not a group"):
        called(g.told_of_refusal(MONDAY, "group-9"))


def test_a_supervisor_s_decision_about_one_person_is_none_about_another() -> None:
    witness = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
    no = ConsentRefused(at=MONDAY, purpose=Purpose.REFERRAL, person="witness-1", words="No.")
    decided = g.called(MONDAY + DAY, lawful_reason="life_at_risk")
    file = recorded(case_of(report(MONDAY), witness, no), decided, by=SUPERVISOR)
    both = {"about": ("complainant", "witness-1")}
    with pytest.raises(NoGateway, match="Witness 1 said no to this: The police, "):
        recorded(file, g.arranged(NEXT_WEEK, "group-4", **both))
    assert owed(recorded(file, g.held(NEXT_WEEK, "group-4", **both)))["group-refusal:group-4"]
    unasked = recorded(
        case_of(report(MONDAY), witness),
        g.called(gateway=Gateway.CONSENT, lawful_reason="life_at_risk"),
        by=SUPERVISOR,
    )
    with pytest.raises(NoGateway, match="given by witness 1"):
        recorded(unasked, g.arranged(NEXT_WEEK, "group-3", **both))


def test_a_decision_does_not_undo_the_one_before_it() -> None:
    file = recorded(
        case_of(report(MONDAY)),
        of_the_police(0),
        g.called(MONDAY + DAY, lawful_reason="life_at_risk"),
        by=SUPERVISOR,
    )
    with_others = g.arranged(
        NEXT_WEEK, "group-3", members=("police", "council", "probation"), lawful_reason="life_at_risk"
    )
    file = recorded(file, with_others, by=SUPERVISOR)
    assert "group-refusal:group-3" not in owed(file)
    assert recorded(file, g.arranged(NEXT_WEEK + DAY, "group-3", members=("police", "council")))


def test_a_decision_is_none_about_hate_that_was_perceived_after_it() -> None:
    file = recorded(case_of(report(MONDAY)), g.called(lawful_reason="life_at_risk"), by=SUPERVISOR)
    with pytest.raises(NoConsentForPolice, match="has not agreed"):
        recorded(file, h.hate(MONDAY + DAY), g.arranged(NEXT_WEEK, GROUP))


def test_whoever_comes_new_is_told_on_the_day_on_which_they_come() -> None:
    no = ConsentRefused(at=MONDAY, purpose=Purpose.REFERRAL, agency="probation", words="Not them.")
    file = recorded(case_of(report(MONDAY), no), g.called(members=("council",)))
    assert "group-refusal:group-3" not in owed(file)
    came = recorded(file, g.held(NEXT_WEEK, "group-3", came=("council", "probation")))
    assert owed(came)["group-refusal:group-3"].due == london(2023, 6, 13, 17)


def test_a_group_goes_on_without_an_agency_that_is_not_to_be_told() -> None:
    file = called(of_the_police(1), g.told_of_refusal(MONDAY + DAY, GROUP))
    with pytest.raises(NoGateway, match="said no to this: The police"):
        recorded(file, g.arranged(NEXT_WEEK, GROUP))
    assert recorded(file, g.arranged(NEXT_WEEK, GROUP, members=("council",)))


def test_what_the_group_heard_of_one_it_has_not_heard_of_another() -> None:
    victim = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
    about = {"about": ("complainant", "victim-1")}
    file = recorded(case_of(report(MONDAY), victim), g.called(**about))
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, person="victim-1", words="No.")
    file = recorded(file, no, g.told_of_refusal(MONDAY + 2 * DAY, "group-3"))
    late = no.model_copy(update={"person": "complainant"})
    assert owed(recorded(file, late))["group-refusal:group-3"].owed.endswith(": the complainant")
    named = g.told_of_refusal(MONDAY + 2 * DAY, "group-3", about=("complainant",))
    assert "group-refusal:group-3" not in owed(recorded(file, late, named))
    with pytest.raises(NotOnTheCase):
        recorded(file, g.told_of_refusal(MONDAY + 2 * DAY, "group-3", about=("victim-4",)))
    both = recorded(case_of(report(MONDAY), victim), g.called(**about), no, late)
    of_one = recorded(both, g.told_of_refusal(MONDAY + 2 * DAY, "group-3", about=("victim-1",)))
    assert owed(of_one)["group-refusal:group-3"].owed.endswith(": the complainant")


def test_it_does_not_matter_whether_the_group_was_told_before_the_meeting_was_written_down() -> None:
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, words="No.")
    told, met = g.told_of_refusal(MONDAY + 2 * DAY, GROUP), g.held(MONDAY + 4 * DAY, GROUP)
    for facts in ((told, met), (met, told)):
        assert owed(called(no, *facts))[OWED].owed_by is Role.SUPERVISOR


def test_a_meeting_is_recorded_at_whatever_point_it_was_held() -> None:
    no = ConsentRefused(at=MONDAY + 2 * DAY, purpose=Purpose.REFERRAL, words="No.")
    met = called(g.held(MONDAY + DAY, GROUP))
    for file in (met, recorded(met, g.meetings_ended(MONDAY + DAY, GROUP, none_agreed=True))):
        assert owed(recorded(file, no, g.held(NEXT_WEEK, GROUP)))[OWED].owed_by is Role.SUPERVISOR


def test_a_victim_who_is_found_is_the_one_who_was_spoken_of() -> None:
    file = recorded(
        case_of(report(MONDAY, reporter=Reporter.WITNESS)), g.called(about=("victim",), members=("council",))
    )
    key = next(iter(file.groups))
    file = recorded(file, h.taken_on(MONDAY, "victim-1", Part.VICTIM))
    no = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.REFERRAL, person="victim-1", words="No.")
    assert owed(recorded(file, no))[f"group-refusal:{key}"].owed.endswith(": victim 1")
