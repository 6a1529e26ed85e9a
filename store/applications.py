"""What somebody asked for: kept before anything else happens, and begun once its timeline has it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, DateTime, ForeignKey, Select, Table, Text, Uuid, func, insert, select, update
from sqlalchemy import Sequence as Numbers
from sqlalchemy.dialects.postgresql import JSONB

from policy.facts.base import Recorded
from policy.frozen import Frozen
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from store import procedures
from store.procedures import procedures as rows
from store.reports import locked
from store.sessions import METADATA, Reading, Writing

review_number = Numbers("case_review_number", metadata=METADATA)

applications = Table(
    "applications",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("ref", Text, ForeignKey("procedures.ref"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("entry", JSONB, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("tried_at", DateTime(timezone=True), nullable=False),
)


class Application(Frozen):
    """`entry` is the first fact of what was asked for, as its kind reads it; `begun` once its timeline has it."""

    id: str
    ref: str
    kind: str
    digest: str
    entry: dict[str, Any]
    opening: dict[str, Any]
    begun: bool

    def first(self) -> Recorded[Any]:
        entry: Recorded[Any] = KINDS[self.kind].rulebook.entry.model_validate(self.entry)
        return entry

    def opened(self) -> ProcedureFile:
        opening: ProcedureFile = KINDS[self.kind].rulebook.file.model_validate(self.opening)
        return opening


_SELECTED: Final = (
    applications.c.id,
    applications.c.ref,
    rows.c.kind,
    applications.c.digest,
    applications.c.entry,
    rows.c.opening,
    (rows.c.seq > 0).label("begun"),
)


def _all() -> Select[Any]:
    return select(*_SELECTED).join_from(applications, rows, applications.c.ref == rows.c.ref)


async def next_review_ref(db: Writing, year: int) -> str:
    """`CR-2026-000123`. Numbers may be skipped, and are never used twice."""
    value = await db.connection.scalar(select(review_number.next_value()))
    return f"CR-{year}-{value:06d}"


async def number_beyond(db: Writing, last: int) -> None:
    """The next one has a higher number than this."""
    now = await db.connection.scalar(select(review_number.next_value()))
    if now is not None and now < last:
        skipped = select(review_number.next_value()).select_from(func.generate_series(1, last - now))
        await db.connection.execute(skipped)


async def claim(db: Writing, id_: str) -> Application | None:
    """The application of this id if there is one; whoever else brings the same id waits until we are done."""
    await locked(db, id_)
    row = (await db.connection.execute(_all().where(applications.c.id == id_))).one_or_none()
    return None if row is None else Application(**row._asdict())


async def keep(db: Writing, kind: str, opening: ProcedureFile, entry: Recorded[Any]) -> Application:
    """For an id that was claimed. The relay leaves it alone for a while after it was tried."""
    await procedures.register(db, kind, opening)
    kept = {"id": entry.id, "ref": opening.ref, "digest": entry.digest, "entry": entry.model_dump(mode="json")}
    times = {"received_at": entry.recorded_at, "tried_at": entry.recorded_at}
    await db.connection.execute(insert(applications).values(**kept, **times))
    return Application(**kept, kind=kind, opening=opening.model_dump(mode="json"), begun=False)


async def asked_by(db: Reading, actors: Sequence[str]) -> list[Application]:
    """By any of these, the oldest first."""
    theirs = _all().where(applications.c.entry["by"]["id"].astext.in_(actors)).order_by(applications.c.received_at)
    return [Application(**row._asdict()) for row in await db.connection.execute(theirs)]


async def take_waiting(db: Writing, now: datetime, rest: timedelta, limit: int) -> list[Application]:
    """Those that nobody has tried to begin for `rest`, marked as tried now. Several relays share the work."""
    waiting = _waiting().where(applications.c.tried_at < now - rest).order_by(applications.c.received_at)
    found = (
        await db.connection.execute(waiting.limit(limit).with_for_update(skip_locked=True, of=applications))
    ).all()
    taken = [Application(**row._asdict()) for row in found]
    if taken:
        ids = applications.c.id.in_([one.id for one in taken])
        await db.connection.execute(update(applications).where(ids).values(tried_at=now))
    return taken


async def waiting_since(db: Reading, moment: datetime) -> list[str]:
    """The references of those that were received before the moment and have not begun."""
    found = await db.connection.execute(_waiting().where(applications.c.received_at < moment))
    return sorted(row.ref for row in found)


def _waiting() -> Select[Any]:
    return _all().where(rows.c.seq == 0)
