"""Cases as measures read them, a page at a time: how each opened, its entries, and its officer's teams."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select

from policy.case_file import CaseFile
from policy.facts import Entry
from store.cases import cases
from store.relations import team_members
from store.sessions import Reading
from store.timeline import WHOLE, TimelineEntry, entry_from, timeline


class Told(NamedTuple):
    """`entries` is None where retention has erased what they said."""

    opening: CaseFile
    entries: tuple[Entry, ...] | None
    teams: tuple[str, ...]


async def page(db: Reading, since: datetime, before: datetime, after: str, limit: int) -> list[Told]:
    """Of cases that were reported before then and were not closed by `since`, those behind `after`."""
    teams = select(func.array_remove(func.array_agg(team_members.c.team), None))
    has_it = func.coalesce(cases.c.officer, cases.c.taken_by)
    wanted = (
        select(cases.c.ref, cases.c.opening, teams.where(team_members.c.staff == has_it).scalar_subquery())
        .where(cases.c.reported_at < before, or_(cases.c.closed_at.is_(None), cases.c.closed_at >= since))
        .where(cases.c.ref > after)
        .order_by(cases.c.ref)
        .limit(limit)
    )
    rows = (await db.connection.execute(wanted)).all()
    said = await entries_of(db, [ref for ref, *_ in rows])
    return [
        Told(CaseFile.model_validate(opening), said[ref], tuple(sorted(of or ()))) for ref, opening, of in rows
    ]


async def entries_of(db: Reading, refs: Sequence[str]) -> dict[str, tuple[Entry, ...] | None]:
    """None for one of which retention has erased what was said."""
    query = WHOLE.where(timeline.c.case_ref.in_(refs)).order_by(timeline.c.case_ref, timeline.c.seq)
    found: dict[str, list[TimelineEntry]] = {ref: [] for ref in refs}
    for row in await db.connection.execute(query):
        found[row.case_ref].append(entry_from(row._asdict()))
    return {ref: _said(entries) for ref, entries in found.items()}


def _said(entries: Sequence[TimelineEntry]) -> tuple[Entry, ...] | None:
    whole = all(one.content is not None for one in entries)
    return tuple(one.entry() for one in entries) if whole else None
