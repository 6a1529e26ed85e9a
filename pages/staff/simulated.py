"""What a simulation found, as its page shows it: in few lines, and only where something is."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from policy.simulation.account import Account, Done, OfWeek
from policy.simulation.tally import Example, Named

HEADINGS: Final = {
    Named.DIFFERENT: "Cases that would have gone differently",
    Named.OTHER_DATES: "Cases that would have gone the same, by other dates",
    Named.OVERDUE: "Open cases in which something is overdue at once",
    Named.CANNOT: "Open cases that could not go over",
    Named.WENT_OTHERWISE: "Cases that were not compared",
}
_SORTED_BY: Final = {"category": "Category", "seriousness": "Seriousness", "strand": "Hate"}


class Row(NamedTuple):
    what: str
    own: str
    proposed: str

    @property
    def same(self) -> bool:
        return self.own == self.proposed


class WorkOf(NamedTuple):
    """The officer's busiest week, and how many fall due in all."""

    officer: str
    own: int
    proposed: int
    most_own: int
    most_proposed: int
    weeks: tuple[OfWeek, ...]


class Shown(NamedTuple):
    rows: tuple[Row, ...]
    work: tuple[WorkOf, ...]
    letters: tuple[Row, ...]
    refused: tuple[Row, ...]
    groups: tuple[tuple[str, int, int], ...]
    moved: tuple[tuple[str, str, int], ...]
    cannot: int
    named: tuple[tuple[str, Sequence[Example]], ...]


def shown_of(found: Account) -> Shown:
    told = found.adoption
    return Shown(
        rows=tuple(Row(in_words(one.row), _done(one.own), _done(one.proposed)) for one in found.rows),
        work=_work(found.work),
        letters=tuple(Row(in_words(one.what), f"{one.own}", f"{one.proposed}") for one in found.letters),
        refused=tuple(Row(_refusal(one.what), f"{one.own}", f"{one.proposed}") for one in found.refused),
        groups=tuple(
            (f"{_SORTED_BY[one.dimension]}: {one.value.replace('_', ' ')}", one.cases, one.different)
            for one in found.groups
        ),
        moved=tuple((in_words(one.row), _days(one.days), one.number) for one in told.moved),
        cannot=sum(one.number for one in told.cannot),
        named=tuple((HEADINGS[kind], found.named[kind]) for kind in HEADINGS if kind in found.named),
    )


def in_words(row: str) -> str:
    return row.replace("-", " ").capitalize()


def _refusal(what: str) -> str:
    fact, _, why = what.partition(": ")
    spaced = "".join(f" {one.lower()}" if one.isupper() else one for one in why)
    return f"{fact.replace('_', ' ').capitalize()}:{spaced}"


def _done(done: Done) -> str:
    return f"{done.kept} in time, {done.late} late, {done.not_done} not done"


def _days(days: int) -> str:
    if days == 0:
        return "at another hour of the same day"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'later' if days > 0 else 'sooner'}"


def _work(work: Sequence[OfWeek]) -> tuple[WorkOf, ...]:
    of: dict[str, list[OfWeek]] = defaultdict(list)
    for one in work:
        of[one.officer].append(one)
    return tuple(
        WorkOf(
            officer,
            sum(one.own for one in weeks),
            sum(one.proposed for one in weeks),
            max(one.own for one in weeks),
            max(one.proposed for one in weeks),
            tuple(weeks),
        )
        for officer, weeks in sorted(of.items())
    )
