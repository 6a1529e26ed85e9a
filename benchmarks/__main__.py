"""`python -m benchmarks`: the product beside the raw SDK and the minimal recorder, in one run on one machine."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import replace

from benchmarks.loaded import run_load
from benchmarks.results import figures_table, import_table, pages_table, sizes_table
from benchmarks.run import (
    FIGURES,
    FULL,
    IMPORT,
    LOAD,
    PAGES,
    QUICK,
    SIMULATION,
    SIZES,
    Size,
    run,
    run_figures,
    run_import,
    run_pages,
    run_sizes,
)
from benchmarks.simulating import case_years_a_second
from runtime import logs


def _told(name: str, size: Size) -> str:
    """What that part found."""
    parts: dict[str, Callable[[], str]] = {
        PAGES: lambda: pages_table(asyncio.run(run_pages(size))),
        FIGURES: lambda: figures_table(asyncio.run(run_figures(size))),
        IMPORT: lambda: import_table(asyncio.run(run_import(size))),
        SIMULATION: lambda: case_years_a_second(size.case_years).in_words,
        LOAD: lambda: asyncio.run(run_load(size)),
        SIZES: lambda: sizes_table(asyncio.run(run_sizes(size))),
    }
    if name in parts:
        return parts[name]()
    told = asyncio.run(run(size, name)).tables()
    head = f"{os.cpu_count()} cores; PostgreSQL durable, Temporal in memory; one worker, one API.\n\n"
    return head + told if name else f"{head}{told}\n\n{parts[SIMULATION]()}"


def main() -> None:
    words = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    words.add_argument("--quick", action="store_true", help="half a minute, to see that it runs")
    words.add_argument(
        "--only",
        default="",
        help="what has this in its name and its contender; or pages, figures, import, simulation, load, sizes",
    )
    words.add_argument("--open", default="", help="of load: at how many open cases, as in 2000,10000,50000")
    words.add_argument("--herd", type=int, help="of load: how many deadlines of one second")
    wanted = words.parse_args()
    logs.configure_for_console()
    size = QUICK if wanted.quick else FULL
    if wanted.open:
        size = replace(size, grown=tuple(int(one) for one in wanted.open.split(",")))
    if wanted.herd:
        size = replace(size, herd=wanted.herd)
    sys.stdout.write(_told(wanted.only, size) + "\n")


if __name__ == "__main__":
    main()
