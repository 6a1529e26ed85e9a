"""Everything that we hold about a person, as one document for the data protection officer. (UK GDPR art. 15)"""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic_core import to_json

from api.border import Id
from api.files import handed_out
from api.leaving import RECORD_EXPORTED, entered, leaving
from api.permission import Who, conflicted
from api.problems import person_not_found
from api.resources import Needs, Resources
from api.right_of_access import opening
from policy.caller import Caller
from policy.editions import in_force_on
from policy.permissions import Action, Relation
from policy.working_days import london_day
from store import cases, keeping, people, plans
from store.lookings import look_at, look_at_people
from store.person_record import (
    OF_THEIR_CASES,
    OF_THEIR_HOMES,
    OF_THEM,
    Source,
    Whose,
    alone_at_home,
    alone_on,
    beside,
    cases_of,
    keys_of,
    page,
    reviews_of,
)
from store.relations import relation_to

routes = APIRouter(tags=["people"])

_ANY_CASE: Final = tuple(one for one in Relation if one not in {Relation.CONFLICTED, Relation.NO_CASE})


@routes.get(
    "/people/{id_}/record", summary="Everything that we hold about a person", response_class=StreamingResponse
)
async def record(id_: Id, who: Who, needs: Needs) -> Response:
    """One JSON object a line, each naming its `part`, with what is `kept`. The first says what must be taken out
    before this is handed over, the last how many came before it: without that one it is not whole. Restricted
    cases are in it. Whoever is on a case without being linked to a person is not found by an id: look for them by
    name. Each case of theirs is looked at by this, and stands in the register of disclosures. 404 for nobody we
    know, 403 for whoever is connected with one of the cases.
    """
    async with needs.everything.reading() as db:
        if await people.by_id(db, id_) is None:
            raise person_not_found()
        theirs = await cases_of(db, id_)
        reviews = await reviews_of(db, theirs)
        keys = await keys_of(db, id_)
    await _looked_at(needs, id_, (*theirs, *reviews), who)
    for ref in (*theirs, *reviews):
        await entered(needs, leaving(RECORD_EXPORTED, ref, who.actor, told=[who.role], about=keys))
    if not theirs:
        await entered(needs, leaving(RECORD_EXPORTED, None, who.actor, told=[who.role], about=()))
    return handed_out(_counted(_lines(needs, id_, theirs, reviews)), id_, "record", "jsonl")


async def _looked_at(needs: Resources, person: str, refs: Sequence[str], who: Caller) -> None:
    """Raises 403 before anything is written down as seen, and writes down that somebody was turned away."""
    for ref in refs:
        if await relation_to(needs.store, ref, who) is Relation.CONFLICTED:
            await look_at(needs.store, ref, who, Action.SEE_PERSON_RECORD, _ANY_CASE)
            raise conflicted()
    await look_at_people(needs.store, [person], who, Action.SEE_PERSON_RECORD)
    for ref in refs:
        await look_at(needs.store, ref, who, Action.SEE_PERSON_RECORD, _ANY_CASE)


async def _counted(lines: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    before = 0
    async for line in lines:
        before += 1
        yield to_json(line).decode() + "\n"
    yield to_json({"part": "end", "lines": before}).decode() + "\n"


async def _lines(
    needs: Resources, person: str, theirs: Sequence[str], reviews: Sequence[str]
) -> AsyncIterator[dict[str, Any]]:
    """Of them, their homes, each case with what is carried on beside it, and each case review."""
    now = datetime.now(UTC)
    told = opening(in_force_on(london_day(now))).model_dump(mode="json")
    yield {"part": "opening", "person": person, "made_at": now} | told
    yield await _kept(needs, person, now)
    async for line in _rows(needs, OF_THEM, Whose(person), alone=True):
        yield line
    async with needs.everything.reading() as db:
        alone = await alone_at_home(db, person)
    async for line in _rows(needs, OF_THEIR_HOMES, Whose(person), alone=alone):
        yield line
    for ref in theirs:
        async with needs.everything.reading() as db:
            alone, refs = await alone_on(db, ref, person), (ref, *await beside(db, ref))
            file = await cases.file_of(db, ref)
            plan = file and await plans.of_case(db, file)
        yield await _kept(needs, ref, now)
        yield _line("plan", {"case_ref": ref} | (plan.model_dump() if plan else {}), others=not alone)
        async for line in _rows(needs, OF_THEIR_CASES, Whose(person, refs), alone=alone):
            yield line
    for ref in reviews:
        yield await _kept(needs, ref, now)
        async for line in _rows(needs, OF_THEIR_CASES, Whose(person, (ref,)), alone=False):
            yield line


async def _kept(needs: Resources, ref: str, now: datetime) -> dict[str, Any]:
    """How long it is kept, and why. What was erased meanwhile is kept no longer."""
    today = london_day(now)
    async with needs.everything.reading() as db:
        told = await keeping.keeping(db, ref, in_force_on(today), today)
    return _line("keeping", told.model_dump(), others=False)


async def _rows(
    needs: Resources, sources: Sequence[Source], whose: Whose, *, alone: bool
) -> AsyncIterator[dict[str, Any]]:
    """A page at a time, so that neither much memory nor a connection is held while somebody reads."""
    for source in sources:
        after, more = None, True
        while more:
            async with needs.everything.reading() as db:
                rows, after = await page(db, source, whose, after)
            others = not alone if source.concerns_others is None else source.concerns_others
            for row in rows:
                yield _line(source.part, row, others=others)
            more = after is not None


def _line(part: str, kept: dict[str, Any], *, others: bool) -> dict[str, Any]:
    return {"part": part, "concerns_others": others, "kept": kept}
