"""What is still to be done with files that were sent to us, by whoever looks after them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, case, select, update

from store.evidence_files import SHOWN, FileState, evidence_files
from store.sessions import Reading, Writing

Values = dict[str, Any]


async def take(db: Writing, wanted: ColumnElement[bool], now: datetime, before: datetime, most: int) -> list[str]:
    """The ids of some that nobody has tended to since `before`: they are the caller's for as long. What was never
    tried comes first, so that one by which the scanner dies keeps no other waiting.
    """
    rested = evidence_files.c.tended_at.is_(None) | (evidence_files.c.tended_at < before)
    order = evidence_files.c.tended_at.asc().nulls_first(), evidence_files.c.added_at
    chosen = select(evidence_files.c.id).where(wanted, rested).order_by(*order).limit(most)
    ids = list((await db.connection.scalars(chosen.with_for_update(skip_locked=True))).all())
    await db.connection.execute(update(evidence_files).where(evidence_files.c.id.in_(ids)).values(tended_at=now))
    return ids


async def give_back(db: Writing, ids: Sequence[str], before: datetime) -> None:
    """They were not tended to after all. The first of them was tried, and has rested since `before`."""
    tried = case((evidence_files.c.id == ids[0], before))
    await db.connection.execute(update(evidence_files).where(evidence_files.c.id.in_(ids)).values(tended_at=tried))


async def keep(db: Writing, id_: str, still: ColumnElement[bool], values: Values) -> bool:
    """What came of tending to it, where it is `still` as it was taken. False where it was erased or somebody else
    was first: no word on a file replaces another. Nobody else changes it until the transaction ends.
    """
    kept = update(evidence_files).where(evidence_files.c.id == id_, still).values(tended_at=None, **values)
    return (await db.connection.execute(kept)).rowcount > 0


async def removed(db: Writing, id_: str, now: datetime) -> None:
    gone = update(evidence_files).where(evidence_files.c.id == id_).values(removed_at=now)
    await db.connection.execute(gone)


TO_REMOVE: Final = (evidence_files.c.state == FileState.ERASED) & evidence_files.c.removed_at.is_(None)
TO_SCAN: Final = evidence_files.c.state.in_((FileState.QUARANTINED, FileState.NOT_SCANNED))
TO_STRIP: Final = (
    evidence_files.c.state.in_(SHOWN)
    & evidence_files.c.shared_sha256.is_(None)
    & evidence_files.c.not_stripped.is_(None)
)


async def all_removed(db: Reading) -> set[str]:
    """The ids of those whose bytes were removed after they were erased."""
    gone = select(evidence_files.c.id).where(evidence_files.c.removed_at.is_not(None))
    return set((await db.connection.scalars(gone)).all())
