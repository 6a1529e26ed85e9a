"""An edition that is proposed: what it does not tell stands as in the newest released one. (policy-simulation)"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from policy.editions import Edition, EditionNotSane, released, texts_of
from policy.editions.lines import Path, line_of

MUST_TELL: Final = ("name", "title", "in_force_from")


class Wrong(NamedTuple):
    """`place` is a field such as `first_contact.working_days`, `line` where it stands in the text."""

    line: int | None
    place: str
    why: str

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        where = ", ".join(filter(None, (line, self.place)))
        return f"{where}: {self.why}"


class ProposalNotSane(EditionNotSane):
    """Says each place that is wrong, in plain words."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__("\n".join(map(str, wrong)))
        self.wrong = tuple(wrong)


def proposal(text: str) -> Edition:
    """Of a table it may tell some fields, of a list all of it. Its hash covers the text and what it leaves as it
    is. Raises ProposalNotSane.
    """
    told, base = _read(text), released()[-1]
    if lacking := [name for name in MUST_TELL if name not in told]:
        raise ProposalNotSane([Wrong(None, name, "is missing") for name in lacking])
    sha256 = hashlib.sha256(f"{base.sha256}\0{text}".encode()).hexdigest()
    try:
        edition = Edition(**_changed(_tables_of(base.name), told), sha256=sha256)
    except ValidationError as error:
        raise ProposalNotSane(_worded(error, text)) from None
    except TypeError:
        raise ProposalNotSane([Wrong(line_of(("sha256",), text), "sha256", "is reckoned, and not told")]) from None
    if wrong := [*_of_another_time(edition, base, text), *_beyond(edition, text), *_upside_down(edition, text)]:
        raise ProposalNotSane(wrong)
    return edition


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = re.search(r"\(at line (\d+), column (\d+)\)", said)
        line = int(found[1]) if found else len(text.splitlines())
        raise ProposalNotSane([Wrong(line, "", f"this is not TOML: {said.partition(' (at ')[0]}")]) from None


def _tables_of(name: str) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for text in texts_of(files("policy.editions"), name):
        tables |= tomllib.loads(text)
    return tables


def _changed(was: dict[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    changed = dict(was)
    for name, one in told.items():
        before = was.get(name)
        if isinstance(before, dict) and isinstance(one, dict):
            changed[name] = _changed(before, one)
        else:
            changed[name] = one
    return changed


def _of_another_time(edition: Edition, base: Edition, text: str) -> Iterator[Wrong]:
    if edition.name in {one.name for one in released()}:
        why = f"an edition called {edition.name} is released: give the proposed one another name"
        yield Wrong(line_of(("name",), text), "name", why)
    if edition.in_force_from <= base.in_force_from:
        why = f"must be later than {base.in_force_from}, from when the newest released edition is in force"
        yield Wrong(line_of(("in_force_from",), text), "in_force_from", why)


_MOST_HOURS: Final = 31 * 24
_MOST_WORKING_DAYS: Final = 366
_MOST: Final = 36_525
"""A hundred years: of whatever else is counted."""


def _beyond(edition: Edition, text: str) -> Iterator[Wrong]:
    """Nothing that is owed by then would ever be missed."""
    for path, number in _numbers(edition.model_dump()):
        most = _most(path)
        if number > most:
            yield Wrong(line_of(path, text), _called(path), f"must be at most {most}")


def _most(path: Path) -> int:
    name = str(path[-1])
    if "hours" in name:
        return _MOST_HOURS
    return _MOST_WORKING_DAYS if "working_days" in name or path[0] == "matters" else _MOST


def _upside_down(edition: Edition, text: str) -> Iterator[Wrong]:
    """What is serious waits no longer than what is not."""
    told = edition.model_dump()
    for table, values in told.items():
        if isinstance(values, dict) and {"ordinary_working_days", "serious_working_days"} <= values.keys():
            path = table, "serious_working_days"
            if values["serious_working_days"] > values["ordinary_working_days"]:
                yield Wrong(line_of(path, text), _called(path), "must not be longer than in an ordinary case")
    longest = edition.regular_contact.longest_working_days
    if longest < edition.regular_contact.ordinary_working_days:
        path = "regular_contact", "longest_working_days"
        yield Wrong(line_of(path, text), _called(path), "must not be shorter than in an ordinary case")


def _numbers(told: Any, path: Path = ()) -> Iterator[tuple[Path, int]]:  # noqa: ANN401 - as TOML is
    if isinstance(told, int) and not isinstance(told, bool):
        yield path, told
    elif isinstance(told, Mapping):
        for name, one in told.items():
            yield from _numbers(one, (*path, name))
    elif isinstance(told, list | tuple):
        for number, one in enumerate(told):
            yield from _numbers(one, (*path, number))


_WORDS: Final[Mapping[str, str]] = {
    "missing": "is missing",
    "extra_forbidden": "is no name that an edition knows: it may be misspelt",
    "greater_than_equal": "must be at least {ge}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_type": 'must be words in "quotation marks"',
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "date_type": "must be a day such as 2027-04-01",
    "date_parsing": "must be a day such as 2027-04-01",
    "date_from_datetime_parsing": "must be a day such as 2027-04-01",
    "date_from_datetime_inexact": "must be a day such as 2027-04-01",
    "time_parsing": "must be a time such as 17:00:00",
    "time_type": "must be a time such as 17:00:00",
    "tuple_type": "must be a list in [square brackets]",
    "literal_error": "must be {expected}",
    "too_short": "must have at least {min_length}",
    "model_type": "must be a table",
}


def _worded(error: ValidationError, text: str) -> list[Wrong]:
    wrong = []
    for one in error.errors():
        path = tuple(one["loc"])
        said = one["msg"].removeprefix("Value error, ")
        why = _WORDS[one["type"]].format(**one.get("ctx", {})) if one["type"] in _WORDS else said
        wrong.append(Wrong(line_of(path, text), _called(path), why))
    return wrong


def _called(path: Path) -> str:
    """`categories[3].name`, as people count: from one."""
    told = ""
    for part in path:
        told += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return told.removeprefix(".")
