"""Simulations of proposed editions: asked for, made in the background, and kept for some days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Column, Date, DateTime, Index, Integer, Table, Text, Uuid, delete, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.frozen import Frozen
from policy.measures.period import Period
from policy.simulation.account import Account
from store import retention
from store.cases import cases
from store.sessions import METADATA, Reading, Writing

KEPT: Final = timedelta(days=30)
"""From when it was asked for: it can be made again at any time."""

simulations = Table(
    "simulations",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("ready_at", DateTime(timezone=True)),
    Column("made_at", DateTime(timezone=True)),
    Column("account", JSONB),
    Index(None, "asked_at"),
)
"""`edition` is the text that was proposed."""


class SimulationState(StrEnum):
    BEING_MADE = "being_made"
    MADE = "made"
    FAILED = "failed"


class SimulationLine(Frozen):
    """A simulation in a list, without what it found. `percent` is how far it has come, `ready_at` when it will be
    there, by what was told of it first.
    """

    id: str
    name: str
    title: str
    first: date
    last: date
    asked_at: datetime
    by_id: str
    state: SimulationState
    percent: int
    made_at: datetime | None
    ready_at: datetime | None = None


_LINE: Final = tuple(simulations.c[name] for name in SimulationLine.model_fields)


class Wanted(Frozen):
    """What is to be made: of which edition's text, and of which time."""

    edition: str
    period: Period


async def ask(db: Writing, digest: str, line: SimulationLine, edition: str) -> str:
    """Keeps the first that was asked under its id, and returns the digest of that one."""
    row = line.model_dump() | {"digest": digest, "edition": edition}
    await db.connection.execute(insert(simulations).values(**row).on_conflict_do_nothing())
    kept = await db.connection.scalar(select(simulations.c.digest).where(simulations.c.id == line.id))
    return str(kept)


async def page(db: Reading, limit: int) -> Sequence[SimulationLine]:
    """The newest first."""
    query = select(*_LINE).order_by(simulations.c.asked_at.desc(), simulations.c.id).limit(limit)
    return [SimulationLine(**row._asdict()) for row in await db.connection.execute(query)]


async def by_id(db: Reading, id_: str) -> SimulationLine | None:
    row = (await db.connection.execute(select(*_LINE).where(simulations.c.id == id_))).one_or_none()
    return None if row is None else SimulationLine(**row._asdict())


async def account_of(db: Reading, id_: str) -> Account | None:
    """None while it is being made."""
    found = await db.connection.scalar(select(simulations.c.account).where(simulations.c.id == id_))
    return None if found is None else Account.model_validate(found)


async def seen(db: Reading, account: Account) -> Account:
    """Naming those cases alone that whoever reads may see now."""
    shown = await db.connection.scalars(select(cases.c.ref).where(cases.c.ref.in_(account.refs)))
    return account.naming(shown.all())


async def wanted(db: Reading, id_: str) -> Wanted | None:
    """None where it is made already, or forgotten."""
    columns = simulations.c.edition, simulations.c.first, simulations.c.last
    going = (simulations.c.id == id_) & (simulations.c.state == SimulationState.BEING_MADE)
    row = (await db.connection.execute(select(*columns).where(going))).one_or_none()
    return None if row is None else Wanted(edition=row.edition, period=Period(first=row.first, last=row.last))


async def progressed(db: Writing, id_: str, percent: int, ready_at: datetime | None = None) -> None:
    await _change(db, id_, percent=percent, ready_at=ready_at)


async def made(db: Writing, id_: str, account: Account, now: datetime) -> None:
    """Names no case that was erased while it was made."""
    await retention.alone(db)
    erased = await retention.erased_of(db, account.refs)
    said = account.naming(account.refs - erased).model_dump(mode="json")
    await _change(db, id_, state=SimulationState.MADE, percent=100, account=said, made_at=now)


async def failed(db: Writing, id_: str) -> None:
    """Nothing where it was made after all."""
    await _change(db, id_, state=SimulationState.FAILED)


async def _change(db: Writing, id_: str, **values: object) -> None:
    going = (simulations.c.id == id_) & (simulations.c.state == SimulationState.BEING_MADE)
    await db.connection.execute(update(simulations).where(going).values(**values))


async def forget(db: Writing, now: datetime) -> None:
    """Whatever has been kept for its days. Safe to repeat."""
    await db.connection.execute(delete(simulations).where(simulations.c.asked_at < now - KEPT))
