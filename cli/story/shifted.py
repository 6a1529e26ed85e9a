"""Values moved by years, and where two of them differ."""

import re
from calendar import month_name
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from policy.working_days import LONDON

M = TypeVar("M", bound=BaseModel)

NEAR: Final = timedelta(seconds=30)
"""A live server's clock runs on while letters are written, the longer the busier the machine is. What is owed is
counted in hours and days.
"""

_DAY_IN_WORDS: Final = re.compile(rf"(\d (?:{'|'.join(month_name[1:])}) )(\d{{4}})")
"""As a reason names it: `Monday 7 October 2024`."""


def shifted(value: M, years: int) -> M:
    """The value with every date and moment in it moved. Moments keep London's wall time."""
    return type(value).model_validate(_moved(value.model_dump(), years))


def renamed(value: M, names: Mapping[str, str]) -> M:
    """The value with each reference in it that has another name under that one."""
    return type(value).model_validate(_renamed(value.model_dump(), names))


def _renamed(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever a dumped model holds
    match value:
        case dict():
            return {key: _renamed(each, names) for key, each in value.items()}
        case list() | tuple():
            return [_renamed(each, names) for each in value]
        case str():
            return names.get(value, value)
        case _:
            return value


def moment_shifted(moment: datetime, years: int) -> datetime:
    wall = moment.astimezone(LONDON)
    return wall.replace(year=wall.year + years).astimezone(UTC)


def _moved(value: Any, years: int) -> Any:  # noqa: ANN401 - whatever a dumped model holds
    match value:
        case datetime():
            return moment_shifted(value, years)
        case date():
            return value.replace(year=value.year + years)
        case dict():
            return {_moved(key, years): _moved(each, years) for key, each in value.items()}
        case list() | tuple():
            return [_moved(each, years) for each in value]
        case str():
            return _DAY_IN_WORDS.sub(lambda day: f"{day[1]}{int(day[2]) + years}", value)
        case _:
            return value


def differences(place: str, expected: object, found: object) -> Iterator[str]:
    """Where two dumped values differ, moments by more than a moment."""
    if isinstance(expected, datetime) and isinstance(found, datetime):
        if abs(expected.astimezone(UTC) - found.astimezone(UTC)) > NEAR:
            yield f"{place}: {expected.isoformat()} simulated, {found.isoformat()} live"
    elif isinstance(expected, dict) and isinstance(found, dict):
        for key in dict.fromkeys([*expected, *found]):
            yield from differences(f"{place}, {key}", expected.get(key), found.get(key))
    elif isinstance(expected, list | tuple) and isinstance(found, list | tuple) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True), start=1):
            yield from differences(f"{place} {number}", one, other)
    elif expected != found:
        yield f"{place}: {expected} simulated, {found} live"
