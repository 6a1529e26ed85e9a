"""What inspections found, and what became of it: a case, or the reason why there is none."""

import uuid
from datetime import datetime

from sqlalchemy import Column, DateTime, Table, Text, Uuid, insert, select, update

from policy.estates import facts
from policy.estates.file import finding_id
from policy.frozen import Frozen
from policy.journal import Note
from policy.refusals import FindingIsSettled
from store import reports
from store.sessions import METADATA, Reading, Writing

findings = Table(
    "findings",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("place_id", Uuid(as_uuid=False), nullable=False),
    Column("kind", Text, nullable=False),
    Column("where", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("found_at", DateTime(timezone=True), nullable=False),
    Column("case_ref", Text),
    Column("ended", Text),
    Column("reported_to", Text),
    Column("ended_words", Text),
    Column("settled_at", DateTime(timezone=True)),
)


class Finding(Frozen):
    """`case_ref` is the case that was made of it; `ended` says why there is none."""

    id: str
    kind: str
    where: str
    words: str
    found_at: datetime
    case_ref: str | None
    ended: str | None
    reported_to: str | None
    ended_words: str | None
    settled_at: datetime | None


_COLUMNS = tuple(findings.c[name] for name in Finding.model_fields)


def report_id(finding: str) -> str:
    """The id of the report that makes a case of the finding: one finding, one report, whoever presses."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"casework:finding/{finding}"))


async def enter(db: Writing, place: str, note: Note) -> None:
    """Raises FindingIsSettled when a finding is to end without a case and there is a report of it already."""
    match note.fact:
        case facts.PlaceInspected(findings=told) if told:
            rows = [
                one.model_dump() | {"id": finding_id(note.id, n), "place_id": place, "found_at": note.at}
                for n, one in enumerate(told, start=1)
            ]
            await db.connection.execute(insert(findings), rows)
        case facts.FindingMadeACase() as fact:
            values = {"case_ref": fact.case, "settled_at": fact.at}
            await db.connection.execute(update(findings).where(findings.c.id == fact.finding).values(**values))
        case facts.FindingEnded() as fact:
            if report := await reports.claim(db, report_id(fact.finding)):
                raise FindingIsSettled(f"This is case {report.case_ref} already.")
            ended = {"ended": fact.how, "reported_to": fact.reported_to, "ended_words": fact.words}
            values = ended | {"settled_at": fact.at}
            await db.connection.execute(update(findings).where(findings.c.id == fact.finding).values(**values))


async def of_place(db: Reading, place: str) -> list[Finding]:
    """The newest first."""
    query = select(*_COLUMNS).where(findings.c.place_id == place)
    rows = await db.connection.execute(query.order_by(findings.c.found_at.desc(), findings.c.id))
    return [Finding(**row._asdict()) for row in rows]


async def by_id(db: Reading, place: str, finding: str) -> Finding | None:
    query = select(*_COLUMNS).where(findings.c.place_id == place, findings.c.id == finding)
    row = (await db.connection.execute(query)).one_or_none()
    return None if row is None else Finding(**row._asdict())
