"""From the case file alone: what people owe, by when, and why."""

import re
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import assessing, contacting, policing, serious, supervising, writing
from policy.deadlines.base import Deadline, Obligation, SetAside
from policy.deadlines.escalating import bare_key, escalations
from policy.deadlines.matters import matters
from policy.editions import Edition
from policy.matters import COURSES

_WHILE_OPEN: Final = (
    serious.police_advice,
    serious.appointment,
    contacting.first_contact,
    assessing.assessment,
    assessing.reassessment,
    assessing.second_look,
    contacting.regular_contact,
    supervising.review,
    supervising.closure_approval,
    policing.police_consent,
    policing.police_referral,
)

_ALWAYS: Final = (matters, writing.letters)

KEYS: Final = frozenset(
    {
        "police-advice",
        "appointment",
        "first-contact",
        "assessment",
        "reassessment",
        "second-look",
        "regular-contact",
        "review",
        "closure-approval",
        "police-consent",
        "police-referral",
    }
)
"""What a deadline of the case itself may be called."""

_NUMBER: Final = re.compile(r"-\d+$")


def is_key(key: str) -> bool:
    """Whether a deadline may be called so: one of `KEYS`, a matter's key, `letter:` and a letter's key;
    and each with `escalation:` before it, once or twice.
    """
    bare = bare_key(key)
    return bare in KEYS or bare.startswith("letter:") or without_number(bare) in COURSES


def without_number(key: str) -> str:
    """`promise` for `promise-7`."""
    return _NUMBER.sub("", key)


def obligations(file: CaseFile, edition: Edition) -> list[Obligation]:
    """Open deadlines and clocks set aside. A case that has closed or joined another still owes its letters,
    and what outlives it.
    """
    sources = _ALWAYS if file.at_rest else (*_WHILE_OPEN, *_ALWAYS)
    return [obligation for source in sources for obligation in source(file, edition)]


def deadlines(file: CaseFile, edition: Edition) -> list[Deadline]:
    """Open deadlines, the earliest first."""
    open_ones = [o for o in obligations(file, edition) if isinstance(o, Deadline)]
    return sorted((*open_ones, *escalations(file, open_ones, edition)), key=lambda d: (d.due, d.key))


def clocks_set_aside(file: CaseFile, edition: Edition) -> list[SetAside]:
    return [o for o in obligations(file, edition) if isinstance(o, SetAside)]


__all__ = ["KEYS", "Deadline", "SetAside", "bare_key", "clocks_set_aside", "deadlines", "is_key", "without_number"]
