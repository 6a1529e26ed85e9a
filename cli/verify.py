"""Checks that the records hold: every chain, every projection, and the register against the live cases."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from rich.progress import Progress
from sqlalchemy import select

from activities.counting import counted_right
from cli.verify_files import FilesFound, check_files
from gateways.evidence_files import opened
from policy.case_file import CaseFile
from policy.facts import Entry, Recorded
from policy.file import File
from runtime.database import working_engine
from runtime.settings import Settings
from runtime.temporal import connect
from store import (
    applications,
    case_people,
    cases,
    deadlines,
    disclosures,
    erasure,
    procedures,
    recording,
    recording_beside,
    reports,
    retention,
    sittings,
    timeline,
)
from store.sessions import EVERYTHING, Reading, Store
from store.timeline import Fault, TimelineEntry
from workflows.case_door import CaseDoor, CaseNotRunning, EngineAway, OutcomeUnknown
from workflows.procedure_door import door_to

_NOTHING_RUNS: Final = -1

_ON_ITS_WAY: Final = timedelta(minutes=1)
"""A report younger than this may still be carried to its case as it should."""

WHAT_IS_CHECKED: Final = "What can be checked is a copy of a timeline: `GET /api/cases/{ref}/timeline.jsonl`."
OF_A_PACK: Final = (
    "Of a pack, compare the hash on its first page with the one at which the copy of its case's timeline ends."
)


@dataclass
class Findings:
    """`unanswered` are cases whose workflow could not be asked; they are not known to be right. Of `erased` ones
    only the chain is left to check. `ends` are the last entry of each timeline of a file, and its hash.
    """

    cases: int = 0
    erased: int = 0
    entries: int = 0
    faults: list[Fault] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    ends: list[TimelineEntry] = field(default_factory=list)
    files: FilesFound | None = None

    @property
    def clean(self) -> bool:
        return not self.faults and not self.unanswered and not (self.files and self.files.away)


async def verify(wanted: Settings, progress: Progress, *, whole_files: bool = False) -> Findings:
    """Every case of the store, all that is carried on beside one, and every file that was sent to us. What is
    being written while it is looked at is looked at again.
    """
    database = working_engine(wanted)
    store = Store(database, EVERYTHING)
    door = CaseDoor(await connect(wanted), wanted.task_queue)
    found = Findings()
    async with store.reading() as db:
        refs, beside, erased = await all_cases(db), await procedures.refs(db), await retention.erased_whole(db)
        waiting = await reports.waiting_since(db, datetime.now(UTC) - _ON_ITS_WAY)
        asked = await applications.waiting_since(db, datetime.now(UTC) - _ON_ITS_WAY)
    found.faults += [Fault(ref, 0, "a report has not reached its case yet") for ref in waiting]
    found.faults += [Fault(ref, 0, "it was asked for and has not begun yet") for ref in asked]
    found.cases = len(refs)
    bar = progress.add_task("Cases", total=len(refs) + len(beside))
    known = set(refs)
    for ref in (*refs, *beside):
        read = _case if ref in known else _beside_a_case
        async with store.reading() as db:
            await _check_records(db, ref, await read(db, ref), found, erased=ref in erased)
        if ref in erased:
            found.erased += 1
        else:
            await _check_live(store, door, ref, read, found)
        progress.advance(bar)
    storage = opened(wanted.evidence_url, **wanted.evidence_access)
    found.files = await check_files(store, storage, progress, whole=whole_files)
    found.faults += found.files.faults
    await database.dispose()
    return found


async def all_cases(db: Reading) -> list[str]:
    return list((await db.connection.scalars(select(cases.cases.c.ref).order_by(cases.cases.c.ref))).all())


@dataclass(frozen=True)
class _Kept:
    """What the store has of one timeline: where it ends, the file, what the timeline should make of it (the
    `Projection` of either kind of recording), and how far what runs it has come.
    """

    seq: int
    head: bytes
    file: File
    projection: Any
    entry: type[Recorded[Any]]
    running: Callable[[CaseDoor], Awaitable[int]]


async def _case(db: Reading, ref: str) -> _Kept:
    """Raises NoResultFound."""
    seq, head = await cases.head_of(db, ref)
    opening = await cases.opening_of(db, ref)
    file = await cases.file_of(db, ref) or opening

    async def running(door: CaseDoor) -> int:
        return (await door.live(ref)).seq

    return _Kept(seq, head, file, recording.Projection.of(opening), Entry, running)


async def _beside_a_case(db: Reading, ref: str) -> _Kept:
    """Raises LookupError."""
    kept = await procedures.kept_of(db, ref)
    if kept is None:
        raise LookupError(ref)
    kind = kept.kind

    async def running(door: CaseDoor) -> int:
        return (await door_to(kind.name, door).live(ref)).seq

    projection = recording_beside.Projection.of(kind.rulebook, kept.opening)
    return _Kept(kept.seq, kept.head, kept.file, projection, kind.rulebook.entry, running)


async def _check_records(db: Reading, ref: str, kept: _Kept, found: Findings, *, erased: bool) -> None:
    entries = await timeline.entries_of(db, ref)
    found.entries += len(entries)
    found.faults += timeline.faults(entries)
    last = bytes.fromhex(entries[-1].hash) if entries else timeline.START
    if (kept.seq, kept.head) != (len(entries), last):
        why = f"the register ends at {kept.seq}, the timeline at {len(entries)}"
        found.faults.append(Fault(ref, kept.seq, why))
    gone = [entry.seq for entry in entries if entry.content is None]
    if gone and not erased:
        found.faults.append(Fault(ref, gone[0], "what it said is gone, and nobody had it erased"))
    if len(gone) < len(entries) and erased:
        found.faults.append(Fault(ref, kept.seq, "it was erased, and something of it is still there"))
    if erased:
        found.faults += [
            Fault(ref, kept.seq, f"it was erased, and {table} still says something of it")
            for table in await erasure.left_of(db, ref)
        ]
    if gone:
        return
    projection = kept.projection
    for entry in entries:
        projection.take(entry.entry_as(kept.entry))
    found.faults += [
        Fault(ref, kept.seq, f"{what} is not what its timeline makes it")
        async for what in _what_differs(db, ref, kept.file, projection)
    ]


async def _what_differs(db: Reading, ref: str, file: File, projection: Any) -> AsyncIterator[str]:  # noqa: ANN401 - see _Kept
    if projection.file != file:
        yield "the register's case file"
    register = cases if isinstance(file, CaseFile) else procedures
    told = register.as_told(projection.file, projection.next_due)
    if not told.items() <= (await register.told(db, ref)).items():
        yield "the register's row"
    lines = deadlines.rows_of(ref, projection.book.lines)
    if sorted(lines, key=lambda row: (row["due"], row["key"], row["since"])) != await deadlines.endings(db, ref):
        yield "the ledger of deadlines"
    if disclosures.standing(projection.disclosed) != await disclosures.of_timeline(db, ref):
        yield "the register of disclosures"
    if isinstance(file, CaseFile) and case_people.rows_of(projection.file) != await case_people.of_case(db, ref):
        yield "who is on it, and how they are reached safely,"
    if isinstance(file, CaseFile) and not await counted_right(db, ref):
        yield "what measures count of it"
    if await sittings.of(db, ref) != await sittings.as_told(db, ref):
        yield "the list of its days of courts"


async def _check_live(
    store: Store, door: CaseDoor, ref: str, read: Callable[[Reading, str], Awaitable[_Kept]], found: Findings
) -> None:
    """What is open runs and stands where the register says; facts on their way are given time to arrive."""
    recorded = running = 0
    for _ in range(20):
        async with store.reading() as db:
            kept = await read(db, ref)
        if kept.file.finished or kept.file.seq == 0:
            return
        try:
            recorded, running = kept.file.seq, await kept.running(door)
        except (EngineAway, OutcomeUnknown):
            found.unanswered.append(ref)
            return
        except CaseNotRunning:
            running = _NOTHING_RUNS
        if recorded == running:
            return
        await asyncio.sleep(0.1)
    said = f"the register has {recorded} facts, the live case {running}"
    why = "the case is open and nothing is running it" if running == _NOTHING_RUNS else said
    found.faults.append(Fault(ref, recorded, why))


class NotAnExport(Exception):
    """What it is instead is in the message."""


def verify_file(lines: Iterable[str]) -> Findings:
    """An export, offline. Entries may be of several cases, each in its order."""
    found = Findings()
    by_case: dict[str, list[TimelineEntry]] = {}
    for number, line in enumerate(lines, start=1):
        try:
            entry = TimelineEntry.model_validate_json(line)
        except ValidationError:
            found.faults.append(Fault(f"line {number}", 0, "is not an entry of a timeline"))
            continue
        by_case.setdefault(entry.case_ref, []).append(entry)
    if not by_case:
        found.faults = [Fault("the file", 0, f"holds no entry of a timeline. {WHAT_IS_CHECKED}")]
    for entries in by_case.values():
        found.cases += 1
        found.entries += len(entries)
        found.faults += timeline.faults(entries)
        found.ends.append(entries[-1])
    return found


def read_lines(file: Path) -> list[str]:
    """Raises NotAnExport."""
    content = file.read_bytes()
    if content.startswith(b"%PDF"):
        raise NotAnExport(f"{file.name} is a PDF. {WHAT_IS_CHECKED} {OF_A_PACK}")
    try:
        return [line for line in content.decode().splitlines() if line.strip()]
    except UnicodeDecodeError:
        raise NotAnExport(f"{file.name} is not text. {WHAT_IS_CHECKED}") from None


def told(found: Findings, *, of_a_file: bool) -> Iterator[str]:
    """What is said of it, line by line."""
    for fault in found.faults:
        yield f"{fault.case_ref}{f' entry {fault.seq}' if fault.seq else ''}: {fault.why}"
    for ref in found.unanswered:
        yield f"{ref}: the live case did not answer"
    verdict = "everything holds" if found.clean else "NOT everything holds"
    cases = "1 case" if found.cases == 1 else f"{found.cases} cases"
    yield f"{cases}, {found.entries} entries: {verdict}."
    if found.erased:
        yield f"Erased, with only the chain left to check: {found.erased}, of cases and what was beside them."
    if found.files and found.files.away:
        yield "Files: their storage did not answer, so nobody knows whether they are there."
    elif found.files:
        yield f"Files that were sent to us: {found.files.files} looked for{' and read' * found.files.read}."
    if of_a_file:
        for end in found.ends:
            yield f"{end.case_ref} ends with entry {end.seq}, hash {end.hash}"
        yield (
            "A file cannot show that entries are missing at its end. Compare where it ends with the first page of "
            "a pack of the case; `casework verify` without a file looks there, too."
        )
