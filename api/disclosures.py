"""What was told to others about the people of a case: to whom, about whom, and what allowed it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from api import paging
from api.border import Ref
from api.paging import Cursor, Limit
from api.permission import By
from api.problems import case_not_found
from api.resources import Needs
from api.timeline import After
from policy.case_review.facts import Against
from policy.facts.base import Role
from policy.facts.disclosing import Gateway
from policy.frozen import Frozen
from policy.told_of import IN_REVIEWS, NOT_BY_NAME, TOLD, told_of
from store import cases, procedures, timeline
from store import disclosures as kept
from store.disclosures import Disclosed, Wanted
from store.sessions import Reading
from store.timeline import ContentErased, TimelineEntry

routes = APIRouter(tags=["disclosures"])


class Disclosure(Frozen):
    """`about` are people on the case by their key, None where that was erased; `to` are agencies or partners of
    the edition, none where it was erased. What was said is in the timeline, at `seq`.
    """

    seq: int
    fact: str
    at: datetime
    recorded_by: str
    to: tuple[str, ...] = ()
    about: tuple[str, ...] | None = None
    gateway: Gateway | None = None
    lawful_reason: str | None = None


class ToldInReview(Frozen):
    """Agencies that were asked, or came to its meeting, in the case review of that reference; at `seq` of its own
    timeline. It speaks of everybody on the case: `against` is against whose word here. What a supervisor
    decided when an agency was asked holds for the meeting.
    """

    review: str
    seq: int
    fact: str
    at: datetime
    recorded_by: str
    to: tuple[str, ...] = ()
    against: tuple[Against, ...] = ()
    lawful_reason: str | None = None


class DisclosurePage(Frozen):
    """What was told `in_case_reviews` stands whole on the first page."""

    disclosures: tuple[Disclosure, ...]
    in_case_reviews: tuple[ToldInReview, ...] = ()
    next: int | None


class RegisterPage(Frozen):
    disclosures: tuple[Disclosed, ...]
    next: str | None


@routes.get("/disclosures", summary="The register of disclosures")
async def register(
    by: By,
    needs: Needs,
    person: UUID | None = None,
    to: Annotated[str | None, Query(description="An agency or partner by its key, or a role")] = None,
    gateway: Gateway | None = None,
    since: Annotated[AwareDatetime | None, Query(description="What was told then or later")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> RegisterPage:
    """Whatever left us, the newest first: to whom, about whom, under what. Codes and references alone, so a data
    protection officer sees all of it, others what is of cases that they may see.
    """
    wanted = Wanted(person=person and str(person), to=to, gateway=gateway, since=since)
    store = needs.everything if by.role is Role.DATA_PROTECTION else needs.store
    async with store.reading() as db:
        found = await kept.page(db, wanted, limit, paging.after_id(cursor))
    last = found[-1] if len(found) == limit else None
    return RegisterPage(disclosures=tuple(found), next=last and paging.cursor(last.entered_at, last.id))


@routes.get("/cases/{ref}/disclosures", summary="What was told to others about the people of a case")
async def page(ref: Ref, needs: Needs, after: After = 0, limit: Limit = 50) -> DisclosurePage:
    """In the order of recording: disclosures, referrals, also to the police, groups that were called and that met,
    partners, GPs and nurses that were asked, powers that others were asked for, and what the police were told
    where this case has joined; then case reviews.
    """
    async with needs.store.reading() as db:
        if not await cases.is_registered(db, ref):
            raise case_not_found(ref)
        entries = await timeline.entries_of(db, ref, after, limit, kinds=tuple(TOLD))
        meant = await _meant(db, ref, entries)
        in_reviews = await _in_reviews(db, ref) if not after else []
    return DisclosurePage(
        disclosures=tuple(_disclosed(one, meant) for one in entries if not (one.content or {}).get("taken_back")),
        in_case_reviews=tuple(in_reviews),
        next=entries[-1].seq if len(entries) == limit else None,
    )


async def _meant(db: Reading, ref: str, shown: list[TimelineEntry]) -> dict[int, tuple[str, ...]]:
    """None of them where what makes the case as it was then has been erased."""
    last = max((one.seq for one in shown if one.fact in NOT_BY_NAME), default=0)
    lines = await timeline.entries_of(db, ref, limit=last)
    try:
        return told_of(await cases.opening_of(db, ref), [(line.seq, line.entry()) for line in lines])
    except ContentErased:
        return {}


def _disclosed(entry: TimelineEntry, meant: dict[int, tuple[str, ...]]) -> Disclosure:
    said: dict[str, Any] = entry.content or {}
    by_name = said.get("about") or ([said["person"]] if said.get("person") else None)
    return Disclosure(
        seq=entry.seq,
        fact=entry.fact,
        at=said.get("told_at", entry.at),
        recorded_by=entry.by_id,
        to=_told(said, TOLD[entry.fact]),
        about=meant.get(entry.seq, by_name) if entry.fact in NOT_BY_NAME else by_name,
        gateway=said.get("gateway"),
        lawful_reason=said.get("lawful_reason"),
    )


def _told(said: dict[str, Any], name: str) -> tuple[str, ...]:
    told = said.get(name, ())
    return (told,) if isinstance(told, str) else tuple(told)


async def _in_reviews(db: Reading, ref: str) -> list[ToldInReview]:
    beside = [line.ref for line in await procedures.of_case(db, ref) if line.kind == "case-review"]
    return [
        _told_in(review, entry, ref)
        for review in beside
        for entry in await timeline.entries_of(db, review, kinds=tuple(IN_REVIEWS))
    ]


def _told_in(review: str, entry: TimelineEntry, case: str) -> ToldInReview:
    said: dict[str, Any] = entry.content or {}
    against = (Against.model_validate(one) for one in said.get("against", ()))
    return ToldInReview(
        review=review,
        seq=entry.seq,
        fact=entry.fact,
        at=entry.at,
        recorded_by=entry.by_id,
        to=_told(said, IN_REVIEWS[entry.fact]),
        against=tuple(one for one in against if one.case == case),
        lawful_reason=said.get("lawful_reason"),
    )
