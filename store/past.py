"""Cases that were open in a time, a page at a time, with what they began beside them. (policy-simulation)"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from policy.case_file import CaseFile
from policy.facts.base import Recorded
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.base import number_of
from policy.procedures.kinds import KINDS
from policy.referral.procedure import REFERRAL
from policy.simulation.trial import Past
from store import histories
from store.cases import cases
from store.procedures import procedures
from store.sessions import Reading
from store.timeline import WHOLE, entry_from, timeline

_BEGUN_BY_A_CASE: Final = (LEGAL_ACTION.name, REFERRAL.name)


def _alive(since: datetime, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return cases.c.reported_at < before, or_(cases.c.closed_at.is_(None), cases.c.closed_at >= since)


async def number(db: Reading, since: datetime, before: datetime) -> tuple[int, int]:
    """Of such cases, and of the facts on them."""
    asked = select(func.count(), func.coalesce(func.sum(cases.c.seq), 0)).where(*_alive(since, before))
    number, facts = (await db.connection.execute(asked)).one()
    return number, facts


async def page(db: Reading, since: datetime, before: datetime, after: str, limit: int) -> list[Past]:
    """Of cases that were reported before then and were not closed by `since`, those behind `after`."""
    columns = cases.c.ref, cases.c.file, cases.c.closed_at, cases.c.restricted | cases.c.domestic_abuse
    wanted = select(*columns).where(*_alive(since, before), cases.c.ref > after).order_by(cases.c.ref).limit(limit)
    rows = (await db.connection.execute(wanted)).all()
    now = {
        ref: (None if closed_at else CaseFile.model_validate(file), shut) for ref, file, closed_at, shut in rows
    }
    beside = await _beside(db, list(now))
    return [
        Past(one.opening, one.entries, beside.get(one.opening.ref, {}), *now[one.opening.ref], one.seq)
        for one in await histories.of(db, list(now))
    ]


async def _beside(db: Reading, refs: Sequence[str]) -> dict[str, dict[str, tuple[Recorded[Any], ...]]]:
    """By case and the key of its matter. One of which something was erased is left out."""
    wanted = procedures.c.case_ref.in_(refs), procedures.c.kind.in_(_BEGUN_BY_A_CASE)
    begun = (
        await db.connection.execute(
            select(procedures.c.ref, procedures.c.kind, procedures.c.case_ref).where(*wanted)
        )
    ).all()
    said = WHOLE.where(timeline.c.case_ref.in_([one.ref for one in begun])).order_by(
        timeline.c.case_ref, timeline.c.seq
    )
    entries = defaultdict(list)
    for row in await db.connection.execute(said) if begun else ():
        entries[row.case_ref].append(entry_from(row._asdict()))
    found: dict[str, dict[str, tuple[Recorded[Any], ...]]] = defaultdict(dict)
    for ref, kind, case in begun:
        if entries[ref] and all(one.content is not None for one in entries[ref]):
            read = KINDS[kind].rulebook.entry
            found[case][f"{kind}-{number_of(ref)}"] = tuple(one.entry_as(read) for one in entries[ref])
    return found
