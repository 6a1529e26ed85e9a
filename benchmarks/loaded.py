"""`--only load`, `--only herd` and `--only apis`: more and more open cases, five o'clock, and a second API. What
came of them as tables.
"""

import tempfile
from pathlib import Path

from benchmarks.apis import shared_reads
from benchmarks.growing import WORKED_ON, Growing, Grown, worked_on
from benchmarks.herd import Herd, herd
from benchmarks.load import Measured
from benchmarks.results import table
from benchmarks.run import Size, contenders
from benchmarks.servers import running

_LANES = 4


async def run_load(size: Size) -> str:
    """On servers of their own."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench, contenders(bench, _LANES) as (_, minimal, product):
            grown = await Growing(bench, minimal, product, size.seconds * 10, _LANES).at(size.grown)
    return "\n\n".join((_growth(grown), _parts(grown[-1]), _memory(grown)))


async def run_herd(size: Size) -> str:
    """On servers of its own. Raises RuntimeError where a wake-up was lost."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench, contenders(bench, _LANES) as (_, _, product):
            await worked_on(product, min(WORKED_ON, size.herd), _LANES)
            late = await herd(bench, product, size.herd, size.seconds * 5)
    return "\n\n".join((_together(late), _each(late), _waiting(late)))


async def run_apis(size: Size) -> str:
    """On servers of their own."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench:
            shared = await shared_reads(bench, size.subjects, size.seconds * 10)
    head = ("case reads, 8 in flight", "a second", "p50 ms", "p99 ms", "CPU ms, API", "PostgreSQL", "cores busy")
    rows = []
    for name, one in (("one API", shared.one), ("two", shared.two)):
        each = one.cpu_each
        busy = sum(one.cpu.values()) / one.seconds
        apis = each["api"] + each["second api"]
        figures = (one.rate, *_times(one), apis, each["postgres"], busy)
        rows.append([name, *(f"{value:.1f}" for value in figures)])
    return table(head, rows)


def _growth(grown: list[Grown]) -> str:
    head = (
        "open cases",
        "mix, a second",
        "p50 ms",
        "p99 ms",
        "CPU ms",
        "a fact, CPU ms",
        "against the minimal recorder",
        f"that, against {grown[0].open_cases:,} cases",
        f"CPU alone, against {grown[0].open_cases:,} cases",
        "told to who follows, of recorded",
        "p99 ms",
        "began again",
    )
    alone = grown[0].fact.cpu_ms
    first = alone / grown[0].minimal.cpu_ms
    rows = [
        [
            f"{one.open_cases:,}",
            *(f"{value:.1f}" for value in (one.together.rate, *_times(one.together), one.together.cpu_ms)),
            f"{one.fact.cpu_ms:.1f}",
            f"{one.fact.cpu_ms / one.minimal.cpu_ms:.2f}",
            f"{one.fact.cpu_ms / one.minimal.cpu_ms / first:.2f}",
            f"{one.fact.cpu_ms / alone:.2f}",
            f"{len(one.told)} of {one.recorded}",
            f"{one.told[int(len(one.told) * 0.99)] * 1000:.0f}" if one.told else "",
            str(one.again),
        ]
        for one in grown
    ]
    return table(head, rows)


def _parts(grown: Grown) -> str:
    head = (f"{grown.open_cases:,} open cases, {_LANES} in flight", "number", "p50 ms", "p95 ms", "p99 ms")
    rows = [
        [name, str(len(one.latencies)), *(f"{one.percentile(share):.1f}" for share in (0.5, 0.95, 0.99))]
        for name, one in sorted(grown.parts.items())
    ]
    return table(head, rows)


def _memory(grown: list[Grown]) -> str:
    rows = [[f"{one.open_cases:,}", *(f"{value:.0f}" for value in one.megabytes.values())] for one in grown]
    return table(("open cases", *(f"{name}, MB" for name in grown[0].megabytes)), rows)


def _together(late: Herd) -> str:
    head = (
        f"{late.number:,} deadlines of one second",
        "seconds",
        "as many bare timers",
        "of their rate",
        "misses",
    )
    rows = (
        ("while nobody asks for anything", late.ours, late.bare, late.missed),
        ("while officers work", late.ours_at_work, late.bare_at_work, late.missed_at_work),
    )
    return table(
        head,
        [
            [
                name,
                f"{ours.seconds:.1f}",
                f"{bare.seconds:.1f}",
                f"{bare.seconds / ours.seconds:.2f}",
                f"{missed:,}",
            ]
            for name, ours, bare, missed in rows
        ],
    )


def _each(late: Herd) -> str:
    """What one of them costs while nobody asks for anything."""
    ours, bare = late.ours, late.bare
    own = {"worker": (ours.cpu["worker"], bare.cpu["bare worker"])}
    cpu = own | {name: (ours.cpu[name], bare.cpu[name]) for name in ("temporal", "postgres")}
    rows = [[f"CPU ms, {name}", *(f"{one:.1f}" for one in both)] for name, both in cpu.items()]
    rows.append(["CPU ms, all", *(f"{sum(one):.1f}" for one in zip(*cpu.values(), strict=True))])
    rows += [
        [kind, *(f"{one.events.get(kind, 0):.2f}" for one in (ours, bare))]
        for kind in sorted(ours.events | bare.events)
    ]
    rows.append(["all events", *(f"{sum(one.events.values()):.2f}" for one in (ours, bare))])
    return table(("one of them", "deadline", "bare timer"), rows)


def _waiting(late: Herd) -> str:
    head = ("p50 / p99 ms", "before", "beside the deadlines", "beside bare timers")
    meanwhile = (late.alone, late.ours_at_work.meanwhile, late.bare_at_work.meanwhile)
    return table(head, [[name, *(_in_words(one[name]) for one in meanwhile)] for name in late.alone])


def _in_words(measured: Measured) -> str:
    told = " / ".join(f"{value:.0f}" for value in _times(measured))
    return f"{told} ({measured.failed} of {len(measured.latencies)} not in time)" if measured.failed else told


def _times(measured: Measured) -> tuple[float, float]:
    return measured.percentile(0.5), measured.percentile(0.99)
