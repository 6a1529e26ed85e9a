"""A report for programs and for spreadsheets: one figure a line, and one sheet a section."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from policy.reports.labels import days_of, dimension, names, title_of
from policy.reports.report import Report, Row, Table, Told
from policy.reports.shown import WHOLE
from policy.working_days import moment_in_words

COLUMNS: Final = (
    *("section", "measure", "version", "unit", "sorted_by", "of", "in_words"),
    *("first", "last", "known_at", "number", "value", "nine_in_ten", "for_each_1000_homes", "hidden"),
    *("number_year_before", "value_year_before", "nine_in_ten_year_before", "hidden_year_before"),
)
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet reads as the beginning of a formula."""
_BETWEEN: Final = " | "
_NOT_IN_TITLES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_TITLE: Final = 31

Cell = str | int | float | None


def as_csv(told: Report) -> bytes:
    """UTF-8, each figure on a line: what stands under its dimensions is empty where it is of everything."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    lines.writerows(map(_safe, line) for line in _lines(told))
    return written.getvalue().encode()


def as_xlsx(told: Report) -> bytes:
    """A sheet a section, after one that says what it is. Takes a moment: not for an event loop."""
    from openpyxl import Workbook  # noqa: PLC0415 - half a second, which nothing else need wait for

    book = Workbook()
    first = book.active
    if first is None:
        raise TypeError("a new book has a sheet")
    first.title = "About"
    for about in _about(told):
        first.append(list(map(_safe, about)))
    for number, (section, tables) in enumerate(groupby(told.tables, lambda one: one.section), 1):
        sheet = book.create_sheet(_title(section, number))
        for line in (line for table in tables for line in _sheet(table)):
            sheet.append(list(map(_safe, line)))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _safe(value: Cell) -> Cell:
    """An apostrophe before what would be a formula, as spreadsheets themselves have it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def _lines(told: Report) -> Iterator[Sequence[Cell]]:
    for table in told.tables:
        for row in (table.whole, *table.rows):
            before = row.before or Told()
            yield (
                *(table.section, table.measure, table.version, table.unit.value, _BETWEEN.join(table.by)),
                *(_BETWEEN.join(row.of), _BETWEEN.join(_named(table, row))),
                *(told.period.first.isoformat(), told.period.last.isoformat(), told.known_at.isoformat()),
                *(
                    row.figure.number,
                    row.figure.value,
                    row.figure.nine_in_ten,
                    row.figure.for_homes,
                    _yes(row.figure),
                ),
                *(before.number, before.value, before.nine_in_ten, _yes(before)),
            )


def _named(table: Table, row: Row) -> tuple[str, ...]:
    return names(table, row) if row.of else ()


def _yes(told: Told) -> str:
    return "yes" if told.hidden else ""


def _about(told: Report) -> Iterator[Sequence[Cell]]:
    yield (title_of(told),)
    yield (days_of(told),)
    yield ("As it was known on", moment_in_words(told.known_at))
    if told.homes is not None:
        yield "Homes", told.homes
    for story in told.stories:
        yield "What we did", story


def _sheet(table: Table) -> Iterator[Sequence[Cell]]:
    yield (f"{table.says} ({table.measure}, version {table.version})",)
    heads = [*map(dimension, table.by)] if table.by else [""]
    yield (
        *heads,
        *("Number", "Value", "Nine in ten", "For each 1,000 homes", "Not shown"),
        *(("Number, year before", "Value, year before") if table.whole.before else ()),
    )
    for row in (*table.rows, table.whole):
        named = names(table, row) if row.of else (WHOLE, *[""] * (len(heads) - 1))
        before = (row.before.number, row.before.value) if row.before else ()
        now = row.figure
        yield *named, now.number, now.value, now.nine_in_ten, now.for_homes, _yes(now), *before
    yield ()


def _title(section: str, number: int) -> str:
    """Sheets have short names, each another."""
    return f"{number} {section.translate(_NOT_IN_TITLES)}"[:_LONGEST_TITLE].strip()
