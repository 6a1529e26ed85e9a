"""The edition's tables for what is kept beside cases."""

from typing import Annotated, Literal

from pydantic import Field

from policy.editions.table import AtLeastOne, Listed, Part, Table


class EstateInspections(Table):
    """A place may be inspected more often than this, never less. (estate-inspections, section 4)"""

    every_working_days: AtLeastOne
    finding_working_days: AtLeastOne


class FindingKind(Part):
    """What an inspection may find. `category` is that of a case made of it."""

    key: str
    name: str
    category: str


class EvidenceQueue(Table):
    """A file that was sent to us is named on its case within `match_working_days`; after `supervisor_working_days`
    a supervisor sees to it. (incident-diaries, section 5)
    """

    match_working_days: AtLeastOne
    supervisor_working_days: AtLeastOne


class PolicyReview(Table):
    """`owner` is the role that sees to it until somebody is named; reminded so many days before it is due.
    (policy-review, section 8)
    """

    years: AtLeastOne
    reminder_days: AtLeastOne
    owner: Literal["community_safety", "supervisor", "manager"]


class LettingsCheck(Table):
    """(lettings-check, section 4)"""

    within_days: AtLeastOne
    reasons: Annotated[tuple[Listed, ...], Field(min_length=1)]
