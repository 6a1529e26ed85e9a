"""Sizes on paper: what so many open cases want, reckoned from what was measured and counted.

`python -m benchmarks.scale` prints the table of docs/scale.md.
"""

from collections.abc import Iterator
from math import ceil
from typing import Final

from benchmarks.results import table

OPEN: Final = (2_000, 50_000, 1_000_000)

# Measured (docs/benchmarks.md, docs/workers.md): processor time in ms, memory and disk in kB.
FACT_MS: Final = {"API": 5.4, "workers": 11.7, "Temporal": 13.3, "PostgreSQL": 2.6}
LETTER_MS: Final = {"workers": 35.9, "Temporal": 17.0, "PostgreSQL": 5.3}
WAKE_MS: Final = 25.7
"""A fact without HTTP: what a case costs that wakes up and records something."""
PAGE_MS: Final = 38.0
FACT_KB: Final = 3.28
HISTORY_KB: Final = 3.29
RUN_KB: Final = 300.0
LETTER_KB: Final = 36.0
CACHED_KB: Final = 160.0
NUDGED_A_SECOND: Final = 30
VERIFIED_MS: Final = 25.0

# Counted in benchmarks/simulating.py: a case that is open for a year.
FACTS_A_YEAR: Final = 102
BY_PEOPLE_A_YEAR: Final = 66
LETTERS_A_YEAR: Final = 3

# Taken for so: put in your own.
WORKING_DAYS: Final = 252
HOURS_A_DAY: Final = 8
BUSIEST: Final = 2
CASES_AN_OFFICER: Final = 33
PAGES_A_MINUTE: Final = 1
KEPT_YEARS: Final = 7
WORKER_GB: Final = 2.0
BESIDE_THE_CACHE_GB: Final = 0.3
AT_MOST_BUSY: Final = 0.5
CONNECTIONS_A_PROCESS: Final = 21
OTHER_PROCESSES: Final = 6

_GB: Final = 1e6  # kB


def rows(cases: int) -> Iterator[tuple[str, str]]:
    facts_a_day = cases * FACTS_A_YEAR / WORKING_DAYS
    busiest = BUSIEST / HOURS_A_DAY / 3600
    officers = cases / CASES_AN_OFFICER
    pages = officers * PAGES_A_MINUTE / 60
    letters_a_day = cases * LETTERS_A_YEAR / WORKING_DAYS
    woken = cases * BY_PEOPLE_A_YEAR / WORKING_DAYS
    written_ms = facts_a_day * sum(FACT_MS.values()) + letters_a_day * sum(LETTER_MS.values())
    yield "officers", _whole(officers)
    yield "facts a working day", _whole(facts_a_day)
    yield "letters a working day", _whole(letters_a_day)
    yield "facts a second in the busiest hour", _short(facts_a_day * busiest)
    yield "pages a second in the busiest hour", _short(pages)
    yield "cores busy then with facts and letters", _short(written_ms * busiest / 1000)
    yield "cores busy then with pages (API and PostgreSQL)", _short(pages * PAGE_MS / 1000)
    yield "cases that wake up at five o'clock", _whole(woken)
    yield "core-seconds for these", _whole(woken * WAKE_MS / 1000)
    api = 1 + ceil((pages * PAGE_MS + facts_a_day * busiest * FACT_MS["API"]) / 1000 / AT_MOST_BUSY)
    workers = 1 + ceil(cases * CACHED_KB / _GB / (WORKER_GB - BESIDE_THE_CACHE_GB))
    yield "API processes", _whole(api)
    yield "memory for all open cases in workers, GB", _short(cases * CACHED_KB / _GB)
    yield f"workers for cases, of {WORKER_GB:.0f} GB", _whole(workers)
    yield "connections to PostgreSQL at most", _whole((api + workers + OTHER_PROCESSES) * CONNECTIONS_A_PROCESS)
    a_year = cases * (FACTS_A_YEAR * FACT_KB + LETTERS_A_YEAR * LETTER_KB) / _GB
    yield "PostgreSQL grows in a year by, GB", _short(a_year)
    yield "and holds in the end, GB", _whole(a_year * KEPT_YEARS)
    open_runs = cases * RUN_KB / 2
    closed_runs = cases * FACTS_A_YEAR * 30 / 365 * HISTORY_KB
    yield "Temporal's histories, GB", _short((open_runs + closed_runs) / _GB)
    yield "to another build, hours", _short(cases / NUDGED_A_SECOND / 3600)
    yield "`casework verify`, hours at least", _short(cases * VERIFIED_MS / 1000 / 3600)


def _whole(number: float) -> str:
    return f"{number:,.0f}"


def _short(number: float) -> str:
    """Two figures that count, above a thousandth."""
    return _whole(number) if number >= 10 else f"{round(number, 3):.2g}"  # noqa: PLR2004 - two figures


def sizes() -> str:
    columns = [dict(rows(cases)) for cases in OPEN]
    head = ("open cases", *(_whole(cases) for cases in OPEN))
    return table(head, ((name, *(one[name] for one in columns)) for name in columns[0]))


if __name__ == "__main__":
    print(sizes())
