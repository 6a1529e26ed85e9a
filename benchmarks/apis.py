"""What a second API takes off the first: cases read by one process, and by two that share them."""

from dataclasses import dataclass

from benchmarks.accounting import Processes
from benchmarks.contenders import Product
from benchmarks.growing import WORKED_ON, worked_on
from benchmarks.http import Connection
from benchmarks.load import Measured, Operation, measure
from benchmarks.servers import Bench, another_api

_LANES = 8
_TURNS = 4


@dataclass(frozen=True)
class Shared:
    """By one process, and by two."""

    one: Measured
    two: Measured


async def shared_reads(bench: Bench, opened: int, seconds: float) -> Shared:
    """In turns, so many seconds each."""
    async with another_api(bench) as other:
        roots = Processes({**bench.processes.roots, "second api": other.process.pid})
        ports = (bench.settings.api_port, other.port)
        first, both = (
            Product(bench, [Connection(ports[lane % number], bench.token) for lane in range(_LANES)])
            for number in (1, 2)
        )
        await worked_on(first, min(WORKED_ON, opened), _LANES)
        both.subjects = first.subjects
        found = Shared(Measured(), Measured())
        for _ in range(_TURNS):
            for product, into in ((first, found.one), (both, found.two)):
                reads = Operation("case read", product.read)
                await measure(reads, roots, into, in_flight=_LANES, seconds=seconds / _TURNS)
        for connection in (*first.lanes, *both.lanes):
            connection.close()
    return found
