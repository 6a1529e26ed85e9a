"""What was missed and is still not done goes to whoever stands above. (review-meetings, section 7)"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.facts.base import Role
from policy.file import File
from policy.working_days import HOURS, Due, hours_after, working_days_after

ABOVE: Final = {Role.OFFICER: Role.SUPERVISOR, Role.SUPERVISOR: Role.MANAGER}
_MARK: Final = "escalation:"


def with_escalations(file: File, open_ones: Sequence[Deadline], edition: Edition) -> list[Deadline]:
    return [*open_ones, *_escalations(file, open_ones, edition)]


def _escalations(file: File, open_ones: Sequence[Deadline], edition: Edition) -> Iterator[Deadline]:
    """Counted from when the miss was noticed: before that nobody could see it."""
    for missed in open_ones:
        if missed.noticed_at is None or missed.owed_by not in ABOVE:
            continue
        above = owed(
            file,
            f"{_MARK}{missed.key}",
            _due(file, missed, missed.noticed_at, edition),
            row="review-meetings",
            what=f"See to it that this is done: {missed.owed.removeprefix(_SEE_TO_IT)}",
            met_by=missed.met_by,
            by=ABOVE[missed.owed_by],
        )
        yield above
        yield from _escalations(file, (above,), edition)


def _due(file: File, missed: Deadline, noticed_at: datetime, edition: Edition) -> Due:
    """What was owed within hours does not wait for days."""
    if missed.counted.unit == HOURS:
        return hours_after(noticed_at, edition.escalation.hours)
    days = edition.escalation.working_days
    return working_days_after(noticed_at, days, file.closure_days, edition.office.closes)


_SEE_TO_IT: Final = "See to it that this is done: "


def bare_key(key: str) -> str:
    """The key of the deadline that was missed."""
    while key.startswith(_MARK):
        key = key.removeprefix(_MARK)
    return key
