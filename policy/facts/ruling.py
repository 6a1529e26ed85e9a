"""What changes the rules or the clock of a case, and what the clock itself found."""

from datetime import date
from typing import Literal

from policy.facts.base import Fact, Line, Moment, Name, Words


class DeadlineMissed(Fact):
    """`at` is the moment it fell due; the entry's `recorded_at` when this was noticed."""

    fact: Literal["deadline_missed"] = "deadline_missed"
    key: Name
    row: Name
    due: Moment


class EditionAdopted(Fact):
    """An open case goes over to another edition of the policy, by decision. (editions, section 8)"""

    fact: Literal["edition_adopted"] = "edition_adopted"
    edition: Name
    reasons: Words


class ClosureDaysAdopted(Fact):
    """Days on which the office is closed, known anew: bank holidays proclaimed, the landlord's own days.
    `reasons` are asked for; only what was recorded before they were may lack them.
    """

    fact: Literal["closure_days_adopted"] = "closure_days_adopted"
    days: dict[date, Line]
    known_until: date
    reasons: Words | None = None


Facts = DeadlineMissed | EditionAdopted | ClosureDaysAdopted
