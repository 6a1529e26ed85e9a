"""Finding people, homes, places and cases by words, also where a name is misspelt: words are alike that share a
spelling once a letter or, of seven and more, two are left out.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, Text, bindparam, func, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from policy.frozen import Frozen
from policy.likeness import marks_of, words_of
from store import people
from store.cases import cases
from store.people import Person
from store.places import places
from store.sessions import Reading
from store.tenancies import tenancies as homes_table

MOST_SHOWN: Final = 20
"""Of each kind: who is not among them is asked for with another word."""
MOST_LIKE: Final = 200
"""Of those that are alike, how many are looked at more closely."""
_MOST_WORDS: Final = 8
_NOT: Final = re.compile(r"(?<!\w)-+")
"""Before a word this would find whatever does not say it: all timelines would be read."""


def asked_of(words: str) -> list[str]:
    """Each once, and of very many the first."""
    return list(dict.fromkeys(words_of(words)))[:_MOST_WORDS]


class HomeFound(Frozen):
    """A tenancy, without who lives there."""

    id: str
    reference: str | None
    address: tuple[str, ...]
    tenure: str
    starts: date
    ends: date | None


class PlaceFound(Frozen):
    id: str
    name: str
    address: tuple[str, ...]


class CaseFound(Frozen):
    """`named` where a person or place on it is called so, else the words were said on it."""

    ref: str
    stage: str
    category: str | None
    officer: str | None
    reported_at: datetime
    closed_at: datetime | None
    named: bool


async def known(db: Reading, words: str) -> list[Person]:
    """Who has all the words, or that telephone number, and then who is called nearly so."""
    found = {one.id: one for one in await people.called(db, words)}
    numbers = marks_of(phone=words)
    numbered = await people.by_ids(db, list(await people.marked(db, numbers, MOST_SHOWN))) if numbers else {}
    alike = await people.by_ids(db, await _spelt_like(db, people.people, people.people.c.words, words))
    asked = asked_of(words)
    near = sorted(alike.values(), key=lambda one: (-_closeness(asked, _text(one)), one.name, one.id))
    every = found | numbered | {one.id: one for one in near if one.id not in found}
    return list(every.values())[:MOST_SHOWN]


async def homes(db: Reading, words: str) -> list[HomeFound]:
    """Tenancies by address or by the landlord's own reference, the nearest first."""
    asked = asked_of(words)
    found = await _homes(db, words)
    return sorted(found, key=lambda one: -_closeness(asked, " ".join((*one.address, one.reference or ""))))[
        :MOST_SHOWN
    ]


async def homes_at(db: Reading, words: str) -> list[HomeFound]:
    """Of which the address has all the words, as a block's or an estate's: at most MOST_LIKE."""
    asked = set(words_of(words))
    there = [one for one in await _homes(db, words) if asked <= set(words_of(" ".join(one.address)))]
    return sorted(there, key=lambda one: (one.address, one.starts))


async def _homes(db: Reading, words: str) -> list[HomeFound]:
    ids = await _spelt_like(db, homes_table, func.lines_of(homes_table.c.address, homes_table.c.reference), words)
    columns = [homes_table.c[name] for name in HomeFound.model_fields]
    rows = await db.connection.execute(select(*columns).where(homes_table.c.id.in_(ids)))
    return [HomeFound(**row._asdict()) for row in rows]


async def inspected(db: Reading, words: str) -> list[PlaceFound]:
    """Places that are or were inspected, the nearest first."""
    ids = await _spelt_like(db, places, func.lines_of(places.c.address, places.c.name), words)
    query = select(places.c.id, places.c.name, places.c.address).where(places.c.id.in_(ids))
    found = [PlaceFound(**row._asdict()) for row in await db.connection.execute(query)]
    asked = asked_of(words)
    return sorted(found, key=lambda one: -_closeness(asked, " ".join((*one.address, one.name))))[:MOST_SHOWN]


async def on_cases(db: Reading, words: str) -> list[CaseFound]:
    """Of cases that the caller may see: those on which somebody or somewhere is called so first, then those on
    which it was said; of each the newest reports first.
    """
    named = select(func.mentions_spelt_like(_ASKED).label("ref"))
    said = select(func.said_on(_NOT.sub(" ", words)).label("ref"))
    columns = [cases.c[name] for name in CaseFound.model_fields if name != "named"]
    is_named = cases.c.ref.in_(named)
    query = (
        select(*columns, is_named.label("named"))
        .where(cases.c.ref.in_(union_all(named, said)))
        .order_by(is_named.desc(), cases.c.reported_at.desc(), cases.c.ref.desc())
        .limit(MOST_SHOWN)
    )
    rows = await db.connection.execute(query, {"asked": asked_of(words)})
    return [CaseFound(**row._asdict()) for row in rows]


_ASKED: Final = bindparam("asked", type_=ARRAY(Text))


async def _spelt_like(db: Reading, table: Table, text: ColumnElement[Any], words: str) -> Sequence[str]:
    """Ids of rows in which each of the words, or one like it, stands: by the index on what is written there."""
    asked = asked_of(words)
    one = func.unnest(_ASKED).column_valued("one")
    query = (
        select(table.c.id)
        .where(func.spellings(text).bool_op("&&")(func.spellings(one)))
        .group_by(table.c.id)
        .having(func.count() == len(asked))
        .limit(MOST_LIKE)
    )
    return (await db.connection.scalars(query, {"asked": asked})).all() if asked else ()


def _text(person: Person) -> str:
    lines = (line for home in person.addresses for line in home.lines)
    return " ".join((person.name, *lines, person.email or "", person.phone or ""))


def _closeness(asked: Sequence[str], text: str) -> float:
    """How near the words asked for are to those of the text, each to the one most like it: 1.0 where all are
    there.
    """
    there = words_of(text)
    nearest = [max((SequenceMatcher(None, word, one).ratio() for one in there), default=0.0) for word in asked]
    return sum(nearest) / len(nearest) if nearest else 0.0
