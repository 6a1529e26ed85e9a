"""How often somebody has come of late, counted once for all processes by PostgreSQL's clock."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Column, DateTime, Interval, LargeBinary, Table, bindparam, text

from store.away import failures_named
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


_TAKE: Final = text("""
    WITH taken AS (
        INSERT INTO rate_limits AS known (key, used_until) VALUES (:key, now() + :each)
        ON CONFLICT (key) DO UPDATE SET used_until = greatest(known.used_until, now()) + :each
            WHERE greatest(known.used_until, now()) + :each <= now() + :within
        RETURNING xmax = 0 AS fresh
    ), forgotten AS (
        DELETE FROM rate_limits WHERE key IN (
            SELECT key FROM rate_limits WHERE used_until < now() AND EXISTS (SELECT FROM taken WHERE fresh)
            ORDER BY used_until LIMIT 2 FOR UPDATE SKIP LOCKED
        )
    )
    SELECT known.used_until + :each - :within - now() AS wait FROM (SELECT) AS always
    LEFT JOIN rate_limits AS known ON known.key = :key
    WHERE NOT EXISTS (SELECT FROM taken)
""").bindparams(
    bindparam("key", type_=LargeBinary), bindparam("each", type_=Interval), bindparam("within", type_=Interval)
)
"""The generic cell rate algorithm. Each new row takes away two that say nothing any more, so that the table
holds those who came of late; it waits for no other's row while it holds one.
"""


async def take(store: Store, key: bytes, limit: Limit) -> timedelta | None:
    """None when it is within the limit, which then counts it; else how long to wait. `key` tells who and what for,
    and must not be read back: give a keyed digest. Raises StoreAway and StoreRefused.
    """
    values = {"key": key, "each": limit.each, "within": limit.within}
    with failures_named():
        async with store.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            refused = (await connection.execute(_TAKE, values)).one_or_none()
    if refused is None:
        return None
    return refused.wait if refused.wait and refused.wait > timedelta(0) else limit.each  # others came meanwhile
