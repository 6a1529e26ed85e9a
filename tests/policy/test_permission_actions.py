"""Role, action, relation: every line of the table, once more from the other side."""

import pytest

from policy.facts.base import Role
from policy.permissions import ABOUT_A_CASE, MAY, MAY_RECORD, Action, Relation, also_in, may, relations

OPEN = {Relation.MINE, Relation.TEAM, Relation.OTHERS, Relation.EMERGENCY}
SHUT = {Relation.RESTRICTED, Relation.RESTRICTED_TEAM}
LEADING = (Role.SUPERVISOR, Role.MANAGER)
SIGNED_IN = set(Role) - {Role.RESIDENT, Role.AGENCY, Role.SYSTEM}
ON_CASES = {Role.OFFICER, Role.COMMUNITY_SAFETY, *LEADING}

WITHOUT_A_CASE = {
    Action.SEE_HEALTH: {*SIGNED_IN, Role.RESIDENT},
    Action.SEE_PUBLISHED: {*SIGNED_IN, Role.RESIDENT},
    Action.SEE_METRICS: {*ON_CASES, Role.OPS},
    Action.SEE_PAYLOADS: {Role.OPS},
    Action.SEE_LISTS: {*ON_CASES, Role.SOLICITOR, Role.DATA_PROTECTION},
    Action.REPORT: {*ON_CASES, Role.RESIDENT},
    Action.ASK_FOR_REVIEW: {*ON_CASES, Role.RESIDENT},
    Action.COUNT_REVIEWS: ON_CASES,
    Action.LIST_CASES: ON_CASES,
    Action.LEAD_TEAM: set(LEADING),
    Action.LIST_LEGAL_ACTIONS: {*ON_CASES, Role.SOLICITOR},
    Action.SEE_PEOPLE: {*ON_CASES, Role.DATA_PROTECTION},
    Action.POST_LETTERS: ON_CASES,
    Action.TELL_OF_BOUNCES: {Role.OPS},
    Action.KEEP_PEOPLE: ON_CASES,
    Action.SEE_PERSON_RECORD: {Role.DATA_PROTECTION},
    Action.TAKE_EVIDENCE: ON_CASES,
    Action.SET_EVIDENCE_ASIDE: set(LEADING),
    Action.SEE_PLACES: ON_CASES,
    Action.KEEP_PLACES: ON_CASES,
    Action.SEE_POLICY_REVIEW: ON_CASES,
    Action.KEEP_POLICY_REVIEW: {Role.COMMUNITY_SAFETY, *LEADING},
    Action.SEE_TRENDS: {*LEADING, Role.COMMUNITY_SAFETY},
    Action.CHECK_FOR_LETTING: {Role.LETTINGS},
    Action.SEE_LETTINGS_CHECKS: {Role.SUPERVISOR, Role.MANAGER, Role.DATA_PROTECTION},
    Action.TRY_EDITION: {Role.MANAGER},
    Action.SEE_DISCLOSURES: {Role.SUPERVISOR, Role.MANAGER, Role.DATA_PROTECTION},
    Action.SEE_REPORTS: {*LEADING, Role.COMMUNITY_SAFETY},
    Action.SEE_STAFF_FIGURES: {Role.MANAGER},
    Action.SEE_RETENTION: {Role.SUPERVISOR, Role.MANAGER, Role.DATA_PROTECTION},
    Action.DECIDE_RETENTION: {Role.SUPERVISOR, Role.MANAGER, Role.DATA_PROTECTION},
    Action.SEE_ONESELF: SIGNED_IN,
    Action.SEE_LOOKING: {Role.DATA_PROTECTION},
    Action.SEE_RESTRICTIONS: {Role.MANAGER, Role.DATA_PROTECTION},
    Action.ANSWER_BY_LINK: {Role.AGENCY},
    Action.SEE_BY_LINK: {Role.RESIDENT},
}
"""Who may do what is about no case in particular."""

ON_A_CASE = {
    Action.SEE_CASE: {Role.SOLICITOR: {Relation.MINE, Relation.EMERGENCY}},
    Action.RECORD_ON_CASE: {},
    Action.GIVE_LINK_TO_CASE: {},
    Action.SEE_LEGAL_ACTION: {Role.SOLICITOR: OPEN},
    Action.RECORD_ON_LEGAL_ACTION: {Role.SOLICITOR: OPEN},
    Action.SEE_REFERRAL: {},
    Action.RECORD_ON_REFERRAL: {},
    Action.SEE_CASE_REVIEW: {},
    Action.RECORD_ON_CASE_REVIEW: {},
}
"""What is done on a case as its staff do it, and who else does."""


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_its_line(action: Action) -> None:
    assert action in MAY
    assert MAY[action]
    assert set(MAY[action]) <= set(Role) - {Role.SYSTEM}


@pytest.mark.parametrize("action", list(WITHOUT_A_CASE))
def test_what_is_about_no_case_is_for_these_roles_alone(action: Action) -> None:
    assert action not in ABOUT_A_CASE
    assert {role for role in Role if may(role, action)} == WITHOUT_A_CASE[action]
    assert all(relations(role, action) <= {Relation.NO_CASE} for role in Role)


@pytest.mark.parametrize("action", list(ON_A_CASE))
@pytest.mark.parametrize("role", list(Role))
def test_on_a_case_officers_do_what_is_open_to_them_and_leaders_also_see_to_domestic_abuse(
    action: Action, role: Role
) -> None:
    expected = set(ON_A_CASE[action].get(role, set()))
    if role in {Role.OFFICER, Role.COMMUNITY_SAFETY}:
        expected = set(OPEN)
    elif role in LEADING:
        expected = OPEN | {Relation.RESTRICTED_TEAM}
    elif role is Role.DATA_PROTECTION and action.name.startswith("SEE_"):
        expected = {Relation.MINE, Relation.EMERGENCY}
    carried_on = action.name.startswith("RECORD_ON_") and action is not Action.RECORD_ON_CASE
    if carried_on or action is Action.GIVE_LINK_TO_CASE:
        expected -= {Relation.EMERGENCY}
    assert relations(role, action) == expected


def test_every_action_is_asked_about_here() -> None:
    access = {Action.SEE_ACCESS, Action.CHANGE_ACCESS, Action.TAKE_EMERGENCY_ACCESS, Action.REPORT_ON_CASE}
    access |= {Action.MAKE_PACK}
    assert {*WITHOUT_A_CASE, *ON_A_CASE, *access} == set(Action)
    assert {*ON_A_CASE, *access} == ABOUT_A_CASE


@pytest.mark.parametrize("role", list(Role))
def test_who_is_connected_with_a_case_does_nothing_on_it(role: Role) -> None:
    theirs = {action for action in Action if may(role, action, Relation.CONFLICTED)}
    assert theirs == ({Action.SEE_ACCESS} if role is Role.DATA_PROTECTION else set())


@pytest.mark.parametrize("role", list(Role))
def test_emergency_access_is_for_whom_a_case_is_shut_and_lets_them_see_it(role: Role) -> None:
    may_take = relations(role, Action.TAKE_EMERGENCY_ACCESS)
    expected = SHUT if role in ON_CASES else set()
    if role is Role.DATA_PROTECTION:
        expected = {*OPEN, *SHUT}
    assert may_take == expected
    assert not may_take or may(role, Action.SEE_CASE, Relation.EMERGENCY)


def test_whom_a_case_is_open_to_is_seen_by_who_works_on_it_by_managers_and_by_data_protection() -> None:
    seen = {role: relations(role, Action.SEE_ACCESS) for role in Role if relations(role, Action.SEE_ACCESS)}
    assert seen == {
        Role.OFFICER: OPEN,
        Role.COMMUNITY_SAFETY: OPEN,
        Role.SUPERVISOR: OPEN | {Relation.RESTRICTED_TEAM},
        Role.MANAGER: {*OPEN, *SHUT},
        Role.DATA_PROTECTION: {*OPEN, *SHUT, Relation.CONFLICTED},
    }


def test_packs_are_made_by_who_leads_a_case_or_its_court_work_and_for_subjects_on_any_but_one_s_own() -> None:
    made = {role: relations(role, Action.MAKE_PACK) for role in Role if relations(role, Action.MAKE_PACK)}
    assert made == {
        Role.COMMUNITY_SAFETY: OPEN - {Relation.EMERGENCY},
        Role.SUPERVISOR: OPEN - {Relation.EMERGENCY} | {Relation.RESTRICTED_TEAM},
        Role.MANAGER: OPEN - {Relation.EMERGENCY} | {Relation.RESTRICTED_TEAM},
        Role.SOLICITOR: {Relation.MINE},
        Role.DATA_PROTECTION: {*OPEN, *SHUT},
    }


def test_what_somebody_tells_is_passed_on_by_whoever_hears_it_but_for_who_is_connected() -> None:
    for role in Role:
        expected = relations(role, Action.RECORD_ON_CASE) and {*OPEN, *SHUT}
        assert relations(role, Action.REPORT_ON_CASE) == expected


def test_it_is_changed_by_the_same_and_by_nobody_in_an_emergency_or_in_conflict() -> None:
    for role in Role:
        seen = relations(role, Action.SEE_ACCESS)
        assert relations(role, Action.CHANGE_ACCESS) == seen - {Relation.EMERGENCY, Relation.CONFLICTED}


HELP = {
    *("incident_reported", "hate_perceived", "crime_alleged", "need_told", "domestic_abuse_recognised"),
    *("contact_made", "contact_attempted", "person_contacted", "appointment_offered", "promise_made", "chased"),
    *("police_advised", "police_referral_made", "risk_assessment_asked", "risk_assessed", "safety_considered"),
    *("legal_options_explained", "support_offered", "home_security_asked"),
    *(f"emergency_accommodation_{how}" for how in ("needed", "helped", "found", "refused", "declined")),
    *(f"consent_{how}" for how in ("asked", "given", "refused", "withdrawn")),
}


@pytest.mark.parametrize("fact", sorted({*MAY_RECORD, "entry_corrected"}))
def test_in_an_emergency_one_helps_and_decides_nothing(fact: str) -> None:
    assert also_in(Relation.EMERGENCY, fact) is (fact in HELP)
    assert also_in(Relation.MINE, fact)


def test_helping_is_recording_of_facts_that_there_are() -> None:
    assert set(MAY_RECORD) >= HELP


@pytest.mark.parametrize("role", [Role.OPS, Role.LETTINGS, Role.RESIDENT, Role.AGENCY, Role.SYSTEM])
def test_these_roles_do_nothing_on_any_case(role: Role) -> None:
    assert not [action for action in ABOUT_A_CASE if relations(role, action)]
