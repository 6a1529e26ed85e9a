"""What was missed and is still not done goes to whoever stands above. (review-meetings, section 7)"""

from collections.abc import Iterator, Sequence
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.facts.base import Role
from policy.working_days import working_days_after

ABOVE: Final = {Role.OFFICER: Role.SUPERVISOR, Role.SUPERVISOR: Role.MANAGER}
_MARK: Final = "escalation:"


def escalations(file: CaseFile, open_ones: Sequence[Deadline], edition: Edition) -> Iterator[Deadline]:
    """Counted from when the miss was noticed: before that nobody could see it."""
    for missed in open_ones:
        if missed.noticed_at is None or missed.owed_by not in ABOVE:
            continue
        days = edition.escalation.working_days
        above = owed(
            file,
            f"{_MARK}{missed.key}",
            working_days_after(missed.noticed_at, days, file.closure_days, edition.office.closes),
            row="review-meetings",
            what=f"See to it that this is done: {missed.owed.removeprefix(_SEE_TO_IT)}",
            met_by=missed.met_by,
            by=ABOVE[missed.owed_by],
        )
        yield above
        yield from escalations(file, (above,), edition)


_SEE_TO_IT: Final = "See to it that this is done: "


def bare_key(key: str) -> str:
    """The key of the deadline that was missed."""
    while key.startswith(_MARK):
        key = key.removeprefix(_MARK)
    return key
