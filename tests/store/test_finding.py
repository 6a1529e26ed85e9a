"""Which spellings are alike."""

from sqlalchemy import text

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


def test_each_word_is_asked_for_once_and_of_very_many_the_first() -> None:
    assert asked_of("row row Row 7 row") == ["row", "7"]
    assert asked_of(" ".join(map(str, range(50)))) == [*"01234567"]


def test_of_a_word_that_was_said_whatever_is_one_letter_from_it_is_asked_for_too() -> None:
    spelt = set(nearly("dogged").strip("()").split(" | "))
    assert {"dogged", "dgoged", "dogge", "doggedy", "hogged", "adogged"} <= spelt
    assert not {"dogg", "dogs", "ddoggged", ""} & spelt
    for alone in ("dogs", "4711", "a1b2c3", "zoë", "x" * 25):
        assert nearly(alone) == alone
