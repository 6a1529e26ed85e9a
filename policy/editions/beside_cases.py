"""The edition's tables for what is kept beside cases."""

from typing import Annotated, Literal

from pydantic import Field

from policy.editions.table import AtLeastOne, Listed, Part, Table

Share = Annotated[float, Field(gt=0, lt=1)]


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


class FocusAreas(Table):
    """A place is proposed where the last `days` hold at least `least_cases` and more than chance explains, given
    at least `least_past` in the `years_of_past` before. Of all that are proposed at most `false_share` are chance.
    What was refused comes again when there are `again_times` as many. A proposal is decided on within
    `decide_working_days`, an accepted one reviewed every `review_working_days`, or sooner. Fewer hate cases than
    `least_shown` are not told. (focus-areas, section 7)
    """

    days: AtLeastOne
    years_of_past: AtLeastOne
    least_cases: AtLeastOne
    least_past: AtLeastOne
    false_share: Share
    again_times: Annotated[float, Field(gt=1)]
    decide_working_days: AtLeastOne
    review_working_days: AtLeastOne
    least_shown: AtLeastOne
