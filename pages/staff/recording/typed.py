"""What was typed into a form, as the body that the border takes, and where what is wrong with it stands."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from api.problems import Problem
from pages.staff.recording.inputs import Input, Kind, grown
from policy.working_days import LONDON, london_day

Form = Mapping[str, list[str]]
_DIGITS: Final = 18
"""Of a number that anybody means; of thousands Python makes none."""
_AMOUNT: Final = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")


def body_of(inputs: Sequence[Input], form: Form) -> dict[str, Any]:
    """Without what was left empty, and with as many groups as were typed. What is no number or day stays as typed,
    for the border to say so.
    """
    body: dict[str, Any] = {}
    for one in grown(inputs, form):
        value = _value(one, form)
        if value not in (None, "", [], {}):
            body[one.name.rpartition(".")[2]] = value
    return body


def _value(one: Input, form: Form) -> Any:  # noqa: ANN401 - what JSON holds
    said = [text.replace("\r\n", "\n").strip() for text in form.get(one.name, [])]
    first = said[0] if said else ""
    match one.kind:
        case Kind.ANY_OF:
            return [text for text in said if text]
        case Kind.MOMENT:
            return _moment(one, form)
        case Kind.ONE_FORM_OF:
            chosen = next((inner for inner in one.inner if inner.name == f"{one.name}.{first}"), None)
            return {"kind": first} | body_of(chosen.inner, form) if chosen else None
        case Kind.GROUP:
            return _group(one, form)
        case _:
            return _MEANT.get(one.kind, str)(first)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _days(text: str) -> dict[str, str]:
    """By day, as typed; the border says what is none."""
    said = (line.partition(" ") for line in _lines(text))
    return {day: words.strip() for day, _, words in said}


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else text


def _pence(pounds: str) -> int | str:
    """What is no amount stays as typed."""
    said = _AMOUNT.fullmatch(pounds.removeprefix("\u00a3").replace(",", "").strip())
    return int(said[1]) * 100 + int((said[2] or "0").ljust(2, "0")) if said else pounds


_MEANT: Final[Mapping[Kind, Callable[[str], Any]]] = {
    Kind.LINES: _lines,
    Kind.DAYS: _days,
    Kind.TICK: lambda text: True if text else None,
    Kind.YES_NO: lambda text: {"yes": True, "no": False}.get(text, text),
    Kind.NUMBER: _number,
    Kind.POUNDS: _pence,
}
"""Of what is typed into one field; anything else is what it says."""


def _group(one: Input, form: Form) -> Any:  # noqa: ANN401 - as above
    inner = body_of(one.inner, form)
    numbered = bool(one.inner) and one.inner[0].name.rpartition(".")[2].isdigit()
    return list(inner.values()) if numbered else inner


def _moment(one: Input, form: Form) -> str:
    """London's time. A day without an hour is its midday, but today what happens is now and what happened was
    since it began; an hour without a day is for the border to refuse.
    """
    day, hour = (form.get(f"{one.name}.{part}", [""])[0].strip() for part in ("day", "hour"))
    if not day:
        return hour
    today = day == london_day(datetime.now(UTC)).isoformat()
    if today and not hour and one.name == "at":
        return ""
    try:
        return (
            datetime.fromisoformat(f"{day}T{hour or ('00:00' if today else '12:00')}")
            .replace(tzinfo=LONDON)
            .isoformat()
        )
    except ValueError:
        return f"{day} {hour}"


def wrong_with(problem: Problem, fact: str, inputs: Sequence[Input]) -> dict[str, str]:
    """By input. What no input is to blame for stands under `""`."""
    known = {one.name for one in _all(inputs)}
    found: dict[str, str] = {}
    for wrong in problem.wrong:
        name = wrong.field.removeprefix(f"{fact}.")
        while name and name not in known:
            name = name.rpartition(".")[0]
        found.setdefault(name, wrong.why[:1].upper() + wrong.why[1:])
    return found or {"": problem.detail}


def places(inputs: Sequence[Input], inside: str = "") -> dict[str, str]:
    """What each input is called where it does not stand beside its label: `Who lives there, 1: Who`."""
    found: dict[str, str] = {}
    for one in inputs:
        called = one.label if not inside or one.label.startswith(inside) else f"{inside}: {one.label}"
        found |= {one.name: called, **places(one.inner, called)}
    return found


def _all(inputs: Sequence[Input]) -> list[Input]:
    return [one for each in inputs for one in (each, *_all(each.inner))]
