"""Reports being written on our page, for an hour. Each is sealed under a secret that only its browser has: here
are that one's SHA-256 and what nobody can read without it.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, DateTime, LargeBinary, Table, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from store.sessions import METADATA, Reading, Writing

report_drafts = Table(
    "report_drafts",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),
)

WITHIN: Final = timedelta(hours=1)
"""How long a draft is kept that nobody goes on with."""


async def keep(db: Writing, secret: str, sealed: bytes, now: datetime) -> None:
    """In place of what was there. What nobody went on with is forgotten."""
    await db.connection.execute(delete(report_drafts).where(report_drafts.c.used_at < now - WITHIN))
    told = {"sealed": sealed, "used_at": now}
    added = insert(report_drafts).values(id=_hashed(secret), **told)
    await db.connection.execute(added.on_conflict_do_update(index_elements=[report_drafts.c.id], set_=told))


async def go_on(db: Writing, secret: str, sealed: bytes, instead_of: bytes, now: datetime) -> bool:
    """False where it is not what it was any more."""
    unchanged = (report_drafts.c.id == _hashed(secret)) & (report_drafts.c.sealed == instead_of)
    changed = update(report_drafts).where(unchanged).values(sealed=sealed, used_at=now)
    return await db.connection.scalar(changed.returning(report_drafts.c.id)) is not None


async def find(db: Reading, secret: str, now: datetime) -> bytes | None:
    mine = (report_drafts.c.id == _hashed(secret)) & (report_drafts.c.used_at > now - WITHIN)
    sealed: bytes | None = await db.connection.scalar(select(report_drafts.c.sealed).where(mine))
    return sealed


async def forget(db: Writing, secret: str) -> None:
    await db.connection.execute(delete(report_drafts).where(report_drafts.c.id == _hashed(secret)))


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
