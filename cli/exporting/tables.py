"""Which tables an export has, and how their values stand in a cell."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, Table, select

from cli.importing.template import KINDS, OF_THE_ROW, columns_of
from policy.access.facts import OF_EVERYBODY
from policy.private_links import without_links
from store.case_people import case_people
from store.cases import cases
from store.deadlines import deadlines
from store.diaries import diary_entries
from store.disclosures import disclosures
from store.evidence_custody import evidence_custody
from store.evidence_files import evidence_files
from store.letters import letters
from store.people import Address, Person, PersonTold
from store.procedures import procedures
from store.sendings import sendings


class Exported(NamedTuple):
    """A table as a file: which of its columns, and which of them names the case, or by `through` what has one."""

    file: str
    table: Table
    of_case: str
    columns: tuple[str, ...]
    says: str
    through: Table | None = None

    def rows(self, refs: Sequence[str]) -> Select[Any]:
        columns = [self.table.c[name] for name in self.columns]
        of_case = self.table.c[self.of_case]
        ours = of_case.in_(refs)
        if self.through is not None:
            [key] = self.through.primary_key.columns
            ours = of_case.in_(select(key).where(self.through.c.case_ref.in_(refs)))
        return select(*columns).where(ours).order_by(of_case, *self.table.primary_key.columns)

    @staticmethod
    def cells(row: Mapping[str, object]) -> dict[str, str]:
        """Without private links: whoever reads one can use it."""
        return {name: without_links(cell(value)) for name, value in row.items()}


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
        _all_but(letters, "pdf"),
        "Letters that were made out; `body` is without private links. `letters/<id>.pdf` is the letter, `sha256`"
        " its hash. A letter that has a private link on it is not there: whoever reads that link can use it as the"
        " resident does. Its words are all in `body`.",
    ),
    Exported(
        "evidence.csv",
        evidence_files,
        "case_ref",
        _all_but(evidence_files, "number", "owed", "tended_at"),
        "Files that were sent to us. `evidence/<id>` is the file as it came; `sha256` is its hash.",
    ),
    Exported(
        "custody.csv",
        evidence_custody,
        "file_id",
        _all_but(evidence_custody),
        "What was done with these files, when and by whom. `file_id` is `id` in evidence.csv.",
        through=evidence_files,
    ),
    Exported(
        "diaries.csv",
        diary_entries,
        "case_ref",
        _all_but(diary_entries, "link_id"),
        "Diaries that people keep for us. `files` are in evidence.csv. Without `sent_at` it was not sent to us.",
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
    Exported(
        "sendings.csv",
        sendings,
        "ref",
        _all_but(sendings, "pdf"),
        "Messages to agencies of referrals beside cases. `ref` is that of beside.csv.",
        through=procedures,
    ),
)
PEOPLE: Final = ("person", *PersonTold.model_fields)
HOMES: Final = ("person", *Address.model_fields)
ADDRESSES: Final = "addresses.csv"


def case_columns(kinds: Iterable[str]) -> list[str]:
    """Of the rows of cases in which these kinds of fact stand, and of who may see them."""
    fields = {name for kind in {*kinds, *OF_EVERYBODY} for name in columns_of(KINDS[kind])}
    return [*OF_THE_ROW, *sorted(fields)]


def person_row(person: Person) -> dict[str, str]:
    """As the file of people is read."""
    said = person.model_dump(include=set(PersonTold.model_fields), exclude_defaults=True, mode="json")
    return {"person": person.id} | {name: cell(value) for name, value in said.items()}


def home_rows(person: Person) -> Iterator[dict[str, str]]:
    for home in person.addresses:
        yield {"person": person.id} | {name: cell(value) for name, value in home.model_dump().items()}


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
