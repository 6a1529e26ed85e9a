"""Days of courts, one row each, derived from the timelines that tell of them. Where a court sits is read there."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    Table,
    Text,
    Time,
    bindparam,
    delete,
    insert,
    select,
)

from policy.facts.base import Recorded
from policy.sittings import OF_CASES, OF_LEGAL_ACTIONS, sittings_of
from store.sessions import METADATA, Reading, Writing
from store.timeline import content, timeline

sittings = Table(
    "sittings",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("series", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("hour", Time),
    Column("court", Integer),
    Column("changes", Integer, nullable=False),
    Column("said_at", DateTime(timezone=True), nullable=False),
    Column("off", Boolean, nullable=False),
)

_TOLD_BY: Final = frozenset({*OF_CASES, *OF_LEGAL_ACTIONS})
_SAME: Final = (content.c.case_ref == timeline.c.case_ref) & (content.c.seq == timeline.c.seq)
_TOLD: Final = (
    select(timeline.c.case_ref, timeline.c.seq, timeline.c.recorded_at, content.c.content)
    .join_from(timeline, content, _SAME)
    .where(timeline.c.case_ref == bindparam("of_ref"), timeline.c.fact.in_(sorted(_TOLD_BY)))
    .order_by(timeline.c.seq)
)


async def told(db: Writing, ref: str, new: Sequence[Recorded[Any]]) -> None:
    """Once these have been appended."""
    if any(entry.fact.fact in _TOLD_BY for entry in new):
        await keep(db, ref)


async def keep(db: Writing, ref: str) -> None:
    """Those of a case, or of what is carried on beside one, as its timeline tells. Safe to repeat."""
    rows = await as_told(db, ref)
    await db.connection.execute(delete(sittings).where(sittings.c.case_ref == ref))
    if rows:
        await db.connection.execute(insert(sittings), rows)


async def as_told(db: Reading, ref: str) -> list[dict[str, Any]]:
    """What `of` would give if they were kept now, in its order."""
    rows = await db.connection.execute(_TOLD, {"of_ref": ref})
    told = [(row.case_ref, row.seq, row.recorded_at, row.content) for row in rows]
    made = [one.model_dump(exclude={"about"}) | {"case_ref": ref} for one in sittings_of(told)]
    return sorted(made, key=lambda row: row["first"])


async def of(db: Reading, ref: str) -> list[dict[str, Any]]:
    """As they are kept."""
    query = select(sittings).where(sittings.c.case_ref == ref).order_by(sittings.c.first)
    return [row._asdict() for row in await db.connection.execute(query)]
