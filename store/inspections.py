"""The ledger of inspections: each one that was owed, open or ended, and how it ended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, DateTime, Table, Text, Uuid, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.estates.file import INSPECTION
from policy.frozen import Frozen
from policy.ledger import Ending, Line
from policy.working_days import LONDON
from store.sessions import METADATA, Reading, Writing

place_deadlines = Table(
    "place_deadlines",
    METADATA,
    Column("place_id", Uuid(as_uuid=False), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("due", DateTime(timezone=True), primary_key=True),
    Column("row", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("owed_by", Text, nullable=False),
    Column("owed", Text, nullable=False),
    Column("counted", JSONB, nullable=False),
    Column("ending", Text),
    Column("ended_by", Text),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_recorded_at", DateTime(timezone=True)),
    Column("noticed_at", DateTime(timezone=True)),
)


_OWED: Final = {"key", "row", "section", "edition", "owed_by", "owed", "counted"}
_new = insert(place_deadlines)
_UPSERT = _new.on_conflict_do_update(
    index_elements=["place_id", "key", "due"],
    set_={name: _new.excluded[name] for name in ("ending", "ended_by", "ended_at", "ended_recorded_at")}
    | {"noticed_at": func.coalesce(_new.excluded.noticed_at, place_deadlines.c.noticed_at)},
)
"""What was withdrawn may be owed again on the same day."""


class Counts(Frozen):
    """Inspections by what became of them. `overdue` are open and late, `never_made` were given up after they
    were due.
    """

    to_come: int
    overdue: int
    kept: int
    recorded_late: int
    late: int
    never_made: int
    withdrawn: int


async def enter(db: Writing, place: str, lines: Sequence[Line]) -> None:
    """Brings the ledger up to date with the lines that changed, in their order."""
    for line in lines:
        await db.connection.execute(_UPSERT, _values(place, line))


def _values(place: str, line: Line) -> dict[str, Any]:
    ended = line.ended
    owed = line.deadline.model_dump(mode="json", include=_OWED)
    return owed | {
        "place_id": place,
        "due": line.deadline.due,
        "ending": ended and ended.ending.value,
        "ended_by": ended and ended.by,
        "ended_at": ended and ended.at,
        "ended_recorded_at": ended and ended.recorded_at,
        "noticed_at": line.noticed_at,
    }


async def ledger(db: Reading, place: str) -> list[dict[str, Any]]:
    """The earliest due first."""
    query = select(place_deadlines).where(place_deadlines.c.place_id == place)
    rows = await db.connection.execute(query.order_by(place_deadlines.c.due, place_deadlines.c.key))
    return [row._asdict() for row in rows]


async def counts(db: Reading, now: datetime, since: date | None, until: date | None) -> Counts:
    """Of inspections due from `since` to `until`, both days included."""
    due, ending, ended = (place_deadlines.c[n] for n in ("due", "ending", "ended_recorded_at"))
    open_one, withdrawn = ending.is_(None), ending == Ending.WITHDRAWN
    of = {
        "to_come": open_one & (due >= now),
        "overdue": open_one & (due < now),
        "kept": ending == Ending.KEPT,
        "recorded_late": ending == Ending.RECORDED_LATE,
        "late": ending == Ending.LATE,
        "never_made": withdrawn & (ended > due),
        "withdrawn": withdrawn & (ended <= due),
    }
    query = select(*(func.count().filter(is_so).label(name) for name, is_so in of.items()))
    query = query.where(place_deadlines.c.key == INSPECTION)
    day = func.date(func.timezone(LONDON.key, due))
    if since is not None:
        query = query.where(day >= since)
    if until is not None:
        query = query.where(day <= until)
    return Counts(**(await db.connection.execute(query)).one()._asdict())
