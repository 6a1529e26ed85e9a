"""Where the bars and lines of a report's chart stand, on its page and in its PDF, in percent of its width and in
pixels of its height.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy.measures.base import Unit
from policy.reports.contents import Chart
from policy.reports.labels import in_words, names
from policy.reports.report import Row, Table, Told

_MOST_BARS: Final = 20
_EACH_BAR: Final = 44
_HEIGHT: Final = 180
_LONGEST: Final = 36
"""Characters of a name that a telephone has room for."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 4.0, 96.0, 20, 150


@dataclass(frozen=True)
class Bar:
    label: str
    told: str
    top: int
    width: float
    before: float | None


@dataclass(frozen=True)
class Dot:
    left: float
    top: float
    label: str
    told: str


@dataclass(frozen=True)
class Line:
    """`before` is that of the year before."""

    dots: tuple[Dot, ...]
    before: bool


@dataclass(frozen=True)
class Drawing:
    """`says` is all of it in a sentence. `more` are rows that stand in the table alone."""

    title: str
    says: str
    height: int
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    more: int = 0


def drawing(table: Table | None) -> Drawing | None:
    """None where it has no chart, or nothing to show in one. What is not published is not drawn."""
    if table is None or table.chart is None:
        return None
    rows = [row for row in table.rows if _value(row.figure) is not None]
    if not rows or not any(_value(row.figure) for row in rows):
        return None
    return _lines(table, rows) if table.chart is Chart.LINES else _bars(table, rows)


def _bars(table: Table, rows: Sequence[Row]) -> Drawing:
    shown = rows[:_MOST_BARS]
    most = 1.0 if table.unit is Unit.SHARE else _most(shown)
    bars = tuple(
        Bar(
            label=_short(_label(table, row)),
            told=in_words(table.unit, row.figure),
            top=place * _EACH_BAR,
            width=_percent(row.figure, most) or 0,
            before=None if row.before is None else _percent(row.before, most),
        )
        for place, row in enumerate(shown)
    )
    longest = max(shown, key=lambda row: _value(row.figure) or 0)
    says = f"{len(shown)} bars. The longest is {_label(table, longest)}: {in_words(table.unit, longest.figure)}."
    return Drawing(table.says, says, len(shown) * _EACH_BAR, bars=bars, more=len(rows) - len(shown))


def _lines(table: Table, rows: Sequence[Row]) -> Drawing:
    most = _most(rows)
    lines = [Line(tuple(_dots(table, rows, most, before=False)), before=False)]
    if any(row.before is not None and _value(row.before) is not None for row in rows):
        lines.append(Line(tuple(_dots(table, rows, most, before=True)), before=True))
    highest = max(rows, key=lambda row: _value(row.figure) or 0)
    says = (
        f"From {_label(table, rows[0])} to {_label(table, rows[-1])}. The highest is {_label(table, highest)}:"
        f" {in_words(table.unit, highest.figure)}."
    )
    return Drawing(table.says, says, _HEIGHT, lines=tuple(lines))


def _dots(table: Table, rows: Sequence[Row], most: float, *, before: bool) -> list[Dot]:
    step = (_RIGHT - _LEFT) / max(len(rows) - 1, 1)
    found = []
    for place, row in enumerate(rows):
        told = row.before if before else row.figure
        value = None if told is None else _value(told)
        if told is not None and value is not None:
            top = _BOTTOM - (_BOTTOM - _TOP) * value / most
            label = _label(table, row)[:1]
            found.append(Dot(round(_LEFT + place * step, 2), round(top, 1), label, in_words(table.unit, told)))
    return found


def _most(rows: Sequence[Row]) -> float:
    told = [one for row in rows for one in (row.figure, row.before) if one is not None]
    return max(*(_value(one) or 0 for one in told), 1.0)


def _percent(told: Told, most: float) -> float | None:
    value = _value(told)
    return None if value is None else round(100 * value / most, 2)


def _value(told: Told) -> float | None:
    return None if told.hidden else told.value


def _label(table: Table, row: Row) -> str:
    return ", ".join(names(table, row))


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"
