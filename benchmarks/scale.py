"""Sizes on paper: what so many open cases want, reckoned from what was measured and counted.

`python -m benchmarks.scale` prints both tables of docs/scale.md.
"""

from collections.abc import Iterator
from math import ceil
from typing import Final

from benchmarks.results import table

OPEN: Final = (2_000, 50_000, 1_000_000)

# Measured (docs/benchmarks.md, docs/workers.md): processor time in ms, memory and disk in kB.
FACT_MS: Final = {"API": 3.2, "workers": 8.4, "Temporal": 9.3, "PostgreSQL": 2.2}
LETTER_MS: Final = {"workers": 23.6, "Temporal": 13.6, "PostgreSQL": 4.4}
WAKE_MS: Final = 18.3
"""A fact without HTTP: what a case costs that wakes up and records something."""
PAGE_MS: Final = 31.0
FACT_KB: Final = 2.44
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
CONNECTIONS_OF_TEMPORAL: Final = 100
OTHER_PROCESSES: Final = 4
SMALL: Final = 2_000
"""So many do not want a PostgreSQL for Temporal alone."""

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
    api, workers = processes(cases)
    yield "API processes", _whole(api)
    yield "memory for all open cases in workers, GB", _short(cases * CACHED_KB / _GB)
    yield f"workers for cases, of {WORKER_GB:.0f} GB", _whole(workers)
    yield "connections to PostgreSQL at most", _whole(connections(cases))
    yield "PostgreSQL grows in a year by, GB", _short(grows_gb(cases))
    yield "and holds in the end, GB", _whole(grows_gb(cases) * KEPT_YEARS)
    yield "Temporal's histories, GB", _short(histories_gb(cases))
    yield "to another build, hours", _short(cases / NUDGED_A_SECOND / 3600)
    yield "`casework verify`, hours at least", _short(cases * VERIFIED_MS / 1000 / 3600)


def money(cases: int) -> Iterator[tuple[str, str]]:
    """Processor and memory half as much again, and as much again, for PostgreSQL and Temporal; the disk twice."""
    api, workers = processes(cases)
    beside = api + OTHER_PROCESSES
    disk = 2 * (grows_gb(cases) * KEPT_YEARS + histories_gb(cases))
    yield "cores, all year", _whole(ceil((workers + beside) * 1.5))
    yield "GB of memory", _whole(2 * (workers * WORKER_GB + beside))
    yield "GB of database after seven years, without copies", _whole(disk)


def processes(cases: int) -> tuple[int, int]:
    """Of the API, and workers for cases: one more than are wanted."""
    pages_ms = cases / CASES_AN_OFFICER * PAGES_A_MINUTE / 60 * PAGE_MS
    facts_ms = cases * FACTS_A_YEAR / WORKING_DAYS * BUSIEST / HOURS_A_DAY / 3600 * FACT_MS["API"]
    api = 1 + ceil((pages_ms + facts_ms) / 1000 / AT_MOST_BUSY)
    return api, 1 + ceil(cases * CACHED_KB / _GB / (WORKER_GB - BESIDE_THE_CACHE_GB))


def connections(cases: int) -> int:
    """Each API listens by one more."""
    api, workers = processes(cases)
    ours = (api + workers + OTHER_PROCESSES) * CONNECTIONS_A_PROCESS + api
    return ours + (CONNECTIONS_OF_TEMPORAL if cases <= SMALL else 0)


def grows_gb(cases: int) -> float:
    return cases * (FACTS_A_YEAR * FACT_KB + LETTERS_A_YEAR * LETTER_KB) / _GB


def histories_gb(cases: int) -> float:
    closed_runs = FACTS_A_YEAR * 30 / 365 * HISTORY_KB
    return cases * (RUN_KB / 2 + closed_runs) / _GB


def _whole(number: float) -> str:
    return f"{number:,.0f}"


def _short(number: float) -> str:
    """Two figures that count, above a thousandth."""
    return _whole(number) if number >= 10 else f"{round(number, 3):.2g}"  # noqa: PLR2004 - two figures


def sizes() -> str:
    columns = [dict(rows(cases)) for cases in OPEN]
    head = ("open cases", *(_whole(cases) for cases in OPEN))
    return table(head, ((name, *(one[name] for one in columns)) for name in columns[0]))


def costs() -> str:
    """Of all but the smallest."""
    columns = [dict(money(cases)) for cases in OPEN[1:]]
    head = ("all in all", *(_whole(cases) for cases in OPEN[1:]), "price")
    return table(head, ((name, *(one[name] for one in columns), "fill in") for name in columns[0]))


if __name__ == "__main__":
    print(sizes(), costs(), sep="\n\n")
