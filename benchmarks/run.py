"""One run: what a cached case weighs, what a fact costs in history, then every operation in turn."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import Act, Minimal, Product, Raw
from benchmarks.doors import door_figures
from benchmarks.figures import figures_over
from benchmarks.histories import REST, events_per_fact
from benchmarks.http import Connection
from benchmarks.importing import import_figures
from benchmarks.load import Measured, Operation, measure, repeat
from benchmarks.pages import Figures, page_figures
from benchmarks.pure import pure_figures
from benchmarks.results import Results
from benchmarks.servers import Bench, running
from benchmarks.sizes import Sizes, size_figures
from workflows.case_kind import workflow_id

_AT_ONCE = 10


@dataclass(frozen=True)
class Size:
    """`opened` workflows of each kind after `warm_up`, of which `subjects` are worked on and on ten of which the
    events of `counted` facts each are counted; then `rounds` slices of `seconds` each.
    """

    opened: int
    subjects: int
    rounds: int
    seconds: float
    warm_up: int = 50
    counted: int = 10
    in_flight: tuple[int, ...] = (4, 50)
    open_cases: int = 2000
    case_years: int = 100
    historic: int = 1_000_000
    imported: tuple[int, int] = (20_000, 1000)
    grown: tuple[int, ...] = (2000, 10_000)
    herd: int = 10_000


FULL = Size(opened=1000, subjects=200, rounds=3, seconds=2.2)
QUICK = Size(
    opened=100,
    subjects=50,
    rounds=1,
    seconds=0.6,
    open_cases=100,
    case_years=20,
    historic=10_000,
    imported=(2000, 100),
    grown=(250,),
    herd=100,
)
TINY = Size(
    opened=5,
    subjects=5,
    rounds=1,
    seconds=0.1,
    in_flight=(2,),
    warm_up=5,
    counted=2,
    open_cases=20,
    historic=200,
    imported=(60, 50),
    grown=(8, 10),
    herd=5,
)


PAGES, FIGURES, IMPORT, SIMULATION = "pages", "figures", "import", "simulation"
SIZES, LOAD, HERD, APIS = "sizes", "load", "herd", "apis"


async def run_pages(size: Size) -> Figures:
    """The pages alone, on servers of their own."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench:
            return await page_figures(bench, size.open_cases, size.seconds * size.rounds)


async def run_figures(size: Size) -> dict[str, list[str]]:
    """What reports, lists and the board take over historic cases, on servers of their own."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench:
            return await figures_over(bench, size.historic)


async def run_import(size: Size) -> dict[str, str]:
    """The same of cases from another system."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench:
            return await import_figures(bench, *size.imported)


async def run_sizes(size: Size) -> Sizes:
    """How much a case takes, on servers of their own."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench:
            return await size_figures(bench, size.opened)


async def run(size: Size, only: str = "") -> Results:
    """`only` keeps the operations whose name has it, and what they are compared with."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with (
            running(Path(folder)) as bench,
            contenders(bench, max(_AT_ONCE, *size.in_flight)) as these,
        ):
            memory = await _memory(bench, size, these)
            events = await _events(bench, size, *these[1:])
            operations = _chosen(_operations(*these), only)
            rates = {number: await _rates(bench, size, operations, number) for number in size.in_flight}
            later = these[-1].later
            doors = await door_figures(bench, these[-1].opened[0], size.seconds / 2)
    pure = pure_figures(size.seconds / 2)
    return Results(operations, rates, events, memory, later, pure, doors)


Contenders = tuple[Raw, Minimal, Product]


@asynccontextmanager
async def contenders(bench: Bench, lanes: int) -> AsyncIterator[Contenders]:
    connections = [Connection(bench.settings.api_port, bench.token) for _ in range(lanes)]
    yield Raw(bench), Minimal(bench), Product(bench, connections)
    for connection in connections:
        connection.close()


async def _memory(bench: Bench, size: Size, these: Contenders) -> dict[str, float]:
    """Kilobytes that the worker grew by for each workflow; these are worked on afterwards."""
    raw, minimal, product = these
    weighed = {
        "raw workflow": await _growth(bench, "bare worker", raw.start, size),
        "minimal recorder": await _growth(bench, "bare worker", minimal.start, size),
        "case": await _growth(bench, "worker", product.open, size, product.everything_settled),
    }
    for contender in these:
        contender.subjects.names += contender.opened[-size.subjects :]
    return weighed


async def _settled_already() -> None:
    return


async def _growth(
    bench: Bench,
    process: str,
    start: Act,
    size: Size,
    settled: Callable[[], Awaitable[None]] = _settled_already,
) -> float:
    await repeat(start, size.warm_up, _AT_ONCE)
    await settled()
    before = bench.processes.resident_kb(process)
    await repeat(start, size.opened, _AT_ONCE)
    await settled()
    return (bench.processes.resident_kb(process) - before) / size.opened


async def _events(bench: Bench, size: Size, minimal: Minimal, product: Product) -> dict[str, dict[str, float]]:
    rows, refs = minimal.opened[:10], product.opened[:10]
    for ref in refs:
        await product.assess(ref, 0)
    await asyncio.sleep(REST)
    return {
        "minimal recorder": await events_per_fact(
            bench.client, rows, lambda place: minimal.record_on(rows[place]), size.counted
        ),
        "case": await events_per_fact(
            bench.client,
            [workflow_id(ref) for ref in refs],
            lambda place: product.record_on(refs[place], place),
            size.counted,
        ),
    }


def _operations(raw: Raw, minimal: Minimal, product: Product) -> tuple[Operation, ...]:
    """What is compared stands next to what it is compared with, so that noise hits both."""
    return (
        Operation("raw start", raw.start),
        Operation("minimal start with a row", minimal.start),
        Operation("case opened", product.open, "minimal start with a row", product.everything_settled),
        Operation(
            "case opened, letter ready",
            product.open_with_letter,
            "minimal start with a row",
            product.everything_settled,
        ),
        Operation("raw signal", raw.signal, None, raw.signals_processed),
        Operation("incident", product.incident, "raw signal", product.everything_settled),
        Operation("raw update", raw.update),
        Operation("minimal recorded fact", minimal.fact),
        Operation("fact", product.fact, "minimal recorded fact", product.receipts_written),
        Operation("fact without HTTP", product.fact_by_door, "minimal recorded fact", product.receipts_written),
        Operation("raw query", raw.query),
        Operation("live query", product.live, "raw query"),
        Operation("case read", product.read, "raw query"),
    )


def _chosen(operations: tuple[Operation, ...], only: str) -> tuple[Operation, ...]:
    chosen = [operation for operation in operations if only in operation.name]
    wanted = {operation.name for operation in chosen} | {operation.against for operation in chosen}
    return tuple(operation for operation in operations if operation.name in wanted)


async def _rates(
    bench: Bench, size: Size, operations: tuple[Operation, ...], in_flight: int
) -> dict[str, Measured]:
    found = {operation.name: Measured() for operation in operations}
    for number in range(size.rounds):
        sys.stderr.write(f"{in_flight} in flight, round {number + 1} of {size.rounds}\n")
        for operation in operations:
            into = found[operation.name]
            await measure(operation, bench.processes, into, in_flight=in_flight, seconds=size.seconds)
            await asyncio.sleep(0.1)
    return found
