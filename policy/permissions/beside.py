"""Who may record what beside cases: at places, in prevention, and of what is carried on beside a case."""

from typing import Final

from policy.facts.base import Role

SUPERVISOR: Final = frozenset({Role.SUPERVISOR, Role.MANAGER})
STAFF: Final = SUPERVISOR | {Role.OFFICER, Role.COMMUNITY_SAFETY}
ANYONE: Final = STAFF | {Role.RESIDENT}
SYSTEM: Final = frozenset({Role.SYSTEM})
RESIDENT: Final = frozenset({Role.RESIDENT})
LEADING_ON_PLACES: Final = SUPERVISOR | {Role.COMMUNITY_SAFETY}
IN_COURT: Final = STAFF | {Role.SOLICITOR}
POLICY: Final = SUPERVISOR | {Role.COMMUNITY_SAFETY}
"""Who may own the policy's review."""
KEEPERS: Final = SUPERVISOR | {Role.DATA_PROTECTION}
"""Who may say that a record must stay. Whoever advises on erasure does not approve it. (UK GDPR art. 38(6))"""

MAY_RECORD_BESIDE: Final[dict[str, frozenset[Role]]] = {
    "place_listed": STAFF,
    "inspection_plan_changed": SUPERVISOR,
    "place_inspected": STAFF,
    "finding_made_a_case": STAFF,
    "finding_ended": STAFF,
    "inspections_ended": SUPERVISOR,
    "prevention_planned": STAFF,
    "prevention_corrected": STAFF,
    "prevention_ended": STAFF,
    "policy_review_owner_named": frozenset({Role.MANAGER}),
    "policy_review_brought_forward": POLICY,
    "policy_reviewed": POLICY,
    "policy_review_reminded": SYSTEM,
    "focus_area_proposed": SYSTEM,
    "focus_area_accepted": LEADING_ON_PLACES,
    "focus_area_refused": LEADING_ON_PLACES,
    "focus_area_reviewed": STAFF,
    "focus_area_ended": LEADING_ON_PLACES,
    "access_restricted": SUPERVISOR,
    "access_opened": SUPERVISOR,
    "staff_admitted": SUPERVISOR,
    "admission_ended": SUPERVISOR,
    "conflict_declared": STAFF,
    "conflict_ended": SUPERVISOR | {Role.DATA_PROTECTION},
    "restriction_reviewed": SUPERVISOR,
    "emergency_access_taken": STAFF | {Role.DATA_PROTECTION},
    "emergency_access_reviewed": SUPERVISOR,
    "hold_placed": KEEPERS,
    "hold_lifted": KEEPERS,
    "erasure_proposed": SYSTEM,
    "erasure_approved": SUPERVISOR,
    "erasure_refused": KEEPERS,
    "erasure_lapsed": SYSTEM,
    "erased": SYSTEM,
    "entry_corrected": STAFF,
}
"""What is recorded beside cases."""


MAY_RECORD_IN_LEGAL_ACTION: Final[dict[str, frozenset[Role]]] = {
    "legal_action_begun": SYSTEM,
    "case_learnt": SYSTEM,
    "team_reviewed": SUPERVISOR,
    "solicitor_instructed": STAFF,
    "solicitor_chased": STAFF,
    "solicitor_answered": IN_COURT,
    "papers_issued": IN_COURT,
    "court_listed": IN_COURT,
    "court_adjourned": IN_COURT,
    "court_asked": IN_COURT,
    "court_decided": IN_COURT,
    "order_reviewed": STAFF,
    "order_breached": STAFF,
    "breach_answered": STAFF,
    "order_varied": IN_COURT,
    "appeal_lodged": IN_COURT,
    "appeal_decided": IN_COURT,
    "legal_action_ended": STAFF,
    "case_told": SYSTEM,
}


MAY_RECORD_IN_REFERRAL: Final[dict[str, frozenset[Role]]] = {
    "referral_begun": SYSTEM,
    "consent_told": SYSTEM,
    "referral_sent": SYSTEM,
    "referral_not_delivered": SYSTEM,
    "referral_handed_over": STAFF,
    "sending_asked_again": STAFF,
    "referral_acknowledged": STAFF,
    "referral_answered": STAFF,
    "referral_chased": STAFF,
    "referral_work_reported": STAFF,
    "agency_told_of_withdrawal": STAFF,
    "referral_ended": STAFF,
    "case_told": SYSTEM,
}


MAY_RECORD_BY_LINK: Final[dict[str, frozenset[Role]]] = {
    "referral_acknowledged": frozenset({Role.AGENCY}),
    "referral_answered": frozenset({Role.AGENCY}),
    "referral_work_reported": frozenset({Role.AGENCY}),
    "chased": RESIDENT,
    "diary_returned": RESIDENT,
    "evidence_received": RESIDENT,
    "incident_reported": RESIDENT,
    "need_told": RESIDENT,
    "questionnaire_answered": RESIDENT,
}
"""What an agency tells us by its private link of a referral, and somebody affected by theirs of their own case.
Staff record the same. How somebody can be reached is not told so: whoever holds a link could turn their letters to
themselves.
"""


MAY_RECORD_IN_CASE_REVIEW: Final[dict[str, frozenset[Role]]] = {
    "case_review_asked": ANYONE,
    "case_brought_in": STAFF,
    "case_told_of_review": SYSTEM,
    "case_review_acknowledged": STAFF,
    "threshold_decided": SUPERVISOR,
    "threshold_told": STAFF,
    "partners_asked": STAFF,
    "partner_answered": STAFF,
    "partner_chased": STAFF,
    "victim_heard": STAFF,
    "hearing_declined": STAFF,
    "review_meeting_held": STAFF,
    "agencies_told_of_refusal": SUPERVISOR,
    "review_decided": SUPERVISOR,
    "review_outcome_told": STAFF,
    "recommendation_carried_out": STAFF,
    "recommendation_moved": STAFF,
    "recommendation_refused": STAFF,
    "review_disputed": STAFF,
    "dispute_answered": STAFF,
    "case_review_withdrawn": STAFF,
    "case_review_ended": STAFF,
}
