"""What officers do all day, at more and more open cases: reads, pages' questions, facts, reports, live looks, with
readers who follow cases meanwhile. Beside it, each time, the least that keeps a record.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from benchmarks.contenders import Act, Minimal, Product, Subjects
from benchmarks.load import Measured, Operation, measure, repeat
from benchmarks.openly import open_more
from benchmarks.servers import Bench

WORKED_ON = 200
"""Cases that officers work on, of however many."""
STREAMS = 200
_TURNS = 4
_HOLDING = ("api", "worker", "temporal")
_OPEN = "SELECT ref FROM cases WHERE closed_at IS NULL AND NOT restricted AND NOT domestic_abuse ORDER BY md5(ref)"
"""All that the officer is shown, in no order but always the same."""


class Grown(NamedTuple):
    """At so many open cases: each part of the mix by name, all of it together, the minimal recorder's facts, what
    each process holds (MB), how late those who follow a case were told (seconds), of how many that were
    recorded, and how often they began again.
    """

    open_cases: int
    parts: dict[str, Measured]
    together: Measured
    fact: Measured
    minimal: Measured
    megabytes: dict[str, float]
    told: list[float]
    recorded: int
    again: int


async def worked_on(product: Product, number: int, lanes: int) -> None:
    """Reports so many cases, which every fact from here on is about."""
    await repeat(product.open, number, lanes)
    await product.everything_settled()
    product.subjects.names = list(product.opened)


@dataclass(frozen=True)
class Growing:
    bench: Bench
    minimal: Minimal
    product: Product
    seconds: float
    lanes: int

    async def at(self, sizes: tuple[int, ...]) -> list[Grown]:
        """The cases worked on are among them."""
        so_far = min(WORKED_ON, sizes[0])
        await worked_on(self.product, so_far, self.lanes)
        await repeat(self.minimal.start, so_far, self.lanes)
        self.minimal.subjects.names = list(self.minimal.opened)
        found = list[Grown]()
        for size in sizes:
            await open_more(self.bench, size - so_far)
            so_far = size
            await self.bench.records.execute("ANALYZE")
            found.append(await self._grown(size))
        return found

    async def _grown(self, size: int) -> Grown:
        together, product = Measured(), self.product
        mix = Mix(product, Subjects([row["ref"] for row in await self.bench.records.fetch(_OPEN)]))
        async with _following(product, STREAMS) as following:
            whole = Operation("mix", mix.act, settled=product.receipts_written)
            await self._measured(whole, together, self.seconds)
            told = following.late(mix.recorded)
        fact, least = Measured(), Measured()
        for _ in range(_TURNS):
            one = Operation("fact", product.fact, settled=product.receipts_written)
            await self._measured(one, fact, self.seconds / _TURNS)
            await self._measured(Operation("minimal", self.minimal.fact), least, self.seconds / _TURNS)
        held = {name: self.bench.processes.resident_kb(name) / 1024 for name in _HOLDING}
        sys.stderr.write(f"{size:,} open cases: {together.rate:.0f} a second\n")
        recorded = len(mix.recorded)
        return Grown(size, mix.parts, together, fact, least, held, told, recorded, following.again)

    async def _measured(self, operation: Operation, into: Measured, seconds: float) -> None:
        await measure(operation, self.bench.processes, into, in_flight=self.lanes, seconds=seconds)


@dataclass
class Mix:
    """Each hundred of things done, in turn: what is done more often stands more often in it. Facts and incidents
    are told of cases that officers work on, what is read is of `any_open`.
    """

    product: Product
    any_open: Subjects
    parts: dict[str, Measured] = field(default_factory=dict)
    recorded: dict[tuple[str, int], float] = field(default_factory=dict)
    _turn: "count[int]" = field(default_factory=count)

    async def act(self, lane: int) -> None:
        name, act = self._hundred[next(self._turn) % len(self._hundred)]
        asked = time.perf_counter()
        await act(lane)
        self.parts.setdefault(name, Measured()).latencies.append(time.perf_counter() - asked)

    @property
    def _hundred(self) -> list[tuple[str, Act]]:
        kinds: tuple[tuple[str, int, Act], ...] = (
            ("case read", 8, lambda lane: self._get(lane, f"/api/cases/{self.any_open.next()}")),
            ("fact", 5, self._fact),
            ("list of cases", 2, lambda lane: self._get(lane, "/api/cases?limit=50")),
            ("tasks", 2, lambda lane: self._get(lane, "/api/tasks?limit=50")),
            ("live query", 1, lambda lane: self._get(lane, f"/api/cases/{self.any_open.next()}/live")),
            ("report", 1, self.product.open),
            ("incident", 1, self.product.incident),
        )
        most = max(times for _, times, _ in kinds)
        return [(name, act) for place in range(most) for name, times, act in kinds if place < times]

    async def _get(self, lane: int, path: str) -> None:
        await self.product.lanes[lane].get(path)

    async def _fact(self, lane: int) -> None:
        ref = self.product.subjects.next()
        began = time.perf_counter()
        await self.product.record_on(ref, lane)
        self.recorded[ref, self.product.receipts[ref]] = began


@dataclass
class Following:
    """When each entry of a case was told to whoever follows it, and how often one of them began again."""

    again: int = 0
    told: dict[tuple[str, int], float] = field(default_factory=dict)

    def late(self, recorded: dict[tuple[str, int], float]) -> list[float]:
        """From the request that recorded it, in seconds."""
        return sorted(self.told[one] - began for one, began in recorded.items() if one in self.told)

    async def follow(self, product: Product, ref: str) -> None:
        """As a browser does: begins again where it was, a second after it was cut off or not let in."""
        lane, last = product.lanes[0], 0
        while True:
            reader, writer = await asyncio.open_connection("127.0.0.1", lane.port)
            path = f"/api/cases/{ref}/timeline/stream?after={last}"
            head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
            writer.write(f"{head}Authorization: Bearer {lane.token}\r\n\r\n".encode())
            try:
                while line := await reader.readline():
                    if line.startswith(b"id: "):
                        last = int(line[4:])
                        self.told[ref, last] = time.perf_counter()
            except ConnectionError:
                pass  # cut off
            finally:
                writer.close()
            self.again += 1
            await asyncio.sleep(1)


@asynccontextmanager
async def _following(product: Product, number: int) -> AsyncIterator[Following]:
    """From when each reader has been told something, of so many cases at the most. A reader that fails ends it."""
    following, followed = Following(), product.subjects.names[:number]
    async with asyncio.TaskGroup() as readers:
        reading = [readers.create_task(following.follow(product, ref)) for ref in followed]
        while {ref for ref, _ in following.told} != {*followed}:  # noqa: ASYNC110 - told from outside
            await asyncio.sleep(0.1)
        yield following
        for one in reading:
            one.cancel()
