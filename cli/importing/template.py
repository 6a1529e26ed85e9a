"""The template: a row is a happening. Its columns are the fields of its fact; a dot leads into a field."""

import json
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any, Final, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from cli.importing.moments import NotAMoment
from policy.access.facts import OF_EVERYBODY
from policy.company import COMPLAINANT
from policy.facts import BORDER, FACT_TYPES, Actor, Entry, Role
from policy.facts.base import Fact
from policy.facts.consequences import ABOUT
from policy.journal import Note

KINDS: Final = {**FACT_TYPES, **OF_EVERYBODY}
"""What can have happened: what a case takes, and who may see it."""
OF_THE_ROW: Final = ("case", "happened", "at", "recorded_at", "by", "role", "order", "id")
PEOPLE: Final = {"complainant.person": ("complainant", COMPLAINANT), "about.person": ("about", ABOUT)}
"""With the other system's number of whoever the report names: in which field, and what a case calls them."""
NOT_SAID_WHO: Final = Actor(id="imported", role=Role.SYSTEM)
REJECTED: Final = "rejected"
"""The column that a rejects file adds."""


class NotSaid(ValueError):
    """Why a row is no fact. Quotes no cell."""


class Leaf(NamedTuple):
    """A field that stands in one cell."""

    kind: Any
    several: bool
    whole: bool
    """As JSON: what has several parts."""


class Dates(NamedTuple):
    moment: Callable[[str], datetime]
    day: Callable[[str], date]
    separator: str


@cache
def columns_of(kind: type[BaseModel]) -> Mapping[str, Leaf]:
    """By path. What only Casework says of a fact, its kind, is none."""
    return dict(_leaves(kind, ""))


def _leaves(kind: type[BaseModel], before: str) -> Iterator[tuple[str, Leaf]]:
    for name, field in kind.model_fields.items():
        path, inner = f"{before}{name}", _bare(field.annotation)
        if path in {"fact", "at"}:
            continue
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield path, Leaf(inner, several=False, whole=True)
            yield from _leaves(inner, f"{path}.")
            continue
        several = get_origin(inner) is tuple
        one = _bare(get_args(inner)[0]) if several else inner
        plain = isinstance(one, type) and not issubclass(one, BaseModel | dict)
        yield path, Leaf(one, several=several and plain, whole=not plain)


def _bare(kind: Any) -> Any:  # noqa: ANN401 - what annotations are made of
    """Without `Annotated` and without None."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in {Union, types.UnionType}:
        options = [_bare(one) for one in get_args(kind) if one is not type(None)]
        return options[0] if len(options) == 1 else kind
    return kind


@cache
def every_column() -> frozenset[str]:
    fields = {name for kind in KINDS.values() for name in columns_of(kind)}
    return frozenset(fields) | {*OF_THE_ROW, *PEOPLE}


def fact_of(happened: str, cells: Mapping[str, str], always: Mapping[str, str], at: datetime, read: Dates) -> Fact:
    """Raises NotSaid."""
    kind = KINDS.get(happened)
    if kind is None:
        raise NotSaid("happened: is no kind of fact; docs/import.md lists them")
    leaves = columns_of(kind)
    if unknown := sorted(cells.keys() - leaves.keys()):
        raise NotSaid(f"{', '.join(unknown)}: not something that {happened} says: empty the cell, or map it")
    told = {name: cell for name, cell in always.items() if name in leaves} | dict(cells)
    parts = [path for path in told if "." in path]
    if twice := sorted(path for path in parts if any(path.startswith(f"{whole}.") for whole in told)):
        raise NotSaid(
            f"{', '.join(twice)}: a part of something that another cell says as a whole: keep one of them"
        )
    body: dict[str, Any] = {"at": at}
    for path, cell in sorted(told.items()):
        _put(body, path, _value(path, leaves[path], cell, read))
    try:
        return kind.model_validate(body, context=BORDER)
    except ValidationError as wrong:
        raise NotSaid("; ".join(dict.fromkeys(_in_words(wrong)))) from None


def _in_words(wrong: ValidationError) -> Iterator[str]:
    for error in wrong.errors(include_url=False, include_input=False, include_context=False):
        path = ".".join(str(part) for part in error["loc"] if not isinstance(part, int))
        missing = error["type"] == "missing"
        yield f"{path}: is missing" if missing else f"{path}: {error['msg'].removeprefix('Value error, ')}"


def _put(body: dict[str, Any], path: str, value: object) -> None:
    *outer, last = path.split(".")
    for name in outer:
        body = body.setdefault(name, {})
    body[last] = value


def _value(path: str, leaf: Leaf, cell: str, read: Dates) -> object:
    if leaf.whole or (leaf.several and cell.startswith("[")):
        try:
            return json.loads(cell)
        except ValueError:
            raise NotSaid(f"{path}: is no JSON") from None
    if leaf.several:
        return [_one(path, leaf.kind, one.strip(), read) for one in cell.split(read.separator) if one.strip()]
    return _one(path, leaf.kind, cell, read)


def _one(path: str, kind: Any, cell: str, read: Dates) -> object:  # noqa: ANN401 - as above
    try:
        if _is(kind, datetime):
            return read.moment(cell)
        if _is(kind, date):
            return read.day(cell)
    except NotAMoment as wrong:
        raise NotSaid(f"{path}: {wrong}") from None
    return cell


def _is(kind: Any, what: type) -> bool:  # noqa: ANN401 - as above
    return isinstance(kind, type) and issubclass(kind, what)


def cells_of(fact: Fact) -> dict[str, str]:
    """A fact as the cells of its row, its moment and kind apart: read again, they give the same fact."""
    said = fact.model_dump(mode="json", exclude_defaults=True)
    cells = {}
    for path, leaf in columns_of(type(fact)).items():
        value: Any = said
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        in_parts = isinstance(value, dict) and any(one.startswith(f"{path}.") for one in columns_of(type(fact)))
        if value is not None and not (in_parts and value):
            cells[path] = _cell(value, leaf)
    return cells


def row_of(case: str, order: int, entry: Entry | Note) -> dict[str, str]:
    """An entry or a note as a row of the template. Whoever Casework did not know stays unknown."""
    who = {} if entry.by == NOT_SAID_WHO else {"by": entry.by.id, "role": entry.by.role.value}
    of_the_row = {
        "case": case,
        "happened": entry.fact.fact,
        "at": entry.at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "order": str(order),
        "id": entry.id,
    }
    return of_the_row | who | cells_of(entry.fact)


def _cell(value: object, leaf: Leaf) -> str:
    if leaf.several and isinstance(value, list):
        plain = [str(one) for one in value]
        awkward = not plain or any(not one.strip() or ";" in one or one != one.strip() for one in plain)
        return json.dumps(value, ensure_ascii=False) if awkward or plain[0][0] == "[" else ";".join(plain)
    if leaf.whole:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value if isinstance(value, Enum) else value)
