"""What another edition would have made of the same facts: deadlines, work and letters. (policy-simulation)"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from policy.facts.letters import LetterReadyToPost, LetterSent
from policy.measures.timescales import counts, how_done
from policy.simulation.played import Played
from policy.working_days import london_day


@dataclass(frozen=True)
class Handled:
    """`deadlines` by row and how they were done, `due` by whoever has the case and the week (`2026-W47`) in which
    they were due, `letters` by their kind, `refused` the facts that the rules would not have taken.
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


def handled(played: Played) -> Handled:
    lines = [line for line in played.ledger() if counts(line)]
    officer = played.file.officer or played.file.taken_by or "nobody"
    return Handled(
        deadlines=Counter((line.deadline.row, how_done(line)) for line in lines),
        due=Counter((line.deadline.owner or officer, _week(line.deadline.due)) for line in lines),
        letters=Counter(
            one.fact.key.rstrip("0123456789").rstrip("-")
            for one in played.entries
            if isinstance(one.fact, LetterSent | LetterReadyToPost)
        ),
        refused=Counter((one.entry.fact.fact, one.refusal.refused) for one in played.refused),
    )


def _week(moment: datetime) -> str:
    year, week, _ = london_day(moment).isocalendar()
    return f"{year}-W{week:02d}"
