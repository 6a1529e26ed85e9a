"""What stands in a report, in words: kinds, what things are sorted by, and a figure."""

from calendar import month_name
from collections.abc import Callable, Mapping
from typing import Final

from policy.editions import Edition, released
from policy.measures.base import Unit
from policy.reports.contents import MONTH
from policy.reports.kinds import KINDS
from policy.reports.report import Report, Row, Table, Told
from policy.working_days import day_in_words

NOT_PUBLISHED: Final = "Not shown"
_AS_THEY_ARE: Final = frozenset({"ward", "team", "officer"})
_OF_PREVENTION: Final = {"work": "Prevention work", "result": "What came of it"}
_CALLED: Final = {"how": "How", "row": "What was owed", "category": "Type", "strand": "About", **_OF_PREVENTION}
_HOW: Final = {"kept": "in time", "recorded_late": "in time, recorded late", "not_done": "not done"}


def title_of(told: Report) -> str:
    return f"{KINDS[told.kind].title}{' (to be published)' if told.published else ''}"


def days_of(told: Report) -> str:
    return f"{day_in_words(told.period.first)} to {day_in_words(told.period.last)}"


def dimension(name: str) -> str:
    return _CALLED.get(name, name.replace("_", " ").capitalize())


def names(table: Table, row: Row) -> tuple[str, ...]:
    """By the newest edition; what it does not know keeps its code."""
    return tuple(_name(by, of, row) for by, of in zip(table.by, row.of, strict=True))


def _name(by: str, of: str, row: Row) -> str:
    if by in _AS_THEY_ARE:
        return of
    found = _OF[by](released()[-1], of, row) if by in _OF else None
    return found or of.replace("_", " ").replace("-", " ").capitalize()


def _category(edition: Edition, of: str, _row: Row) -> str | None:
    found = edition.category(of)
    return found.name if found else None


def _agency(edition: Edition, of: str, _row: Row) -> str | None:
    found = edition.agency(of)
    return found.name if found else None


def _question(edition: Edition, of: str, _row: Row) -> str | None:
    return next((one.asks for one in edition.questionnaire if one.key == of), None)


def _answer(edition: Edition, of: str, row: Row) -> str | None:
    asked = (one for one in edition.questionnaire if one.key in row.of)
    return next((one.answers[of] for one in asked if of in one.answers), None)


def _month(_edition: Edition, of: str, _row: Row) -> str:
    year, _, month = of.partition("-")
    return f"{month_name[int(month)]} {year}"


def _how(_edition: Edition, of: str, _row: Row) -> str | None:
    return _HOW.get(of)


_OF: Final[Mapping[str, Callable[[Edition, str, Row], str | None]]] = {
    "category": _category,
    "agency": _agency,
    "question": _question,
    "answer": _answer,
    "how": _how,
    MONTH: _month,
}


def in_words(unit: Unit, told: Told) -> str:
    """`3`, `40% of 5`, `half within 2, nine in ten within 7, of 5`."""
    if told.hidden:
        return NOT_PUBLISHED
    if told.value is None:
        return "None"
    if unit is Unit.NUMBER:
        return f"{told.value:,.0f}"
    if unit is Unit.SHARE:
        return f"{told.value:.0%} of {told.number:,}"
    return f"half within {told.value:.0f}, nine in ten within {told.nine_in_ten:.0f}, of {told.number:,}"


def for_homes_in_words(told: Told) -> str:
    return NOT_PUBLISHED if told.hidden else f"{told.for_homes:.1f}"
