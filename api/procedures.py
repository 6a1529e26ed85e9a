"""What is carried on beside cases: reading it, its live state, and recording what happened."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from http import HTTPStatus
from typing import Annotated, Any, Final, Union

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field, SerializeAsAny

from api import paging, recording_beside
from api.border import Body, Key, ProcedureRef, schema_of, taken_in_as
from api.corrections import EXAMPLE, corrected
from api.facts import Recorded
from api.journal import JournalRecorded
from api.lists import is_one_of, keys_of
from api.paging import Cursor, Limit
from api.permission import By, How
from api.recording_beside import kept, may, recorded_before, recorded_now
from api.resources import Needs, Resources
from api.saying import Said, said_of
from api.timeline import After, TimelinePage
from policy.correcting import EntryCorrected
from policy.deadlines import Deadline
from policy.facts.base import Actor, Fact, Role
from policy.facts.base import Recorded as Entry
from policy.frozen import Frozen
from policy.permissions import may_record
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS, Kind
from policy.standing import Action
from store import deadlines as ledger
from store import procedures, timeline
from store.corrections import marked
from store.procedures import ProcedureFilter, ProcedureLine
from store.sessions import Reading

LISTED_AS: Final = {"remedy": "remedies", "agency": "agencies", "district": "districts"}


class Shown(Frozen):
    """Where it stands: its file, what is owed, and what the caller may record now and, where not, why. `offered`
    are the actions that are not refused. As recorded, also its whole `ledger`, and what was `said` when it was
    asked for and decided: reasons, the terms of an order, who asks.
    """

    ref: str
    kind: str
    file: SerializeAsAny[ProcedureFile]
    over: bool
    deadlines: tuple[Deadline, ...]
    offered: tuple[str, ...]
    actions: tuple[Action, ...] = ()
    ledger: tuple[dict[str, Any], ...] = ()
    said: tuple[Said, ...] = ()


class ProcedurePage(Frozen):
    lines: tuple[ProcedureLine, ...]
    next: str | None


Completed = Callable[[Reading, Any, dict[str, Any], Any], Awaitable[Any]]
"""An entry with what we look up ourselves, from its file and its body."""
LookedUp = Callable[[Reading, Any], Awaitable[Any]]
"""The file with what we look up ourselves."""


async def _as_it_is(_db: Reading, file: Any) -> Any:  # noqa: ANN401 - of any kind
    return file


@dataclass(frozen=True)
class Beside:
    """One kind: `noun` is how its paths are called, `called` how people call it, `which` what its lists are
    narrowed by. Its pages do what its routes do.
    """

    kind: Kind
    noun: str
    called: str
    which: str
    completed: Completed | None = None
    looked_up: LookedUp = _as_it_is

    @cached_property
    def facts(self) -> dict[str, type[Fact]]:
        """Those that somebody may record."""
        return {name: one for name, one in self.kind.rulebook.facts.items() if not _only_by_system(name)}

    @cached_property
    def body(self) -> Any:  # noqa: ANN401 - a union made from a table
        return Annotated[Union[tuple(self.facts.values())], Field(discriminator="fact")]  # noqa: UP007 - as above

    async def as_recorded(self, needs: Resources, ref: str, by: Actor) -> Shown:
        """Raises 404."""
        file = await kept(needs, self.kind, ref)
        async with needs.store.reading() as db:
            lines, said = await ledger.endings(db, ref), await said_of(db, self.kind.name, file)
            return _shown(self.kind, file, self.kind.actions(await self.looked_up(db, file), by), lines, said)

    async def taken_in(
        self, needs: Resources, ref: str, body: dict[str, Any], key: str, by: Actor
    ) -> tuple[ProcedureFile, Entry[Any], Recorded | None]:
        """With what we look up ourselves, unless it has been recorded before. Raises 403, 404, 409 and 422."""
        may(by.role, body, self.facts)
        entry: Entry[Any] = taken_in_as(self.kind.rulebook.entry, self.body, body, key, by)
        file = await kept(needs, self.kind, ref)
        before = await recorded_before(needs, ref, entry)
        if before is None and self.completed is not None:
            async with needs.store.reading() as db:
                entry = await self.completed(db, file, body, entry)
        return file, entry, before

    async def record(self, needs: Resources, ref: str, body: dict[str, Any], key: str, by: Actor) -> Recorded:
        """Raises as above, what the policy refuses, and the problems of the engine."""
        file, entry, before = await self.taken_in(needs, ref, body, key, by)
        return before or await recorded_now(needs, self.kind, file, entry)


def routes_of(beside: Beside, examples: dict[str, Any]) -> APIRouter:
    """The routes of one kind."""
    kind, noun, called, which, looked_up = beside.kind, beside.noun, beside.called, beside.which, beside.looked_up
    routes = APIRouter(tags=[noun])
    of_that = Query(alias=which, description=f"The key of its {which}, from /api/lists/{LISTED_AS[which]}")
    stages: type[StrEnum] = type(kind.rulebook.file.model_fields["stage"].default)

    @routes.get(f"/{noun}", summary=f"All {called}s, as a list")
    async def listed(
        needs: Needs,
        wanted: Annotated[ProcedureFilter, Depends()],
        key: Annotated[str | None, of_that] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> ProcedurePage:
        """By reference, the newest case first; codes, days and references alone. `finished=false` finds those not
        over, `late=true` those on which something is late.
        """
        is_one_of("stage", wanted.stage, stages)
        is_one_of(which, key, keys_of(LISTED_AS[which]))
        behind = paging.after_ref(cursor)
        async with needs.store.reading() as db:
            found = await procedures.page(db, kind.name, wanted, key, datetime.now(UTC), limit, behind)
        return ProcedurePage(lines=tuple(found), next=found[-1].ref if len(found) == limit else None)

    @routes.get(f"/{noun}/{{ref}}", summary=f"A {called}, and what may be recorded on it")
    async def one(ref: ProcedureRef, by: By, needs: Needs) -> Shown:
        """As recorded, also when it is over. 404 where there is none of that reference."""
        return await beside.as_recorded(needs, ref, by)

    @routes.get(f"/{noun}/{{ref}}/live", summary=f"A {called} as it is running now")
    async def live(ref: ProcedureRef, by: By, needs: Needs) -> Shown:
        """As its workflow has it, and as recorded once it is over. 503 while it is being started; 409 where
        nothing carries it on although it is not over.
        """
        file = await recording_beside.live(needs, kind, ref)
        async with needs.store.reading() as db:
            return _shown(kind, file, kind.actions(await looked_up(db, file), by))

    @routes.get(f"/{noun}/{{ref}}/timeline", summary=f"The timeline of a {called}")
    async def page(ref: ProcedureRef, needs: Needs, after: After = 0, limit: Limit = 50) -> TimelinePage:
        """In the order of recording. `at` is when it happened, `recorded_at` when we learnt it."""
        await kept(needs, kind, ref)
        async with needs.store.reading() as db:
            entries = await marked(db, ref, await timeline.entries_of(db, ref, after, limit))
        return TimelinePage(entries=tuple(entries), next=entries[-1].seq if len(entries) == limit else None)

    @routes.post(
        f"/{noun}/{{ref}}/facts",
        summary=f"Record what happened on a {called}",
        status_code=HTTPStatus.CREATED,
        responses={
            202: {"model": Recorded, "description": "Safe in the engine; the timeline will have it shortly"}
        },
        openapi_extra=schema_of(beside.body, examples),
    )
    async def record(
        ref: ProcedureRef, body: Body, key: Key, by: By, needs: Needs, response: Response
    ) -> Recorded:
        """201 when it stands in the timeline; 409 with row and what is missing when the policy refuses it; 403
        where the role may not record it.
        """
        recorded = await beside.record(needs, ref, body, key, by)
        response.status_code = HTTPStatus.CREATED if recorded.recorded else HTTPStatus.ACCEPTED
        response.headers["Location"] = f"/api/{noun}/{ref}/timeline?after={recorded.seq - 1}&limit=1"
        return recorded

    @routes.post(
        f"/{noun}/{{ref}}/corrections",
        summary=f"Correct what an entry of a {called}'s timeline says",
        status_code=HTTPStatus.CREATED,
        openapi_extra=schema_of(EntryCorrected, EXAMPLE),
    )
    async def correct(ref: ProcedureRef, body: Body, key: Key, by: By, how: How, needs: Needs) -> JournalRecorded:
        """As of a case."""
        await kept(needs, kind, ref)
        return await corrected(needs, ref, body, key, by, how)

    return routes


def _only_by_system(name: str) -> bool:
    return not any(may_record(role, name) for role in Role if role is not Role.SYSTEM)


def _shown(
    kind: Kind,
    file: ProcedureFile,
    actions: tuple[Action, ...],
    lines: Sequence[dict[str, Any]] = (),
    said: tuple[Said, ...] = (),
) -> Shown:
    return Shown(
        ref=file.ref,
        kind=kind.name,
        file=file,
        over=file.finished,
        deadlines=tuple(kind.rulebook.deadlines(file)),
        offered=tuple(action.fact for action in actions if action.refusal is None),
        actions=actions,
        ledger=tuple(lines),
        said=said,
    )


_EXAMPLES: Final[dict[str, Any]] = {
    "solicitor": {"value": {"fact": "solicitor_answered", "view": "enough", "words": "Three will come."}},
    "hearing": {"value": {"fact": "court_listed", "on": "2026-12-14", "hour": "10:30"}},
}

_OF_REFERRALS: Final[dict[str, Any]] = {
    "handed over": {"value": {"fact": "referral_handed_over", "words": "Told them on the telephone."}},
    "answer": {"value": {"fact": "referral_answered", "taken_up": True, "words": "They see her on Monday."}},
}

LEGAL_ACTIONS: Final = Beside(KINDS["legal-action"], "legal-actions", "legal action", "remedy")
REFERRALS: Final = Beside(KINDS["referral"], "referrals", "referral", "agency")

legal_actions: Final = routes_of(LEGAL_ACTIONS, _EXAMPLES)
referrals: Final = routes_of(REFERRALS, _OF_REFERRALS)
