"""What happens to a record on its way to erasure. Codes, days and references alone: this outlives what it is
about, so nobody's words belong in it. (retention)
"""

from datetime import date
from enum import StrEnum
from typing import Literal

from policy.editions.retention import RecordKind
from policy.facts.base import Fact, Name


class HoldReason(StrEnum):
    """Why a record must stay as it is for now."""

    OMBUDSMAN = "ombudsman"
    COMPLAINT = "complaint"
    CLAIM = "claim"
    COURT = "court"
    ACCESS_REQUEST = "access_request"
    SAFEGUARDING = "safeguarding"


class HoldPlaced(Fact):
    """Nothing of it is erased until somebody lifts this; an approval is void."""

    fact: Literal["hold_placed"] = "hold_placed"
    reason: HoldReason


class HoldLifted(Fact):
    """`hold` is the id of the fact that placed it."""

    fact: Literal["hold_lifted"] = "hold_lifted"
    hold: Name


class ErasureProposed(Fact):
    """By us: it has been kept as long as the edition says. `months` were counted from `since`, and `last` is the
    last day of them. `officer` had the case.
    """

    fact: Literal["erasure_proposed"] = "erasure_proposed"
    kind: RecordKind
    edition: Name
    months: int
    since: date
    last: date
    officer: Name | None = None


class ErasureApproved(Fact):
    fact: Literal["erasure_approved"] = "erasure_approved"


class StillNeeded(StrEnum):
    """Why somebody refuses an erasure although the time is over."""

    RISK_TO_SOMEBODY = "risk_to_somebody"
    CHILD_ON_THE_CASE = "child_on_the_case"
    DISPUTE_EXPECTED = "dispute_expected"
    LINKED_MATTER_OPEN = "linked_matter_open"
    RECORD_TO_BE_CORRECTED = "record_to_be_corrected"


class ErasureRefused(Fact):
    """It is not proposed again before the day after `until`."""

    fact: Literal["erasure_refused"] = "erasure_refused"
    why: StillNeeded
    until: date


class WhyLapsed(StrEnum):
    """Why an approval holds no longer. It is proposed and approved anew, with as many days to refuse it."""

    KEPT_AFTER_ALL = "kept_after_all"
    NOT_CARRIED_OUT = "not_carried_out"


class ErasureLapsed(Fact):
    """By us: something stopped its clock after the approval, or nobody carried it out in time."""

    fact: Literal["erasure_lapsed"] = "erasure_lapsed"
    why: WhyLapsed


class Erased(Fact):
    """By us, and for ever. How many entries, letters and people are no more."""

    fact: Literal["erased"] = "erased"
    entries: int = 0
    letters: int = 0
    people: int = 0
    others: int = 0
