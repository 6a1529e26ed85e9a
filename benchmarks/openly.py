"""So many open cases, kept in the store as the policy folds them and carried on by the engine."""

import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from benchmarks.bare import WORDS
from benchmarks.caseload import build, lived
from benchmarks.servers import Bench
from gateways.calendar import closure_days
from policy.case_file import CaseFile
from policy.editions import in_force_on
from policy.facts import Actor, Entry, Role
from policy.facts.people import Person
from policy.facts.reporting import Channel, ReportReceived
from policy.working_days import london_day
from runtime.database import working_engine
from store import cases, recording
from store.sessions import EVERYTHING, Store

_AT_ONCE = 25
_LIVES_AT_LEAST = 10
_RESIDENT = Actor(id="somebody", role=Role.RESIDENT)
ONE_HOUR = timedelta(hours=1)
"""Within which a case of violence that nobody took is given to an officer."""


async def open_more(bench: Bench, number: int) -> list[str]:
    """Lives of the demonstration that are not over. What of theirs is late already is noticed as they begin."""
    if not number:
        return []
    began = time.perf_counter()
    opened, _ = lived(datetime.now(UTC), max(number, _LIVES_AT_LEAST))
    refs = [ref for ref, _ in await build(bench.settings, opened, number)]
    kept = time.perf_counter()
    await _carry_on(bench, refs)
    told = f"{number:,} open cases: kept in {kept - began:.0f} s, started in {time.perf_counter() - kept:.0f} s\n"
    sys.stderr.write(told)
    return refs


async def open_due_at(bench: Bench, number: int, moment: datetime) -> list[str]:
    """Each owes one thing at that very moment: violence, reported an hour before it and given to nobody."""
    database = working_engine(bench.settings)
    store, left, refs = Store(database, EVERYTHING), iter(range(number)), list[str]()
    report = ReportReceived(
        at=moment - ONE_HOUR,
        channel=Channel.WEB,
        words=WORDS,
        category="violence",
        complainant=Person(name="Rowan Example", phone="01632 960001"),
        police_advised=True,
    )
    day = london_day(report.at)
    edition, closed = in_force_on(day).ref, closure_days(day, {})

    async def lane() -> None:
        for _ in left:
            entry = Entry(id=str(uuid4()), by=_RESIDENT, recorded_at=report.at, fact=report)
            async with store.writing() as db:
                ref = await cases.next_ref(db, day.year)
                await cases.register(db, ref, edition, closed, report.at)
                await recording.record(db, ref, 1, [entry], report.at)
            refs.append(ref)

    await asyncio.gather(*(lane() for _ in range(_AT_ONCE)))
    await database.dispose()
    await _carry_on(bench, refs)
    return refs


async def _carry_on(bench: Bench, refs: Sequence[str]) -> None:
    """Until the first task of each has been done, which the answer to a question shows."""
    database, places = working_engine(bench.settings), count()
    store = Store(database, EVERYTHING)

    async def lane() -> None:
        while (place := next(places)) < len(refs):
            ref = refs[place]
            async with store.reading() as db:
                file = await cases.file_of(db, ref)
            if isinstance(file, CaseFile):
                await bench.door.carry_on(file)
                await bench.door.live(ref)

    await asyncio.gather(*(lane() for _ in range(_AT_ONCE)))
    await database.dispose()
