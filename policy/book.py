"""The lines of one ledger, as entry follows entry: when recording, and when rebuilding."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from policy.deadlines import Deadline
from policy.ledger import MAY_TURN_OUT_BETTER, Line, Told, corrected, lines, place_of


@dataclass
class Book:
    """`open` is owed now, `lines` are those that changed, `late` those that ended late or
    were missed.
    """

    open: list[Deadline]
    late: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def turn(self, now_open: list[Deadline], entry: Told) -> None:
        self._enter(lines(self.open, now_open, entry))
        self._enter(corrected(self.late, entry))
        self.open = now_open

    def _enter(self, changed: Sequence[Line]) -> None:
        self.lines += changed
        places = {place_of(line) for line in changed}
        ended_late = [line for line in changed if line.ended and line.ended.ending in MAY_TURN_OUT_BETTER]
        self.late = [line for line in self.late if place_of(line) not in places] + ended_late
