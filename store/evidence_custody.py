"""Who did what with a file that was sent to us, and when: only added to, as the timeline is."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, DateTime, Identity, Table, Text, Uuid, insert, select

from policy.facts.base import Actor
from policy.frozen import Frozen
from store.sessions import METADATA, Reading, Writing

evidence_custody = Table(
    "evidence_custody",
    METADATA,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("file_id", Uuid(as_uuid=False), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("what", Text, nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("found", Text),
)


class Handled(StrEnum):
    """`opened` is the original handed out, `shared` the copy that is made to be passed on;
    `deleted` is by whoever sent it, who keeps it no longer, and `removed` that its bytes are gone from storage.
    """

    ADDED = "added"
    SCANNED = "scanned"
    OPENED = "opened"
    SHARED = "shared"
    SET_ASIDE = "set_aside"
    DELETED = "deleted"
    REMOVED = "removed"


class CustodyLine(Frozen):
    """`found` is what a scanner found: `clean`, or what it calls it."""

    at: datetime
    what: Handled
    by_id: str
    by_role: str
    found: str | None = None

    @classmethod
    def of(cls, what: Handled, by: Actor, at: datetime, found: str | None = None) -> "CustodyLine":
        return cls(at=at, what=what, by_id=by.id, by_role=by.role.value, found=found)


async def handled(db: Writing, file: str, line: CustodyLine) -> None:
    await db.connection.execute(insert(evidence_custody).values(file_id=file, **line.model_dump()))


async def of_files(db: Reading, ids: Collection[str]) -> dict[str, tuple[CustodyLine, ...]]:
    """By file, in order."""
    query = select(evidence_custody).where(evidence_custody.c.file_id.in_(ids)).order_by(evidence_custody.c.id)
    found: dict[str, tuple[CustodyLine, ...]] = {}
    for row in await db.connection.execute(query):
        said = {name: getattr(row, name) for name in CustodyLine.model_fields}
        found[row.file_id] = (*found.get(row.file_id, ()), CustodyLine(**said))
    return found
