"""Ten thousand deadlines in the same second, against as many bare timers that have one activity each: once while
nobody asks for anything, and once while officers go on working.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import NamedTuple
from uuid import uuid4

from benchmarks.accounting import Processes
from benchmarks.bare import Late
from benchmarks.bare_worker import QUEUE
from benchmarks.contenders import Act, Product
from benchmarks.histories import since_the_timer
from benchmarks.http import UnexpectedAnswer
from benchmarks.load import Measured
from benchmarks.openly import open_due_at
from benchmarks.servers import Bench
from workflows.case_kind import workflow_id

_TRIED_AT_LEAST, _TRIED_OF_ALL = 50, 20
"""So many, or one in so many, are started to see how long that takes: the moment is set so far ahead that all can
be. The first few start faster than thousands.
"""
_LATER = timedelta(hours=6)
_AT_ONCE = 25
_EACH_SECONDS = 0.1
"""Some officer records or reads something, however long others wait: ten things a second, as 1,500 officers do who
do one in two and a half minutes.
"""
_AT_LEAST = 8
_LOOKED_AT = 50
_LOOKED_EACH_SECONDS = 0.25
_REST = 0.5
"""Until what comes after the last record is done, too."""
_PATIENCE = timedelta(minutes=30)
_MISSED = "SELECT count(*) FROM timeline WHERE fact = 'deadline_missed' AND case_ref = ANY($1) AND at = $2"
_CASES_MISSED = f"SELECT count(DISTINCT case_ref) FROM ({_MISSED.replace('count(*)', 'case_ref')}) AS each"  # noqa: S608 - our own words
_ROWS = "SELECT count(*) FROM minimal_record WHERE case_id = ANY($1)"


class Drained(NamedTuple):
    """Until the last one was recorded. `cpu` is milliseconds of each process for each of them, and `events` what
    one of them added to its history, by type.
    """

    seconds: float
    cpu: dict[str, float]
    events: dict[str, float]
    meanwhile: dict[str, Measured]


class Herd(NamedTuple):
    """`alone` is what officers record and read, by name, before it. `missed`, and `missed_at_work`, is how
    often a miss was recorded: once a case, where no wake-up was lost and none came twice.
    """

    number: int
    ours: Drained
    bare: Drained
    ours_at_work: Drained
    bare_at_work: Drained
    missed: int
    missed_at_work: int
    alone: dict[str, Measured]


class Deadlines:
    """Of cases."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.refs = list[str]()
        self.moment = datetime.now(UTC)

    async def start(self, number: int, moment: datetime) -> None:
        self.moment, self.refs = moment, await open_due_at(self.bench, number, moment)

    @property
    def ids(self) -> list[str]:
        return [workflow_id(ref) for ref in self.refs]

    async def recorded(self) -> int:
        return int(await self.bench.records.fetchval(_CASES_MISSED, self.refs, self.moment))

    async def missed(self) -> int:
        return int(await self.bench.records.fetchval(_MISSED, self.refs, self.moment))


class Timers:
    """Of bare workflows."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.ids = list[str]()

    async def start(self, number: int, moment: datetime) -> None:
        self.ids = [f"late/{uuid4()}" for _ in range(number)]
        left = iter(self.ids)

        async def lane() -> None:
            for id_ in left:
                await self.bench.client.start_workflow(Late.run, moment.timestamp(), id=id_, task_queue=QUEUE)

        await asyncio.gather(*(lane() for _ in range(_AT_ONCE)))

    async def recorded(self) -> int:
        return int(await self.bench.records.fetchval(_ROWS, self.ids))


Contender = Deadlines | Timers
Meanwhile = Callable[[Coroutine[None, None, None]], Awaitable[dict[str, Measured]]]


async def herd(bench: Bench, product: Product, number: int, seconds_alone: float) -> Herd:
    """Beside cases that officers work on, for so many seconds before it too.
    Raises RuntimeError where they could not all be started before the moment, or one was lost.
    """

    async def at_work(over: Coroutine[None, None, None]) -> dict[str, Measured]:
        return await _officers(product, over)

    ours = Deadlines(bench)
    alone = await at_work(asyncio.sleep(seconds_alone))
    bare_quiet = await _drained(Timers(bench), number, _nobody)
    quiet, missed = await _drained(ours, number, _nobody), await ours.missed()
    busy, missed_at_work = await _drained(ours, number, at_work), await ours.missed()
    bare_busy = await _drained(Timers(bench), number, at_work)
    return Herd(number, quiet, bare_quiet, busy, bare_busy, missed, missed_at_work, alone)


async def _nobody(over: Coroutine[None, None, None]) -> dict[str, Measured]:
    await over
    return {}


async def _drained(these: Contender, number: int, meanwhile: Meanwhile) -> Drained:
    moment = await _ahead(number, these.start)
    await these.start(number, moment)
    _not_too_late(moment)
    await asyncio.sleep((moment - datetime.now(UTC)).total_seconds())
    before = _cpu_seconds(these.bench)
    found = await meanwhile(_until_all(these, number))
    seconds = (datetime.now(UTC) - moment).total_seconds()
    await asyncio.sleep(_REST)
    cpu = {name: (used - before[name]) * 1000 / number for name, used in _cpu_seconds(these.bench).items()}
    events = await since_the_timer(these.bench.client, these.ids[:: max(1, number // _LOOKED_AT)])
    return Drained(seconds, cpu, events, found)


def _cpu_seconds(bench: Bench) -> dict[str, float]:
    """Without what PostgreSQL spends on our looking, whether all are recorded."""
    roots = {**bench.processes.roots, "looking": bench.records.get_server_pid()}
    used = Processes(roots).cpu_seconds()
    used["postgres"] -= used.pop("looking")
    return used


async def _ahead(number: int, start: Callable[[int, datetime], Awaitable[object]]) -> datetime:
    """On a whole second, half as far again as it should take to start them."""
    some, began = min(max(_TRIED_AT_LEAST, number // _TRIED_OF_ALL), number), time.perf_counter()
    await start(some, datetime.now(UTC).replace(microsecond=0) + _LATER)
    seconds = (time.perf_counter() - began) * number / some
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1.7 * seconds + 3 + number / 800)


def _not_too_late(moment: datetime) -> None:
    if datetime.now(UTC) > moment:
        raise RuntimeError("they could not all be started before they were due")
    sys.stderr.write(f"started {(moment - datetime.now(UTC)).total_seconds():.0f} s before they are due\n")


async def _until_all(these: Contender, number: int) -> None:
    until = datetime.now(UTC) + _PATIENCE
    while (found := await these.recorded()) < number:
        if datetime.now(UTC) > until:
            raise RuntimeError(f"{number - found} of {number} were lost")
        await asyncio.sleep(_LOOKED_EACH_SECONDS)


async def _officers(product: Product, over: Coroutine[None, None, None]) -> dict[str, Measured]:
    """At work until that is over, every other of them recording and the others reading, each over a connection of
    their own, so that nobody waits for anybody else's answer. It ends when all are answered.
    """
    acts: tuple[tuple[str, Act], ...] = (("fact", product.fact), ("case read", product.read))
    measured, free = {name: Measured() for name, _ in acts}, [*range(len(product.lanes))]

    async def one(name: str, act: Act) -> None:
        asked = time.perf_counter()
        lane = free.pop() if free else product.another_lane()
        await _answered(act, lane, measured[name])
        measured[name].latencies.append(time.perf_counter() - asked)
        free.append(lane)

    async with asyncio.TaskGroup() as group:
        ending, began = group.create_task(over), time.perf_counter()
        for place in count():
            await asyncio.sleep(began + place * _EACH_SECONDS - time.perf_counter())
            if ending.done() and place >= _AT_LEAST:
                break
            group.create_task(one(*acts[place % len(acts)]))
    return measured


async def _answered(act: Act, lane: int, into: Measured) -> None:
    """An answer that did not come in time (504) is counted, and what it took."""
    try:
        await act(lane)
    except UnexpectedAnswer as other:
        if " 504 " not in str(other):
            raise
        into.failed += 1
