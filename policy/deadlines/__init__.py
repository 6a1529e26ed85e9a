"""From the case file alone: what people owe, by when, and why."""

from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import assessing, contacting, serious, supervising, writing
from policy.deadlines.base import Deadline, Obligation, SetAside
from policy.editions import Edition

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
)


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
    }
)
"""What a deadline may be called; one for a letter is called `letter:` and the letter's key."""

LETTER_KEY: Final = "letter:"


def obligations(file: CaseFile, edition: Edition) -> list[Obligation]:
    """Open deadlines and clocks set aside. A case that has closed or joined another still owes its letters."""
    sources = (writing.letters,) if file.at_rest else (*_WHILE_OPEN, writing.letters)
    return [obligation for source in sources for obligation in source(file, edition)]


def deadlines(file: CaseFile, edition: Edition) -> list[Deadline]:
    """Open deadlines, the earliest first."""
    open_ones = [o for o in obligations(file, edition) if isinstance(o, Deadline)]
    return sorted(open_ones, key=lambda d: (d.due, d.key))


def clocks_set_aside(file: CaseFile, edition: Edition) -> list[SetAside]:
    return [o for o in obligations(file, edition) if isinstance(o, SetAside)]


__all__ = ["KEYS", "LETTER_KEY", "Deadline", "SetAside", "clocks_set_aside", "deadlines"]
