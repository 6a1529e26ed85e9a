"""`--only load`: more and more open cases, and the herd at five o'clock; what came of them as tables."""

import tempfile
from pathlib import Path

from benchmarks.growing import Growing, Grown
from benchmarks.herd import Herd, herd
from benchmarks.load import Measured
from benchmarks.results import table
from benchmarks.run import Size, contenders
from benchmarks.servers import running

_LANES = 4


async def run_load(size: Size) -> str:
    """On servers of their own. Raises RuntimeError where a wake-up was lost."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-") as folder:
        async with running(Path(folder)) as bench, contenders(bench, _LANES) as (_, minimal, product):
            grown = await Growing(bench, minimal, product, size.seconds * 10, _LANES).at(size.grown)
            late = await herd(bench, product, size.herd, size.seconds * 5)
    return "\n\n".join((_growth(grown), _parts(grown[-1]), _memory(grown), _herd(late)))


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


def _herd(late: Herd) -> str:
    rows = {
        f"{late.number:,} deadlines of one second, recorded as missed after, seconds": f"{late.seconds:.1f}",
        "as many bare timers with an activity each, seconds": f"{late.bare_seconds:.1f}",
        "of their rate": f"{late.share:.2f}",
        "misses recorded (one a case)": f"{late.missed:,}",
    }
    for name, alone in late.alone.items():
        rows[f"an officer's {name} before, p50 / p99 ms"] = _in_words(alone)
        rows[f"the same {name} meanwhile"] = _in_words(late.meanwhile[name])
    return table(("five o'clock", ""), rows.items())


def _in_words(measured: Measured) -> str:
    return " / ".join(f"{value:.0f}" for value in _times(measured))


def _times(measured: Measured) -> tuple[float, float]:
    return measured.percentile(0.5), measured.percentile(0.99)
