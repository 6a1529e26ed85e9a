"""What each case counts for every measure, and on which days: once, for all periods. Derived from its timeline and
those of cases about the same parties.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Integer,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    delete,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from policy.measures.base import Counted
from policy.measures.history import TEAM, Dimensions
from policy.measures.others import InShort
from store.cases import cases
from store.sessions import METADATA, Reading, Writing

counted = Table(
    "counted",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("measure", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("first", Date, nullable=False),
    Column("until", Date),
    Column("value", Double, nullable=False),
    Column("more", JSONB, nullable=False),
)
"""`more` is by what it is sorted otherwise than its case, or besides."""

counted_cases = Table(
    "counted_cases",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("recorded_at", DateTime(timezone=True)),
    Column("by", JSONB, nullable=False),
    Column("reported_at", DateTime(timezone=True)),
    Column("closed_at", DateTime(timezone=True)),
    Column("joined", Boolean, nullable=False),
    Column("hate", Boolean, nullable=False),
    Column("parties", ARRAY(Text), nullable=False),
    Column("follows", Text),
)
"""Each in short, by what it is sorted, and when the last of what is counted was recorded. Erased: none."""

counted_under = Table("counted_under", METADATA, Column("definitions", Text, primary_key=True))
"""By which definitions everything is counted: one row."""

ANEW: Final = -1
"""What has been counted of a case that is to be counted anew, in place of how far it was."""

_ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(hashtext('counted'))")
_SHORT: Final = tuple(counted_cases.c["case_ref" if name == "ref" else name] for name in InShort._fields)
_UP_TO: Final = (
    update(cases).where(cases.c.ref == bindparam("of_ref")).values(counted=bindparam("up_to", type_=Integer))
)


async def alone(db: Writing) -> str | None:
    """Nobody else counts until the transaction ends: a case is counted by what is known of others. By which
    definitions everything has been counted.
    """
    await db.connection.execute(_ONE_AT_A_TIME)
    return await definitions(db)


async def definitions(db: Reading) -> str | None:
    found: str | None = await db.connection.scalar(select(counted_under.c.definitions))
    return found


async def begin_anew(db: Writing, by: str) -> None:
    """Everything is to be counted by these definitions."""
    await db.connection.execute(delete(counted_under))
    await db.connection.execute(insert(counted_under).values(definitions=by))
    await db.connection.execute(update(cases).where(cases.c.counted != ANEW).values(counted=ANEW))


async def anew(db: Writing, refs: Collection[str]) -> None:
    if refs:
        await db.connection.execute(_UP_TO, [{"of_ref": ref, "up_to": ANEW} for ref in sorted(refs)])


async def to_count(db: Reading, most: int) -> list[str]:
    """Cases of which more has been recorded than was counted."""
    return list(await db.connection.scalars(waiting(most)))


def waiting(most: int) -> Select[str]:
    return select(cases.c.ref).where(cases.c.counted != cases.c.seq).order_by(cases.c.ref).limit(most)


async def recorded_since(db: Reading, moment: datetime) -> list[str]:
    """Cases of which something was counted that was recorded after then."""
    query = select(counted_cases.c.case_ref).where(counted_cases.c.recorded_at > moment)
    return list(await db.connection.scalars(query.order_by(counted_cases.c.case_ref)))


async def shorts(db: Reading, refs: Collection[str]) -> dict[str, InShort]:
    """As they were when they were counted."""
    return {
        one.ref: one
        for one in await _in_short(db, counted_cases.c.case_ref == any_(literal(sorted(refs), ARRAY(Text))))
    }


async def related(db: Reading, told: Collection[InShort]) -> dict[str, InShort]:
    """Cases of which any of these tells something, or that tell something of it, and they themselves."""
    refs = {one.ref for one in told}
    parties = {party for one in told for party in one.parties}
    follows = {one.follows for one in told if one.follows is not None}
    same = counted_cases.c.parties.overlap(sorted(parties))
    found = or_(same, counted_cases.c.follows.in_(refs), counted_cases.c.case_ref.in_(refs | follows))
    return {one.ref: one for one in await _in_short(db, found)}


async def _in_short(db: Reading, wanted: ColumnElement[bool]) -> list[InShort]:
    rows = await db.connection.execute(select(*_SHORT).where(wanted))
    return [InShort(*row)._replace(parties=frozenset(row.parties)) for row in rows]


class Told(NamedTuple):
    """Of a case up to its entry `seq`, the last of which was recorded at `recorded_at`: all that it counts, by
    measure.
    """

    seq: int
    recorded_at: datetime | None
    by: Dimensions
    short: InShort
    counts: Mapping[str, Sequence[Counted]]


async def keep(db: Writing, told: Mapping[str, Told], erased: Mapping[str, int]) -> None:
    """In place of what was counted of them before. `erased` are those that count nothing any more, and where they
    end.
    """
    refs = [*told, *erased]
    await db.connection.execute(delete(counted).where(counted.c.case_ref.in_(refs)))
    await db.connection.execute(delete(counted_cases).where(counted_cases.c.case_ref.in_(refs)))
    if told:
        await db.connection.execute(insert(counted_cases), [case_of(one) for one in told.values()])
    if rows := [row for one in told.values() for row in rows_of(one)]:
        await db.connection.execute(insert(counted), rows)
    seqs = {ref: one.seq for ref, one in told.items()} | dict(erased)
    await db.connection.execute(_UP_TO, [{"of_ref": ref, "up_to": seqs[ref]} for ref in sorted(seqs)])


def case_of(told: Told) -> dict[str, Any]:
    short = told.short._asdict()
    return short | {
        "case_ref": short.pop("ref"),
        "parties": sorted(told.short.parties),
        "recorded_at": told.recorded_at,
        "by": {name: list(where) for name, where in told.by.items() if name != TEAM},
    }


def rows_of(told: Told) -> list[dict[str, Any]]:
    """As they stand here, in order. Whose teams it is stands nowhere: they are those of its officer now."""
    return [
        {
            "case_ref": told.short.ref,
            "measure": measure,
            "number": number,
            "first": one.first,
            "until": one.until,
            "value": float(one.value),
            "more": {
                name: list(dict.fromkeys(where)) for name, where in one.by.items() if where != told.by.get(name)
            },
        }
        for measure, found in sorted(told.counts.items())
        for number, one in enumerate(found, 1)
    ]


async def of_case(db: Reading, ref: str) -> list[dict[str, Any]] | None:
    """What stands of it in both tables. None where it is still to be counted."""
    ready = select(cases.c.ref).where(cases.c.ref == ref, cases.c.counted == cases.c.seq)
    if await db.connection.scalar(ready) is None:
        return None
    rows = []
    for table in (counted_cases, counted):
        order = list(table.primary_key)
        query = select(table).where(table.c.case_ref == ref).order_by(*order)
        rows += [row._asdict() for row in await db.connection.execute(query)]
    return rows
