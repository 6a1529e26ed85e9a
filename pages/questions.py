"""One question a page: what is asked, and what was answered or is wrong with it. Answers are what was typed."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from policy.facts.base import BORDER
from policy.working_days import london_day

Answers = Mapping[str, tuple[str, ...]]
"""By field. A day is its day, month and year; what was left empty is not there."""


class Kind(StrEnum):
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    LINE = "line"
    WORDS = "words"
    DAY = "day"
    HOUR = "hour"


@dataclass(frozen=True)
class Option:
    value: str
    text: str


@dataclass(frozen=True)
class Field:
    """`needed` is said where it was left empty; without it, it may be. `wrong` is said of what is not as `takes`,
    line by line where there are `lines`.
    """

    name: str
    kind: Kind
    label: str
    hint: str = ""
    options: Sequence[Option] = ()
    needed: str = ""
    takes: TypeAdapter[Any] | None = None
    wrong: str = ""
    lines: int = 0
    autocomplete: str = ""
    mode: str = ""
    ahead: bool = False
    """Of a day: it is still to come, or else it has come already."""

    @property
    def items(self) -> list[dict[str, str]]:
        """As the form parts take them."""
        return [{"value": option.value, "text": option.text} for option in self.options]

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(f"{self.name}-{part}" for part in _PARTS) if self.kind is Kind.DAY else (self.name,)


@dataclass(frozen=True)
class Question:
    """`about` names it in the address, and in the list of answers. It is asked only of some."""

    about: str
    heading: str
    short: str
    fields: tuple[Field, ...]
    words: str = ""
    asked: Callable[[Answers], bool] = lambda _: True
    together: Callable[[Answers, datetime], dict[str, str]] = lambda _, __: {}
    """What is wrong with its answers only beside each other, by field."""


_PARTS: Final = ("day", "month", "year")
_YEARS: Final = range(1900, 2200)
_CENTURY: Final = 2000
_BREAK: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
MOST: Final = 7000
"""Characters: with what is asked beside them they fit a report's words."""


def read(question: Question, sent: Mapping[str, list[str]], now: datetime) -> tuple[Answers, dict[str, str]]:
    """What was typed, and by field what is wrong with it."""
    said = {field.name: _said(field, sent) for field in question.fields}
    today = london_day(now)
    wrong = {field.name: why for field in question.fields if (why := _wrong(field, said[field.name], today))}
    typed = {name: value for name, value in said.items() if value}
    return typed, wrong or question.together(typed, now)


def stands(question: Question, answers: Answers) -> bool:
    """Whether all that was chosen can still be chosen: other answers decide what can."""
    return all(
        {option.value for option in field.options}.issuperset(answers.get(field.name, ()))
        for field in question.fields
        if field.options
    )


def _said(field: Field, sent: Mapping[str, list[str]]) -> tuple[str, ...]:
    if field.kind is Kind.DAY:
        parts = tuple(sent.get(name, [""])[0].strip() for name in field.inputs)
        return parts if any(parts) else ()
    values = [_plain(value) for value in sent.get(field.name, [])]
    if field.kind is not Kind.ANY_OF:
        values = values[:1]
    return tuple(value for value in values if value)


def _plain(typed: str) -> str:
    """What is pasted brings line breaks of its own, and controls that nobody sees."""
    lines = _BREAK.sub("\n", typed)
    return "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) != "Cc").strip()


def _wrong(field: Field, said: tuple[str, ...], today: date) -> str:
    if not said:
        return field.needed
    match field.kind:
        case Kind.ONE_OF | Kind.ANY_OF:
            known = {option.value for option in field.options}
            return "" if known.issuperset(said) else "Choose from the list"
        case Kind.DAY:
            return _wrong_day(said, today, ahead=field.ahead)
        case Kind.HOUR:
            return "" if hour_of(said[0]) else "Write the time as 22:30, or leave it empty"
        case _:
            return _wrong_words(field, said[0])


def _wrong_day(said: tuple[str, ...], today: date, *, ahead: bool) -> str:
    day = day_of(said)
    if day is None:
        return "Write the day as numbers, such as 27 3 2026, or leave it empty"
    if ahead:
        return "This day has passed" if day < today else ""
    return "This day has not come yet" if day > today else ""


def _wrong_words(field: Field, said: str) -> str:
    if len(said) > MOST:
        return f"This is longer than we can take here. Shorten it to {MOST} characters; you can tell us the rest"
    lines = lines_of(said) if field.lines else (said,)
    if field.lines and len(lines) > field.lines:
        return f"Use {field.lines} lines or fewer"
    try:
        for line in lines:
            if field.takes is not None:
                field.takes.validate_python(line, context=BORDER)
    except ValidationError:
        return field.wrong
    return ""


def day_of(said: tuple[str, ...]) -> date | None:
    """None where nothing was said, or no day that anybody remembers. `26` is 2026."""
    try:
        day, month, year = map(int, said)
        told = date(year + _CENTURY if 0 <= year < 100 else year, month, day)  # noqa: PLR2004 - two digits
    except (ValueError, OverflowError):
        return None
    return told if told.year in _YEARS else None


def hour_of(said: str) -> time | None:
    try:
        hours, _, minutes = said.replace(".", ":").partition(":")
        return time(int(hours), int(minutes or 0))
    except (ValueError, OverflowError):
        return None


def lines_of(said: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in said.split("\n") if line.strip())


def one(answers: Answers, name: str) -> str | None:
    said = answers.get(name)
    return said[0] if said else None


def in_words(field: Field, answers: Answers) -> str:
    """As they read it back."""
    said = answers.get(field.name, ())
    match field.kind:
        case Kind.ONE_OF | Kind.ANY_OF:
            return "\n".join(option.text for option in field.options if option.value in said)
        case Kind.DAY:
            day = day_of(said)
            return f"{day:%A} {day.day} {day:%B %Y}" if day else ""
        case _:
            return "\n".join(said)
