"""A row of the template becomes a fact as recorded, or is rejected with a reason that quotes nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from cli.importing.mapping import SaidOf, TheirTable
from cli.importing.moments import NotAMoment, day, moment
from cli.importing.template import NOT_SAID_WHO, OF_THE_ROW, PEOPLE, Dates, NotSaid, fact_of
from policy.access.facts import OF_EVERYBODY, ConflictDeclared
from policy.facts import BORDER, Actor, Entry, Role, canonical, digest
from policy.facts.base import Fact
from policy.facts.reporting import ReportReceived
from policy.journal import Note
from policy.working_days import london_day
from store.people import PersonTold

_CASES: Final = ("into", "other", "follows", "with_case", "from_case", "told_on", "by_case")
"""Fields that name another case, as the other system does."""
_AN_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ROLES: Final = {role.value: role for role in Role}
OF_ACCESS: Final = tuple(OF_EVERYBODY.values())
_PUT_ON_A_CASE: Final = frozenset({"person_joined", "person_identified"})


class Row(NamedTuple):
    """A row of the template and the line of the file that it comes from."""

    line: int
    said: SaidOf


class Case(NamedTuple):
    """What the other system calls it, its reference here, and its rows; `digest` tells whether they are others."""

    name: str
    ref: str
    rows: tuple[Row, ...]
    digest: str

    @classmethod
    def of(cls, name: str, ref: str, rows: Sequence[Row]) -> "Case":
        said = sorted(canonical([row.said.cells, row.said.always]) for row in rows)
        return cls(name, ref, tuple(rows), digest(said))


@dataclass(frozen=True)
class Source:
    """Where rows come from: the other system by name, how it writes, and what its cases and people are called
    here. `now` is the moment of the import, `people` by their ids here, `closed_days` the landlord's own.
    """

    name: str
    table: TheirTable
    now: datetime
    refs: Mapping[str, str]
    people: Mapping[str, PersonTold]
    closed_days: Mapping[date, str]

    def key(self, *what: str) -> str:
        """The same for the same words of the same system, whenever it is asked for."""
        return str(uuid5(NAMESPACE_URL, "\x1f".join(("casework-import", self.name, *what))))

    def person(self, number: str) -> str:
        """The id of whom they number so. A number that is an id is one of ours, which came back."""
        return number if _AN_ID.fullmatch(number) else self.key("person", number)

    @cached_property
    def read(self) -> Dates:
        zone, formats = ZoneInfo(self.table.time_zone), self.table.dates
        return Dates(
            partial(moment, formats=formats, zone=zone), partial(day, formats=formats), self.table.separator
        )


class Told(NamedTuple):
    """A row as an entry. `named` is what the file calls it, `people` whom it tells of: by their key on the case,
    the id under which they are kept and what is told of them.
    """

    line: int
    order: int | None
    named: str | None
    entry: Entry
    people: dict[str, tuple[str, PersonTold]]


class Beside(NamedTuple):
    """A row that tells who may see the case."""

    line: int
    order: int | None
    note: Note


def told(source: Source, case: str, row: Row, place: int) -> Told | Beside:
    """`place` is that of the row among those of its case. Raises NotSaid."""
    cells = row.said.cells
    order, body = _order(cells), _body(source, case, row, place)
    if isinstance(body["fact"], OF_ACCESS):
        if isinstance(body["fact"], ConflictDeclared) and body["by"] == NOT_SAID_WHO and body["fact"].who is None:
            raise NotSaid("who: is missing, and nobody is named in by")
        ours = {"id": source.key(case, "access", body["id"])}
        return Beside(row.line, order, Note.model_validate(body | ours))
    entry = Entry.model_validate(body)
    return Told(row.line, order, cells.get("id"), entry, _people(source, case, entry.fact, cells))


def _body(source: Source, case: str, row: Row, place: int) -> dict[str, Any]:
    """Of an entry or a note."""
    cells = row.said.cells
    at = _moment("at", cells, source.read)
    if at is None:
        raise NotSaid("at: is missing")
    recorded_at = _moment("recorded_at", cells, source.read) or at
    if max(at, recorded_at) > source.now:
        raise NotSaid("is dated in the future")
    if recorded_at < at:
        raise NotSaid("recorded_at: is before it happened")
    said = {name: cell for name, cell in cells.items() if name not in OF_THE_ROW and name not in PEOPLE}
    happened = cells.get("happened", "")
    fact = fact_of(happened, _with_ids(source, happened, said), row.said.always, at, source.read)
    if ours := renamed(fact, _CASES, source.refs):
        fact = fact.model_copy(update=ours)
    return {
        "id": cells.get("id") or source.key(case, str(place)),
        "by": _by(cells),
        "recorded_at": recorded_at,
        "fact": fact,
    }


def _moment(name: str, cells: Mapping[str, str], read: Dates) -> datetime | None:
    if not cells.get(name):
        return None
    try:
        return read.moment(cells[name])
    except NotAMoment as wrong:
        raise NotSaid(f"{name}: {wrong}") from None


def _order(cells: Mapping[str, str]) -> int | None:
    if (order := cells.get("order")) is None:
        return None
    if not order.isascii() or not order.isdecimal():
        raise NotSaid("order: is no number")
    return int(order)


def _by(cells: Mapping[str, str]) -> Actor:
    who, role = cells.get("by"), cells.get("role", Role.OFFICER.value)
    if who is None:
        return NOT_SAID_WHO
    if role not in _ROLES:
        raise NotSaid(f"role: is none of {', '.join(Role)}")
    return Actor(id=who, role=_ROLES[role])


def _with_ids(source: Source, happened: str, cells: Mapping[str, str]) -> Mapping[str, str]:
    """Whom a row puts on its case by the other system's number, by their id here. Raises NotSaid."""
    number = cells.get("person")
    if happened not in _PUT_ON_A_CASE or number is None:
        return cells
    id_ = source.person(number)
    if id_ not in source.people:
        raise NotSaid("person: is not in the file of people")
    return {**cells, "person": id_}


def renamed(fact: Fact, fields: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """Those of its fields that say one of the names, with what that is here."""
    if not names:
        return {}
    its = type(fact).model_fields
    said = {name: getattr(fact, name) for name in fields if name in its}
    return {name: names[one] for name, one in said.items() if isinstance(one, str) and one in names}


def _people(source: Source, case: str, fact: Fact, cells: Mapping[str, str]) -> dict[str, tuple[str, PersonTold]]:
    """Whoever the report names is kept as a person, once for each number that the other system has for people."""
    found: dict[str, tuple[str, PersonTold]] = {}
    for column, (name, key) in PEOPLE.items():
        somebody = getattr(fact, name, None) if isinstance(fact, ReportReceived) else None
        if somebody is None or not somebody.name:
            continue
        number = cells.get(column)
        id_ = source.person(number) if number else source.key(case, name)
        since = london_day(fact.at) if somebody.address else None
        try:
            kept = PersonTold.model_validate(somebody.model_dump() | {"address_since": since}, context=BORDER)
        except ValidationError:
            raise NotSaid(f"{name}: cannot be kept as a person") from None
        found[key] = id_, kept
    return found
