"""Letters as composed: once under one key per case, never composed again."""

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, DateTime, LargeBinary, Table, Text, Uuid, select, update
from sqlalchemy.dialects.postgresql import insert

from policy.facts import Entry
from policy.facts.letters import LetterCameBack, LetterKind, LetterNotSent, LetterSent
from policy.facts.people import Means
from policy.frozen import Frozen
from store.sessions import METADATA, Reading, Writing

letters = Table(
    "letters",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("means", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("composed_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)


class LetterState(StrEnum):
    """`sending` is written before the mail server is spoken to: found again later, it means in doubt."""

    COMPOSED = "composed"
    SENDING = "sending"
    SENT = "sent"
    TO_POST = "to_post"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    NOT_SENT = "not_sent"
    HANDED_OVER = "handed_over"
    CAME_BACK = "came_back"


@dataclass(frozen=True)
class KeptLetter:
    id: str
    kind: LetterKind
    means: Means
    state: LetterState
    subject: str
    body: str
    pdf: bytes


class LetterLine(Frozen):
    """A letter in a list, without what it says. `automatic`: nobody asked for it, or let it go after looking."""

    id: str
    key: str
    kind: str
    means: str
    state: str
    sha256: str
    automatic: bool
    composed_at: datetime
    changed_at: datetime


def letter_id(ref: str, key: str) -> str:
    """The same for the same letter, so that composing twice keeps one."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"casework:{ref}/{key}"))


async def keep(  # noqa: PLR0913 - a letter is what it says, to whom it belongs and how it goes
    db: Writing,
    ref: str,
    key: str,
    kind: LetterKind,
    means: Means,
    *,
    subject: str,
    body: str,
    pdf: bytes,
    now: datetime,
    automatic: bool = True,
) -> None:
    """Keeps the first composition; a second one changes nothing."""
    row = {
        "id": letter_id(ref, key),
        "case_ref": ref,
        "key": key,
        "kind": kind,
        "means": means,
        "state": LetterState.COMPOSED,
        "subject": subject,
        "body": body,
        "pdf": pdf,
        "sha256": hashlib.sha256(pdf).digest(),
        "automatic": automatic,
        "composed_at": now,
        "changed_at": now,
    }
    await db.connection.execute(insert(letters).values(**row).on_conflict_do_nothing())


async def by_key(db: Reading, ref: str, key: str) -> KeptLetter | None:
    return await by_id(db, ref, letter_id(ref, key))


async def by_id(db: Reading, ref: str, id_: str) -> KeptLetter | None:
    query = select(letters).where(letters.c.id == id_, letters.c.case_ref == ref)
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        return None
    return KeptLetter(
        id=row.id,
        kind=LetterKind(row.kind),
        means=Means(row.means),
        state=LetterState(row.state),
        subject=row.subject,
        body=row.body,
        pdf=row.pdf,
    )


async def whose(db: Reading, id_: str) -> tuple[str, str] | None:
    """Its case and its key. None for one that has been erased, too."""
    query = select(letters.c.case_ref, letters.c.key).where(letters.c.id == id_, letters.c.body != "")
    row = (await db.connection.execute(query)).one_or_none()
    return row and (row.case_ref, row.key)


async def of_case(db: Reading, ref: str) -> list[LetterLine]:
    columns = [letters.c[name] for name in LetterLine.model_fields]
    query = select(*columns).where(letters.c.case_ref == ref).order_by(letters.c.composed_at)
    rows = await db.connection.execute(query)
    return [LetterLine(**row._asdict() | {"sha256": row.sha256.hex()}) for row in rows]


async def begin_sending(db: Writing, id_: str, now: datetime) -> bool:
    """False when somebody else has begun: of two attempts at once only one speaks to the mail server."""
    composed = (letters.c.id == id_) & (letters.c.state == LetterState.COMPOSED)
    values = {"state": LetterState.SENDING, "changed_at": now}
    begun = update(letters).where(composed).values(**values).returning(letters.c.id)
    return (await db.connection.execute(begun)).one_or_none() is not None


async def told(db: Writing, ref: str, entries: Sequence[Entry], now: datetime) -> None:
    """What was recorded of a letter that waited for somebody, or had gone."""
    had_gone = letters.c.state.in_((LetterState.SENT, LetterState.IN_DOUBT))
    waiting = letters.c.state.in_((LetterState.TO_POST, LetterState.IN_DOUBT))
    for entry in entries:
        match entry.fact:
            case LetterSent(key=key, means=means):
                values = {"state": LetterState.SENT, "means": means, "changed_at": now}
            case LetterNotSent(key=key):
                values = {"state": LetterState.NOT_SENT, "changed_at": now}
            case LetterCameBack(key=key):
                values = {"state": LetterState.CAME_BACK, "changed_at": now}
            case _:
                continue
        this = letters.c.id == letter_id(ref, key)
        from_there = had_gone if isinstance(entry.fact, LetterCameBack) else waiting
        await db.connection.execute(update(letters).where(this, from_there).values(**values))


async def take_back(
    db: Writing, ref: str, keys: Collection[str], now: datetime, *, handed_over: bool = False
) -> None:
    """What waits to be posted and is no longer owed so is not posted: it is made out again, withheld, of what no
    longer stands, or was handed over.
    """
    state = LetterState.HANDED_OVER if handed_over else LetterState.NOT_SENT
    waiting = (letters.c.case_ref == ref) & (letters.c.state == LetterState.TO_POST)
    values = {"state": state, "changed_at": now}
    await db.connection.execute(update(letters).where(waiting, letters.c.key.in_(keys)).values(**values))


async def turn(db: Writing, id_: str, state: LetterState, now: datetime, means: Means | None = None) -> None:
    values = {"state": state, "changed_at": now} | ({"means": means} if means else {})
    await db.connection.execute(update(letters).where(letters.c.id == id_).values(**values))
