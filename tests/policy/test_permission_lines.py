"""Who may record what, stated once more from the other side: what stands in no list here is for staff alone."""

from collections.abc import Mapping

import pytest

from policy.case_review.facts import REVIEW_FACT_TYPES
from policy.facts import FACT_TYPES
from policy.facts.base import Role
from policy.journal import BESIDE_FACT_TYPES
from policy.legal_action.facts import LEGAL_FACT_TYPES
from policy.permissions import (
    MAY_RECORD,
    MAY_RECORD_BESIDE,
    MAY_RECORD_BY_LINK,
    MAY_RECORD_IN_CASE_REVIEW,
    MAY_RECORD_IN_LEGAL_ACTION,
    MAY_RECORD_IN_REFERRAL,
    may_record,
)
from policy.referral.facts import REFERRAL_FACT_TYPES

TABLES: Mapping[str, dict[str, frozenset[Role]]] = {
    "case": MAY_RECORD,
    "beside": MAY_RECORD_BESIDE,
    "legal-action": MAY_RECORD_IN_LEGAL_ACTION,
    "referral": MAY_RECORD_IN_REFERRAL,
    "link": MAY_RECORD_BY_LINK,
    "case-review": MAY_RECORD_IN_CASE_REVIEW,
}
FACTS = {
    "case": set(FACT_TYPES),
    "beside": set(BESIDE_FACT_TYPES) - {"deadline_missed"},
    "legal-action": set(LEGAL_FACT_TYPES) - {"deadline_missed"},
    "referral": set(REFERRAL_FACT_TYPES) - {"deadline_missed"},
    "link": {
        *("referral_acknowledged", "referral_answered", "referral_work_reported"),
        *("chased", "diary_returned", "evidence_received", "incident_reported", "need_told"),
        "questionnaire_answered",
    },
    "case-review": set(REVIEW_FACT_TYPES) - {"deadline_missed"},
}

LEADERS = {Role.SUPERVISOR, Role.MANAGER}
STAFF = {Role.OFFICER, Role.COMMUNITY_SAFETY, *LEADERS}

FROM_ANYBODY = {"report_received", "questionnaire_answered", "case_review_asked"}
FOUND_BY_THE_SYSTEM = {
    *("report_joined", "police_told_where_joined", "pattern_found", "deadline_missed"),
    "case_imported",
    *("letter_ready_to_post", "letter_held_up", "letter_refused", "letter_in_doubt", "letter_came_back"),
    *("legal_action_told", "legal_action_moved", "legal_order_made", "legal_action_finished"),
    *("referral_told", "referral_moved", "referral_taken_up", "referral_finished"),
    *("case_review_begun", "told_in_case_review", "case_told_of_review"),
    *("legal_action_begun", "case_learnt", "case_told"),
    *("referral_begun", "consent_told", "referral_sent", "referral_not_delivered"),
    *("erasure_proposed", "erasure_lapsed", "erased", "policy_review_reminded", "focus_area_proposed"),
}
DECIDED_BY_LEADERS = {
    *("case_reviewed", "closure_approved", "closure_declined", "edition_adopted", "closure_days_adopted"),
    *("surveillance_authorised", "surveillance_refused", "surveillance_renewed"),
    *("publicity_approved", "legal_action_stopped", "team_reviewed"),
    *("inspection_plan_changed", "inspections_ended"),
    *("threshold_decided", "agencies_told_of_refusal", "review_decided"),
    *("access_restricted", "restriction_reviewed", "access_opened", "staff_admitted", "admission_ended"),
    *("emergency_access_reviewed", "erasure_approved"),
}
ALSO_BY_COMMUNITY_SAFETY = {"focus_area_accepted", "focus_area_refused", "focus_area_ended"}
"""Beside those who lead."""
ALSO_BY_SOLICITORS = {
    *("solicitor_answered", "papers_issued", "court_listed", "court_adjourned", "court_asked", "court_decided"),
    *("order_varied", "appeal_lodged", "appeal_decided"),
}


ALSO_BY_DATA_PROTECTION = {
    "conflict_ended": LEADERS,
    "emergency_access_taken": STAFF,
    "hold_placed": LEADERS,
    "hold_lifted": LEADERS,
    "erasure_refused": LEADERS,
}
"""And by whom else."""


STATED: dict[str, set[Role]] = {
    "policy_review_owner_named": {Role.MANAGER},
    "policy_review_brought_forward": {*LEADERS, Role.COMMUNITY_SAFETY},
    "policy_reviewed": {*LEADERS, Role.COMMUNITY_SAFETY},
    **{key: {*STAFF, Role.RESIDENT} for key in FROM_ANYBODY},
    **{key: {Role.SYSTEM} for key in FOUND_BY_THE_SYSTEM},
    **dict.fromkeys(DECIDED_BY_LEADERS, LEADERS),
    **{key: {*LEADERS, Role.COMMUNITY_SAFETY} for key in ALSO_BY_COMMUNITY_SAFETY},
    **{fact: {*others, Role.DATA_PROTECTION} for fact, others in ALSO_BY_DATA_PROTECTION.items()},
}


def expected(table: str, fact: str) -> set[Role]:
    if table == "link":
        return {Role.AGENCY} if fact.startswith("referral_") else {Role.RESIDENT}
    if table == "legal-action" and fact in ALSO_BY_SOLICITORS:
        return {*STAFF, Role.SOLICITOR}
    return STATED.get(fact, STAFF)


@pytest.mark.parametrize("table", list(TABLES))
def test_each_fact_is_for_these_roles_and_no_others(table: str) -> None:
    assert set(TABLES[table]) == FACTS[table]
    others = {fact: set(roles) for fact, roles in TABLES[table].items() if set(roles) != expected(table, fact)}
    assert others == {}


def test_nothing_is_listed_here_that_no_table_knows() -> None:
    known = set().union(*TABLES.values())
    stated = FROM_ANYBODY | FOUND_BY_THE_SYSTEM | DECIDED_BY_LEADERS | ALSO_BY_SOLICITORS
    assert known >= stated | ALSO_BY_COMMUNITY_SAFETY


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_record_what_one_of_the_tables_lets_it(role: Role) -> None:
    theirs = {fact for table in TABLES.values() for fact, roles in table.items() if role in roles}
    assert {fact for table in TABLES.values() for fact in table if may_record(role, fact)} == theirs
