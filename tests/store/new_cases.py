"""Rows of the register as cases leave them, many at once: what counting reads of them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, Final, NamedTuple

from sqlalchemy import insert

from policy.working_days import LONDON
from store.cases import cases
from store.sessions import Store

_NUMBERS: Final = count(1)
_EMPTY: Final[dict[str, Any]] = {
    "seq": 1,
    "head": b"",
    "opening": {},
    "file": {},
    "stage": "open",
    "serious": False,
    "domestic_abuse": False,
    "restricted": False,
    "admitted": [],
    "conflicts": [],
    "emergency": {},
}


class Some(NamedTuple):
    """So many in a ward, spread over the days from `first` to `last`."""

    number: int
    ward: str | None
    first: date
    last: date
    category: str = "noise"
    hate: bool = False


async def there_were(store: Store, some: Iterable[Some]) -> None:
    rows = [_row(one, _moment(one, place)) for one in some for place in range(one.number)]
    async with store.writing() as db:
        await db.connection.execute(insert(cases), rows)


def _moment(one: Some, place: int) -> datetime:
    days = (one.last - one.first).days + 1
    return datetime.combine(one.first + timedelta(days=place * days // one.number), time(12), LONDON)


def _row(one: Some, at: datetime) -> dict[str, Any]:
    told = {"ward": one.ward, "category": one.category, "hate": one.hate, "reported_at": at}
    return _EMPTY | told | {"ref": f"CW-2613-{next(_NUMBERS):06d}"}


def a_past(day: date, wards: Iterable[str], each: int) -> list[Some]:
    """Three years of it before that day, so many a year in each of the wards."""
    first = day - timedelta(days=3 * 365)
    return [Some(3 * each, ward, first, day - timedelta(days=1)) for ward in wards]


def a_cluster(day: date, ward: str, number: int, **more: Any) -> Some:
    """In the last ninety days before it."""
    return Some(number, ward, day - timedelta(days=90), day - timedelta(days=1), **more)
