"""Which tables an export has, and how their values stand in a cell."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, Table, select

from cli.importing.template import OF_THE_ROW, columns_of
from policy.facts import FACT_TYPES
from store.case_people import case_people
from store.cases import cases
from store.deadlines import deadlines
from store.disclosures import disclosures
from store.evidence_files import evidence_files
from store.letters import letters
from store.people import Person, PersonTold
from store.procedures import procedures


class Exported(NamedTuple):
    """A table as a file: which of its columns, and which of them names the case."""

    file: str
    table: Table
    of_case: str
    columns: tuple[str, ...]
    says: str

    def rows(self, refs: Sequence[str]) -> Select[Any]:
        columns = [self.table.c[name] for name in self.columns]
        of_case = self.table.c[self.of_case]
        return select(*columns).where(of_case.in_(refs)).order_by(of_case, *self.table.primary_key.columns)


def _all_but(table: Table, *names: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in names)


EXPORTED: Final = (
    Exported(
        "register.csv",
        cases,
        "ref",
        _all_but(cases, "head", "opening", "file", "emergency"),
        "One line a case, as it stands. `seq` is how many facts it has.",
    ),
    Exported(
        "deadlines.csv",
        deadlines,
        "case_ref",
        _all_but(deadlines),
        "All that was owed on a case: when it was due, how it ended, by which fact, and how the day was counted.",
    ),
    Exported(
        "on-cases.csv",
        case_people,
        "case_ref",
        _all_but(case_people),
        "Who is on which case, as what. `person_id` is `person` in people.csv.",
    ),
    Exported(
        "letters.csv",
        letters,
        "case_ref",
        _all_but(letters, "pdf", "body"),
        "Letters that were made out. `letters/<id>.pdf` is the letter; `sha256` is its hash.",
    ),
    Exported(
        "evidence.csv",
        evidence_files,
        "case_ref",
        _all_but(evidence_files, "number", "owed", "tended_at"),
        "Files that were sent to us. `evidence/<id>` is the file as it came; `sha256` is its hash.",
    ),
    Exported(
        "beside.csv",
        procedures,
        "case_ref",
        _all_but(procedures, "head", "opening", "file"),
        "Legal actions, referrals and the like beside cases. Each has its own timeline.",
    ),
    Exported(
        "disclosures.csv",
        disclosures,
        "case_ref",
        _all_but(disclosures),
        "What was told to others about a case, to whom and on which ground.",
    ),
)
PEOPLE: Final = ("person", *PersonTold.model_fields)


def case_columns(kinds: Iterable[str]) -> list[str]:
    """Of the rows of cases in which these kinds of fact stand."""
    fields = {name for kind in kinds for name in columns_of(FACT_TYPES[kind])}
    return [*OF_THE_ROW, *sorted(fields)]


def person_row(person: Person) -> dict[str, str]:
    """As the file of people is read."""
    said = person.model_dump(include=set(PersonTold.model_fields), exclude_defaults=True, mode="json")
    return {"person": person.id} | {name: cell(value) for name, value in said.items()}


def cells(row: Mapping[str, object]) -> dict[str, str]:
    return {name: cell(value) for name, value in row.items()}


def cell(value: object) -> str:  # noqa: PLR0911 - one for each kind of value
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | tuple() if all(isinstance(one, str) and ";" not in one for one in value):
            return ";".join(value)
        case list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)
