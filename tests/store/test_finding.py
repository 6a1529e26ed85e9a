"""Which spellings are alike."""

from importlib import import_module
from random import Random

import asyncpg
from sqlalchemy import text

from runtime.database import dsn
from store.finding import asked_of, nearly
from store.sessions import Store

ALIKE = [
    ("Rowan", "Rwoan"),
    ("Rowan", "Rowen"),
    ("Rowan", "Roan"),
    ("Mohammed", "Muhammad"),
    ("Katherine", "Cathrine"),
    ("O\u2019Brien", "obrien"),
    ("Zoë", "zoe"),
    ("Hallam", "Halam"),
    ("7", "7"),
]
OTHERS = [
    ("Rowan", "Robin"),
    ("7", "77"),
    ("11", "1"),
    ("TN13", "TN14"),
    ("Ann", "Amy"),
    ("01632960001", "01632960002"),
]


async def test_a_letter_more_less_or_other_is_alike_and_of_numbers_nothing_is(store: Store) -> None:
    async with store.reading() as db:
        asked = text("SELECT spellings(:one) && spellings(:other)")
        found = {
            pair: await db.connection.scalar(asked, dict(zip(("one", "other"), pair, strict=True)))
            for pair in ALIKE + OTHERS
        }
    assert found == dict.fromkeys(ALIKE, True) | dict.fromkeys(OTHERS, False)


async def test_what_was_indexed_before_is_spelt_as_it_is_now(database: str) -> None:
    """Also of words told twice, and of which one is another with a letter less."""
    before = import_module("migrations.versions.2026_11_30_f7d2a9_found_though_misspelt").STATEMENTS[0]
    roll = Random(2653)  # noqa: S311 - names, not secrets
    names = ["".join(roll.choices("abcé ''-7", k=roll.randrange(40))) for _ in range(200)]
    connection = await asyncpg.connect(dsn(database))
    try:
        await connection.execute(before.replace("FUNCTION spellings", "FUNCTION pg_temp.spelt_before"))
        distinct = 'ARRAY(SELECT DISTINCT one COLLATE "C" FROM unnest({}(name)) AS one ORDER BY 1)'
        differ = await connection.fetch(
            f"SELECT name FROM unnest($1::text[]) AS name WHERE {distinct.format('spellings')}"
            f" IS DISTINCT FROM {distinct.format('pg_temp.spelt_before')}",
            [
                *names,
                "Abcde abcd",
                "Katherine O\u2019Brien, 12 Larkfield Close, Zoë\u0301",
                "a" * 30,
                "abcdefgh" * 3,
            ],
        )
    finally:
        await connection.close()
    assert differ == []


def test_each_word_is_asked_for_once_and_of_very_many_the_first() -> None:
    assert asked_of("row row Row 7 row") == ["row", "7"]
    assert asked_of(" ".join(map(str, range(50)))) == [*"01234567"]


def test_of_a_word_that_was_said_whatever_is_one_letter_from_it_is_asked_for_too() -> None:
    spelt = set(nearly("dogged").strip("()").split(" | "))
    assert {"dogged", "dgoged", "dogge", "doggedy", "hogged", "adogged"} <= spelt
    assert not {"dogg", "dogs", "ddoggged", ""} & spelt
    for alone in ("dogs", "4711", "a1b2c3", "zoë", "x" * 25):
        assert nearly(alone) == alone
