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
from policy.case_review.procedure import CASE_REVIEW
from policy.facts.base import Role
from policy.facts.disclosing import Gateway
from policy.frozen import Frozen
from store import cases, procedures, timeline
from store import disclosures as kept
from store.disclosures import Disclosed, Wanted
from store.sessions import Reading

routes = APIRouter(tags=["disclosures"])


class Disclosure(Frozen):
    """`about` are people on the case by their key, None for everybody on it, or where that was erased; `to` are
    agencies or partners of the edition, or who else it was in a word. What was said is in the timeline, at `seq`.
    """

    seq: int
    fact: str
    at: datetime
    recorded_by: str
    to: tuple[str, ...] = ()
    about: tuple[str, ...] | None = None
    gateway: Gateway | None = None
    lawful_reason: str | None = None


class ToldBeside(Disclosure):
    """By the referral or legal action of that reference; at `seq` of its own timeline."""

    ref: str


class Left(Frozen):
    """What was taken or looked at and is no fact: `what` on which way, such as a pack, an export or a copy of
    evidence; `to` whom it is for, or the role of whoever took it.
    """

    what: str
    at: datetime
    taken_by: str
    to: tuple[str, ...]
    about: tuple[str, ...] | None = None
    lawful_reason: str | None = None


class ToldInReview(Frozen):
    """What was told in the case review of that reference; at `seq` of its own timeline. It speaks of everybody on
    the case: `against` is against whose word here. What a supervisor decided when an agency was asked holds for
    the meeting.
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
    """What its referrals and legal actions told, what `left` by no fact and what was told `in_case_reviews` stand
    whole on the first page.
    """

    disclosures: tuple[Disclosure, ...]
    beside: tuple[ToldBeside, ...] = ()
    left: tuple[Left, ...] = ()
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
    """What left by a fact of the case, in the order of recording; then by what is carried on beside it; and what
    was taken away of both, the newest first. A letter to somebody on the case is theirs and no disclosure, but for
    a copy to their advocate.
    """
    async with needs.store.reading() as db:
        if not await cases.is_registered(db, ref):
            raise case_not_found(ref)
        told = await kept.of_timeline(db, ref, after, limit)
        beside = [] if after else await procedures.of_case(db, ref)
        reviews = [one.ref for one in beside if one.kind == CASE_REVIEW.name]
        others = [one.ref for one in beside if one.kind != CASE_REVIEW.name]
        taken = [] if after else await kept.without_a_fact(db, (ref, *others))
        apart = [line for one in others for line in await kept.of_timeline(db, one)]
        in_reviews = [line for one in reviews for line in await _in_review(db, one, ref)]
    return DisclosurePage(
        disclosures=tuple(Disclosure(**_as_told(one)) for one in told),
        beside=tuple(ToldBeside(**_as_told(one), ref=one.case_ref) for one in apart),
        left=tuple(_left(one) for one in taken),
        in_case_reviews=tuple(in_reviews),
        next=told[-1].seq if len(told) == limit else None,
    )


def _left(line: Disclosed) -> Left:
    shared = {name: getattr(line, name) for name in ("what", "at", "about", "lawful_reason")}
    return Left(**shared, taken_by=line.by_id, to=line.told)


def _as_told(line: Disclosed) -> dict[str, Any]:
    shared = {name: getattr(line, name) for name in ("seq", "at", "about", "gateway", "lawful_reason")}
    return shared | {"fact": line.what, "recorded_by": line.by_id, "to": line.told}


async def _in_review(db: Reading, review: str, case: str) -> list[ToldInReview]:
    """With whose word it was against, which its timeline alone has."""
    lines = {line.seq: line for line in await kept.of_timeline(db, review)}
    entries = await timeline.entries_of(db, review)
    return [_told_in(lines[entry.seq], entry.content or {}, case) for entry in entries if entry.seq in lines]


def _told_in(line: Disclosed, said: dict[str, Any], case: str) -> ToldInReview:
    against = (Against.model_validate(one) for one in said.get("against", ()))
    return ToldInReview(
        review=line.case_ref, against=tuple(one for one in against if one.case == case), **_as_told(line)
    )
