"""Cases as measures read them: how each opened, and its entries."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from policy.case_file import CaseFile
from policy.facts import Entry
from store.cases import cases
from store.sessions import Reading
from store.timeline import WHOLE, TimelineEntry, entry_from, timeline


class Told(NamedTuple):
    """`entries` is None where retention has erased what they said; `seq` is the number of the last."""

    opening: CaseFile
    seq: int
    entries: tuple[Entry, ...] | None


async def of(db: Reading, refs: Sequence[str]) -> list[Told]:
    """In the order of their references."""
    query = select(cases.c.ref, cases.c.opening).where(cases.c.ref.in_(refs)).order_by(cases.c.ref)
    openings = (await db.connection.execute(query)).all()
    said = await _entries_of(db, refs)
    return [_told(CaseFile.model_validate(opening), said[ref]) for ref, opening in openings]


async def _entries_of(db: Reading, refs: Sequence[str]) -> dict[str, list[TimelineEntry]]:
    query = WHOLE.where(timeline.c.case_ref.in_(refs)).order_by(timeline.c.case_ref, timeline.c.seq)
    found: dict[str, list[TimelineEntry]] = {ref: [] for ref in refs}
    for row in await db.connection.execute(query):
        found[row.case_ref].append(entry_from(row._asdict()))
    return found


def _told(opening: CaseFile, entries: Sequence[TimelineEntry]) -> Told:
    whole = all(one.content is not None for one in entries)
    return Told(opening, len(entries), tuple(one.entry() for one in entries) if whole else None)
