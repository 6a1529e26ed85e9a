"""`python -m benchmarks`: the product beside the raw SDK and the minimal recorder, in one run on one machine."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks.loaded import run_apis, run_herd, run_load
from benchmarks.results import figures_table, import_table, pages_table, sizes_table
from benchmarks.run import (
    APIS,
    FIGURES,
    FULL,
    HERD,
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


def _told(name: str, size: Size) -> Iterator[str]:
    """What that part found; without a name all of them, each as soon as it is there."""
    parts: dict[str, Callable[[], str]] = {
        PAGES: lambda: pages_table(asyncio.run(run_pages(size))),
        IMPORT: lambda: import_table(asyncio.run(run_import(size))),
        SIMULATION: lambda: case_years_a_second(size.case_years).in_words,
        FIGURES: lambda: figures_table(asyncio.run(run_figures(size))),
        SIZES: lambda: sizes_table(asyncio.run(run_sizes(size))),
        APIS: lambda: asyncio.run(run_apis(size)),
        LOAD: lambda: asyncio.run(run_load(size)),
        HERD: lambda: asyncio.run(run_herd(size)),
    }
    if name in parts:
        yield parts[name]()
        return
    yield f"{os.cpu_count()} cores; PostgreSQL durable, Temporal in memory; one worker, one API."
    yield asyncio.run(run(size, name)).tables()
    if not name:
        yield from (each() for each in parts.values())


def main() -> None:
    words = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    words.add_argument(
        "--quick", action="store_true", help="a few minutes, to see that it runs; with --only, less"
    )
    words.add_argument(
        "--only",
        default="",
        help="operations of that name; or pages, figures, import, simulation, sizes, load, herd, apis",
    )
    words.add_argument("--open", default="", help="of load: at how many open cases, as in 2000,10000,50000")
    words.add_argument("--herd", type=int, help="of herd: how many deadlines of one second")
    wanted = words.parse_args()
    logs.configure_for_console()
    size = QUICK if wanted.quick else FULL
    if wanted.open:
        size = replace(size, grown=tuple(int(one) for one in wanted.open.split(",")))
    if wanted.herd:
        size = replace(size, herd=wanted.herd)
    for told in _told(wanted.only, size):
        sys.stdout.write(told + "\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
