"""What is owed of a file that was sent to us and that no fact names yet. (incident-diaries, section 5)"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from policy.deadlines import Deadline
from policy.estates.file import Counting
from policy.facts.base import Role, Words
from policy.frozen import Frozen
from policy.rows import section_of
from policy.working_days import working_days_after

MATCH: Final = "match-evidence"
MATCH_LATE: Final = "match-evidence:supervisor"
"""Shown once the other is late."""

_ROW: Final = "incident-diaries"
_WORDS: Final = {
    MATCH: "Put what was sent to us on its case",
    MATCH_LATE: "See to it that what was sent to us comes to its case",
}


class WhyAside(StrEnum):
    """Why a file belongs to no case of ours."""

    NOT_MEANT_FOR_US = "not_meant_for_us"
    ON_A_CASE_ALREADY = "on_a_case_already"
    CANNOT_BE_USED = "cannot_be_used"
    NOBODY_KNOWS_WHOSE = "nobody_knows_whose"


class SetAside(Frozen):
    """What is said of it: why, and what was done to find its case."""

    why: WhyAside
    words: Words


def owed(since: datetime, counting: Counting) -> dict[str, Deadline]:
    """By key. Both are met by the fact that names the file."""
    days = counting.edition.evidence_queue
    return {
        MATCH: _owed(MATCH, Role.OFFICER, days.match_working_days, since, counting),
        MATCH_LATE: _owed(MATCH_LATE, Role.SUPERVISOR, days.supervisor_working_days, since, counting),
    }


def _owed(key: str, by: Role, days: int, since: datetime, counting: Counting) -> Deadline:
    due = working_days_after(since, days, counting.closure_days, counting.edition.office.closes)
    return Deadline(
        key=key,
        since=0,
        row=_ROW,
        section=section_of(_ROW),
        edition=counting.edition.name,
        owed_by=by,
        owed=_WORDS[key],
        due=due.moment,
        counted=due.counted,
        met_by=("evidence_received",),
    )
