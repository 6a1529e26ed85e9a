"""Who may record what, as the tables are asked. Their lines: test_permission_lines.py."""

import pytest

from policy.case_review.facts import REVIEW_FACT_TYPES
from policy.facts import FACT_TYPES, Role
from policy.journal import BESIDE_FACT_TYPES
from policy.permissions import (
    MAY_RECORD,
    MAY_RECORD_BESIDE,
    MAY_RECORD_BY_LINK,
    MAY_RECORD_IN_CASE_REVIEW,
    MAY_RECORD_IN_LEGAL_ACTION,
    may_record,
)
from policy.referral.facts import REFERRAL_FACT_TYPES
from policy.referral.stages import BY_THE_AGENCY
from policy.standing import actions
from tests.given import EDITION, case_of, london, report

BY_A_RESIDENT = {
    *("report_received", "questionnaire_answered", "chased", "diary_returned", "evidence_received"),
    *("incident_reported", "need_told"),
}


def test_what_is_recorded_beside_cases_has_rows_of_its_own() -> None:
    assert not set(MAY_RECORD_BESIDE) & set(MAY_RECORD)


def test_what_is_recorded_on_a_case_review_has_rows_of_its_own() -> None:
    assert not set(MAY_RECORD_IN_CASE_REVIEW) & {*MAY_RECORD, *MAY_RECORD_BESIDE, *MAY_RECORD_IN_LEGAL_ACTION}


def test_a_resident_asks_for_a_case_review_and_only_a_supervisor_decides_one() -> None:
    by = {role: {fact for fact in REVIEW_FACT_TYPES if may_record(role, fact)} for role in Role}
    assert by[Role.RESIDENT] == {"case_review_asked"}
    decides = {"threshold_decided", "review_decided", "agencies_told_of_refusal"}
    assert by[Role.SUPERVISOR] - by[Role.OFFICER] == decides
    assert by[Role.OPS] == by[Role.LETTINGS] == set()


@pytest.mark.parametrize("fact", [*FACT_TYPES, *BESIDE_FACT_TYPES])
def test_a_resident_reports_and_tells_by_their_link_and_ops_and_lettings_record_nothing(fact: str) -> None:
    assert may_record(Role.RESIDENT, fact) is (fact in BY_A_RESIDENT)
    assert not may_record(Role.OPS, fact)
    assert not may_record(Role.LETTINGS, fact)


def test_an_agency_tells_by_its_link_what_it_may_of_its_referral_and_nothing_else() -> None:
    theirs = {kind.model_fields["fact"].default for kind in BY_THE_AGENCY}
    assert {fact for fact, who in MAY_RECORD_BY_LINK.items() if Role.AGENCY in who} == theirs
    others = {*FACT_TYPES, *BESIDE_FACT_TYPES, *REFERRAL_FACT_TYPES}
    assert {fact for fact in others if may_record(Role.AGENCY, fact)} == theirs


@pytest.mark.parametrize("role", list(Role))
def test_a_fact_that_the_table_does_not_know_is_nobodys(role: Role) -> None:
    assert not may_record(role, "case_forgotten")


@pytest.mark.parametrize("role", list(Role))
def test_the_actions_offered_to_a_role_are_those_that_it_may_record(role: Role) -> None:
    file = case_of(report(london(2023, 6, 5)))
    offered = {action.fact for action in actions(file, EDITION, role)}
    assert offered == {
        fact
        for fact in FACT_TYPES
        if may_record(role, fact) and fact not in {"report_received", "incident_reported"}
    }
