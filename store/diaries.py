"""Entries of diaries that residents keep on our page: theirs alone until they send them, and then as sent."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    DateTime,
    Table,
    Text,
    Uuid,
    case,
    cast,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from policy.frozen import Frozen
from store import evidence_custody, evidence_files
from store.evidence_custody import CustodyLine
from store.sessions import METADATA, Reading, Writing

diary_entries = Table(
    "diary_entries",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("link_id", Uuid(as_uuid=False), nullable=False),
    Column("day", Date),
    Column("hour", Text),
    Column("words", Text, nullable=False),
    Column("others", Text),
    Column("felt", Text),
    Column("files", ARRAY(Uuid(as_uuid=False)), nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
)


class Diary(Frozen):
    """Which one: a case may have several."""

    case_ref: str
    matter: str


class DiaryEntry(Frozen):
    """`day` and `hour` are when it happened, as far as they said; `others` who else saw or heard it, `felt` what
    it did to them. `files` are of the case's evidence, by their ids.
    """

    id: str
    day: date | None = None
    hour: str | None = None
    words: str
    others: str | None = None
    felt: str | None = None
    files: tuple[str, ...] = ()
    kept_at: datetime
    sent_at: datetime | None = None


_COLUMNS: Final = tuple(diary_entries.c[name] for name in DiaryEntry.model_fields)
_ORDER: Final = (
    diary_entries.c.day.asc().nulls_last(),
    diary_entries.c.hour,
    diary_entries.c.kept_at,
    diary_entries.c.id,
)
_WRITTEN: Final = ("day", "hour", "words", "others", "felt", "kept_at")


async def keep(db: Writing, diary: Diary, link_id: str, entry: DiaryEntry) -> bool:
    """In place of what was kept under its id, with the files that were. False where that was sent already, or is
    another diary's.
    """
    row = entry.model_dump(exclude={"sent_at"}) | diary.model_dump() | {"link_id": link_id}
    row["files"] = list(entry.files)
    added = insert(diary_entries).values(**row)
    again = added.on_conflict_do_update(
        index_elements=[diary_entries.c.id],
        set_={name: added.excluded[name] for name in _WRITTEN},
        where=_unsent(diary),
    )
    return await db.connection.scalar(again.returning(diary_entries.c.id)) is not None


async def attach(db: Writing, diary: Diary, id_: str, file: str, deleted: CustodyLine) -> bool:
    """Safe to repeat. False where the file was erased meanwhile, with another entry. What came for an entry that
    was `deleted` meanwhile goes after it; what came for one that was sent meanwhile stays with the case.
    """
    if not await evidence_files.stays(db, file):
        return False
    files = diary_entries.c.files
    with_it = case((files.contains([file]), files), else_=files.op("||")([file]))
    kept = update(diary_entries).where(_unsent(diary), diary_entries.c.id == id_).values(files=with_it)
    if (await db.connection.execute(kept)).rowcount == 0:
        there = select(diary_entries.c.id).where(_of(diary), diary_entries.c.id == id_)
        if await db.connection.scalar(there) is None:
            await _erase(db, [file], deleted)
    return True


async def drop(db: Writing, diary: Diary, id_: str, deleted: CustodyLine) -> None:
    """One that was not sent, with those of its files that nothing else has: no other entry, no fact, nobody
    outside, and no hold on the case. Safe to repeat; what was sent stays.
    """
    gone = delete(diary_entries).where(_unsent(diary), diary_entries.c.id == id_)
    if files := await db.connection.scalar(gone.returning(diary_entries.c.files)):
        await _erase(db, files, deleted)


async def _erase(db: Writing, files: Sequence[str], deleted: CustodyLine) -> None:
    """As retention erases them: their bytes are removed by whoever looks after them."""
    asked = func.erase_files_of_diaries(cast(list(files), ARRAY(Uuid(as_uuid=False))))
    for file in await db.connection.scalars(select(asked)):
        await evidence_custody.handled(db, str(file), deleted)


async def of_diary(db: Reading, diary: Diary, *, sent: bool) -> list[DiaryEntry]:
    """Those that were sent, or those that are still being written; in the order in which it happened."""
    which = diary_entries.c.sent_at.is_not(None) if sent else diary_entries.c.sent_at.is_(None)
    rows = await db.connection.execute(select(*_COLUMNS).where(_of(diary), which).order_by(*_ORDER))
    return [DiaryEntry.model_validate(row._asdict()) for row in rows]


async def sent_by(db: Reading, ref: str, moment: datetime) -> dict[str, list[DiaryEntry]]:
    """What was sent by then of each diary of a case, by its matter."""
    found: dict[str, list[DiaryEntry]] = defaultdict(list)
    sent = (diary_entries.c.case_ref == ref) & (diary_entries.c.sent_at <= moment)
    query = select(diary_entries.c.matter, *_COLUMNS).where(sent).order_by(*_ORDER)
    for row in await db.connection.execute(query):
        said = row._asdict()
        found[said.pop("matter")].append(DiaryEntry.model_validate(said))
    return dict(found)


async def send(db: Writing, diary: Diary, ids: Sequence[str], now: datetime) -> None:
    """From now on they stay as they are."""
    unsent = _unsent(diary) & diary_entries.c.id.in_(ids)
    await db.connection.execute(update(diary_entries).where(unsent).values(sent_at=now))


def _unsent(diary: Diary) -> ColumnElement[bool]:
    return _of(diary) & diary_entries.c.sent_at.is_(None)


def _of(diary: Diary) -> ColumnElement[bool]:
    return (diary_entries.c.case_ref == diary.case_ref) & (diary_entries.c.matter == diary.matter)
