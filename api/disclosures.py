"""What was told to others about the people of a case: to whom, about whom, and what allowed it."""

from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter

from api.border import Ref
from api.identity import Staff
from api.paging import Limit
from api.problems import case_not_found
from api.resources import Needs
from api.timeline import After
from policy.facts.disclosing import Gateway
from policy.frozen import Frozen
from store import cases, timeline
from store.timeline import TimelineEntry

routes = APIRouter(tags=["disclosures"])

_TOLD: Final = {
    "disclosure_recorded": "to",
    "referral_proposed": "agency",
    "group_called": "members",
    "partners_consulted": "partners",
}
"""By kind of fact, whom it says it was told."""


class Disclosure(Frozen):
    """`about` are people on the case by their key, `to` agencies or partners of the edition. What was said is in
    the timeline, at `seq`. Empty where it was erased.
    """

    seq: int
    fact: str
    at: datetime
    recorded_by: str
    to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    gateway: Gateway | None = None
    lawful_reason: str | None = None


class DisclosurePage(Frozen):
    disclosures: tuple[Disclosure, ...]
    next: int | None


@routes.get("/cases/{ref}/disclosures", summary="What was told to others about the people of a case")
async def page(ref: Ref, _by: Staff, needs: Needs, after: After = 0, limit: Limit = 50) -> DisclosurePage:
    """In the order of recording: disclosures, referrals, groups that were called and partners that were consulted.
    What the police and a GP or nurse were told have facts of their own.
    """
    async with needs.store.reading() as db:
        if not await cases.is_registered(db, ref):
            raise case_not_found(ref)
        entries = await timeline.entries_of(db, ref, after, limit, kinds=tuple(_TOLD))
    return DisclosurePage(
        disclosures=tuple(_disclosed(entry) for entry in entries),
        next=entries[-1].seq if len(entries) == limit else None,
    )


def _disclosed(entry: TimelineEntry) -> Disclosure:
    said: dict[str, Any] = entry.content or {}
    told = said.get(_TOLD[entry.fact], ())
    return Disclosure(
        seq=entry.seq,
        fact=entry.fact,
        at=entry.at,
        recorded_by=entry.by_id,
        to=(told,) if isinstance(told, str) else tuple(told),
        about=tuple(said.get("about") or ()),
        gateway=said.get("gateway"),
        lawful_reason=said.get("lawful_reason"),
    )
