"""What was said when something beside a case was asked for and decided. Its file holds codes and dates alone."""

from datetime import datetime
from typing import Any, Final

from policy.case_review.procedure import CASE_REVIEW
from policy.frozen import Frozen
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.base import ProcedureFile
from policy.referral.procedure import REFERRAL
from store import timeline
from store.sessions import Reading
from store.timeline import TimelineEntry

_PROPOSED: Final = {LEGAL_ACTION.name: "legal_action_proposed", REFERRAL.name: "referral_proposed"}
"""By kind, the fact of its case with which it was asked for."""

_DECIDED: Final = {
    LEGAL_ACTION.name: ("court_decided", "order_varied", "appeal_decided", "legal_action_ended"),
    REFERRAL.name: ("referral_answered", "referral_ended"),
    CASE_REVIEW.name: ("case_review_asked", "threshold_decided", "review_decided"),
}


class Said(Frozen):
    """A fact as the timeline of `ref` has it at `seq`; without `content` where that was erased."""

    ref: str
    seq: int
    fact: str
    at: datetime
    by: str
    content: dict[str, Any] | None


async def said_of(db: Reading, kind: str, file: ProcedureFile) -> tuple[Said, ...]:
    """In the order of recording; first, of what a case began, why it was proposed."""
    found = await timeline.entries_of(db, file.ref, kinds=_DECIDED[kind])
    return tuple(_said(entry) for entry in (*await _proposal(db, kind, file), *found))


async def _proposal(db: Reading, kind: str, file: ProcedureFile) -> list[TimelineEntry]:
    begun = await timeline.entries_of(db, file.ref, limit=1)
    proposed = begun[0].content.get("proposed") if begun and begun[0].content else None
    if proposed is None or file.case is None:
        return []
    told = await timeline.entries_of(db, file.case, kinds=(_PROPOSED[kind],))
    return [entry for entry in told if entry.fact_id == proposed]


def _said(entry: TimelineEntry) -> Said:
    return Said(
        ref=entry.case_ref,
        seq=entry.seq,
        fact=entry.fact,
        at=entry.at,
        by=entry.by_id,
        content=entry.content,
    )
