"""Open cases as the night's check sees them: the case file, and the timeline without its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select

from policy.audit import Timeline, Told
from policy.audit.base import READ, codes
from policy.case_file import CaseFile
from policy.facts.base import Role
from store.cases import cases
from store.sessions import Reading
from store.timeline import content, timeline

_FACTS: Final = select(
    timeline.c.case_ref,
    timeline.c.seq,
    timeline.c.fact,
    timeline.c.fact_id,
    timeline.c.at,
    timeline.c.recorded_at,
    timeline.c.by_role,
    *(content.c.content[name].label(f"said_{name}") for name in READ),
).outerjoin_from(
    timeline,
    content,
    (content.c.case_ref == timeline.c.case_ref) & (content.c.seq == timeline.c.seq),
)


@dataclass(frozen=True)
class OpenCase:
    """`file` is as the register keeps it."""

    ref: str
    file: dict[str, Any]
    timeline: Timeline

    def case_file(self) -> CaseFile:
        """Raises ValidationError for a file that this version cannot read."""
        return CaseFile.model_validate(self.file)


async def page(db: Reading, after: str, limit: int, refs: Sequence[str] = ()) -> list[OpenCase]:
    """Cases that are not closed, by reference, beginning behind `after`; only those named, where some are."""
    found = (await db.connection.execute(query(after, limit, refs))).all()
    timelines = await told_of(db, [row.ref for row in found])
    return [OpenCase(row.ref, row.file, timelines[row.ref]) for row in found]


async def told_of(db: Reading, refs: Sequence[str], kinds: Sequence[str] = ()) -> dict[str, Timeline]:
    """The timelines of these cases without their words; only facts of these kinds, where some are named."""
    timelines = {ref: Timeline() for ref in refs}
    facts = _FACTS.where(timeline.c.case_ref.in_(timelines)).order_by(timeline.c.case_ref, timeline.c.seq)
    if kinds:
        facts = facts.where(timeline.c.fact.in_(kinds))
    for row in await db.connection.execute(facts):
        timelines[row.case_ref].add(_told(row._asdict()))
    return timelines


async def closed_of(db: Reading, refs: Sequence[str]) -> dict[str, datetime | None]:
    """Of those that there are, when each was closed; None for an open one."""
    found = await db.connection.execute(select(cases.c.ref, cases.c.closed_at).where(cases.c.ref.in_(refs)))
    return {row.ref: row.closed_at for row in found}


def query(after: str, limit: int, refs: Sequence[str] = ()) -> Select[Any]:
    """Which cases `page` finds."""
    found = select(cases.c.ref, cases.c.file).where(cases.c.closed_at.is_(None), cases.c.ref > after)
    if refs:
        found = found.where(cases.c.ref.in_(refs))
    return found.order_by(cases.c.ref).limit(limit)


def _told(row: dict[str, Any]) -> Told:
    return Told(
        seq=row["seq"],
        fact=row["fact"],
        at=row["at"],
        recorded_at=row["recorded_at"],
        by_system=row["by_role"] == Role.SYSTEM,
        codes=codes({name: row[f"said_{name}"] for name in READ}),
        id=row["fact_id"],
    )
