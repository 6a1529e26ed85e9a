"""Who may record which fact. One table; the doors ask it, the policy's rules assume it."""

from typing import Final

from policy.facts.base import Role

_SUPERVISOR: Final = frozenset({Role.SUPERVISOR, Role.MANAGER})
_STAFF: Final = _SUPERVISOR | {Role.OFFICER}
_ANYONE: Final = _STAFF | {Role.RESIDENT}
_SYSTEM: Final = frozenset({Role.SYSTEM})

MAY_RECORD: Final[dict[str, frozenset[Role]]] = {
    "report_received": _ANYONE,
    "incident_reported": _STAFF,
    "hate_perceived": _STAFF,
    "complainant_details_told": _STAFF,
    "case_joined": _STAFF,
    "case_separated": _STAFF,
    "report_joined": _SYSTEM,
    "incident_separated": _STAFF,
    "cases_linked": _STAFF,
    "cases_unlinked": _STAFF,
    "person_joined": _STAFF,
    "person_identified": _STAFF,
    "person_left": _STAFF,
    "contact_made": _STAFF,
    "contact_attempted": _STAFF,
    "appointment_offered": _STAFF,
    "police_advised": _STAFF,
    "assessed": _STAFF,
    "advice_given": _STAFF,
    "second_look_asked": _STAFF,
    "second_look_answered": _STAFF,
    "case_allocated": _STAFF,
    "case_reviewed": _SUPERVISOR,
    "promise_made": _STAFF,
    "promise_kept": _STAFF,
    "promise_moved": _STAFF,
    "promise_broken": _STAFF,
    "chased": _STAFF,
    "chase_answered": _STAFF,
    "action_planned": _STAFF,
    "action_done": _STAFF,
    "action_moved": _STAFF,
    "action_dropped": _STAFF,
    "wait_begun": _STAFF,
    "answer_received": _STAFF,
    "wait_extended": _STAFF,
    "wait_ended": _STAFF,
    "closure_proposed": _STAFF,
    "closure_approved": _SUPERVISOR,
    "closure_declined": _SUPERVISOR,
    "case_closed": _STAFF,
    "letter_sent": _STAFF,
    "letter_not_sent": _STAFF,
    "letter_ready_to_post": _SYSTEM,
    "letter_held_up": _SYSTEM,
    "letter_refused": _SYSTEM,
    "letter_in_doubt": _SYSTEM,
    "deadline_missed": _SYSTEM,
    "edition_adopted": _SUPERVISOR,
    "closure_days_adopted": _SUPERVISOR,
    "contact_declined": _STAFF,
    "complaint_withdrawn": _STAFF,
    "anonymity_wished": _STAFF,
    "contact_wanted": _STAFF,
    "questionnaire_answered": _ANYONE,
    "perpetrator_written_to": _STAFF,
    "perpetrator_not_told": _STAFF,
    "closing_discussed": _STAFF,
    "cover_arranged": _STAFF,
    "signposted": _STAFF,
    "pattern_found": _SYSTEM,
    "finding_answered": _STAFF,
}


MAY_RECORD_BESIDE: Final[dict[str, frozenset[Role]]] = {
    "place_listed": _STAFF,
    "inspection_plan_changed": _SUPERVISOR,
    "place_inspected": _STAFF,
    "finding_made_a_case": _STAFF,
    "finding_ended": _STAFF,
    "inspections_ended": _SUPERVISOR,
    "prevention_planned": _STAFF,
    "prevention_corrected": _STAFF,
    "prevention_ended": _STAFF,
}
"""What is recorded beside cases."""


def may_record(role: Role, fact: str) -> bool:
    """False for a fact that neither table knows."""
    return role in (MAY_RECORD.get(fact) or MAY_RECORD_BESIDE.get(fact) or frozenset())
