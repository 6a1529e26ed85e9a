"""The file of people: whom the rows of cases name by number."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from cli.importing.mapping import TheirTable
from cli.importing.moments import NotAMoment, day
from cli.importing.table import Line, TableNotUnderstood, read_table
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
        cells["address"] = [one.strip() for one in str(cells["address"]).split(separator)]
    return PersonTold.model_validate(cells, context=BORDER)
