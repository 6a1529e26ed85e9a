"""Ten thousand deadlines in the same second, while officers go on working: against as many bare timers that have
one activity each.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import NamedTuple
from uuid import uuid4

from benchmarks.bare import Late
from benchmarks.bare_worker import QUEUE
from benchmarks.contenders import Act, Product
from benchmarks.load import Measured
from benchmarks.openly import open_due_at
from benchmarks.servers import Bench

_TRIED = 50
"""So many are started to see how long that takes: the moment is set so far ahead that all of them can be."""
_LATER = timedelta(hours=6)
_AT_ONCE = 25
_EACH_SECONDS = 0.1
"""One after the other an officer records or reads something, however long the one before takes."""
_AT_LEAST = 4
_PATIENCE = timedelta(minutes=30)
_MISSED = "SELECT count(*) FROM timeline WHERE fact = 'deadline_missed' AND case_ref = ANY($1) AND at = $2"
_CASES_MISSED = f"SELECT count(DISTINCT case_ref) FROM ({_MISSED.replace('count(*)', 'case_ref')}) AS each"  # noqa: S608 - our own words


class Herd(NamedTuple):
    """`alone` and `meanwhile` are what officers record and read, by name, before it and while it ran. `missed` is
    how often a miss was recorded, which is once a case where no wake-up was lost and none came twice.
    """

    number: int
    seconds: float
    bare_seconds: float
    missed: int
    alone: dict[str, Measured]
    meanwhile: dict[str, Measured]

    @property
    def share(self) -> float:
        """Of the rate at which bare timers drain."""
        return self.bare_seconds / self.seconds


async def herd(bench: Bench, product: Product, number: int, seconds_alone: float) -> Herd:
    """Beside cases that officers work on, for so many seconds before it too.
    Raises RuntimeError where they could not all be started before the moment, or one was lost.
    """
    alone = await _officers(product, asyncio.sleep(seconds_alone))
    moment = await _ahead(number, lambda some, when: open_due_at(bench, some, when))
    refs = await open_due_at(bench, number, moment)
    _not_too_late(moment)
    await asyncio.sleep((moment - datetime.now(UTC)).total_seconds())
    meanwhile = await _officers(product, _until(bench, _CASES_MISSED, number, refs, moment))
    seconds = (datetime.now(UTC) - moment).total_seconds()
    missed = await bench.records.fetchval(_MISSED, refs, moment)
    bare_seconds = await _bare(bench, number)
    return Herd(number, seconds, bare_seconds, missed, alone, meanwhile)


async def _bare(bench: Bench, number: int) -> float:
    run = uuid4()

    async def start(some: int, moment: datetime) -> None:
        left, group = iter(range(some)), moment.timestamp()

        async def lane() -> None:
            for place in left:
                id_ = f"late/{run}/{group}/{place}"
                await bench.client.start_workflow(Late.run, group, id=id_, task_queue=QUEUE)

        await asyncio.gather(*(lane() for _ in range(_AT_ONCE)))

    moment = await _ahead(number, start)
    await start(number, moment)
    _not_too_late(moment)
    await asyncio.sleep((moment - datetime.now(UTC)).total_seconds())
    counting = "SELECT count(*) FROM minimal_record WHERE case_id LIKE $1"
    await _until(bench, counting, number, f"late/{run}/{moment.timestamp()}/%")
    return (datetime.now(UTC) - moment).total_seconds()


async def _ahead(number: int, start: Callable[[int, datetime], Awaitable[object]]) -> datetime:
    """On a whole second, more than half as far again as it should take to start them."""
    some, began = min(_TRIED, number), time.perf_counter()
    await start(some, datetime.now(UTC).replace(microsecond=0) + _LATER)
    seconds = (time.perf_counter() - began) * number / some
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1.5 * seconds + 3 + number / 800)


def _not_too_late(moment: datetime) -> None:
    if datetime.now(UTC) > moment:
        raise RuntimeError("they could not all be started before they were due")
    sys.stderr.write(f"started {(moment - datetime.now(UTC)).total_seconds():.0f} s before they are due\n")


async def _until(bench: Bench, counting: str, number: int, *values: object) -> None:
    until = datetime.now(UTC) + _PATIENCE
    while (found := await bench.records.fetchval(counting, *values)) < number:
        if datetime.now(UTC) > until:
            raise RuntimeError(f"{number - found} of {number} were lost")
        await asyncio.sleep(0.25)


async def _officers(product: Product, over: Coroutine[None, None, None]) -> dict[str, Measured]:
    """At work until that is over, what each waits for counted from the moment at which it was to begin."""
    acts: tuple[tuple[str, Act], ...] = (("fact", product.fact), ("case read", product.read))
    measured, places = {name: Measured() for name, _ in acts}, count()
    async with asyncio.TaskGroup() as group:
        ending, began = group.create_task(over), time.perf_counter()

        async def lane(number: int) -> None:
            for place in places:
                planned = began + place * _EACH_SECONDS
                await asyncio.sleep(planned - time.perf_counter())
                if ending.done() and place >= _AT_LEAST:
                    return
                name, act = acts[place % len(acts)]
                await act(number)
                measured[name].latencies.append(time.perf_counter() - planned)

        for number in range(len(product.lanes)):
            group.create_task(lane(number))
    return measured
