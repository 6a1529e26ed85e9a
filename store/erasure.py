"""Proposing to erase what has been kept for its time, and erasing what was approved: each record in one
transaction, and for ever. PostgreSQL itself refuses it while the last word on the record is no approval.
"""

from datetime import datetime

from sqlalchemy import func, select

from policy.editions import Edition
from policy.retention import facts, rules
from policy.retention.record import State
from policy.retention.stopping import TOGETHER, Keeping, called_together, over_together
from policy.working_days import london_day
from store import cases, keeping, retention
from store.keeping import RecordNotKnown
from store.sessions import Reading, Writing


async def propose(db: Writing, ref: str, now: datetime, edition: Edition) -> bool:
    """Whether it was proposed. Safe to repeat: nothing is proposed that is not over, or is decided already."""
    kept = await _over(db, ref, now, edition)
    if kept is None or kept.since is None or kept.last is None:
        return False
    decided = await retention.locked(db, ref)
    refused = decided.refused_until is not None and decided.refused_until >= london_day(now)
    if refused or decided.holds or decided.state is not State.KEPT:
        return False
    file = await cases.file_of(db, ref) if ref.startswith("CW-") else None
    fact = facts.ErasureProposed(
        at=now,
        kind=kept.kind,
        edition=edition.name,
        months=kept.months,
        since=kept.since,
        last=kept.last,
        officer=file and file.officer,
    )
    await retention.record(db, ref, retention.ours(decided, fact), edition)
    return True


async def together(db: Reading, now: datetime, edition: Edition) -> list[str]:
    """What is decided of together and over this month, where there is anything of it."""
    refs = [over_together(kind, london_day(now), edition) for kind in TOGETHER]
    return [ref for ref in refs if await keeping.is_kept_from_before(db, *called_together(ref))]


async def carry_out(db: Writing, ref: str, now: datetime, edition: Edition) -> facts.Erased | None:
    """Erases it where somebody approved that, nobody may refuse it any more and nothing has come up meanwhile that
    stops its clock. None where it is not to be erased now. Raises StoreRefused.
    """
    decided = await retention.locked(db, ref)
    since = decided.erased_from(edition)
    if decided.state is not State.APPROVED or since is None or london_day(now) < since:
        return None
    if await _over(db, ref, now, edition) is None:
        return None
    rules.check(decided, retention.ours(decided, facts.Erased(at=now)), edition)
    counted: dict[str, int] = (await db.connection.execute(select(func.erase(ref)))).scalar_one()
    fact = facts.Erased(at=now, **counted)
    await retention.record(db, ref, retention.ours(decided, fact), edition)
    return fact


async def _over(db: Reading, ref: str, now: datetime, edition: Edition) -> Keeping | None:
    """None while it is to be kept, and where there is no such record any more."""
    today = london_day(now)
    try:
        kept = await keeping.keeping(db, ref, edition, today)
    except RecordNotKnown:
        return None
    return kept if kept.over(today) else None
