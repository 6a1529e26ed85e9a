"""Who may record which fact. One table; the doors ask it, the policy's rules assume it."""

from typing import Final

from policy.facts.base import Role

_STAFF: Final = frozenset({Role.OFFICER, Role.SUPERVISOR})
_SUPERVISOR: Final = frozenset({Role.SUPERVISOR})
_ANYONE: Final = frozenset({Role.RESIDENT, Role.OFFICER, Role.SUPERVISOR})
_SYSTEM: Final = frozenset({Role.SYSTEM})

MAY_RECORD: Final[dict[str, frozenset[Role]]] = {
    "report_received": _ANYONE,
    "incident_reported": _STAFF,
    "hate_perceived": _STAFF,
    "complainant_details_told": _STAFF,
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
}


def may_record(role: Role, fact: str) -> bool:
    """False for a fact that the table does not know."""
    return role in MAY_RECORD.get(fact, frozenset())
