"""Recording on what is carried on beside cases, and its live state: once, whoever says it."""

from typing import Any

from api.facts import Recorded
from api.identity import forbidden
from api.problems import (
    ProblemRaised,
    engine_away,
    key_used_for_another_body,
    not_a_fact,
    not_running,
    procedure_not_found,
)
from api.resources import Resources
from api.starting import once_started
from api.waiting import until_recorded
from policy.facts.base import Fact, Role
from policy.facts.base import Recorded as Entry
from policy.permissions import may_record
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import Kind
from store import procedures, timeline
from workflows.door import CaseNotRunning, EngineAway
from workflows.procedure_door import ProcedureDoor, door_to


def may(role: Role, body: dict[str, Any], facts: dict[str, type[Fact]]) -> None:
    """Raises 403, and 422 for a fact that is not known here."""
    name = body.get("fact")
    if not isinstance(name, str) or name not in facts:
        raise not_a_fact(name, sorted(facts))
    if not may_record(role, name):
        raise forbidden(f'Recording "{name.replace("_", " ")}" is not for the role {role}.')


async def kept(needs: Resources, kind: Kind, ref: str) -> ProcedureFile:
    """As recorded. Raises 404 where there is none of that kind."""
    async with needs.store.reading() as db:
        file: ProcedureFile | None = await procedures.file_of(db, ref)
    if file is None or not isinstance(file, kind.rulebook.file):
        raise procedure_not_found(ref)
    return file


async def live(needs: Resources, kind: Kind, ref: str) -> ProcedureFile:
    """As its workflow has it; one that is over, as recorded."""
    door = _door(needs, kind)
    try:
        return await once_started(needs, lambda: kept(needs, kind, ref), kind.called, lambda: door.live(ref))
    except EngineAway:
        raise engine_away(kind.called) from None
    except CaseNotRunning:
        file = await kept(needs, kind, ref)
        if not file.finished:
            raise not_running(kind.called) from None
        return file


async def recorded_on(needs: Resources, kind: Kind, file: ProcedureFile, entry: Entry[Any]) -> Recorded:
    """Raises what the policy refuses, and the problems of the engine and of the key."""
    if (before := await recorded_before(needs, file.ref, entry)) is not None:
        return before
    return await recorded_now(needs, kind, file, entry)


async def recorded_before(needs: Resources, ref: str, entry: Entry[Any]) -> Recorded | None:
    async with needs.store.reading() as db:
        known = await timeline.place_of(db, ref, entry.id)
    if known is None:
        return None
    if known.digest != entry.digest:
        raise key_used_for_another_body()
    return Recorded(ref=ref, seq=known.seq, fact_id=entry.id, recorded=True)


async def recorded_now(needs: Resources, kind: Kind, file: ProcedureFile, entry: Entry[Any]) -> Recorded:
    with needs.notices.about(file.ref) as told:
        seq = await _taken_by_engine(needs, kind, file, entry)
        in_store = await until_recorded(needs.everything, file.ref, seq, told, entry.id)
    return Recorded(ref=file.ref, seq=seq, fact_id=entry.id, recorded=in_store)


async def _taken_by_engine(needs: Resources, kind: Kind, file: ProcedureFile, entry: Entry[Any]) -> int:
    """The store is asked again only where the engine could not take the fact."""
    ref, door = file.ref, _door(needs, kind)

    try:
        receipt = await once_started(
            needs, lambda: kept(needs, kind, ref), kind.called, lambda: door.record(ref, entry)
        )
    except (CaseNotRunning, EngineAway):
        raise await _not_taken(needs, kind, ref, entry) from None
    if receipt.digest != entry.digest:
        raise key_used_for_another_body()
    return receipt.seq


async def _not_taken(needs: Resources, kind: Kind, ref: str, entry: Entry[Any]) -> ProblemRaised:
    """Raises what the policy refuses on one that is over."""
    file = await kept(needs, kind, ref)
    if file.finished:
        kind.rulebook.check(file, entry)
    if file.seq and not await _runs(needs, kind, ref):
        return not_running(kind.called)
    return engine_away(kind.called)


async def _runs(needs: Resources, kind: Kind, ref: str) -> bool:
    """False only where the engine says so."""
    try:
        return await _door(needs, kind).running(ref)
    except CaseNotRunning:
        return False
    except EngineAway:
        return True


def _door(needs: Resources, kind: Kind) -> ProcedureDoor:
    return door_to(kind.name, needs.door)
