"""From the case file alone: what people owe, by when, and why."""

import re
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import (
    assessing,
    contacting,
    mediation,
    policing,
    protecting,
    risk,
    serious,
    supervising,
    victims,
    witnesses,
    writing,
)
from policy.deadlines.base import Deadline, Obligation, SetAside
from policy.deadlines.escalating import bare_key, with_escalations
from policy.deadlines.matters import matters
from policy.deadlines.withdrawals import disclosure_refusals, group_refusals, police_withdrawal
from policy.editions import Edition
from policy.matters import COURSES

_WHILE_OPEN: Final = (
    serious.police_advice,
    serious.appointment,
    contacting.first_contact,
    assessing.assessment,
    assessing.further_incident,
    assessing.reassessment,
    assessing.second_look,
    contacting.regular_contact,
    supervising.allocation,
    supervising.review,
    supervising.closure_approval,
    protecting.domestic_abuse,
    protecting.safe_way,
    protecting.emergency_accommodation,
    protecting.safety,
    protecting.support_offer,
    protecting.partners,
    protecting.contact_in_the_right_way,
    risk.assessments,
    risk.review_of_high_risk,
    victims.found,
    policing.police_consent,
    policing.police_referral,
    group_refusals,
)

_ALWAYS: Final = (
    matters,
    mediation.stopping,
    witnesses.hearings,
    writing.letters,
    disclosure_refusals,
    police_withdrawal,
)
"""Also of a case that has closed, or that has joined another, which does not see to it."""

KEYS: Final = frozenset(
    {
        "police-advice",
        "appointment",
        "first-contact",
        "assessment",
        "further-incident",
        "reassessment",
        "second-look",
        "regular-contact",
        "allocation",
        "review",
        "closure-approval",
        "victim-found",
        "support-offer",
        "partners",
        "police-consent",
        "police-referral",
        "police-withdrawal",
    }
)
"""What a deadline of the case itself may be called."""

OF_SOMEBODY: Final = frozenset(
    {
        "specialist-help",
        "legal-options",
        "safe-way",
        "right-way",
        "safety",
        "emergency-accommodation",
        "risk-assessment",
        "risk-renewal",
        "risk-review",
        "hearing-before",
        "hearing-during",
        "hearing-after",
        "mediation-stop",
        "disclosure-refusal",
        "group-refusal",
    }
)
"""What one that is owed to somebody may be called, before a colon and what they, or the matter, are called."""

_NUMBER: Final = re.compile(r"-\d+$")


def is_key(key: str) -> bool:
    """Whether a deadline may be called so: one of `KEYS`, one of `OF_SOMEBODY` and somebody, a matter's
    key, `letter:` and a letter's key; and each with `escalation:` before it, once or twice.
    """
    bare = bare_key(key)
    if bare in KEYS or bare.startswith("letter:") or without_number(bare) in COURSES:
        return True
    return ":" in bare and stem_of(bare) in OF_SOMEBODY


def without_number(key: str) -> str:
    """`promise` for `promise-7`."""
    return _NUMBER.sub("", key)


def stem_of(key: str) -> str:
    """The key without whose it is: `risk-assessment` of `risk-assessment:witness-2`."""
    return key.partition(":")[0]


def obligations(file: CaseFile, edition: Edition) -> list[Obligation]:
    """Open deadlines and clocks set aside. A case that has closed or joined another still owes its letters,
    what outlives it, and support at the hearings of that.
    """
    sources = _ALWAYS if file.at_rest else (*_WHILE_OPEN, *_ALWAYS)
    return [obligation for source in sources for obligation in source(file, edition)]


def deadlines(file: CaseFile, edition: Edition) -> list[Deadline]:
    """Open deadlines, the earliest first."""
    open_ones = [o for o in obligations(file, edition) if isinstance(o, Deadline)]
    return sorted(with_escalations(file, open_ones, edition), key=lambda d: (d.due, d.key))


def clocks_set_aside(file: CaseFile, edition: Edition) -> list[SetAside]:
    return [o for o in obligations(file, edition) if isinstance(o, SetAside)]


__all__ = [
    "KEYS",
    "OF_SOMEBODY",
    "Deadline",
    "SetAside",
    "bare_key",
    "clocks_set_aside",
    "deadlines",
    "is_key",
    "stem_of",
    "without_number",
]
