"""The timeline: every recorded fact, in order, hash-chained. Nothing in it is ever changed. `case_ref` is the
reference of a case, or of what is carried on beside one.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, Text, bindparam, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from policy.correcting import Correction
from policy.facts import Entry, Recorded, Role, canonical
from policy.frozen import Frozen
from store.sessions import METADATA, Reading, Writing

R = TypeVar("R", bound=Recorded[Any])

START: Final = bytes(32)
"""What the first entry of a case is chained to."""

timeline = Table(
    "timeline",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("fact_id", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

content = Table(
    "timeline_content",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("content", JSONB, nullable=False),
)

_ENTERED = insert(timeline).values({column: bindparam(f"its_{column.name}") for column in timeline.c})
_ENTER: Final = (
    insert(content)
    .values({column: bindparam(f"its_{column.name}") for column in content.c})
    .add_cte(_ENTERED.cte("entered"))
)
"""An entry and its content in one round trip."""

WHOLE: Final = select(timeline, content.c.salt, content.c.content).outerjoin_from(
    timeline, content, (content.c.case_ref == timeline.c.case_ref) & (content.c.seq == timeline.c.seq)
)
"""Rows of which `entry_from` makes entries."""


class TimelineEntry(Frozen):
    """An entry as it stands in the timeline, with all that is needed to verify it.
    `content` and `salt` are None when retention has erased what was said; the chain still holds. What stands in
    `corrected_by` is no part of it.
    """

    case_ref: str
    seq: int
    fact_id: str
    fact: str
    at: datetime
    recorded_at: datetime
    by_id: str
    by_role: str
    commitment: str
    previous: str
    hash: str
    salt: str | None
    content: dict[str, Any] | None
    corrected_by: tuple[Correction, ...] = ()

    def entry(self) -> Entry:
        """Of a case. Raises ContentErased."""
        return self.entry_as(Entry)

    def entry_as(self, kind: type[R]) -> R:
        """Of whatever has this timeline. Raises ContentErased."""
        if self.content is None:
            raise ContentErased(f"{self.case_ref} {self.seq}")
        return kind.model_validate(
            {
                "id": self.fact_id,
                "by": {"id": self.by_id, "role": self.by_role},
                "recorded_at": self.recorded_at,
                "fact": self.content,
            }
        )


class ContentErased(LookupError):
    """What this entry said was erased by retention."""


@dataclass(frozen=True)
class Fault:
    """Where a chain does not hold, and why."""

    case_ref: str
    seq: int
    why: str


def committed(salt: bytes, said: dict[str, Any]) -> bytes:
    return hashlib.sha256(salt + canonical(said).encode()).digest()


def chained(previous: bytes, entry: dict[str, Any]) -> bytes:
    """SHA-256 over the hash before, everything but the content, and the commitment to the content."""
    spoken = [
        entry["case_ref"],
        entry["seq"],
        entry["fact_id"],
        entry["fact"],
        _utc(entry["at"]),
        _utc(entry["recorded_at"]),
        entry["by_id"],
        entry["by_role"],
    ]
    return hashlib.sha256(previous + canonical(spoken).encode() + entry["commitment"]).digest()


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Links(NamedTuple):
    """Entries as rows, chained one to the other, and the new head."""

    rows: list[dict[str, Any]]
    contents: list[dict[str, Any]]
    head: bytes


async def append(db: Writing, ref: str, first: int, head: bytes, entries: Sequence[Recorded[Any]]) -> bytes:
    """Appends and returns the chain's new head. Raises IntegrityError where the place or the id is taken."""
    made = links(ref, first, head, entries)
    both = [row | said for row, said in zip(made.rows, made.contents, strict=True)]
    await db.connection.execute(_ENTER, [{f"its_{name}": value for name, value in one.items()} for one in both])
    return made.head


def links(ref: str, first: int, head: bytes, entries: Sequence[Recorded[Any]]) -> Links:
    rows, contents = [], []
    for seq, entry in enumerate(entries, start=first):
        said = entry.fact.model_dump(mode="json")
        salt = os.urandom(16)
        row: dict[str, Any] = {
            "case_ref": ref,
            "seq": seq,
            "fact_id": entry.id,
            "fact": entry.fact.fact,
            "at": entry.at,
            "recorded_at": entry.recorded_at,
            "by_id": entry.by.id,
            "by_role": entry.by.role.value,
            "digest": entry.digest,
            "commitment": committed(salt, said),
            "previous": head,
        }
        row["hash"] = head = chained(head, row)
        rows.append(row)
        contents.append({"case_ref": ref, "seq": seq, "salt": salt, "content": said})
    return Links(rows, contents, head)


async def entries_of(
    db: Reading, ref: str, after: int = 0, limit: int | None = None, kinds: Sequence[str] = ()
) -> list[TimelineEntry]:
    """In order, beginning behind `after`; only facts of these kinds where some are named."""
    behind = WHOLE.where(timeline.c.case_ref == ref, timeline.c.seq > after)
    query = behind.order_by(timeline.c.seq).limit(limit)
    if kinds:
        query = query.where(timeline.c.fact.in_(kinds))
    return [entry_from(row._asdict()) for row in await db.connection.execute(query)]


async def ids_from(db: Reading, ref: str, first: int, many: int) -> list[str]:
    """The ids of so many entries, beginning with that of this number."""
    query = select(timeline.c.fact_id).where(timeline.c.case_ref == ref, timeline.c.seq >= first)
    return list((await db.connection.scalars(query.order_by(timeline.c.seq).limit(many))).all())


async def ids_of(db: Reading, ref: str) -> dict[int, str]:
    """The ids of its facts, by number."""
    query = select(timeline.c.seq, timeline.c.fact_id).where(timeline.c.case_ref == ref)
    return {row.seq: row.fact_id for row in await db.connection.execute(query)}


def entry_from(row: dict[str, Any]) -> TimelineEntry:
    """From a row of the timeline joined with its content."""
    as_hex = ("commitment", "previous", "hash", "salt")
    return TimelineEntry(**row | {k: row[k].hex() if row[k] is not None else None for k in as_hex})


async def content_of(db: Reading, ref: str, fact_id: str) -> dict[str, Any] | None:
    """What a fact said, by its id; None where there is none or it was erased."""
    query = (
        select(content.c.content)
        .join_from(
            timeline,
            content,
            (content.c.case_ref == timeline.c.case_ref) & (content.c.seq == timeline.c.seq),
        )
        .where(timeline.c.case_ref == ref, timeline.c.fact_id == fact_id)
    )
    return (await db.connection.execute(query)).scalar_one_or_none()


@dataclass(frozen=True)
class Place:
    seq: int
    digest: str


async def place_of(db: Reading, ref: str, fact_id: str) -> Place | None:
    """Where a fact stands, by its id."""
    query = select(timeline.c.seq, timeline.c.digest).where(
        timeline.c.case_ref == ref, timeline.c.fact_id == fact_id
    )
    row = (await db.connection.execute(query)).one_or_none()
    return None if row is None else Place(row.seq, row.digest)


async def recorded_by_staff(db: Reading, refs: Sequence[str]) -> tuple[str, ...]:
    """Who of the staff has recorded anything under these references."""
    of_staff = timeline.c.by_role.in_((Role.OFFICER, Role.COMMUNITY_SAFETY, Role.SUPERVISOR, Role.MANAGER))
    query = select(timeline.c.by_id).where(timeline.c.case_ref.in_(refs), of_staff).distinct()
    return tuple((await db.connection.scalars(query.order_by(timeline.c.by_id))).all())


async def reaches(db: Reading, ref: str, seq: int, fact_id: str | None = None) -> bool:
    """Whether it has come as far as that, and with this fact where one is named."""
    query = select(timeline.c.fact_id).where(timeline.c.case_ref == ref, timeline.c.seq == seq)
    found = await db.connection.scalar(query)
    return found is not None and fact_id in {None, found}


def faults(entries: Sequence[TimelineEntry]) -> list[Fault]:
    """Checks one case's whole chain: order, commitments and hashes. Needs no database."""
    found, head = [], START
    for place, entry in enumerate(entries, start=1):
        if entry.seq != place:
            found.append(Fault(entry.case_ref, entry.seq, f"stands where entry {place} is expected"))
        if bytes.fromhex(entry.previous) != head:
            found.append(Fault(entry.case_ref, entry.seq, "is not chained to the entry before"))
        parts = entry.model_dump() | {"commitment": bytes.fromhex(entry.commitment)}
        head = chained(bytes.fromhex(entry.previous), parts)
        if head != bytes.fromhex(entry.hash):
            found.append(Fault(entry.case_ref, entry.seq, "does not match its hash"))
        if entry.content is not None and entry.salt is not None:
            said = committed(bytes.fromhex(entry.salt), entry.content)
            if said != bytes.fromhex(entry.commitment):
                found.append(Fault(entry.case_ref, entry.seq, "says something else than was committed to"))
            if entry.content.get("fact") != entry.fact:
                found.append(Fault(entry.case_ref, entry.seq, "is of another kind than what it says"))
        head = bytes.fromhex(entry.hash)
    return found
