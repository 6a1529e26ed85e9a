"""What was reported, kept before anything else happens. A report is settled once its timeline has it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Table, Text, Uuid, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB

from policy.facts import Entry
from policy.facts.reporting import ReportReceived
from policy.frozen import Frozen
from store.sessions import METADATA, Reading, Writing

reports = Table(
    "reports",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("opens_case", Boolean, nullable=False),
    Column("digest", Text, nullable=False),
    Column("entry", JSONB, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("tried_at", DateTime(timezone=True), nullable=False),
    Column("carried_at", DateTime(timezone=True)),
    Column("settled_at", DateTime(timezone=True)),
)


class Report(Frozen):
    """`opens_case` tells a first report from what is for the open case `case_ref`: an incident, or a fact that
    follows from one on another case. A first report that does not open it is to become a case of its own.
    """

    id: str
    case_ref: str
    opens_case: bool
    digest: str
    entry: Entry
    received_at: datetime
    settled_at: datetime | None = None


def told_on(ref: str, entry: Entry) -> Report:
    """As it is kept first: on its way to that case."""
    return Report(
        id=entry.id,
        case_ref=ref,
        opens_case=isinstance(entry.fact, ReportReceived),
        digest=entry.digest,
        entry=entry,
        received_at=entry.recorded_at,
    )


def _report(row: dict[str, Any]) -> Report:
    return Report.model_validate({name: row[name] for name in Report.model_fields})


async def claim(db: Writing, id_: str) -> Report | None:
    """The report of this id if there is one; whoever else brings the same id waits until we are done."""
    await locked(db, id_)
    return await by_id(db, id_)


async def locked(db: Writing, id_: str) -> None:
    """Until the transaction ends."""
    await db.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(id_, 0))))


async def keep(db: Writing, report: Report, tried_at: datetime) -> None:
    """For an id that was claimed. The relay leaves a report alone for a while after it was tried."""
    row = report.model_dump(exclude={"entry"}) | {"entry": report.entry.model_dump(mode="json")}
    await db.connection.execute(insert(reports).values(**row, tried_at=tried_at))


async def by_id(db: Reading, id_: str) -> Report | None:
    row = (await db.connection.execute(select(reports).where(reports.c.id == id_))).one_or_none()
    return None if row is None else _report(row._asdict())


async def take_unsettled(db: Writing, now: datetime, rest: timedelta, limit: int) -> list[Report]:
    """Reports that nobody has tried to settle for `rest`, marked as tried now. Several relays share the work.
    What the engine has said that it has is tried again less and less often: each time is a line in its history,
    and a history that grows too long ends its case.
    """
    since_carried = reports.c.tried_at - reports.c.carried_at
    waiting = (
        select(reports.c.id)
        .where(
            reports.c.settled_at.is_(None),
            reports.c.tried_at < now - func.greatest(rest, since_carried),
        )
        .order_by(reports.c.received_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    query = update(reports).where(reports.c.id.in_(waiting)).values(tried_at=now).returning(reports)
    taken = [_report(row._asdict()) for row in await db.connection.execute(query)]
    return sorted(taken, key=lambda report: report.received_at)


async def waiting_since(db: Reading, moment: datetime) -> list[str]:
    """The references of reports that were received before the moment and are in no timeline yet."""
    query = select(reports.c.case_ref).where(reports.c.settled_at.is_(None), reports.c.received_at < moment)
    return list((await db.connection.scalars(query.order_by(reports.c.received_at))).all())


async def carried(db: Writing, id_: str) -> None:
    """The engine has it, and nobody knows yet what the case made of it."""
    first = func.coalesce(reports.c.carried_at, reports.c.tried_at)
    await db.connection.execute(update(reports).where(reports.c.id == id_).values(carried_at=first))


async def moment(db: Reading) -> datetime:
    """The time, for a fact that no caller brings."""
    now: datetime = (await db.connection.execute(select(func.now()))).scalar_one()
    return now


async def settle(db: Writing, ids: list[str], at: datetime) -> None:
    if ids:
        await db.connection.execute(update(reports).where(reports.c.id.in_(ids)).values(settled_at=at))


async def move(db: Writing, id_: str, ref: str, entry: Entry) -> None:
    """An incident whose case closed before it arrived becomes the first report of another case."""
    values = {"case_ref": ref, "opens_case": True, "entry": entry.model_dump(mode="json"), "carried_at": None}
    await db.connection.execute(update(reports).where(reports.c.id == id_).values(**values))
