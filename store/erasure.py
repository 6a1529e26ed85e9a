"""Proposing to erase what has been kept for its time, and erasing what was approved: each record in one
transaction, and for ever. PostgreSQL itself refuses it while the last word on the record is no approval.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, func, literal, select, union

from policy.editions import Edition
from policy.retention import facts, rules
from policy.retention.facts import WhyLapsed
from policy.retention.record import State
from policy.retention.stopping import TOGETHER, Keeping, called_together, over_together
from policy.working_days import london_day
from store import cases, keeping, retention
from store import counted as counted_store
from store.access import case_access
from store.applications import applications
from store.case_people import case_people
from store.corrections import corrections
from store.counted import counted, counted_cases
from store.diaries import diary_entries
from store.evidence_files import evidence_files
from store.imported import imported_cases
from store.keeping import RecordNotKnown
from store.letters import letters
from store.links import links
from store.mentions import mentions
from store.packs import packs
from store.reports import reports
from store.sendings import sendings
from store.sessions import Reading, Writing

_OF_A_CASE: Final = (
    *(case_access, case_people, corrections, counted, counted_cases, diary_entries, links, mentions),
    *(packs, reports),
)
_GOES_WHOLE: Final[dict[Table, Any]] = {one: one.c.case_ref for one in _OF_A_CASE} | {
    applications: applications.c.ref
}
_LOSES_ITS_WORDS: Final[dict[Table, tuple[Any, Any]]] = {
    letters: (letters.c.case_ref, letters.c.body != ""),
    sendings: (sendings.c.ref, sendings.c.body != ""),
    evidence_files: (evidence_files.c.case_ref, evidence_files.c.sha256 != ""),
    imported_cases: (imported_cases.c.case_ref, imported_cases.c.digest != ""),
}


async def propose(db: Writing, ref: str, now: datetime, edition: Edition) -> bool:
    """Whether it was proposed. Safe to repeat: nothing is proposed that is not over, or is decided already."""
    if await _over(db, ref, now, edition) is None:
        return False
    await retention.alone(db)
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
    """Erases it where somebody approved that and nobody may refuse it any more. An approval lapses where something
    has come up meanwhile that stops the clock, or when it was not carried out in time. None where it is not to be
    erased now. Raises StoreRefused.
    """
    decided, today = await retention.locked(db, ref), london_day(now)
    since, until = decided.erased_from(edition), decided.lapses_after(edition)
    if decided.state is not State.APPROVED or since is None or until is None:
        return None
    over = await _over(db, ref, now, edition) is not None
    if not over or today > until:
        why = WhyLapsed.NOT_CARRIED_OUT if over else WhyLapsed.KEPT_AFTER_ALL
        await retention.lapse(db, ref, now, why, edition)
        return None
    if today < since:
        return None
    rules.check(decided, retention.ours(decided, facts.Erased(at=now)), edition)
    await counted_store.alone(db)  # whoever counts has read what goes now, and would write it again
    gone: dict[str, int] = (await db.connection.execute(select(func.erase(ref)))).scalar_one()
    fact = facts.Erased(at=now, **gone)
    await retention.record(db, ref, retention.ours(decided, fact), edition)
    return fact


async def left_of(db: Reading, ref: str) -> list[str]:
    """The tables that still say something of an erased case, or of what was carried on beside it."""
    asked = [select(literal(table.name)).where(column == ref) for table, column in _GOES_WHOLE.items()]
    asked += [
        select(literal(table.name)).where(column == ref, says)
        for table, (column, says) in _LOSES_ITS_WORDS.items()
    ]
    return sorted((await db.connection.scalars(union(*asked))).all())


async def _over(db: Reading, ref: str, now: datetime, edition: Edition) -> Keeping | None:
    """None while it is to be kept, and where there is no such record any more."""
    today = london_day(now)
    try:
        kept = await keeping.keeping(db, ref, edition, today)
    except RecordNotKnown:
        return None
    return kept if kept.over(today) else None
