"""Counting how often somebody comes: one count for all, by the store's clock, and nothing kept for long."""

import asyncio
from datetime import timedelta

import asyncpg

from runtime.database import dsn
from store.rate_limits import Limit, take
from store.sessions import Store

THREE = Limit(3, timedelta(minutes=1))
WHO = b"somebody's digest"


async def test_so_many_at_once_and_then_one_as_often_as_they_fit(store: Store, database: str) -> None:
    assert [await take(store, WHO, THREE) for _ in range(3)] == [None] * 3
    wait = await take(store, WHO, THREE)
    assert wait is not None
    assert timedelta(seconds=15) < wait <= timedelta(seconds=20)
    await later(database, wait)
    assert await take(store, WHO, THREE) is None
    assert await take(store, WHO, THREE) is not None


async def test_who_is_turned_away_does_not_wait_longer_for_having_asked(store: Store, database: str) -> None:
    for _ in range(50):
        wait = await take(store, WHO, THREE)
    assert wait is not None
    assert wait <= timedelta(seconds=20)
    await later(database, timedelta(minutes=2))
    assert [await take(store, WHO, THREE) for _ in range(3)] == [None] * 3


async def test_of_many_at_the_same_moment_as_many_are_taken_as_may_be(store: Store) -> None:
    answers = await asyncio.gather(*(take(store, WHO, Limit(7, timedelta(hours=1))) for _ in range(60)))
    assert answers.count(None) == 7
    assert all(wait is None or wait > timedelta(0) for wait in answers)


async def test_one_does_not_count_for_another(store: Store) -> None:
    for _ in range(4):
        await take(store, WHO, THREE)
    assert await take(store, b"somebody else's", THREE) is None


async def test_what_says_nothing_any_more_goes_away_as_others_come(store: Store, database: str) -> None:
    async def come(names: range) -> None:
        await asyncio.gather(*(take(store, b"%d" % name, THREE) for name in names))

    await come(range(100))
    await later(database, timedelta(minutes=2))
    await come(range(100, 160))
    connection = await asyncpg.connect(dsn(database))
    kept = await connection.fetchval("SELECT count(*) FROM rate_limits")
    durable = await connection.fetchval(
        "SELECT relpersistence = 'p' FROM pg_class WHERE oid = 'rate_limits'::regclass"
    )
    await connection.close()
    assert kept == 60
    assert durable is False


async def later(database: str, by: timedelta) -> None:
    """As if the time had passed."""
    connection = await asyncpg.connect(dsn(database))
    await connection.execute("UPDATE rate_limits SET used_until = used_until - $1::interval", by)
    await connection.close()
