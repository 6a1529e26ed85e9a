"""Files that were sent to us: what each is, where it stands, and to which case it belongs. The bytes are in object
storage under the id (`gateways/evidence_files.py`). A file that no fact names is the queue.
"""

import re
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Identity,
    Integer,
    Table,
    Text,
    Uuid,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.deadlines import Deadline
from policy.evidence_queue import SetAside, WhyAside
from policy.facts import Entry
from policy.facts.base import Actor
from policy.facts.evidence import EvidenceReceived
from policy.frozen import Frozen
from store import evidence_custody
from store.cases import cases
from store.evidence_custody import CustodyLine, Handled
from store.reports import reports
from store.sessions import METADATA, Reading, Writing, behind

evidence_files = Table(
    "evidence_files",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("number", Integer, Identity(always=True), nullable=False),
    Column("key", Uuid(as_uuid=False), nullable=False),
    Column("case_ref", Text),
    Column("matter", Text),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("shared_size", BigInteger),
    Column("shared_sha256", Text),
    Column("not_stripped", Text),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("owed", JSONB, nullable=False),
    Column("tended_at", DateTime(timezone=True)),
    Column("removed_at", DateTime(timezone=True)),
    Column("set_aside", Text),
    Column("set_aside_words", Text),
)


class FileState(StrEnum):
    """Not shown while quarantined or infected. `not_scanned` is where there is no scanner, until there is one."""

    QUARANTINED = "quarantined"
    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    INFECTED = "infected"
    ERASED = "erased"


SHOWN: Final = (FileState.CLEAN, FileState.NOT_SCANNED)


class FileKind(StrEnum):
    PHOTO = "photo"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


class NotStripped(StrEnum):
    """Why there is no copy without what the device wrote into it."""

    KIND = "kind"
    TOO_LARGE = "too_large"
    NOT_READABLE = "not_readable"


class Added(Frozen):
    """A file as it was taken in, under the Idempotency-Key `key`. `name` is how whoever sent it called it."""

    id: str
    key: str
    case_ref: str | None
    name: str
    media_type: str
    size: int
    sha256: str
    state: FileState
    added_at: datetime
    by: Actor
    owed: dict[str, Deadline]


class EvidenceLine(Frozen):
    """A file of a case or of the queue. `matter` is the evidence or diary of the case that it was sent for, None
    while no fact names it; `shared_sha256` is of the copy without what the device wrote into it, `not_stripped`
    says why there can be none. What no case is found for may be `set_aside`.
    """

    id: str
    case_ref: str | None
    matter: str | None
    name: str
    media_type: str
    size: int
    sha256: str
    state: FileState
    shared_size: int | None
    shared_sha256: str | None
    not_stripped: NotStripped | None
    added_at: datetime
    set_aside: WhyAside | None = None
    set_aside_words: str | None = None

    @property
    def kind(self) -> FileKind:
        return kind_of(self.media_type)


_LINE: Final = tuple(evidence_files.c[name] for name in EvidenceLine.model_fields)
_SHARED: Final = "-shared"
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEPT: Final = evidence_files.c.state != FileState.ERASED


def kind_of(media_type: str) -> FileKind:
    kinds = {"image": FileKind.PHOTO, "audio": FileKind.AUDIO, "video": FileKind.VIDEO}
    return kinds.get(media_type.partition("/")[0], FileKind.DOCUMENT)


def shared_key(id_: str) -> str:
    """Under which the copy of it that may be passed on is in storage."""
    return f"{id_}{_SHARED}"


def file_of(key: str) -> str | None:
    """Whose bytes, or whose copy, stand under that key in storage; None where it is no key of ours."""
    id_ = key.removesuffix(_SHARED)
    return id_ if _ID.fullmatch(id_) else None


async def add(db: Writing, file: Added) -> EvidenceLine | None:
    """With the first line of its custody. None where another file has its key."""
    row = file.model_dump(exclude={"by", "owed"}) | {
        "by_id": file.by.id,
        "by_role": file.by.role.value,
        "owed": {key: one.model_dump(mode="json") for key, one in file.owed.items()},
    }
    added = insert(evidence_files).values(**row).on_conflict_do_nothing().returning(*_LINE)
    found = (await db.connection.execute(added)).one_or_none()
    if found is None:
        return None
    await evidence_custody.handled(db, file.id, CustodyLine.of(Handled.ADDED, file.by, file.added_at))
    return EvidenceLine(**found._asdict())


async def alone_with(db: Writing, what: str) -> None:
    """Nobody else adds the same bytes, by their SHA-256, or as the same sender until the transaction ends."""
    await db.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(what, 0))))


async def by_key(db: Reading, key: str) -> EvidenceLine | None:
    return await _one(db, evidence_files.c.key == key)


async def the_same(db: Reading, case_ref: str | None, sha256: str, by: Actor | None = None) -> EvidenceLine | None:
    """The same bytes on the same case, or waiting for one; sent by them where `by` is given."""
    same = evidence_files.c.case_ref.is_not_distinct_from(case_ref) & (evidence_files.c.sha256 == sha256) & KEPT
    same &= evidence_files.c.set_aside.is_(None) | evidence_files.c.case_ref.is_not(None)
    if by is not None:
        same &= (evidence_files.c.by_id == by.id) & (evidence_files.c.by_role == by.role.value)
    return await _one(db, same)


async def sent_by(db: Reading, case_ref: str | None, by: Actor) -> int:
    """How many they sent for a case, also of those that were erased since."""
    theirs = (evidence_files.c.by_id == by.id) & (evidence_files.c.by_role == by.role.value)
    here = evidence_files.c.case_ref.is_not_distinct_from(case_ref)
    return await db.connection.scalar(select(func.count()).where(theirs, here)) or 0


async def stays(db: Writing, id_: str) -> bool:
    """Whether it was not erased; nor is it until the transaction ends."""
    there = select(evidence_files.c.id).where(evidence_files.c.id == id_, KEPT)
    return await db.connection.scalar(there.with_for_update(read=True, key_share=True)) is not None


async def by_id(db: Reading, id_: str, case_ref: str | None) -> EvidenceLine | None:
    """One of that case, or one that has none."""
    here = evidence_files.c.case_ref.is_not_distinct_from(case_ref)
    return await _one(db, (evidence_files.c.id == id_) & here)


async def by_ids(db: Reading, ids: Collection[str]) -> dict[str, EvidenceLine]:
    found = await _lines(db, evidence_files.c.id.in_(ids))
    return {line.id: line for line in found}


async def every(db: Reading) -> list[EvidenceLine]:
    return await _lines(db, true())


async def of_case(db: Reading, ref: str) -> list[EvidenceLine]:
    """In the order in which they came."""
    return await _lines(db, evidence_files.c.case_ref == ref)


def unnamed(*, aside: bool = False) -> ColumnElement[bool]:
    """What no fact names, as `unmatched` finds it."""
    over = exists().where(cases.c.ref == evidence_files.c.case_ref, cases.c.closed_at.is_not(None))
    waiting = evidence_files.c.matter.is_(None) & KEPT & ~over
    return waiting & (evidence_files.c.set_aside.is_not(None) if aside else evidence_files.c.set_aside.is_(None))


async def unmatched(
    db: Reading, limit: int, after: tuple[datetime, str] | None = None, *, aside: bool = False
) -> list[EvidenceLine]:
    """What no fact names, the oldest first, beginning behind `after` (added_at, id); what was set aside instead.
    What came for a case that has closed since stays with it.
    """
    waiting = unnamed(aside=aside)
    if after is not None:
        waiting &= tuple_(evidence_files.c.added_at, evidence_files.c.id) > behind(after)
    return await _lines(db, waiting, limit)


async def set_aside(db: Writing, id_: str, said: SetAside, by: Actor, now: datetime) -> bool:
    """Nobody is asked about it any more. It is kept, and a fact may still name it. False where it has a case, was
    set aside before, or is erased.
    """
    free = (evidence_files.c.id == id_) & evidence_files.c.case_ref.is_(None) & KEPT
    waiting = free & evidence_files.c.set_aside.is_(None)
    done = update(evidence_files).where(waiting).values(set_aside=said.why, set_aside_words=said.words)
    if (await db.connection.execute(done)).rowcount == 0:
        return False
    await evidence_custody.handled(db, id_, CustodyLine.of(Handled.SET_ASIDE, by, now))
    return True


async def _one(db: Reading, where: ColumnElement[bool]) -> EvidenceLine | None:
    return next(iter(await _lines(db, where, 1)), None)


async def _lines(db: Reading, where: ColumnElement[bool], limit: int | None = None) -> list[EvidenceLine]:
    order = evidence_files.c.added_at, evidence_files.c.id
    rows = await db.connection.execute(select(*_LINE).where(where).order_by(*order).limit(limit))
    return [EvidenceLine(**row._asdict()) for row in rows]


async def may_have_files(db: Writing, ref: str) -> bool:
    """Whether there is such a case, or a report of one on its way. It is not erased until the transaction ends."""
    known = await db.connection.scalar(
        select(cases.c.ref).where(cases.c.ref == ref).with_for_update(read=True, key_share=True)
    )
    return known is not None or bool(
        await db.connection.scalar(select(exists().where(reports.c.case_ref == ref, reports.c.opens_case)))
    )


async def name_on(db: Writing, ref: str, named: dict[str, EvidenceReceived]) -> None:
    """By matter, what was told of it. The first fact that names a file has it. Safe to repeat."""
    for matter, fact in named.items():
        free = evidence_files.c.matter.is_(None) & or_(
            evidence_files.c.case_ref.is_(None), evidence_files.c.case_ref == ref
        )
        here = update(evidence_files).where(evidence_files.c.id.in_(fact.files), free, KEPT)
        await db.connection.execute(here.values(case_ref=ref, matter=matter))


def named_in(seq: int, entry: Entry) -> dict[str, EvidenceReceived]:
    """Which files an entry names, by the matter that it begins."""
    fact = entry.fact
    return {f"evidence-{seq}": fact} if isinstance(fact, EvidenceReceived) and fact.files else {}
