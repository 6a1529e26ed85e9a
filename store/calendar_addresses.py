"""Secret addresses of people's calendars: whose, and whether it was ended. No secret stands here; the door signs
the id.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Column, DateTime, Table, Text, Uuid, select, update
from sqlalchemy.dialects.postgresql import insert

from policy.frozen import Frozen
from store.sessions import METADATA, Reading, Writing
from store.sign_ins import staff

calendar_addresses = Table(
    "calendar_addresses",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("used_at", DateTime(timezone=True)),
)

LASTS: Final = timedelta(days=366)
RESTS_AFTER: Final = timedelta(days=31)
"""Without a sign-in: who somebody is to us is known from their last one."""
_NOTED_EVERY: Final = timedelta(hours=1)

_HOLDS: Final = calendar_addresses.c.revoked_at.is_(None)


class CalendarAddress(Frozen):
    id: str
    made_at: datetime
    used_at: datetime | None

    @property
    def until(self) -> datetime:
        return self.made_at + LASTS


@dataclass(frozen=True)
class Owner:
    """As they last signed in."""

    subject: str
    groups: frozenset[str]


_COLUMNS: Final = tuple(calendar_addresses.c[name] for name in CalendarAddress.model_fields)


async def of(db: Reading, subject: str, now: datetime) -> CalendarAddress | None:
    """Theirs, where they have one that holds."""
    mine = calendar_addresses.c.subject == subject, _HOLDS, calendar_addresses.c.made_at > now - LASTS
    row = (await db.connection.execute(select(*_COLUMNS).where(*mine))).one_or_none()
    return None if row is None else CalendarAddress(**row._asdict())


async def make(db: Writing, subject: str, key: str, now: datetime) -> bool:
    """Ends the one before. Safe to repeat under the same `key`: one that was made and ended does not come back.
    False for whoever never signed in.
    """
    if not await _held(db, subject):
        return False
    id_ = str(uuid5(NAMESPACE_URL, f"casework:calendar:{subject}/{key}"))
    known = select(calendar_addresses.c.id).where(calendar_addresses.c.id == id_)
    if await db.connection.scalar(known) is None:
        await revoke(db, subject, now)
        await db.connection.execute(insert(calendar_addresses).values(id=id_, subject=subject, made_at=now))
    return True


async def revoke(db: Writing, subject: str, now: datetime) -> None:
    """Safe to repeat."""
    mine = calendar_addresses.c.subject == subject, _HOLDS
    await db.connection.execute(update(calendar_addresses).where(*mine).values(revoked_at=now))


async def _held(db: Writing, subject: str) -> bool:
    """Their row, until the transaction ends: nobody makes two at once."""
    row = select(staff.c.subject).where(staff.c.subject == subject).with_for_update()
    return await db.connection.scalar(row) is not None


async def owner_of(db: Writing, id_: str, now: datetime) -> Owner | None:
    """Whose it is, and that it was used; None for one that does not hold, or whose owner was not here for long."""
    query = (
        select(staff.c.subject, staff.c.groups, calendar_addresses.c.used_at)
        .join_from(calendar_addresses, staff, staff.c.subject == calendar_addresses.c.subject)
        .where(
            calendar_addresses.c.id == id_,
            _HOLDS,
            calendar_addresses.c.made_at > now - LASTS,
            staff.c.signed_in_at > now - RESTS_AFTER,
        )
    )
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        return None
    if row.used_at is None or row.used_at < now - _NOTED_EVERY:
        here = calendar_addresses.c.id == id_
        await db.connection.execute(update(calendar_addresses).where(here).values(used_at=now))
    return Owner(row.subject, frozenset(row.groups))
