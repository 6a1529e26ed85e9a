"""People by the other system's number of each: those of the file of people, and those whom reports tell of."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from cli.importing.mapping import TheirTable
from cli.importing.moments import NotAMoment, day
from cli.importing.rows import Row, Source, Told, told
from cli.importing.table import Line, TableNotUnderstood, read_table
from cli.importing.template import PEOPLE, NotSaid
from policy.facts import BORDER
from store.people import PersonTold


def people_of(path: Path, theirs: TheirTable, encoding: str | None) -> dict[str, PersonTold]:
    """By the other system's number of each. Raises TableNotUnderstood, OSError."""
    table = read_table(path, theirs.delimiter, encoding or theirs.encoding)
    if astray := sorted({*table.header} - {"person", *PersonTold.model_fields, ""}):
        raise TableNotUnderstood(f"{path.name} has columns that nobody knows: {', '.join(astray)}.")
    read, found = partial(day, formats=theirs.dates), dict[str, PersonTold]()
    for line in table.lines:
        where = f"{path.name}, line {line.number}"
        if line.wrong or "person" not in line.cells:
            raise TableNotUnderstood(f"{where}: it {line.wrong or 'has no person: what is their number?'}")
        try:
            person = _person(line, theirs.separator, read)
        except NotAMoment as wrong:
            raise TableNotUnderstood(f"{where}: a day {wrong}.") from None
        except ValidationError as wrong:
            fields = ", ".join(dict.fromkeys(str(one["loc"][0]) for one in wrong.errors(include_input=False)))
            raise TableNotUnderstood(f"{where}: not as it should be: {fields}.") from None
        number = line.cells["person"].strip()
        if found.setdefault(number, person) != person:
            raise TableNotUnderstood(f"{where}: somebody else has that number already.")
    return found


def _person(line: Line, separator: str, read: Callable[[str], date]) -> PersonTold:
    """Raises NotAMoment, ValidationError."""
    cells: dict[str, object] = {name: cell.strip() for name, cell in line.cells.items() if name != "person"}
    for name in {"date_of_birth", "address_since"} & cells.keys():
        cells[name] = read(str(cells[name]))
    if "address" in cells:
        cells["address"] = _lines(str(cells["address"]), separator)
    return PersonTold.model_validate(cells, context=BORDER)


def _lines(cell: str, separator: str) -> list[str]:
    """As JSON where an export has a separator within one."""
    with suppress(ValueError):
        if isinstance(lines := json.loads(cell), list):
            return [str(one) for one in lines]
    return [one.strip() for one in cell.split(separator)]


def told_by_reports(source: Source, cases: Mapping[str, Iterable[Line]]) -> dict[str, PersonTold]:
    """Whom reports number, by their id here, as the newest of all the reports tells of them: so that it does not
    matter which case is brought first.
    """
    newest: dict[str, tuple[datetime, int, PersonTold]] = {}
    numbers = source.table.makes(PEOPLE)
    for case, lines in cases.items():
        for line in lines:
            if numbers.isdisjoint(line.cells):
                continue
            for id_, at, person in _numbered(source, case, line):
                if id_ not in newest or newest[id_][:2] < (at, line.number):
                    newest[id_] = at, line.number, person
    return {id_: person for id_, (_, _, person) in newest.items()}


def _numbered(source: Source, case: str, line: Line) -> Iterator[tuple[str, datetime, PersonTold]]:
    for said in source.table.told(line.cells):
        if numbers := {said.cells[column] for column in PEOPLE if column in said.cells}:
            ids = {source.person(number) for number in numbers}
            with suppress(NotSaid):
                report = told(source, case, Row(line.number, said), 0)
                if isinstance(report, Told):
                    yield from ((id_, report.entry.at, one) for id_, one in report.people.values() if id_ in ids)
