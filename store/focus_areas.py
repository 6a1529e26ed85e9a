"""Focus areas as they stand; what was told of them stands in the journal. The row's lock is one's one writer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Column, DateTime, Table, Text, Uuid, func, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB

from policy.facts.base import SYSTEM
from policy.focus_areas import folding, rules
from policy.focus_areas.again import is_proposed
from policy.focus_areas.facts import FocusAreaProposed
from policy.focus_areas.file import Counting, FocusAreaFile, State
from policy.frozen import Frozen
from policy.journal import Note
from store import journal
from store.sessions import METADATA, Reading, Writing, behind
from store.tasks import focus_area_tasks

focus_areas = Table(
    "focus_areas",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("place", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("over_at", DateTime(timezone=True)),
    Column("file", JSONB, nullable=False),
)


class FocusAreaNotKnown(LookupError):
    """There is no focus area of this id, nor was one proposed under it."""


class FocusAreaFilter(Frozen):
    state: State | None = None
    place: str | None = None
    owner: str | None = None


async def propose(db: Writing, found: Sequence[FocusAreaProposed], counting: Counting) -> list[str]:
    """Returns the places that were proposed now, each for the first of `found` that may be: one at a time
    proposes, and of the others something is known.
    """
    await db.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("focus_areas", 0))))
    earlier = await _of_places(db, {one.place for one in found})
    proposed: dict[str, FocusAreaProposed] = {}
    for one in found:
        if one.place not in proposed and is_proposed(one, earlier, counting.edition.focus_areas):
            proposed[one.place] = one
    for fact in proposed.values():
        id_ = str(uuid5(NAMESPACE_URL, f"casework:focus-area/{fact.place}/{fact.kind}/{fact.last}"))
        note = Note(id=id_, by=SYSTEM, recorded_at=fact.at, fact=fact, digest=id_)
        file = folding.after(FocusAreaFile(id=id_), note, counting)
        told = {"id": id_, "place": fact.place, "kind": fact.kind, "proposed_at": fact.at}
        await db.connection.execute(insert(focus_areas).values(**told, **_kept(file)))
        await journal.append(db, id_, file.seq, note)
    return list(proposed)


async def _of_places(db: Reading, places: Collection[str]) -> list[FocusAreaFile]:
    query = select(focus_areas.c.file).where(focus_areas.c.place.in_(places))
    return [FocusAreaFile.model_validate(file) for file in await db.connection.scalars(query)]


async def record(db: Writing, about: str, note: Note, counting: Counting) -> int:
    """Checks and records what was decided or happened, once. Returns its place in the history.
    Raises FocusAreaNotKnown, Refused and KeyUsedForAnotherNote.
    """
    if known := await journal.standing(db, note):
        return known
    before = await _locked(db, about)
    rules.check(before, note, counting)
    file = folding.after(before, note, counting)
    await db.connection.execute(update(focus_areas).where(focus_areas.c.id == about).values(**_kept(file)))
    await journal.append(db, about, file.seq, note)
    return file.seq


async def missed(db: Reading, now: datetime) -> list[str]:
    """Those in which something is over and nobody has noticed, by id."""
    about, over = focus_area_tasks.c.about, focus_area_tasks.c.due < now
    query = select(about).where(over, focus_area_tasks.c.noticed_at.is_(None)).distinct().order_by(about)
    return [*await db.connection.scalars(query)]


async def notice(db: Writing, about: str, now: datetime, counting: Counting) -> int:
    """Records of each thing that is over there by now that it was missed, and returns how many. Safe to repeat."""
    file = await _locked(db, about)
    notes = journal.misses(file.owed.values(), now)
    for note in notes:
        file = folding.after(file, note, counting)
        await journal.append(db, about, file.seq, note)
    told = file.model_dump(mode="json")
    await db.connection.execute(update(focus_areas).where(focus_areas.c.id == about).values(file=told))
    return len(notes)


async def _locked(db: Writing, about: str) -> FocusAreaFile:
    """Raises FocusAreaNotKnown."""
    query = select(focus_areas.c.file).where(focus_areas.c.id == about).with_for_update()
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        raise FocusAreaNotKnown(about)
    return FocusAreaFile.model_validate(row.file)


def _kept(file: FocusAreaFile) -> dict[str, Any]:
    over = file.decided_at if file.state is State.REFUSED else file.ended_at
    told = {"state": file.state, "owner": file.owner, "over_at": over}
    return told | {"file": file.model_dump(mode="json")}


async def page(
    db: Reading, wanted: FocusAreaFilter, limit: int, after: tuple[datetime, str] | None = None
) -> list[FocusAreaFile]:
    """The latest proposal first, beginning behind `after` (proposed_at, id)."""
    at, id_ = focus_areas.c.proposed_at, focus_areas.c.id
    query = select(focus_areas.c.file).order_by(at.desc(), id_.desc()).limit(limit)
    for name, value in wanted.model_dump(exclude_none=True).items():
        query = query.where(focus_areas.c[name] == value)
    if after is not None:
        query = query.where(tuple_(at, id_) < behind(after))
    return [FocusAreaFile.model_validate(file) for file in await db.connection.scalars(query)]


async def proposed_at(db: Reading, about: str) -> datetime | None:
    moment: datetime | None = await db.connection.scalar(
        select(focus_areas.c.proposed_at).where(focus_areas.c.id == about)
    )
    return moment


async def by_id(db: Reading, about: str) -> FocusAreaFile:
    """Raises FocusAreaNotKnown."""
    file = await db.connection.scalar(select(focus_areas.c.file).where(focus_areas.c.id == about))
    if file is None:
        raise FocusAreaNotKnown(about)
    return FocusAreaFile.model_validate(file)
