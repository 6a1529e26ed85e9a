"""What staff have begun to type into a form, under the form's key: its writer's alone, until it is recorded.

What was recorded or given up stays for as long under its key without a word, so that what is kept late does not
bring it back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, ColumnElement, DateTime, Table, Text, Uuid, cast, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.frozen import Frozen
from store import retention
from store.cases import cases
from store.changes import changes
from store.journal import journal
from store.procedures import procedures
from store.reports import reports
from store.sessions import METADATA, Reading, Writing
from store.timeline import timeline

drafts = Table(
    "drafts",
    METADATA,
    Column("writer", Text, primary_key=True),
    Column("key", Uuid(as_uuid=False), primary_key=True),
    Column("address", Text),
    Column("fact", Text),
    Column("about", Text),
    Column("case_ref", Text),
    Column("person_id", Uuid(as_uuid=False)),
    Column("said", JSONB(none_as_null=True)),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
)

KEPT: Final = timedelta(days=14)
"""Where nobody goes on with it. The number is ours: a fortnight's holiday, and no longer than a note is worth."""
MOST: Final = 50
"""Of one writer."""


class TooManyDrafts(Exception):
    """Their writer has as many as we keep."""


class Place(Frozen):
    """A form: its address, and what it records. `about` is the case, or what is carried on beside one, that its
    writer must be allowed to see to have it back; it goes with its case and with its person.
    """

    address: str
    fact: str
    about: str | None = None
    case_ref: str | None = None
    person_id: str | None = None


class Draft(Frozen):
    """`said` is by the names of fields."""

    key: str
    said: dict[str, list[str]]
    began_at: datetime


class Begun(Frozen):
    """One in a list, without what it says."""

    address: str
    fact: str
    about: str | None
    kept_at: datetime


_EMPTY: Final = dict.fromkeys((*Place.model_fields, "said"))
_BEGUN: Final = tuple(drafts.c[name] for name in Begun.model_fields)
_SEEN: Final = or_(
    drafts.c.about.is_(None),
    exists().where(cases.c.ref == drafts.c.about),
    exists().where(procedures.c.ref == drafts.c.about),
)
"""Of what PostgreSQL shows whoever looks."""
_RECORDED: Final = or_(
    exists().where(timeline.c.case_ref == drafts.c.about, timeline.c.fact_id == cast(drafts.c.key, Text)),
    *(exists().where(one.c.id == drafts.c.key) for one in (reports, journal, changes)),
)
"""The key says so, whatever came between recording and forgetting."""


async def keep(db: Writing, writer: str, place: Place, draft: Draft, now: datetime) -> bool:
    """In place of whatever they kept of the same form. False, and nothing, where it was recorded or given up.
    Raises TooManyDrafts, and AlreadyErased where what it is about is.
    """
    if place.case_ref is None and place.about is not None:
        await retention.alone(db)
    await _one_at_a_time(db, writer)
    others = _of(writer) & (drafts.c.key != draft.key)
    elsewhere = select(func.count()).where(others, drafts.c.address != place.address)
    if (await db.connection.scalar(elsewhere) or 0) >= MOST:
        raise TooManyDrafts
    told = place.model_dump() | {"said": draft.said, "kept_at": now}
    added = insert(drafts).values(writer=writer, key=draft.key, began_at=now, **told)
    kept = added.on_conflict_do_update(
        index_elements=[drafts.c.writer, drafts.c.key], set_=told, where=drafts.c.said.is_not(None)
    )
    if await db.connection.scalar(kept.returning(drafts.c.key)) is None:
        return False
    for ref in {place.about, place.case_ref, place.person_id} - {None}:
        await retention.not_erased(db, str(ref))
    await db.connection.execute(delete(drafts).where(others, drafts.c.address == place.address))
    return True


async def over(db: Writing, writer: str, key: str, now: datetime) -> None:
    """It was recorded or given up, and does not come back. Safe to repeat."""
    await _one_at_a_time(db, writer)
    told = _EMPTY | {"kept_at": now}
    gone = insert(drafts).values(writer=writer, key=key, began_at=now, **told)
    again = gone.on_conflict_do_update(index_elements=[drafts.c.writer, drafts.c.key], set_=told)
    await db.connection.execute(again)


async def clear(db: Writing, writer: str, key: str) -> None:
    """They took away again what they had typed. Safe to repeat."""
    await db.connection.execute(delete(drafts).where(_of(writer), drafts.c.key == key))


async def find(db: Reading, writer: str, address: str, now: datetime) -> Draft | None:
    """Of that form, where it was not recorded."""
    mine = select(drafts.c.key, drafts.c.said, drafts.c.began_at).where(
        *_open(writer, now), drafts.c.address == address
    )
    row = (await db.connection.execute(mine.order_by(drafts.c.kept_at.desc()).limit(1))).one_or_none()
    return None if row is None else Draft(**row._asdict())


async def begun(db: Reading, writer: str, now: datetime, case: str | None = None) -> Sequence[Begun]:
    """All of theirs, or about a case and what is carried on beside it: of what they may see, the newest first."""
    query = select(*_BEGUN).where(*_open(writer, now)).order_by(drafts.c.kept_at.desc())
    if case is not None:
        query = query.where(drafts.c.case_ref == case)
    return [Begun(**row._asdict()) for row in await db.connection.execute(query)]


async def forget(db: Writing, now: datetime) -> None:
    """Whatever nobody went on with for its days, whoever wrote it. Safe to repeat."""
    await db.connection.execute(delete(drafts).where(drafts.c.kept_at < now - KEPT))


def _of(writer: str) -> ColumnElement[bool]:
    return (drafts.c.writer == writer) & drafts.c.said.is_not(None)


def _open(writer: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _of(writer), drafts.c.kept_at > now - KEPT, _SEEN, ~_RECORDED


async def _one_at_a_time(db: Writing, writer: str) -> None:
    """Until the transaction ends: of two tabs one waits for the other."""
    await db.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"drafts {writer}", 0))))
