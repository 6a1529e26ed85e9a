"""Where in an edition's text a field stands, for whoever has to change it there."""

import re
from collections import Counter
from typing import Final

Path = tuple[str | int, ...]

_TABLE: Final = re.compile(r"\[(?P<more>\[)?\s*(?P<name>[\w.\"'-]+)\s*\]")
_KEY: Final = re.compile(r"(?P<name>[\w.\"'-]+)\s*=")
_LONG: Final = re.compile(r'"""|' + r"'''")


def line_of(path: Path, text: str) -> int | None:
    """Of the field, or of what it would stand in; counted from one. None where that is not told."""
    known = _lines(text)
    while path:
        if path in known:
            return known[path]
        path = path[:-1]
    return None


def _lines(text: str) -> dict[Path, int]:
    """The first line of each table and each field that begins a line."""
    found: dict[Path, int] = {}
    table: Path = ()
    times: Counter[Path] = Counter()
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if not inside and (opened := _TABLE.match(said)):
            table = _named(opened["name"])
            if opened["more"]:
                found.setdefault(table, number)
                times[table] += 1
                table = (*table, times[table] - 1)
            found.setdefault(table, number)
        elif not inside and (told := _KEY.match(said)):
            found.setdefault((*table, *_named(told["name"])), number)
        if len(_LONG.findall(said)) % 2:
            inside = not inside
    return found


def _named(name: str) -> Path:
    return tuple(part.strip("\"'") for part in name.split("."))
