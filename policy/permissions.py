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
    "pattern_found": _SYSTEM,
    "finding_answered": _STAFF,
}


def may_record(role: Role, fact: str) -> bool:
    """False for a fact that the table does not know."""
    return role in MAY_RECORD.get(fact, frozenset())
