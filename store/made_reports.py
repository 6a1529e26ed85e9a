"""Reports as they were made, and whom they were told to. Made again, a report is another one."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from policy.frozen import Frozen
from policy.reports.kinds import ReportKind
from policy.reports.report import Report
from store.sessions import METADATA, Reading, Writing, behind

made_reports = Table(
    "made_reports",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("tells", Boolean, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("made_at", DateTime(timezone=True)),
    Column("sha256", Text),
    Column("report", Text),
    Column("pdf", LargeBinary),
    Column("published_pdf", LargeBinary),
)
"""`report` is the JSON of what it says, and `sha256` that of its bytes in UTF-8."""

made_report_readers = Table(
    "made_report_readers",
    METADATA,
    Column("report_id", Uuid(as_uuid=False), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)


class MadeState(StrEnum):
    BEING_MADE = "being_made"
    MADE = "made"
    FAILED = "failed"


class ReaderState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"


class MadeReport(Frozen):
    """One in a list, without what it says. `tells` where its readers are told that it is made; `percent` is how
    far it has come.
    """

    id: str
    kind: ReportKind
    first: date
    last: date
    tells: bool
    asked_at: datetime
    by_id: str
    state: MadeState
    percent: int
    made_at: datetime | None
    sha256: str | None


class Reader(Frozen):
    address: str
    state: ReaderState
    at: datetime


class Made(Frozen):
    """All that is kept of what was made; `published_pdf` where there is a version for everybody."""

    report: Report
    pdf: bytes
    published_pdf: bytes | None


_LINE: Final = tuple(made_reports.c[name] for name in MadeReport.model_fields)
_GOING: Final = made_reports.c.state == MadeState.BEING_MADE


async def ask(db: Writing, line: MadeReport, digest: str) -> str:
    """Keeps the first that was asked under its id, and returns the digest of that one."""
    row = line.model_dump() | {"digest": digest}
    await db.connection.execute(insert(made_reports).values(**row).on_conflict_do_nothing())
    kept = await db.connection.scalar(select(made_reports.c.digest).where(made_reports.c.id == line.id))
    return str(kept)


async def page(
    db: Reading, limit: int, after: tuple[datetime, str] | None = None, kind: ReportKind | None = None
) -> list[MadeReport]:
    """The newest first, beginning behind `after` (asked_at, id)."""
    order = made_reports.c.asked_at, made_reports.c.id
    query = select(*_LINE).order_by(*(column.desc() for column in order)).limit(limit)
    if after is not None:
        query = query.where(tuple_(*order) < behind(after))
    if kind is not None:
        query = query.where(made_reports.c.kind == kind)
    return [MadeReport(**row._asdict()) for row in await db.connection.execute(query)]


async def by_id(db: Reading, id_: str) -> MadeReport | None:
    row = (await db.connection.execute(select(*_LINE).where(made_reports.c.id == id_))).one_or_none()
    return None if row is None else MadeReport(**row._asdict())


async def made_of(db: Reading, id_: str) -> Made | None:
    """None while it is being made."""
    kept = made_reports.c.report, made_reports.c.pdf, made_reports.c.published_pdf
    wanted = (made_reports.c.id == id_) & (made_reports.c.state == MadeState.MADE)
    row = (await db.connection.execute(select(*kept).where(wanted))).one_or_none()
    if row is None:
        return None
    return Made(report=Report.model_validate_json(row.report), pdf=row.pdf, published_pdf=row.published_pdf)


async def report_of(db: Reading, id_: str) -> Report | None:
    """None while it is being made."""
    kept = await db.connection.scalar(select(made_reports.c.report).where(made_reports.c.id == id_))
    return None if kept is None else Report.model_validate_json(kept)


async def progressed(db: Writing, id_: str, percent: int) -> None:
    await db.connection.execute(
        update(made_reports).where(made_reports.c.id == id_, _GOING).values(percent=percent)
    )


async def made(db: Writing, id_: str, made: Made, now: datetime) -> None:
    """Once: what was made first stays."""
    said = made.report.model_dump_json()
    values = {
        "state": MadeState.MADE,
        "percent": 100,
        "made_at": now,
        "sha256": hashlib.sha256(said.encode()).hexdigest(),
        "report": said,
        "pdf": made.pdf,
        "published_pdf": made.published_pdf,
    }
    await db.connection.execute(update(made_reports).where(made_reports.c.id == id_, _GOING).values(**values))


async def failed(db: Writing, id_: str) -> None:
    """Nothing where it was made after all."""
    await db.connection.execute(
        update(made_reports).where(made_reports.c.id == id_, _GOING).values(state=MadeState.FAILED)
    )


async def to_tell(db: Writing, id_: str, addresses: Sequence[str], now: datetime) -> None:
    """Those readers, each once, however often they are named."""
    rows = [
        {"report_id": id_, "address": one, "state": ReaderState.WAITING, "at": now}
        for one in dict.fromkeys(addresses)
    ]
    if rows:
        await db.connection.execute(insert(made_report_readers).values(rows).on_conflict_do_nothing())


async def readers(db: Reading, id_: str) -> list[Reader]:
    columns = tuple(made_report_readers.c[name] for name in Reader.model_fields)
    query = select(*columns).where(made_report_readers.c.report_id == id_).order_by(made_report_readers.c.address)
    return [Reader(**row._asdict()) for row in await db.connection.execute(query)]


async def turn(db: Writing, id_: str, reader: Reader, state: ReaderState, now: datetime) -> bool:
    """False where they do not stand as they did before."""
    here = (made_report_readers.c.report_id == id_) & (made_report_readers.c.address == reader.address)
    stands = here & (made_report_readers.c.state == reader.state)
    done = await db.connection.execute(update(made_report_readers).where(stands).values(state=state, at=now))
    return done.rowcount == 1
