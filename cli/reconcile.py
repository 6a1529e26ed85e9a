"""`casework reconcile`: after a restore, when the store and the engine are of different moments."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from rich.progress import Progress
from temporalio.client import Client, RPCError

from cli.came_back import came_back
from cli.reconciling import Both, Found, Way, compared, file_of, opening, read
from cli.verify import all_cases
from gateways.evidence_files import opened
from policy.case import CASE
from policy.case_file import CaseFile
from policy.facts import Entry
from policy.facts.base import Recorded, Role
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from policy.working_days import LONDON
from runtime.database import working_engine
from runtime.settings import Settings
from runtime.temporal import connect
from store import applications, cases, procedures, recording, recording_beside, reports, retention
from store.sessions import Reading, Store, Writing
from workflows.case_door import (
    CaseDoor,
    CaseFaulty,
    CaseNotRunning,
    CaseRefused,
    EngineAway,
    OutcomeUnknown,
)
from workflows.procedure_door import ProcedureDoor, door_to
from workflows.remembered import Run, all_runs

STEPS: Final = 4
"""Of one reference: what the engine has is entered, or it begins anew, again where something came in between."""
_LOOKS: Final = 10
_PAUSE_SECONDS: Final = 0.3
_PATIENCE: Final = 30.0
_FAULTS: Final = (
    EngineAway,
    OutcomeUnknown,
    CaseFaulty,
    CaseNotRunning,
    RPCError,
    RuntimeError,
    LookupError,
    ValueError,
)
"""Among them a history under a key that is not ours, and one that no file can be made of."""


@dataclass
class Reconciled:
    """`left` is what a person must see to, in words. Each is said as soon as it is known, too: whatever breaks it
    off later, that has been said.
    """

    say: Callable[[str], None] = lambda _: None
    looked_at: int = 0
    steps: list[Found] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def step(self, found: Found) -> None:
        self.steps.append(found)
        self.say(found.words)
        if found.gone:
            self.leave(found.words)

    def leave(self, words: str) -> None:
        """Once, however often it is met."""
        if words in self.left:
            return
        self.left.append(words)
        self.say(f"  for you: {words}")


async def reconcile(
    wanted: Settings, progress: Progress, *, apply: bool, say: Callable[[str], None] = lambda _: None
) -> Reconciled:
    """Of everything that either knows; without `apply` it only looks. Safe to repeat and to break off. Wants the
    workers to run: they take the facts that are told again. Raises EngineAway, StoreAway.
    """
    database = working_engine(wanted)
    try:
        client = await connect(wanted)
        door = CaseDoor(client, wanted.task_queue, seconds=_PATIENCE)
        if not await door.reachable():
            raise EngineAway("no answer")
        work = _Reconciling(Store(database), client, door, Reconciled(say))
        known = await all_runs(client, wanted.task_queue)
        async with work.store.reading() as db:
            found, erased = await _recorded(db), await retention.erased_whole(db)
        refs = [one for one in dict.fromkeys((*found, *_cases_first(known))) if one[1] not in erased]
        bar = progress.add_task("Reconciling" if apply else "Looking", total=len(refs))
        if apply:
            async with work.store.writing() as db:
                await _number_beyond(db, [ref for _, ref in known])
        for kind, ref in refs:
            await work.one(kind, ref, known.get((kind, ref), []), apply=apply)
            progress.advance(bar)
        files = opened(wanted.evidence_url, **wanted.evidence_access)
        for words in await came_back(work.store, files):
            work.done.leave(words)
    finally:
        await database.dispose()
    return work.done


async def _recorded(db: Reading) -> list[tuple[str, str]]:
    beside = [
        (kept.kind.name, ref) for ref in await procedures.refs(db) if (kept := await procedures.kept_of(db, ref))
    ]
    return [*((CASE.name, ref) for ref in await all_cases(db)), *beside]


def _cases_first(known: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is beside a case is registered with what its case has recorded."""
    return sorted(known, key=lambda one: (one[0] != CASE.name, one[1]))


async def _number_beyond(db: Writing, refs: list[str]) -> None:
    """No new case gets a number that the engine has seen, whatever the store has forgotten."""
    numbers = {"CW": 0, "CR": 0}
    for ref in refs:
        prefix, _, number = ref.split("-")[:3]
        numbers[prefix] = max(numbers.get(prefix, 0), int(number))
    await cases.number_beyond(db, numbers["CW"])
    await applications.number_beyond(db, numbers["CR"])


@dataclass(frozen=True)
class _Reconciling:
    store: Store
    client: Client
    door: CaseDoor
    done: Reconciled

    async def one(self, kind: str, ref: str, runs: list[Run], *, apply: bool) -> None:
        """One that cannot be looked at keeps no other from it."""
        self.done.looked_at += 1
        try:
            await self._steps(kind, ref, await read(self.store, self.client, kind, ref, runs), apply=apply)
        except _FAULTS as fault:
            self.done.leave(f"{ref}: it could not be brought together ({type(fault).__name__}). Run this again.")

    async def _steps(self, kind: str, ref: str, both: Both, *, apply: bool) -> None:
        for _ in range(STEPS):
            if (step := compared(both)) is None:
                break
            self.done.step(step)
            if not apply:
                return None
            if both.file is None and not await self._registered(both):
                return self.done.leave(f"{ref}: its beginning is lost, so it was left as it is")
            await self._do(step)
            both = await self._settled(kind, ref)
        else:
            return self.done.leave(f"{ref}: it still differs")
        if lost := both.lost():
            self.done.step(Found(both, Way.TELL))
            for entry in lost if apply else ():
                await self._tell_again(both, entry)
        return None

    async def _settled(self, kind: str, ref: str) -> Both:
        """As it is once what is on its way has arrived, or cannot be waited for."""
        for _ in range(_LOOKS):
            both = await read(self.store, self.client, kind, ref)
            if compared(both) is None:
                return both
            await asyncio.sleep(_PAUSE_SECONDS)
        return both

    async def _do(self, step: Found) -> None:
        both, door = step.both, self._door(step.both)
        match step.way:
            case Way.ENTER:
                await self._enter(both)
            case Way.END:
                await door.end(both.ref, "recorded as over")
            case Way.ANEW:
                await self._begin_anew(both, door)

    async def _begin_anew(self, both: Both, door: CaseDoor | ProcedureDoor) -> None:
        """From the file as it is when nothing runs any more. What had been brought to the run that ends stands in
        its history, and is told again.
        """
        with suppress(CaseNotRunning):
            await door.end(both.ref, "begun anew from the records")
        async with self.store.reading() as db:
            file = await file_of(db, both.rulebook.name, both.ref)
        await door.replace(file)  # type: ignore[arg-type] # of the door's own kind
        for entry in both.own():
            what = entry.fact.fact.replace("_", " ")
            self.done.leave(f"{both.ref}: {what} of {_moment(entry)} was only in the engine: look what came of it")
        for entry in both.brought():
            await self._tell_again(both, entry)

    def _door(self, both: Both) -> CaseDoor | ProcedureDoor:
        return self.door if both.rulebook is CASE else door_to(both.rulebook.name, self.door)

    async def _enter(self, both: Both) -> None:
        """In the batches in which they were handed over before, so that each begins what it began."""
        for batch in both.only_in_engine:
            async with self.store.writing() as db:
                if both.rulebook is CASE:
                    await _keep_reports(db, both.ref, batch.entries)
                    entries = [entry for entry in batch.entries if isinstance(entry, Entry)]
                    await recording.record(db, both.ref, batch.first, entries, datetime.now(UTC))
                else:
                    await recording_beside.record(db, both.rulebook, both.ref, batch.first, batch.entries)

    async def _tell_again(self, both: Both, entry: Recorded[Any]) -> None:
        """A report that is kept is carried by the relay."""
        async with self.store.reading() as db:
            if await reports.by_id(db, entry.id):
                return
        try:
            await self._door(both).record(both.ref, entry)
        except (CaseRefused, CaseNotRunning) as refused:
            what = entry.fact.fact.replace("_", " ")
            self.done.leave(f"{both.ref}: {what} of {_moment(entry)} is not taken again: {refused}")

    async def _registered(self, both: Both) -> bool:
        file, engine = opening(both), both.engine
        if file is None or engine is None:
            return False
        first = engine.numbered[1]
        async with self.store.writing() as db:
            if isinstance(file, ProcedureFile):
                if KINDS[both.rulebook.name].asked is None:
                    return False
                await applications.keep(db, both.rulebook.name, file, first)
            elif isinstance(file, CaseFile):
                by = None if first.by.role is Role.RESIDENT else first.by.id
                await cases.register(db, file.ref, file.edition, file.closure_days, first.at, by, texts=file.texts)
        return True


def _moment(entry: Recorded[Any]) -> str:
    return f"{entry.at.astimezone(LONDON):%-d %B %Y, %H:%M}"


async def _keep_reports(db: Writing, ref: str, entries: tuple[Recorded[Any], ...]) -> None:
    """What was told is known again by its key, so that nobody who sends it once more opens another case."""
    for entry in (one for one in entries if isinstance(one, Entry)):
        if isinstance(entry.fact, ReportReceived | IncidentReported) and not await reports.claim(db, entry.id):
            await reports.keep(db, reports.told_on(ref, entry), tried_at=entry.recorded_at)
