"""What a report says to everybody: nothing that could tell of somebody, nor anything to reckon that from.

Low counts are hidden, and shares and times of few things are not given, as the Office for National Statistics does
with what leaves its Secure Research Service (output checking guidance, 2022). Which are low is our reading: a
count of one to four; a share in which one to four did, or did not; a share or a time of fewer than ten. What is
hidden alone could be reckoned from the whole, so something else is hidden with it, and all that are as many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy.measures.base import Unit
from policy.reports.contents import MONTH, ReadBy
from policy.reports.report import Report, Row, Table, Told, read_by

LOWEST_SHOWN: Final = 5
FEWEST: Final = 10
"""Things of which a share or a time is given."""
HIDDEN: Final = Told(hidden=True)


def published(told: Report) -> Report:
    """For everybody. Neither by whom nor of how many cases it was made is said."""
    ours = read_by(told, ReadBy.EVERYBODY)
    tables = tuple(suppressed(one) for one in ours.tables)
    return ours.model_copy(update={"tables": tables, "cases": None, "erased": None, "published": True})


def suppressed(table: Table) -> Table:
    """Each time by itself. Where no choice of rows hides what is to be hidden, none is shown. Raises ValueError
    for what is sorted by several things, whose sums this does not look at.
    """
    if len(table.by) > 1:
        raise ValueError(f"{table.measure} is sorted by {', '.join(table.by)}")
    now = _shown(table.unit, table.whole.figure, [row.figure for row in table.rows])
    then = [row.before for row in table.rows if row.before is not None]
    before = None if table.whole.before is None else _shown(table.unit, table.whole.before, then)
    held_back = now.rows is None or (before is not None and before.rows is None)
    whole = Row(of=(), figure=now.whole, before=before and before.whole)
    rows = () if held_back else _in_no_telling_order(table.by, _rows(table, now, before))
    return table.model_copy(update={"whole": whole, "rows": rows, "held_back": held_back})


def _in_no_telling_order(by: Sequence[str], rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Where one that is hidden stands among the others says how much it is: they stand behind them, by name.
    Months stand in their order already.
    """
    if tuple(by) == (MONTH,):
        return rows
    return tuple(sorted(rows, key=lambda row: (row.figure.hidden, row.of if row.figure.hidden else ())))


@dataclass(frozen=True)
class _Shown:
    """`rows` are None where none may be shown."""

    whole: Told
    rows: tuple[Told, ...] | None


def _rows(table: Table, now: _Shown, before: _Shown | None) -> tuple[Row, ...]:
    shown = now.rows or ()
    then = (before.rows or ()) if before is not None else (None,) * len(shown)
    return tuple(
        Row(of=row.of, figure=one, before=other) for row, one, other in zip(table.rows, shown, then, strict=True)
    )


def _shown(unit: Unit, whole: Told, rows: Sequence[Told]) -> _Shown:
    sizes = [_Size.of(unit, one) for one in rows]
    all_of_it = _Size.of(unit, whole)
    if all_of_it.low:
        return _Shown(HIDDEN, tuple(HIDDEN if size.number else one for size, one in zip(sizes, rows, strict=True)))
    hidden = {place for place, size in enumerate(sizes) if size.low}
    elsewhere = all_of_it.without(sizes)
    by_size = sorted(range(len(rows)), key=lambda place: (sizes[place].number, place))
    could_be = [place for place in by_size if place not in hidden and sizes[place].number]
    while not _safe([*(sizes[place] for place in hidden), *elsewhere]):
        if not could_be:
            return _Shown(whole, None)
        least = sizes[could_be[0]].number
        hidden |= {place for place in could_be if sizes[place].number == least}
        could_be = [place for place in could_be if place not in hidden]
    return _Shown(whole, tuple(HIDDEN if place in hidden else one for place, one in enumerate(rows)))


@dataclass(frozen=True)
class _Size:
    """How many things there are, and of a share how many of them did."""

    unit: Unit
    number: int
    did: int | None = None

    @classmethod
    def of(cls, unit: Unit, one: Told) -> "_Size":
        number = one.number or 0
        if unit is Unit.SHARE:
            return cls(unit, number, round((one.value or 0) * number))
        return cls(unit, number)

    @property
    def low(self) -> bool:
        if self.unit is Unit.NUMBER:
            return 0 < self.number < LOWEST_SHOWN
        if 0 < self.number < FEWEST:
            return True
        did = self.did or 0
        return self.did is not None and (0 < did < LOWEST_SHOWN or 0 < self.number - did < LOWEST_SHOWN)

    def without(self, rows: Sequence["_Size"]) -> list["_Size"]:
        """What stands in no row, and so is hidden as it is; nothing where rows share what they count."""
        number = self.number - sum(one.number for one in rows)
        did = None if self.did is None else max(self.did - sum(one.did or 0 for one in rows), 0)
        return [_Size(self.unit, number, did)] if number > 0 else []


def _safe(hidden: Sequence[_Size]) -> bool:
    """Of what is hidden, the whole less what is shown tells the sum: that it is low itself, or one that low counts
    make in one way only, each being one or each being the most that is hidden. A rest in no row that is not low is
    nothing to hide.
    """
    if not any(one.low for one in hidden):
        return True
    number = sum(one.number for one in hidden)
    did = None if hidden[0].did is None else sum(one.did or 0 for one in hidden)
    one_way = number in {len(hidden), len(hidden) * (LOWEST_SHOWN - 1)}
    return not one_way and not _Size(hidden[0].unit, number, did).low
