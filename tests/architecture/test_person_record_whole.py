"""What is kept of people is in the record that they may ask for, or stands there with why it is not. (art. 15)"""

from typing import Any

import pytest

from ops.papers.make import classification
from store.not_in_a_record import NOT_INCLUDED
from store.person_record import SOURCES


def missing(known: dict[str, Any]) -> set[str]:
    """Columns that hold personal data, and stand neither in a person's record nor in what is not in it."""
    told = {f"{column.table.name}.{column.name}" for source in SOURCES for column in source.columns}
    left_out = {name for one in NOT_INCLUDED for name in one.of}
    personal = {name for name, one in known["categories"].items() if one.get("personal", True)}
    return {
        f"{table}.{column}"
        for table, one in known["tables"].items()
        for category, columns in one["columns"].items()
        for column in columns
        if category in personal and not {table, f"{table}.{column}"} & left_out
    } - told | (set(known["outside"]) - left_out)


def test_every_column_about_people_is_in_the_record_or_says_why_not() -> None:
    assert missing(classification()) == set()


@pytest.mark.parametrize("category", ["identity", "everything", "staff"])
def test_a_new_one_with_neither_would_be_missed(category: str) -> None:
    known = classification()
    known["tables"]["nicknames"] = {"columns": {"technical": ["id"], category: ["nickname"]}}
    known["tables"]["people"]["columns"].setdefault(category, []).append("nickname")
    known["outside"]["A new archive"] = "everything"
    assert missing(known) == {"nicknames.nickname", "people.nickname", "A new archive"}


def test_what_is_left_out_is_something_that_there_is_with_a_reason() -> None:
    known = classification()
    named = set(known["outside"]) | set(known["tables"])
    named |= {
        f"{table}.{column}"
        for table, one in known["tables"].items()
        for columns in one["columns"].values()
        for column in columns
    }
    left_out = [name for one in NOT_INCLUDED for name in one.of]
    assert set(left_out) <= named
    assert len(left_out) == len(set(left_out))
    assert all(one.why.endswith(".") for one in NOT_INCLUDED)
    assert not {source.table.name for source in SOURCES} & set(left_out)
