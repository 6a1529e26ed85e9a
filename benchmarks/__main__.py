"""`python -m benchmarks`: the product beside the raw SDK and the minimal recorder, in one run on one machine."""

import argparse
import asyncio
import os
import sys

from benchmarks.run import FULL, QUICK, run
from runtime import logs


def main() -> None:
    words = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    words.add_argument("--quick", action="store_true", help="half a minute, to see that it runs")
    words.add_argument(
        "--only", default="", help="operations whose name has this, and what they are compared with"
    )
    wanted = words.parse_args()
    logs.configure_for_console()
    results = asyncio.run(run(QUICK if wanted.quick else FULL, wanted.only))
    sys.stdout.write(f"{os.cpu_count()} cores; PostgreSQL durable, Temporal in memory; one worker, one API.\n\n")
    sys.stdout.write(results.tables() + "\n")


if __name__ == "__main__":
    main()
