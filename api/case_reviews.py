"""Case reviews: asked for by anybody, with the arithmetic of the threshold, and counted each year."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final

import structlog
from fastapi import APIRouter, Depends, Query, Response

from api.border import Body, Key, ProcedureRef, is_case_ref, schema_of, taken_in_as
from api.identity import forbidden
from api.limits import published_limit, review_limit
from api.lists import is_one_of, keys_of
from api.permission import By, not_in_an_emergency
from api.problems import ProblemRaised, problem, procedure_not_found
from api.procedures import Beside, routes_of
from api.resources import Needs, Resources
from api.waiting import until_recorded
from policy.audit.offering import reported
from policy.case_review.counts import ReviewCounts, counts
from policy.case_review.facts import (
    US,
    Against,
    CaseBroughtIn,
    CaseReviewAsked,
    DisputeAnswered,
    PartnersAsked,
    ReviewDecided,
    ReviewEntry,
    ReviewMeetingHeld,
    ThresholdDecided,
)
from policy.case_review.review import ReviewFile
from policy.case_review.rules import by_somebody_else
from policy.case_review.telling import told_of_no_case, whose_word_it_is_against
from policy.case_review.threshold import Arithmetic, Reported, threshold_on
from policy.case_review.weighing import every_report_is_looked_at, with_those_known
from policy.editions import of
from policy.facts.base import Fact, Role
from policy.frozen import Frozen
from policy.permissions import may_record
from policy.procedures.kinds import KINDS
from policy.working_days import london_day
from store import cases, procedures, reported_on
from store.applications import Application
from store.sessions import Reading
from workflows.asking import Asking, CasesNotKnown, handlers_of
from workflows.case_door import EngineAway, OutcomeUnknown

log = structlog.get_logger()
routes = APIRouter(tags=["case-reviews"])

_STAFF_SAY: Final = frozenset({"at"})
"""When we were asked."""
WE_SAY: Final = frozenset({"handled_by", "claimed", "against"})
"""Looked up here: taken from nobody, and not in the API's description."""
_MOST_NAMED: Final = 10

Year = Annotated[int, Query(ge=2014, le=9998)]

_ASKED: Final[dict[str, Any]] = {
    "victim": {
        "value": {
            "asked_by": "victim",
            "district": "sevenoaks",
            "words": "I have reported it four times and nobody has told me what happens.",
            "asker": {"name": "Rowan Example", "email": "rowan@example.org"},
        }
    }
}


class Asked(Frozen):
    """`begun` tells whether the review is running already; it will be soon if not. `words` are for who asked."""

    ref: str
    application: str
    begun: bool
    words: str


class Counted(Frozen):
    """A report, whether it counts, and why in words."""

    report: Reported
    counts: bool
    words: str


class ThresholdShown(Frozen):
    """The arithmetic as of `day`, in words too."""

    day: date
    met: bool
    words: str
    reports: tuple[Counted, ...]


def shown(arithmetic: Arithmetic) -> ThresholdShown:
    weighed = (Counted(report=one.report, counts=one.counts, words=one.words) for one in arithmetic.reports)
    return ThresholdShown(day=arithmetic.day, met=arithmetic.met, words=arithmetic.words, reports=tuple(weighed))


@routes.post(
    "/case-reviews",
    summary="Ask for a case review",
    dependencies=[Depends(review_limit)],
    status_code=HTTPStatus.CREATED,
    responses={202: {"model": Asked, "description": "Kept; the review begins as soon as the engine is back"}},
    openapi_extra=schema_of(CaseReviewAsked, _ASKED, ours=WE_SAY),
)
async def ask(body: Body, key: Key, by: By, needs: Needs, response: Response) -> Asked:
    """Anybody may ask, also without a token; the reference is given at once. Staff say which cases it is about, or
    find them for whoever asks; who has worked on these we look up. Without a token `cases` are those that you
    say are yours: one of us looks, and the answer does not tell whether there are such. (case-review)
    """
    if not may_record(by.role, "case_review_asked"):
        raise forbidden("This role does not take applications.")
    resident = by.role is Role.RESIDENT
    _does_not_say(body, _STAFF_SAY | WE_SAY if resident else WE_SAY)
    body = _as_claimed(body) if resident else body
    entry: ReviewEntry = taken_in_as(ReviewEntry, CaseReviewAsked, body, key, by)
    try:
        await _sees_them(needs, entry.fact)
        kept, begun = await received(needs, entry)
    except CasesNotKnown as unknown:
        raise _cases_not_known(unknown) from None
    response.status_code = HTTPStatus.CREATED if begun else HTTPStatus.ACCEPTED
    response.headers["Location"] = f"/api/case-reviews/{kept.ref}"
    words = f"We have your application for a case review. Its reference is {kept.ref}: please give it whenever you"
    words += f" write to us or ring {needs.settings.landlord_phone} about it."
    return Asked(ref=kept.ref, application=kept.id, begun=begun, words=words)


async def received(needs: Resources, entry: ReviewEntry) -> tuple[Application, bool]:
    """With whether its review runs already; the relay begins what we could not. Raises CasesNotKnown, Refused."""
    asking = Asking(needs.everything, needs.door, needs.settings.closure_days)
    kept = await asking.receive(entry)
    if kept.begun:
        return kept, True
    with needs.notices.about(kept.ref) as told:
        try:
            await asking.begin(kept)
        except (EngineAway, OutcomeUnknown) as away:
            log.warning("application_waits_for_engine", review=kept.ref, why=type(away).__name__)
            return kept, False
        return kept, await until_recorded(needs.everything, kept.ref, 1, told)


async def _sees_them(needs: Resources, fact: Fact) -> None:
    """A case that is not for them is to them as one that there is not. Raises CasesNotKnown."""
    named = fact.cases if isinstance(fact, CaseReviewAsked) else ()
    async with not_in_an_emergency(needs).reading() as db:
        if unseen := [ref for ref in named if not await cases.is_registered(db, ref)]:
            raise CasesNotKnown(unseen)


def _as_claimed(body: dict[str, Any]) -> dict[str, Any]:
    """What somebody without an account says of our cases is looked at by one of us. Raises 422 for what no case of
    ours can be called, and for nothing else.
    """
    if "cases" not in body:
        return body
    named = said if isinstance(said := body["cases"], list) else [said]
    if len(named) > _MOST_NAMED or not all(isinstance(one, str) and is_case_ref(one) for one in named):
        detail = f"Give up to {_MOST_NAMED} references such as CW-2026-000123, or leave them out."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail)
    return {name: value for name, value in body.items() if name != "cases"} | {"claimed": named}


def _does_not_say(body: dict[str, Any], ours: frozenset[str]) -> None:
    if said := sorted(ours & body.keys()):
        detail = f"Casework looks this up: {', '.join(said)}."
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", detail)


def _cases_not_known(unknown: CasesNotKnown) -> ProblemRaised:
    detail = f"There is no case {' or '.join(unknown.refs)}."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "case-not-known", detail)


@routes.get("/case-reviews/counts", summary="A district's case reviews in numbers")
async def yearly(needs: Needs, district: str, first: date, last: date) -> ReviewCounts:
    """What is published at least once a year, of the days from `first` to `last`. (2014 Act, section 104(9))"""
    is_one_of("district", district, keys_of("districts"))
    if last < first:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "The first day comes after the last.")
    return await _counted(needs, district, first, last)


@routes.get(
    "/case-reviews/published",
    summary="What a district publishes of its case reviews of a year",
    dependencies=[Depends(published_limit)],
)
async def published(needs: Needs, district: str, year: Year) -> ReviewCounts:
    """For anybody, once the year is over. (2014 Act, section 104(9))"""
    is_one_of("district", district, keys_of("districts"))
    if year >= london_day(datetime.now(UTC)).year:
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "That year is not over yet.")
    return await _counted(needs, district, date(year, 1, 1), date(year, 12, 31))


async def _counted(needs: Resources, district: str, first: date, last: date) -> ReviewCounts:
    async with needs.everything.reading() as db:
        files = await procedures.files_of(db, "case-review")
    return counts((file for file in files if isinstance(file, ReviewFile)), district, first, last)


@routes.get("/case-reviews/{ref}/threshold", summary="The arithmetic of a case review's threshold")
async def threshold(ref: ProcedureRef, needs: Needs) -> ThresholdShown:
    """Of what was reported on the review's cases, as of the day on which it was asked for. Whoever decides may
    leave out a report or add one that was made to somebody else.
    """
    async with needs.store.reading() as db:
        file = await procedures.file_of(db, ref)
        if not isinstance(file, ReviewFile):
            raise procedure_not_found(ref)
        reports = await _reported(db, file)
    asked = london_day(file.asked_at or datetime.now(UTC))
    return shown(threshold_on(asked, reports, of(file.edition).case_reviews.threshold_in(file.district)))


async def _reported(db: Reading, file: ReviewFile) -> list[Reported]:
    """On the review's cases, each of them with its own where one has joined another."""
    found = await reported_on.cases(db, file.cases)
    return [one for case, facts in found for one in reported(case, facts, elsewhere=file.cases)]


_EXAMPLES: Final[dict[str, Any]] = {
    "acknowledged": {"value": {"fact": "case_review_acknowledged", "means": "email", "words": "We look into it."}},
    "heard": {"value": {"fact": "victim_heard", "means": "visit", "words": "I want to be told what is done."}},
}


async def _with_who_handled_it(db: Reading, file: ReviewFile) -> ReviewFile:
    """Also since it was asked for."""
    return file.with_(handled_by=(*file.handled_by, *await handlers_of(db, file.cases)))


async def _who_objects(db: Reading, file: ReviewFile, fact: CaseBroughtIn) -> tuple[Against, ...]:
    case, to = await cases.file_of(db, fact.case), told_of_no_case(file)
    return whose_word_it_is_against((case,), to, of(file.edition)) if case is not None and to else ()


async def _against(db: Reading, file: ReviewFile, fact: PartnersAsked | ReviewMeetingHeld) -> tuple[Against, ...]:
    """As everybody said then; nobody stands in the way who has agreed since, but at a meeting that was held."""
    found = [case for ref in file.cases if (case := await cases.file_of(db, ref)) is not None]
    edition = of(file.edition)
    if isinstance(fact, ReviewMeetingHeld):
        return whose_word_it_is_against(found, fact.attended, edition, fact.at)
    then = whose_word_it_is_against(found, fact.agencies, edition, fact.at)
    refused = {(one.case, one.agency, one.who) for one in then}
    now = whose_word_it_is_against(found, fact.agencies, edition)
    return tuple(one for one in now if {(one.case, one.agency, one.who), (one.case, one.agency, None)} & refused)


async def _with_what_we_look_up(
    db: Reading, file: ReviewFile, body: dict[str, Any], entry: ReviewEntry
) -> ReviewEntry:
    """Who has worked on a case that is brought in; who does not agree to an agency being told; what was reported
    on each case, when something is decided.
    """
    match fact := entry.fact:
        case CaseBroughtIn():
            _does_not_say(body, WE_SAY)
            try:
                told = {
                    "handled_by": await handlers_of(db, (fact.case,)),
                    "against": await _who_objects(db, file, fact),
                }
            except CasesNotKnown as unknown:
                raise _cases_not_known(unknown) from None
            return entry.model_copy(update={"fact": fact.model_copy(update=told)})
        case PartnersAsked() | ReviewMeetingHeld():
            _does_not_say(body, WE_SAY)
            against = await _against(db, file, fact)
            return entry.model_copy(update={"fact": fact.model_copy(update={"against": against})})
        case DisputeAnswered() if fact.answered_by != US:
            pass
        case ThresholdDecided() | ReviewDecided() | DisputeAnswered():
            by_somebody_else(await _with_who_handled_it(db, file), entry.by)
            if isinstance(fact, ThresholdDecided):
                known = await _reported(db, file)
                every_report_is_looked_at(file, fact, known, of(file.edition))
                return entry.model_copy(update={"fact": with_those_known(fact, known)})
    return entry


CASE_REVIEWS: Final = Beside(
    KINDS["case-review"],
    "case-reviews",
    "case review",
    "district",
    _with_what_we_look_up,
    _with_who_handled_it,
)
routes.include_router(routes_of(CASE_REVIEWS, _EXAMPLES))
