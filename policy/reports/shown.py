"""A report as tables of words, alike on its page and on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from policy.reports.labels import dimension, for_homes_in_words, in_words, names
from policy.reports.report import Report, Row, Table, Told

HELD_BACK: Final = "Sorted so, the numbers are too small to be shown."
WHOLE: Final = "All"


@dataclass(frozen=True)
class ShownTable:
    """`columns` are what `rows` have, of which the first `named` say what a row is of. `of` is the measure that it
    shows, None where it shows one figure each of several.
    """

    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    named: int
    versions: str
    of: Table | None = None

    @property
    def held_back(self) -> bool:
        return self.of is not None and self.of.held_back


@dataclass(frozen=True)
class ShownSection:
    title: str
    tables: tuple[ShownTable, ...]


def shown(told: Report) -> tuple[ShownSection, ...]:
    by_section = groupby(told.tables, lambda one: one.section)
    return tuple(ShownSection(title, tuple(_tables(list(tables)))) for title, tables in by_section)


def _tables(tables: Sequence[Table]) -> Iterator[ShownTable]:
    """What is sorted by nothing stands in one table, a measure a row."""
    if all(not one.by for one in tables):
        yield ShownTable(
            says=tables[0].section,
            columns=("What", *_figures(tables[0])),
            rows=tuple((one.says, *_cells(one, one.whole)) for one in tables),
            named=1,
            versions=", ".join(map(_version, tables)),
        )
        return
    for one in tables:
        of_everything = (WHOLE, *[""] * (len(one.by) - 1))
        yield ShownTable(
            says=one.says,
            columns=(*map(dimension, one.by), *_figures(one)),
            rows=(
                *((*names(one, row), *_cells(one, row)) for row in one.rows),
                (*of_everything, *_cells(one, one.whole)),
            ),
            named=len(one.by),
            versions=_version(one),
            of=one,
        )


def _figures(table: Table) -> Iterator[str]:
    yield "Number"
    if _for_homes(table):
        yield "For each 1,000 homes"
    if table.whole.before is not None:
        yield "The year before"


def _cells(table: Table, row: Row) -> Iterator[str]:
    yield in_words(table.unit, row.figure)
    if _for_homes(table):
        yield for_homes_in_words(row.figure)
    if row.before is not None:
        yield _before(table, row.before)


def _for_homes(table: Table) -> bool:
    """Also where it may not be published: the column stays."""
    return any(one is not None and one.for_homes is not None for one in (table.whole.figure, table.whole.before))


def _before(table: Table, told: Told) -> str:
    said = in_words(table.unit, told)
    return said if told.for_homes is None else f"{said} ({for_homes_in_words(told)})"


def _version(table: Table) -> str:
    return f"{table.measure}, version {table.version}"
