"""`casework reconcile`: after a restore, when the store and the engine are of different moments."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from rich.progress import Progress
from temporalio.client import Client

from cli.reconciling import Both, Found, Way, compared, opening, read
from cli.verify import all_cases
from gateways.evidence_files import EvidenceFiles, EvidenceStoreAway, opened
from policy.case import CASE
from policy.case_file import CaseFile
from policy.facts import Entry
from policy.facts.base import Recorded, Role
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from policy.retention.stopping import called_together
from runtime.database import working_engine
from runtime.settings import Settings
from runtime.temporal import connect
from store import applications, cases, keeping, procedures, recording, recording_beside, reports, retention
from store.reports import Report
from store.sessions import EVERYTHING, Reading, Store, Writing
from workflows.case_door import CaseDoor, CaseNotRunning, CaseRefused
from workflows.procedure_door import ProcedureDoor, door_to
from workflows.remembered import known_ids

STEPS: Final = 3
"""Of one reference: what the engine has is entered, what it handed over meanwhile too, and then nothing more."""


@dataclass
class Reconciled:
    """`left` is what a person must see to, in words."""

    looked_at: int = 0
    steps: list[Found] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


async def reconcile(wanted: Settings, progress: Progress, *, apply: bool) -> Reconciled:
    """Of everything that either knows; without `apply` it only looks. Safe to repeat and to break off. Wants the
    workers to run: they take the facts that are told again. Raises EngineAway, OutcomeUnknown, StoreAway.
    """
    database = working_engine(wanted)
    client = await connect(wanted, lazy=False)
    work = _Reconciling(Store(database, EVERYTHING), client, CaseDoor(client, wanted.task_queue))
    known = [one async for one in known_ids(client, wanted.task_queue)]
    async with work.store.reading() as db:
        found, erased = await _recorded(db), await retention.erased_whole(db)
    refs = [one for one in dict.fromkeys((*found, *_cases_first(known))) if one[1] not in erased]
    bar = progress.add_task("Reconciling" if apply else "Looking", total=len(refs))
    if apply:
        async with work.store.writing() as db:
            await _number_beyond(db, [ref for _, ref in known])
    for kind, ref in refs:
        await work.one(kind, ref, apply=apply)
        progress.advance(bar)
    files = opened(wanted.evidence_url, **wanted.evidence_access)
    work.done.left += await came_back(work.store, files)
    await database.dispose()
    return work.done


async def came_back(store: Store, files: EvidenceFiles) -> list[str]:
    """In words, what was erased and is in the records again."""
    try:
        noted = await files.erased()
    except EvidenceStoreAway:
        return ["storage did not answer, so nobody knows whether what was erased is in the records again"]
    async with store.reading() as db:
        not_erased = sorted(noted - await retention.erased_of(db, noted))
        again = [
            ref
            for ref in not_erased
            if ":" not in ref or await keeping.is_kept_from_before(db, *called_together(ref))
        ]
    return [f"{ref}: it was erased, and is in the records again: see that it is erased again" for ref in again]


async def _recorded(db: Reading) -> list[tuple[str, str]]:
    beside = [
        (kept.kind.name, ref) for ref in await procedures.refs(db) if (kept := await procedures.kept_of(db, ref))
    ]
    return [*((CASE.name, ref) for ref in await all_cases(db)), *beside]


def _cases_first(known: list[tuple[str, str]]) -> list[tuple[str, str]]:
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
    done: Reconciled = field(default_factory=Reconciled)

    async def one(self, kind: str, ref: str, *, apply: bool) -> None:
        self.done.looked_at += 1
        for _ in range(STEPS):
            step = compared(both := await read(self.store, self.client, kind, ref))
            if step is None:
                return
            self.done.steps.append(step)
            if step.gone:
                self.done.left.append(step.words)
            if not apply:
                return
            if both.file is None and not await self._registered(both):
                self.done.left.append(f"{ref}: its beginning is lost, so it was left as it is")
                return
            await self._do(step)
            if step.way is not Way.ENTER:
                return
        self.done.left.append(f"{ref}: it still differs")

    async def _do(self, step: Found) -> None:
        both, door = step.both, self._door(step.both)
        match step.way:
            case Way.ENTER:
                await self._enter(both)
            case Way.END:
                await door.end(both.ref, "recorded as over")
            case Way.ANEW:
                await door.begin_anew(both.file)  # type: ignore[arg-type] # of the door's own kind
                for entry in both.brought():
                    await self._tell_again(both, door, entry)

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

    async def _tell_again(self, both: Both, door: CaseDoor | ProcedureDoor, entry: Recorded[Any]) -> None:
        """A report that is kept is carried by the relay."""
        async with self.store.reading() as db:
            if await reports.by_id(db, entry.id):
                return
        try:
            await door.record(both.ref, entry)
        except (CaseRefused, CaseNotRunning) as refused:
            what = entry.fact.fact.replace("_", " ")
            self.done.left.append(
                f"{both.ref}: {what} of {entry.at:%-d %B %Y, %H:%M} is not taken again: {refused}"
            )

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


async def _keep_reports(db: Writing, ref: str, entries: tuple[Recorded[Any], ...]) -> None:
    """What was told is known again by its key, so that nobody who sends it once more opens another case."""
    for entry in entries:
        if isinstance(entry.fact, ReportReceived | IncidentReported) and not await reports.claim(db, entry.id):
            report = Report(
                id=entry.id,
                case_ref=ref,
                opens_case=isinstance(entry.fact, ReportReceived),
                digest=entry.digest,
                entry=entry,
                received_at=entry.recorded_at,
            )
            await reports.keep(db, report, tried_at=entry.recorded_at)
