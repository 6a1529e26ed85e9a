"""What another edition would have made of the same facts: deadlines, work and letters. (policy-simulation)"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from policy.facts import Entry, Role
from policy.facts.letters import LetterReadyToPost, LetterSent
from policy.ledger import Line
from policy.measures.history import NOBODY
from policy.measures.period import Period
from policy.measures.timescales import counts, how_done, is_known
from policy.simulation.played import Played
from policy.working_days import london_day


@dataclass(frozen=True)
class Handled:
    """`deadlines` by row and how they were done, `due` what officers owe, by who had the case then and the week
    (`2026-W47`) in which it was due, `letters` by their kind, `refused` the facts that the rules would not have
    taken.
    """

    deadlines: Counter[tuple[str, str]] = field(default_factory=Counter)
    due: Counter[tuple[str, str]] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: "Handled") -> "Handled":
        return Handled(
            self.deadlines + other.deadlines,
            self.due + other.due,
            self.letters + other.letters,
            self.refused + other.refused,
        )


def handled(played: Played, period: Period | None = None) -> Handled:
    """In the period alone, where there is one: what was due, went or was refused then."""
    lines = [line for line in lines_of(played) if _within(period, line.deadline.due)]
    return Handled(
        deadlines=Counter((line.deadline.row, how_done(line)) for line in lines),
        due=Counter((whose, _week(line.deadline.due)) for line in lines if (whose := _whose(line, played))),
        letters=Counter(kind_of(one) for one in letters_of(played) if _within(period, one.at)),
        refused=Counter(
            (one.entry.fact.fact, one.refusal.refused)
            for one in played.refused
            if _within(period, one.entry.recorded_at)
        ),
    )


def _whose(line: Line, played: Played) -> str | None:
    """None where it is no officer's work."""
    if line.deadline.owner is not None or line.deadline.owed_by is not Role.OFFICER:
        return line.deadline.owner
    then = played.file_at(line.deadline.due)
    return then.officer or then.taken_by or NOBODY


def lines_of(played: Played) -> Iterator[Line]:
    """What counts of the case, and of what was carried on beside it."""
    for one in (played, *played.beside.values()):
        yield from (line for line in one.ledger() if counts(line) and is_known(played.file, line))


def letters_of(played: Played) -> Iterator[Entry]:
    return (one for one in played.entries if isinstance(one.fact, LetterSent | LetterReadyToPost))


def kind_of(letter: Entry) -> str:
    key: str = getattr(letter.fact, "key", "")
    return key.rstrip("0123456789").rstrip("-")


def _within(period: Period | None, moment: datetime) -> bool:
    return period is None or period.holds(moment)


def _week(moment: datetime) -> str:
    year, week, _ = london_day(moment).isocalendar()
    return f"{year}-W{week:02d}"
