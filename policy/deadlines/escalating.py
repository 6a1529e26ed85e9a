"""What was missed and is still not done goes to whoever stands above. (review-meetings, section 7)"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.facts.base import Role
from policy.file import File
from policy.working_days import HOURS, ClosureDays, Due, hours_after, working_days_after

ABOVE: Final = {Role.OFFICER: Role.SUPERVISOR, Role.SUPERVISOR: Role.MANAGER}
MARK: Final = "escalation:"


def with_escalations(file: File, open_ones: Sequence[Deadline], edition: Edition) -> list[Deadline]:
    return [*open_ones, *_escalations(file, open_ones, edition)]


def _escalations(file: File, open_ones: Sequence[Deadline], edition: Edition) -> Iterator[Deadline]:
    """Counted from when the miss was noticed: before that nobody could see it."""
    for missed in open_ones:
        if missed.noticed_at is None or missed.owed_by not in ABOVE:
            continue
        above = owed(
            file,
            f"{MARK}{missed.key}",
            _due(file.closure_days, missed, missed.noticed_at, edition),
            row="review-meetings",
            what=f"See to it that this is done: {missed.owed.removeprefix(_SEE_TO_IT)}",
            met_by=missed.met_by,
            by=ABOVE[missed.owed_by],
        )
        yield above
        yield from _escalations(file, (above,), edition)


def above(
    missed: Deadline, closure_days: ClosureDays, edition: Edition, who: Mapping[Role, Role] = ABOVE
) -> Deadline | None:
    """The same of what is owed beside cases. None where the miss was not noticed, or nobody stands above."""
    if missed.noticed_at is None or missed.owed_by not in who:
        return None
    due = _due(closure_days, missed, missed.noticed_at, edition)
    up = {
        "key": f"{MARK}{missed.key}",
        "owed_by": who[missed.owed_by],
        "owner": None,
        "owed": f"{_SEE_TO_IT}{missed.owed.removeprefix(_SEE_TO_IT)}",
        "due": due.moment,
        "counted": due.counted,
        "noticed_at": None,
    }
    return missed.model_copy(update=up)


def _due(closure_days: ClosureDays, missed: Deadline, noticed_at: datetime, edition: Edition) -> Due:
    """What was owed within hours does not wait for days."""
    if missed.counted.unit == HOURS:
        return hours_after(noticed_at, edition.escalation.hours)
    days = edition.escalation.working_days
    return working_days_after(noticed_at, days, closure_days, edition.office.closes)


_SEE_TO_IT: Final = "See to it that this is done: "


def bare_key(key: str) -> str:
    """The key of the deadline that was missed."""
    while key.startswith(MARK):
        key = key.removeprefix(MARK)
    return key
