"""Checks that the records hold: every chain, every projection, and the register against the live cases."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from rich.progress import Progress
from sqlalchemy import func, select

from runtime.database import engine
from runtime.settings import Settings
from runtime.temporal import connect
from store import cases, deadlines, recording, reports, timeline
from store.sessions import Reading, Store
from store.timeline import Fault, TimelineEntry
from workflows.case_door import CaseDoor, CaseNotRunning, EngineAway, OutcomeUnknown

_ON_ITS_WAY: Final = timedelta(minutes=1)
"""A report younger than this may still be carried to its case as it should."""


@dataclass
class Findings:
    """`unanswered` are cases whose workflow could not be asked; they are not known to be right."""

    cases: int = 0
    entries: int = 0
    faults: list[Fault] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.faults and not self.unanswered


async def verify(wanted: Settings, progress: Progress) -> Findings:
    """Every case of the store. A case that is being written while it is looked at is looked at again."""
    database = engine(wanted)
    store = Store(database)
    door = CaseDoor(await connect(wanted), wanted.task_queue)
    found = Findings()
    async with store.reading() as db:
        refs = list((await db.connection.scalars(select(cases.cases.c.ref).order_by(cases.cases.c.ref))).all())
        waiting = await reports.waiting_since(db, datetime.now(UTC) - _ON_ITS_WAY)
    found.faults += [Fault(ref, 0, "a report has not reached its case yet") for ref in waiting]
    bar = progress.add_task("Cases", total=len(refs))
    for ref in refs:
        async with store.reading() as db:
            await _check_records(db, ref, found)
        await _check_live(store, door, ref, found)
        progress.advance(bar)
    await database.dispose()
    return found


async def _check_records(db: Reading, ref: str, found: Findings) -> None:
    entries = await timeline.entries_of(db, ref)
    seq, head = await cases.head_of(db, ref)
    found.cases += 1
    found.entries += len(entries)
    found.faults += timeline.faults(entries)
    last = bytes.fromhex(entries[-1].hash) if entries else timeline.START
    if (seq, head) != (len(entries), last):
        found.faults.append(Fault(ref, seq, f"the register ends at {seq}, the timeline at {len(entries)}"))
    if any(entry.content is None for entry in entries):
        return
    projection = recording.Projection.of(await cases.opening_of(db, ref))
    for entry in entries:
        projection.take(entry.entry())
    if projection.file != await cases.file_of(db, ref):
        found.faults.append(Fault(ref, seq, "the register's case file is not what its timeline makes it"))
    ledger = sorted(deadlines.rows_of(ref, projection.book.lines), key=lambda row: (row["due"], row["key"]))
    if ledger != await deadlines.endings(db, ref):
        found.faults.append(Fault(ref, seq, "the ledger of deadlines is not what its timeline makes it"))


async def _check_live(store: Store, door: CaseDoor, ref: str, found: Findings) -> None:
    """An open case runs and stands where the register says; facts on their way are given time to arrive."""
    recorded: int = 0
    running: int | None = None
    for _ in range(20):
        async with store.reading() as db:
            file = await cases.file_of(db, ref)
        if file is None or file.finished or file.seq == 0:
            return
        try:
            live = await door.standing(ref) if await door.running(ref) else None
        except (EngineAway, OutcomeUnknown):
            found.unanswered.append(ref)
            return
        except CaseNotRunning:
            live = None
        recorded, running = file.seq, live.seq if live is not None else None
        if recorded == running:
            return
        await asyncio.sleep(0.1)
    said = f"the register has {recorded} facts, the live case {running}"
    why = said if running is not None else "the case is open and nothing is running it"
    found.faults.append(Fault(ref, recorded, why))


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
        found.faults.append(Fault("the file", 0, "holds no entry of a timeline"))
    for entries in by_case.values():
        found.cases += 1
        found.entries += len(entries)
        found.faults += timeline.faults(entries)
    return found


def read_lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


async def rebuild(wanted: Settings, progress: Progress) -> int:
    """Every case's projections anew from its timeline; returns how many cases."""
    database = engine(wanted)
    store = Store(database)
    async with store.reading() as db:
        count = await db.connection.scalar(select(func.count()).select_from(cases.cases)) or 0
        refs = list((await db.connection.scalars(select(cases.cases.c.ref).order_by(cases.cases.c.ref))).all())
    bar = progress.add_task("Cases", total=count)
    for ref in refs:
        async with store.writing() as db:
            await recording.rebuild(db, ref)
        progress.advance(bar)
    await database.dispose()
    return len(refs)
