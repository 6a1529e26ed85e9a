"""What was changed in what we keep of people and tenancies: by whom, when, what, and what was there before.
Nothing in it is ever changed. A change's id is the Idempotency-Key that it came with.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Table, Text, Uuid, func, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from policy.facts import Actor
from policy.frozen import Frozen
from store.sessions import METADATA, Reading, Writing

changes = Table(
    "changes",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("about", Uuid(as_uuid=False), nullable=False),
    Column("what", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("before", JSONB),
    Column("after", JSONB, nullable=False),
)


class Change(Frozen):
    """`about` is the id of the person or tenancy, `before` and `after` all that was kept of it."""

    id: str
    about: str
    what: str
    at: datetime
    by_id: str
    by_role: str
    before: dict[str, Any] | None
    after: dict[str, Any]


class KeyUsedForAnotherChange(Exception):
    """The Idempotency-Key came with something else before."""


class Told(Frozen):
    """A wish to change something: under which key, by whom, when, and a digest of what exactly was asked."""

    id: str
    by: Actor
    at: datetime
    digest: str


async def answered(db: Writing, told: Told) -> dict[str, Any] | None:
    """What this key was answered with before; whoever else brings it waits until we are done.
    Raises KeyUsedForAnotherChange.
    """
    await db.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(told.id, 0))))
    row = (await db.connection.execute(select(changes).where(changes.c.id == told.id))).one_or_none()
    if row is None:
        return None
    if row.digest != told.digest:
        raise KeyUsedForAnotherChange(told.id)
    after: dict[str, Any] = row.after
    return after


async def keep(  # noqa: PLR0913 - a change is what was, what is, of whom and who says so
    db: Writing, told: Told, about: str, what: str, *, before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    """For a key that was asked about."""
    row = {"id": told.id, "about": about, "what": what, "at": told.at, "digest": told.digest}
    row |= {"by_id": told.by.id, "by_role": told.by.role.value, "before": before, "after": after}
    await db.connection.execute(insert(changes).values(**row))


async def of(db: Reading, about: str) -> list[Change]:
    """The earliest first."""
    columns = [changes.c[name] for name in Change.model_fields]
    query = select(*columns).where(changes.c.about == about).order_by(changes.c.at, changes.c.id)
    return [Change(**row._asdict()) for row in await db.connection.execute(query)]
