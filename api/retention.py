"""How long records are kept: what is proposed to be erased, who decides, and what must stay. (retention)"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends

from api import paging
from api.border import Body, Key, noted, schema_of
from api.identity import forbidden
from api.journal import JournalRecorded, may, named, one_of
from api.paging import Cursor, Limit
from api.permission import By, Who, also_on
from api.resources import Needs, Resources
from policy.editions import in_force_on
from policy.editions.retention import RecordKind
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.permissions import Action, relations
from policy.retention.facts import ErasureApproved, ErasureRefused, HoldLifted, HoldPlaced
from policy.retention.record import RetentionFile, State
from policy.retention.stopping import Keeping
from policy.working_days import london_day
from store import journal, keeping, retention
from store.journal import HistoryLine
from store.keeping import RecordNotKnown
from store.lookings import look_at, look_at_people, turned_away
from store.relations import relation_to
from store.retention import Held, Line

routes = APIRouter(tags=["retention"])

RECORDED_HERE: Final = named(HoldPlaced, HoldLifted, ErasureApproved, ErasureRefused)
_FACT: Final = one_of(RECORDED_HERE)
_EXAMPLES: Final[dict[str, Any]] = {
    "hold": {"value": {"fact": "hold_placed", "reason": "ombudsman"}},
    "approve": {"value": {"fact": "erasure_approved"}},
    "refuse": {"value": {"fact": "erasure_refused", "why": "child_on_the_case", "until": "2027-05-31"}},
}


_REF: Final = re.compile("C[WR]-[0-9]{4}-[0-9]{6,12}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z_]+:[0-9-]{10}")


async def _known_form(ref: str) -> str:
    if not _REF.fullmatch(ref.lower() if ref[:1] != "C" else ref):
        raise RecordNotKnown(ref)
    return ref if ref[:1] == "C" else ref.lower()


RecordRef = Annotated[str, Depends(_known_form)]
"""Of a case, a case review, a person, or what is decided of together."""


Some = TypeVar("Some", Line, Held)


class RetentionPage(Frozen):
    records: tuple[Line, ...]
    next: str | None


class HeldPage(Frozen):
    records: tuple[Held, ...]
    next: str | None


class RetentionTold(Frozen):
    """`keeping` is how long it is kept or what stops that, None once it is erased; `erased_from` the first day on
    which an approval is carried out; `history` all that was decided of it.
    """

    decided: RetentionFile
    state: State
    keeping: Keeping | None
    erased_from: date | None
    history: tuple[HistoryLine, ...]


@routes.get("/retention", summary="What is proposed to be erased, approved, or erased")
async def page(
    who: Who,
    needs: Needs,
    state: State = State.PROPOSED,
    kind: RecordKind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> RetentionPage:
    """References and days alone, the longest over first; of cases that are not shut to you."""
    before = paging.after(cursor)
    async with needs.everything.reading() as db:
        found = await retention.page(db, state, limit, before and (before[0].date(), before[1]), kind)
    last = found[-1] if len(found) == limit else None
    behind = last and paging.cursor(datetime.combine(last.last, time(), UTC), last.ref)
    return RetentionPage(records=await _not_shut(found, who, needs), next=behind)


@routes.get("/retention/holds", summary="What is held from erasure")
async def holds(who: Who, needs: Needs, cursor: Cursor = None, limit: Limit = 50) -> HeldPage:
    """By reference, each with its holds by the id that lifts them, also where nothing was ever proposed; of cases
    that are not shut to you.
    """
    async with needs.everything.reading() as db:
        found = await retention.held_records(db, limit, paging.after_one_of(cursor, _REF))
    shown = await _not_shut(found, who, needs)
    return HeldPage(records=shown, next=found[-1].ref if len(found) == limit else None)


@routes.get("/retention/{ref}", summary="How long a record is kept, and what was decided of it")
async def one(ref: RecordRef, who: Who, needs: Needs) -> RetentionTold:
    """Of a case, a case review, a person by their id, or what is decided of together by the month; 404 where there
    is none. That somebody looked is written down.
    """
    await _for_them(ref, who, needs)
    await look_at(needs.store, ref, who, Action.SEE_RETENTION, tuple(relations(who.role, Action.CHANGE_ACCESS)))
    today = london_day(datetime.now(UTC))
    async with needs.everything.reading() as db:
        decided = await retention.file_of(db, ref)
        kept = None
        if decided.state is not State.ERASED:
            kept = await keeping.keeping(db, ref, in_force_on(today), today)
        told = RetentionTold(
            decided=decided,
            state=decided.state,
            keeping=kept,
            erased_from=decided.erased_from(in_force_on(today)),
            history=tuple(await journal.history(db, retention.id_of(ref))),
        )
    if kept is not None and kept.kind is RecordKind.PERSON:
        await look_at_people(needs.store, [ref], who, Action.SEE_RETENTION)
    return told


@routes.post(
    "/retention/{ref}/facts",
    summary="Hold a record, or decide whether it is erased",
    status_code=HTTPStatus.CREATED,
    openapi_extra=schema_of(_FACT, _EXAMPLES),
)
async def record(ref: RecordRef, body: Body, key: Key, by: By, who: Who, needs: Needs) -> JournalRecorded:
    """A hold stops the clock and makes an approval void. What is approved is erased, for ever, once the days are
    over in which it can still be refused.
    """
    may(by.role, body, RECORDED_HERE)
    await _for_them(ref, who, needs)
    note = noted(_FACT, body, key, by, about=ref)
    edition, today = in_force_on(london_day(note.recorded_at)), london_day(note.recorded_at)
    async with needs.everything.writing() as db:
        await retention.alone(db)
        if not await retention.is_erased(db, ref):
            await keeping.keeping(db, ref, edition, today)
        seq = await retention.record(db, ref, note, edition)
    return JournalRecorded(id=retention.id_of(ref), seq=seq, fact_id=key)


async def _for_them(ref: str, who: Who, needs: Resources) -> None:
    """Of a case that is shut to somebody they decide nothing, nor about whoever is on it. Raises 403, which of a
    person does not tell why, and writes down that they were turned away.
    """
    if not await _is_shut(ref, who, needs):
        return
    await turned_away(needs.store, ref, who)
    await also_on(needs, who, ref, Action.CHANGE_ACCESS)
    raise forbidden("This is for somebody else to decide. Ask the data protection officer.")


async def _is_shut(ref: str, who: Who, needs: Resources) -> bool:
    async with needs.everything.reading() as db:
        about = await retention.belonging_together(db, ref)
    theirs = relations(who.role, Action.CHANGE_ACCESS)
    for one in (ref, *(other for other in about if other.startswith("CW-"))):
        if (relation := await relation_to(needs.store, one, who)) is not None and relation not in theirs:
            return True
    return False


async def _not_shut(found: Sequence[Some], who: Who, needs: Resources) -> tuple[Some, ...]:
    """The data protection officer sees that there is something of any record."""
    if who.role is Role.DATA_PROTECTION:
        return tuple(found)
    return tuple([one for one in found if not await _is_shut(one.ref, who, needs)])
