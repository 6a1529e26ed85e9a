"""`python -m benchmarks`: the product beside the raw SDK and the minimal recorder, in one run on one machine."""

import argparse
import asyncio
import os
import sys
from dataclasses import replace

from benchmarks.loaded import run_load
from benchmarks.results import figures_table, import_table, pages_table
from benchmarks.run import (
    FIGURES,
    FULL,
    IMPORT,
    LOAD,
    PAGES,
    QUICK,
    SIMULATION,
    run,
    run_figures,
    run_import,
    run_pages,
)
from benchmarks.simulating import case_years_a_second
from runtime import logs


def main() -> None:
    words = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    words.add_argument("--quick", action="store_true", help="half a minute, to see that it runs")
    words.add_argument(
        "--only",
        default="",
        help="what has this in its name and its contender; or pages, figures, import, simulation, load",
    )
    words.add_argument("--open", default="", help="of load: at how many open cases, as in 2000,10000,50000")
    wanted = words.parse_args()
    logs.configure_for_console()
    size = QUICK if wanted.quick else FULL
    if wanted.only == PAGES:
        sys.stdout.write(pages_table(asyncio.run(run_pages(size))) + "\n")
        return
    if wanted.only == FIGURES:
        sys.stdout.write(figures_table(asyncio.run(run_figures(size))) + "\n")
        return
    if wanted.only == IMPORT:
        sys.stdout.write(import_table(asyncio.run(run_import(size))) + "\n")
        return
    if wanted.only == SIMULATION:
        sys.stdout.write(case_years_a_second(size.case_years).in_words + "\n")
        return
    if wanted.only == LOAD:
        grown = tuple(int(one) for one in wanted.open.split(",")) if wanted.open else size.grown
        sys.stdout.write(asyncio.run(run_load(replace(size, grown=grown))) + "\n")
        return
    results = asyncio.run(run(size, wanted.only))
    sys.stdout.write(f"{os.cpu_count()} cores; PostgreSQL durable, Temporal in memory; one worker, one API.\n\n")
    sys.stdout.write(results.tables() + "\n")
    if not wanted.only:
        sys.stdout.write("\n" + case_years_a_second(size.case_years).in_words + "\n")


if __name__ == "__main__":
    main()
