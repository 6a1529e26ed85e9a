"""How often somebody has come of late, counted once for all processes by PostgreSQL's clock."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Column, ColumnElement, DateTime, Interval, LargeBinary, Table, bindparam, func, select

from store.sessions import METADATA, Store

rate_limits = Table(
    "rate_limits",
    METADATA,
    Column("key", LargeBinary, primary_key=True),
    Column("used_until", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class Limit:
    """So many at once, and from then on one as often as they fit evenly `within`."""

    times: int
    within: timedelta

    @property
    def each(self) -> timedelta:
        return self.within / self.times

    @property
    def in_words(self) -> dict[str, timedelta]:
        return {"each": self.each, "within": self.within}


def turn(key: ColumnElement[bytes]) -> ColumnElement[timedelta]:
    """Takes one, in whichever question it stands: null when it is within the limit, else how long to wait. The
    generic cell rate algorithm. Each new row takes away two that say nothing any more, so that the table holds
    those who came of late; it waits for no other's row while it holds one.
    """
    each, within = bindparam("each", type_=Interval), bindparam("within", type_=Interval)
    return func.take_turn(key, each, within, type_=Interval)


_TAKE: Final = select(turn(bindparam("key", type_=LargeBinary)))


async def take(store: Store, key: bytes, limit: Limit) -> timedelta | None:
    """None when it is within the limit, which then counts it; else how long to wait. `key` tells who and what for,
    and must not be read back: give a keyed digest. Raises StoreAway and StoreRefused.
    """
    async with store.looking() as db:
        wait: timedelta | None = await db.connection.scalar(_TAKE, {"key": key} | limit.in_words)
    return wait
