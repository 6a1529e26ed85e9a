"""Tables as files: what is read of one, and how one is written of which a spreadsheet runs nothing."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TextIO

_COULD_RUN: Final = tuple("=+-@\t\r'")
_MOST_IN_A_CELL: Final = 10_000_000
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class TableNotUnderstood(ValueError):
    """What is wrong with the whole file, and what to do."""


class Line(NamedTuple):
    """`number` is where it begins in the file, the header being in line 1. `wrong` where it is no row."""

    number: int
    cells: dict[str, str]
    raw: tuple[str, ...]
    wrong: str | None = None


class Table(NamedTuple):
    header: tuple[str, ...]
    lines: list[Line]


def read_table(path: Path, delimiter: str = ",", encoding: str | None = None) -> Table:
    """Raises TableNotUnderstood, OSError."""
    text = decoded(path.read_bytes(), path.name, encoding)
    csv.field_size_limit(_MOST_IN_A_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    lines: list[Line] = []
    begins = 1
    try:
        for row in rows:
            number, begins = begins, rows.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = _header(row, path.name, delimiter)
            else:
                lines.append(_line(number, header, row))
    except csv.Error as wrong:
        raise TableNotUnderstood(
            f"{path.name}, line {begins}: {wrong}. Is a quotation mark missing there? Save it as CSV again."
        ) from None
    if not header:
        raise TableNotUnderstood(f"{path.name} is empty: its first line names the columns.")
    if not lines:
        raise TableNotUnderstood(f"{path.name} has its header and no row below it.")
    return Table(header, lines)


def decoded(raw: bytes, name: str, encoding: str | None) -> str:
    """UTF-8, with or without a byte order mark, unless another is named. Raises TableNotUnderstood."""
    if encoding is None and raw.startswith(_UTF_16):
        encoding = "utf-16"
    try:
        text = raw.decode(encoding or "utf-8-sig")
    except LookupError:
        raise TableNotUnderstood(f"No encoding is called {encoding}. Try cp1252 or utf-8.") from None
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        if encoding is None:
            raise TableNotUnderstood(
                f"{name}, line {line}: this is not UTF-8. Files of Excel on Windows are often cp1252: try again"
                " with --encoding cp1252, and look whether names with accents and pound signs are right."
            ) from None
        raise TableNotUnderstood(f"{name}, line {line}: this is not {encoding}.") from None
    if "\0" in text:
        raise TableNotUnderstood(f"{name} holds NUL characters: it is no CSV file.")
    return text


def _header(row: Sequence[str], name: str, delimiter: str) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in row)
    if twice := sorted({cell for cell in header if cell and header.count(cell) > 1}):
        raise TableNotUnderstood(f"{name} names a column twice: {', '.join(twice)}.")
    if len(header) == 1 and delimiter == "," and (";" in header[0] or "\t" in header[0]):
        raise TableNotUnderstood(
            f"{name} has no commas: say in a mapping what stands between its cells (delimiter)."
        )
    return header


def _line(number: int, header: Sequence[str], row: Sequence[str]) -> Line:
    wrong = None
    if len(row) != len(header):
        more = "more" if len(row) > len(header) else "fewer"
        wrong = f"has {more} cells than the header: is a comma or a quotation mark missing?"
    raw = tuple(map(unescaped, row))
    cells = {
        name: cell for name, cell, told in zip(header, raw, row, strict=False) if name and told and told.strip()
    }
    return Line(number, cells, raw, wrong)


def escaped(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula, or that begins as one of ours does, begins with `'`."""
    return f"'{cell}" if cell.startswith(_COULD_RUN) else cell


def unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_COULD_RUN) else cell


def write_rows(file: TextIO, rows: Iterable[Iterable[str]]) -> None:
    csv.writer(file, lineterminator="\n").writerows([escaped(cell) for cell in row] for row in rows)


def write_mappings(file: TextIO, header: Sequence[str], rows: Iterator[Mapping[str, str]]) -> None:
    write_rows(file, [header])
    write_rows(file, ([row.get(name, "") for name in header] for row in rows))
