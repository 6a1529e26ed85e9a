"""Reports as they were made: one under an id, of which nothing changes once it has been made."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Column, Date, DateTime, Table, Text, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.frozen import Frozen
from store.sessions import METADATA, Reading, Writing

made_reports = Table(
    "made_reports",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("made_at", DateTime(timezone=True)),
    Column("figures", JSONB),
)


class MadeReport(Frozen):
    """`figures` by measure; both are None until it has been made."""

    id: str
    kind: str
    first: date
    last: date
    made_at: datetime | None
    figures: dict[str, float | None] | None


async def ask(db: Writing, id_: str, kind: str, first: date, last: date) -> None:
    row = {"id": id_, "kind": kind, "first": first, "last": last}
    await db.connection.execute(insert(made_reports).values(**row).on_conflict_do_nothing())


async def made(db: Writing, id_: str, figures: Mapping[str, float | None], now: datetime) -> None:
    """Nothing where it was made before."""
    this = update(made_reports).where(made_reports.c.id == id_, made_reports.c.made_at.is_(None))
    await db.connection.execute(this.values(figures=dict(figures), made_at=now))


async def every(db: Reading) -> list[MadeReport]:
    query = select(made_reports).order_by(made_reports.c.kind, made_reports.c.first)
    return [MadeReport(**row._asdict()) for row in await db.connection.execute(query)]
