"""The ledger of deadlines: every occurrence, open or ended, and how it ended. Derived from the timeline."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ARRAY, Column, DateTime, Integer, Table, Text, bindparam, delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.deadlines import Deadline
from policy.ledger import MAY_TURN_OUT_BETTER, Line, last_of_each
from store.sessions import METADATA, Reading, Writing

deadlines = Table(
    "deadlines",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("since", Integer, primary_key=True),
    Column("due", DateTime(timezone=True), nullable=False),
    Column("row", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("owed_by", Text, nullable=False),
    Column("owner", Text),
    Column("owed", Text, nullable=False),
    Column("counted", JSONB, nullable=False),
    Column("met_by", ARRAY(Text), nullable=False),
    Column("noticed_at", DateTime(timezone=True)),
    Column("ending", Text),
    Column("ended_by", Text),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_recorded_at", DateTime(timezone=True)),
    Column("moved_to", DateTime(timezone=True)),
)

_new = insert(deadlines)
_UPSERT = _new.on_conflict_do_update(
    index_elements=["case_ref", "key", "since"],
    set_={
        "owed_by": _new.excluded.owed_by,
        "owner": _new.excluded.owner,
        "owed": _new.excluded.owed,
        "counted": _new.excluded.counted,
        "met_by": _new.excluded.met_by,
        "noticed_at": func.coalesce(_new.excluded.noticed_at, deadlines.c.noticed_at),
        "ending": _new.excluded.ending,
        "ended_by": _new.excluded.ended_by,
        "ended_at": _new.excluded.ended_at,
        "ended_recorded_at": _new.excluded.ended_recorded_at,
        "moved_to": _new.excluded.moved_to,
    },
)

_LATE = select(deadlines).where(
    deadlines.c.case_ref == bindparam("of_ref"), deadlines.c.ending.in_(sorted(MAY_TURN_OUT_BETTER))
)


async def enter(db: Writing, ref: str, lines: Sequence[Line]) -> None:
    """Brings the ledger up to date with the lines that changed, in their order."""
    if rows := rows_of(ref, lines):
        await db.connection.execute(_UPSERT, rows)


def rows_of(ref: str, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines as they stand in the ledger once all of them are entered."""
    return [_values(ref, line) for line in last_of_each(lines)]


def _values(ref: str, line: Line) -> dict[str, Any]:
    deadline, ended = line.deadline, line.ended
    return {
        "case_ref": ref,
        "key": deadline.key,
        "since": deadline.since,
        "due": deadline.due,
        "row": deadline.row,
        "section": deadline.section,
        "edition": deadline.edition,
        "owed_by": deadline.owed_by.value,
        "owner": deadline.owner,
        "owed": deadline.owed,
        "counted": deadline.counted.model_dump(mode="json"),
        "met_by": list(deadline.met_by),
        "noticed_at": line.noticed_at,
        "ending": ended and ended.ending.value,
        "ended_by": ended and ended.by,
        "ended_at": ended and ended.at,
        "ended_recorded_at": ended and ended.recorded_at,
        "moved_to": ended and ended.moved_to,
    }


async def met_by(db: Reading, owed: Collection[tuple[str, str]]) -> dict[tuple[str, str], Sequence[str]]:
    """By case and key, the facts that keep what is open under it."""
    open_now = tuple_(deadlines.c.case_ref, deadlines.c.key).in_(owed), deadlines.c.ending.is_(None)
    query = select(deadlines.c.case_ref, deadlines.c.key, deadlines.c.met_by).where(*open_now)
    return {(row.case_ref, row.key): row.met_by for row in await db.connection.execute(query)}


async def open_on(db: Reading, refs: Collection[str]) -> dict[str, list[Deadline]]:
    """By reference, what is owed there now, the earliest due first."""
    open_now = deadlines.c.case_ref.in_(refs), deadlines.c.ending.is_(None)
    query = select(deadlines).where(*open_now).order_by(deadlines.c.due, deadlines.c.key)
    found: dict[str, list[Deadline]] = {}
    for row in await db.connection.execute(query):
        found.setdefault(row.case_ref, []).append(_deadline(row._asdict()))
    return found


async def first_on(db: Reading, refs: Collection[str], most: int) -> dict[str, list[Deadline]]:
    """Of what is owed there now, at most so many of each: those that are due first."""
    order = (deadlines.c.due, deadlines.c.key)
    place = func.row_number().over(partition_by=deadlines.c.case_ref, order_by=order).label("place")
    open_now = deadlines.c.case_ref.in_(refs), deadlines.c.ending.is_(None)
    ranked = select(deadlines, place).where(*open_now).subquery()
    query = select(ranked).where(ranked.c.place <= most).order_by(ranked.c.case_ref, ranked.c.place)
    found: dict[str, list[Deadline]] = {}
    for row in await db.connection.execute(query):
        found.setdefault(row.case_ref, []).append(_deadline(row._asdict()))
    return found


async def late_of(db: Reading, ref: str) -> list[Line]:
    """What ended late or was missed on this case and might still turn out to have been done in time."""
    return [_line(row._asdict()) for row in await db.connection.execute(_LATE, {"of_ref": ref})]


def _line(row: dict[str, Any]) -> Line:
    ended = {name: row[f"ended_{name}"] for name in ("by", "at", "recorded_at")} | {"ending": row["ending"]}
    return Line.model_validate({"deadline": _deadline(row), "noticed_at": row["noticed_at"], "ended": ended})


def _deadline(row: dict[str, Any]) -> Deadline:
    return Deadline.model_validate({name: row[name] for name in Deadline.model_fields if name in row})


async def forget(db: Writing, ref: str) -> None:
    """Before a rebuild."""
    await db.connection.execute(delete(deadlines).where(deadlines.c.case_ref == ref))


async def endings(db: Reading, ref: str) -> list[dict[str, Any]]:
    """The case's whole ledger, the earliest due first."""
    order = (deadlines.c.due, deadlines.c.key, deadlines.c.since)
    query = select(deadlines).where(deadlines.c.case_ref == ref).order_by(*order)
    return [row._asdict() for row in await db.connection.execute(query)]
