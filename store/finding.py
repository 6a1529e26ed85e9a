"""Finding people, homes, places and cases by words, also where they are misspelt. Names are alike that share a
spelling once a letter or, of seven and more, two are left out; of what was said the stems of words one letter off.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import IntEnum
from string import ascii_lowercase
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, Text, bindparam, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.functions import FunctionElement

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
_SHORTEST: Final = 5
_LONGEST: Final = 24
"""Letters of a word that may be one letter off: of shorter ones too many are alike."""
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


class How(IntEnum):
    """A person or place on it is called so; the words were said on it; or others that are one letter from them."""

    NAMED = 1
    SAID = 2
    NEARLY = 3


class CaseFound(Frozen):
    ref: str
    stage: str
    category: str | None
    officer: str | None
    reported_at: datetime
    closed_at: datetime | None
    how: How


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
    which it was said, in any form of the words, then those on which it was said nearly so; of each the newest
    reports first.
    """
    asked = asked_of(words)
    if not asked:
        return []
    as_asked = {
        How.NAMED: func.mentions_spelt_like(literal(asked, ARRAY(Text))),
        How.SAID: func.said_on(_NOT.sub(" ", words)),
    }
    found = await _on_cases(db, as_asked, besides=[])
    if len(found) < MOST_SHOWN:
        others = {How.NEARLY: func.said_nearly_on(" & ".join(map(nearly, asked)))}
        found += await _on_cases(db, others, besides=[one.ref for one in found])
    return found[:MOST_SHOWN]


async def _on_cases(
    db: Reading, ways: Mapping[How, FunctionElement[Any]], besides: Sequence[str]
) -> list[CaseFound]:
    every = union_all(*(select(way.label("ref"), literal(how.value).label("how")) for how, way in ways.items()))
    found = every.subquery()
    best = select(found.c.ref, func.min(found.c.how).label("how")).group_by(found.c.ref).subquery()
    columns = [cases.c[name] for name in CaseFound.model_fields if name != "how"]
    query = (
        select(*columns, best.c.how)
        .join_from(best, cases, cases.c.ref == best.c.ref)
        .where(best.c.ref.not_in(besides))
        .order_by(best.c.how, cases.c.reported_at.desc(), cases.c.ref.desc())
        .limit(MOST_SHOWN)
    )
    return [CaseFound(**row._asdict()) for row in await db.connection.execute(query)]


def nearly(word: str) -> str:
    """The word and whatever is one letter from it, of which the index is asked; short ones and numbers alone."""
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()):
        return word
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {before + after[1:] for before, after in halves if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1}
    other = {before + letter + after[1:] for before, after in halves if after for letter in ascii_lowercase}
    more = {before + letter + after for before, after in halves for letter in ascii_lowercase}
    return f"({' | '.join(sorted({word} | less | swapped | other | more))})"


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
