"""New cases in a place against what its own past says, and how it goes elsewhere in the same days."""

from collections.abc import Iterable, Sequence
from datetime import date

from policy.frozen import Frozen
from policy.measures.period import Period
from policy.trends.chance import Spread, Table, against_elsewhere
from policy.trends.counts import Cell, here_and_elsewhere, spreads, tally


class Compared(Frozen):
    """`observed` from `first` to `last`, where `expected` were to be expected from the `past` since `past_from`:
    `ratio` times as many, or from `low` to `high` in nineteen of twenty such cases.
    """

    first: date
    last: date
    past_from: date
    observed: int
    past: int
    expected: float
    ratio: float
    low: float
    high: float

    @property
    def may_be_chance(self) -> bool:
        return self.low <= 1 <= self.high


def compared(times: Sequence[Period], table: Table, spread: Spread) -> Compared:
    """The first of the times against the others, which are windows of the past, the latest first."""
    ratio = against_elsewhere(table, spread)
    return Compared(
        first=times[0].first,
        last=times[0].last,
        past_from=times[-1].first,
        observed=table.here,
        past=table.past,
        expected=table.expected,
        ratio=ratio.value,
        low=ratio.low,
        high=ratio.high,
    )


def in_place(cells: Iterable[Cell], times: Sequence[Period], place: str, kind: str) -> Compared | None:
    """None where there is no past elsewhere to compare with."""
    told = tally(cells, len(times))
    table = here_and_elsewhere(told.get(kind, {}), place)
    return compared(times, table, spreads(told)[kind]) if table.past_elsewhere else None
