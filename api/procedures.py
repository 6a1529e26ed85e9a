"""What is carried on beside cases: reading it, its live state, and recording what happened."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Annotated, Any, Final, Union

from fastapi import APIRouter, Response
from pydantic import Field, SerializeAsAny

from api.border import Body, Key, ProcedureRef, schema_of, taken_in_as
from api.facts import Recorded
from api.identity import Staff, forbidden
from api.paging import Limit
from api.problems import (
    ProblemRaised,
    engine_away,
    key_used_for_another_body,
    problem,
    procedure_not_found,
)
from api.problems import not_a_fact as no_such_fact
from api.resources import Needs, Resources
from api.timeline import After, TimelinePage
from api.waiting import until_recorded
from policy.deadlines import Deadline
from policy.facts.base import Fact, Role
from policy.facts.base import Recorded as Entry
from policy.frozen import Frozen
from policy.permissions import may_record
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS, Kind
from policy.standing import Action
from store import deadlines as ledger
from store import procedures, timeline
from store.sessions import Reading
from workflows.door import CaseNotRunning, EngineAway
from workflows.procedure_door import ProcedureDoor, door_to

LEGAL_ACTIONS: Final = "legal-actions"
REFERRALS: Final = "referrals"


class Shown(Frozen):
    """Where it stands: its file, what is owed, and what the caller may record now and, where not, why. `offered`
    are the actions that are not refused, `ledger` is its whole ledger.
    """

    ref: str
    kind: str
    file: SerializeAsAny[ProcedureFile]
    over: bool
    deadlines: tuple[Deadline, ...]
    offered: tuple[str, ...]
    actions: tuple[Action, ...] = ()
    ledger: tuple[dict[str, Any], ...] = ()


class Lines(Frozen):
    """In the order of their references."""

    lines: tuple[procedures.ProcedureShown, ...]
    next: str | None = None


Completed = Callable[[Reading, Any, dict[str, Any], Any], Awaitable[Any]]
"""An entry with what we look up ourselves, from its file and its body."""
LookedUp = Callable[[Reading, Any], Awaitable[Any]]
"""The file with what we look up ourselves."""


async def _as_it_is(_db: Reading, file: Any) -> Any:  # noqa: ANN401 - of any kind
    return file


def routes_of(
    kind: Kind,
    noun: str,
    called: str,
    examples: dict[str, Any],
    completed: Completed | None = None,
    looked_up: LookedUp = _as_it_is,
) -> APIRouter:
    """The routes of one kind: `noun` is how its paths are called, `called` how people call it."""
    routes = APIRouter(tags=[noun])
    facts = {name: one for name, one in kind.rulebook.facts.items() if not _only_by_system(name)}
    body_kind: Any = Annotated[Union[tuple(facts.values())], Field(discriminator="fact")]  # noqa: UP007 - made from a table

    @routes.get(f"/{noun}", summary=f"Each {called}, a page at a time")
    async def listed(
        _by: Staff,
        needs: Needs,
        case: str | None = None,
        stage: str | None = None,
        after: str | None = None,
        limit: Limit = 50,
    ) -> Lines:
        """Of one `case`, at one `stage`, or all; `after` is `next` of the page before."""
        async with needs.store.reading() as db:
            lines = await procedures.page(db, kind.name, limit, case=case, stage=stage, after=after)
        return Lines(lines=tuple(lines), next=lines[-1].ref if len(lines) == limit else None)

    @routes.get(f"/{noun}/{{ref}}", summary=f"A {called}, and what may be recorded on it")
    async def one(ref: ProcedureRef, by: Staff, needs: Needs) -> Shown:
        """As recorded, also when it is over. 404 where there is none of that reference."""
        async with needs.store.reading() as db:
            file = await _file(needs, kind, ref)
            actions = kind.actions(await looked_up(db, file), by)
            return _shown(kind, file, actions, await ledger.endings(db, ref))

    @routes.get(f"/{noun}/{{ref}}/live", summary=f"A {called} as it is running now")
    async def live(ref: ProcedureRef, by: Staff, needs: Needs) -> Shown:
        """As its workflow has it, and as recorded once it is over. 503 while it is being begun; 409 where the
        engine knows nothing of it although it is not over.
        """
        file = await _file(needs, kind, ref)
        if not file.finished:
            try:
                file = await _door(needs, kind).file(ref)
            except CaseNotRunning:
                raise not_running() if file.seq else engine_away() from None
        async with needs.store.reading() as db:
            return _shown(kind, file, kind.actions(await looked_up(db, file), by))

    @routes.get(f"/{noun}/{{ref}}/timeline", summary=f"The timeline of a {called}")
    async def page(
        ref: ProcedureRef, _by: Staff, needs: Needs, after: After = 0, limit: Limit = 50
    ) -> TimelinePage:
        """In the order of recording. `at` is when it happened, `recorded_at` when we learnt it."""
        await _file(needs, kind, ref)
        async with needs.store.reading() as db:
            entries = await timeline.entries_of(db, ref, after, limit)
        return TimelinePage(entries=tuple(entries), next=entries[-1].seq if len(entries) == limit else None)

    @routes.post(
        f"/{noun}/{{ref}}/facts",
        summary=f"Record what happened on a {called}",
        status_code=HTTPStatus.CREATED,
        responses={
            202: {"model": Recorded, "description": "Safe in the engine; the timeline will have it shortly"}
        },
        openapi_extra=schema_of(body_kind, examples),
    )
    async def record(
        ref: ProcedureRef, body: Body, key: Key, by: Staff, needs: Needs, response: Response
    ) -> Recorded:
        """201 when it stands in the timeline; 409 with row and what is missing when the policy refuses it; 403
        where the role may not record it.
        """
        may(by.role, body, facts)
        entry: Entry[Any] = taken_in_as(kind.rulebook.entry, body_kind, body, key, by)
        file = await _file(needs, kind, ref)
        if (recorded := await _recorded_before(needs, ref, entry)) is None:
            if completed is not None:
                async with needs.store.reading() as db:
                    entry = await completed(db, file, body, entry)
            recorded = await _recorded_now(needs, kind, ref, entry)
        response.status_code = HTTPStatus.CREATED if recorded.recorded else HTTPStatus.ACCEPTED
        response.headers["Location"] = f"/api/{noun}/{ref}/timeline?after={recorded.seq - 1}&limit=1"
        return recorded

    return routes


def _only_by_system(name: str) -> bool:
    return not any(may_record(role, name) for role in Role if role is not Role.SYSTEM)


async def _file(needs: Resources, kind: Kind, ref: str) -> ProcedureFile:
    async with needs.store.reading() as db:
        file: ProcedureFile | None = await procedures.file_of(db, ref)
    if file is None or not isinstance(file, kind.rulebook.file):
        raise procedure_not_found(ref)
    return file


def _door(needs: Resources, kind: Kind) -> ProcedureDoor:
    return door_to(kind.name, needs.door)


def _shown(
    kind: Kind, file: ProcedureFile, actions: tuple[Action, ...], kept: list[dict[str, Any]] | None = None
) -> Shown:
    return Shown(
        ref=file.ref,
        kind=kind.name,
        file=file,
        over=file.finished,
        deadlines=tuple(kind.rulebook.deadlines(file)),
        offered=tuple(action.fact for action in actions if action.refusal is None),
        actions=actions,
        ledger=tuple(kept or ()),
    )


def may(role: Role, body: dict[str, Any], facts: dict[str, type[Fact]]) -> None:
    """Raises 403, and 422 for a fact that is not known here."""
    name = body.get("fact")
    if not isinstance(name, str) or name not in facts:
        raise no_such_fact(sorted(facts))
    if not may_record(role, name):
        raise forbidden(f'Recording "{name.replace("_", " ")}" is not for the role {role}.')


async def recorded_on(needs: Resources, kind: Kind, ref: str, entry: Entry[Any]) -> Recorded:
    """Once, whoever says it. Raises what the policy refuses, and the problems of the engine and of the key."""
    if (before := await _recorded_before(needs, ref, entry)) is not None:
        return before
    return await _recorded_now(needs, kind, ref, entry)


async def _recorded_before(needs: Resources, ref: str, entry: Entry[Any]) -> Recorded | None:
    async with needs.store.reading() as db:
        known = await timeline.place_of(db, ref, entry.id)
    if known is None:
        return None
    if known.digest != entry.digest:
        raise key_used_for_another_body()
    return Recorded(ref=ref, seq=known.seq, fact_id=entry.id, recorded=True)


async def _recorded_now(needs: Resources, kind: Kind, ref: str, entry: Entry[Any]) -> Recorded:
    with needs.notices.about(ref) as told:
        seq = await _taken_by_engine(needs, kind, ref, entry)
        in_store = await until_recorded(needs.store, ref, seq, told)
    return Recorded(ref=ref, seq=seq, fact_id=entry.id, recorded=in_store)


async def _runs(needs: Resources, kind: Kind, ref: str) -> bool:
    """False only where the engine says so."""
    try:
        return await _door(needs, kind).running(ref)
    except CaseNotRunning:
        return False
    except EngineAway:
        return True


def not_running() -> ProblemRaised:
    return problem(HTTPStatus.CONFLICT, "not-running", "Nothing carries this on any more.")


async def _taken_by_engine(needs: Resources, kind: Kind, ref: str, entry: Entry[Any]) -> int:
    """The store is asked about it only where the engine could not take the fact."""
    try:
        receipt = await _door(needs, kind).record(ref, entry)
    except (CaseNotRunning, EngineAway):
        file = await _file(needs, kind, ref)
        if file.finished:
            kind.rulebook.check(file, entry)
        if file.seq and not await _runs(needs, kind, ref):
            raise not_running() from None
        raise engine_away() from None
    if receipt.digest != entry.digest:
        raise key_used_for_another_body()
    return receipt.seq


_EXAMPLES: Final[dict[str, Any]] = {
    "solicitor": {"value": {"fact": "solicitor_answered", "view": "enough", "words": "Three will come."}},
    "hearing": {"value": {"fact": "court_listed", "on": "2026-12-14"}},
}

_OF_REFERRALS: Final[dict[str, Any]] = {
    "handed over": {"value": {"fact": "referral_handed_over", "words": "Told them on the telephone."}},
    "answer": {"value": {"fact": "referral_answered", "taken_up": True, "words": "They see her on Monday."}},
}

legal_actions: Final = routes_of(KINDS["legal-action"], LEGAL_ACTIONS, "legal action", _EXAMPLES)
referrals: Final = routes_of(KINDS["referral"], REFERRALS, "referral", _OF_REFERRALS)
