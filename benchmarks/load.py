"""A closed loop: each lane asks again as soon as it was answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from math import ceil

from benchmarks.accounting import Processes
from benchmarks.contenders import Act


async def _nothing() -> None:
    return


@dataclass(frozen=True)
class Operation:
    """`settled` returns when everything that was asked for has been done; that time counts too."""

    name: str
    act: Act
    against: str | None = None
    settled: Callable[[], Awaitable[None]] = _nothing


@dataclass
class Measured:
    """Adds up over the rounds. Seconds; `cpu` by process; `failed` were not answered in time."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    cpu: dict[str, float] = field(default_factory=dict)
    failed: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        return sorted(self.latencies)[ceil(share * len(self.latencies)) - 1] * 1000

    @property
    def cpu_each(self) -> dict[str, float]:
        """Milliseconds an operation, by process."""
        return {name: used * 1000 / len(self.latencies) for name, used in self.cpu.items()}

    @property
    def cpu_ms(self) -> float:
        return sum(self.cpu_each.values())


async def measure(
    operation: Operation, processes: Processes, into: Measured, *, in_flight: int, seconds: float
) -> None:
    used = processes.cpu_seconds()
    began = time.perf_counter()
    until = began + seconds

    async def lane(number: int) -> None:
        while (asked := time.perf_counter()) < until:
            await operation.act(number)
            into.latencies.append(time.perf_counter() - asked)

    await asyncio.gather(*(lane(number) for number in range(in_flight)))
    await operation.settled()
    into.seconds += time.perf_counter() - began
    for name, total in processes.cpu_seconds().items():
        into.cpu[name] = into.cpu.get(name, 0.0) + total - used[name]


async def repeat(act: Act, times: int, in_flight: int) -> None:
    """Exactly so many."""
    left = iter(range(times))

    async def lane(number: int) -> None:
        for _ in left:
            await act(number)

    await asyncio.gather(*(lane(number) for number in range(in_flight)))
