"""What it costs to bring cases from another system: history into the store, and open cases into the engine."""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from rich.progress import Progress

from benchmarks.bare import WORDS, Bare
from benchmarks.bare_worker import QUEUE
from benchmarks.servers import Bench
from cli.importing.run import Asked, Brought, bring
from cli.importing.table import write_mappings
from runtime.database import working_engine
from store.sessions import EVERYTHING, Store
from workers.relay import Relay
from workflows.intake import Intake

_AT_ONCE = 50
"""How many starts are under way: as many as the relay takes at a time."""
_FACTS = 8
_REPORTED = datetime(2019, 3, 4, 10, tzinfo=UTC)


async def import_figures(bench: Bench, over: int, still_open: int) -> dict[str, str]:
    """By what was brought: a second, and for open ones the ratio to workflows that do nothing."""
    with tempfile.TemporaryDirectory(prefix="casework-bench-import-") as folder:
        file = Path(folder) / "over.csv"
        _write(file, "over", over, closed=True)
        took, found = await _timed(lambda: _brought(bench, file))
        _write(Path(folder) / "open.csv", "open", still_open, closed=False)
        await _brought(bench, Path(folder) / "open.csv")
        started, _ = await _timed(lambda: _carried(bench, still_open))
        raw, _ = await _timed(lambda: _raw_starts(bench, still_open))
    into = f"closed cases of {_FACTS} facts into the store, a second, on {os.cpu_count()} cores"
    return {
        into: f"{found.outcome.over / took:,.0f}",
        "facts of these, a second": f"{found.outcome.facts.total() / took:,.0f}",
        "open cases started in the engine, a second": f"{still_open / started:,.0f}",
        "workflows that do nothing, started by the bare SDK, a second": f"{still_open / raw:,.0f}",
        "open cases, against those": f"{raw / started:.2f}",
    }


async def _timed(act: Callable[[], Awaitable[Brought | None]]) -> tuple[float, Brought]:
    began = time.perf_counter()
    found = await act()
    return time.perf_counter() - began, found  # type: ignore[return-value] # only what was brought is looked at


async def _brought(bench: Bench, file: Path) -> Brought:
    with Progress(disable=True) as progress:
        return await bring(bench.settings, Asked(file, source=file.stem), progress)


async def _carried(bench: Bench, number: int) -> None:
    """As the relay does it, without its rests."""
    database = working_engine(bench.settings)
    relay = Relay(Intake(Store(database, EVERYTHING), bench.door, {}), rest_seconds=60, batch=_AT_ONCE)
    done = 0
    while done < number and (more := await relay.carry_waiting()):
        done += more
    await database.dispose()
    if done < number:
        raise RuntimeError(f"only {done} of {number} open cases were started")


async def _raw_starts(bench: Bench, number: int) -> None:
    async def lane(share: int) -> None:
        for _ in range(share):
            await bench.client.start_workflow(Bare.run, id=f"bare/{uuid4()}", task_queue=QUEUE)

    await asyncio.gather(*(lane(number // _AT_ONCE) for _ in range(_AT_ONCE)))


def _write(path: Path, name: str, number: int, *, closed: bool) -> None:
    rows = [row for place in range(number) for row in _rows(f"{name}-{place}", place, closed=closed)]
    header = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        write_mappings(file, header, iter(rows))


def _rows(case: str, place: int, *, closed: bool) -> Iterator[dict[str, str]]:
    """Eight happenings of a case, over some weeks."""
    begins = _REPORTED + timedelta(hours=place)

    def row(days: int, happened: str, **said: str) -> dict[str, str]:
        at = (begins + timedelta(days=days)).isoformat()
        return {"case": case, "happened": happened, "at": at, "by": f"officer-{place % 40}"} | said

    who = {
        "complainant.name": f"Invented Person {place}",
        "complainant.address": f"{place} Invented Row;Sevenoaks",
        "complainant.phone": "01632 960001",
    }
    yield row(0, "report_received", channel="phone", category="noise", words=WORDS) | who
    yield row(1, "contact_made", means="phone", words=WORDS)
    yield row(2, "assessed", seriousness="ordinary", categories="noise", limb="b", reasons=WORDS)
    yield row(3, "case_allocated", officer=f"officer-{place % 40}")
    yield row(10, "contact_made", means="phone", words=WORDS)
    yield row(20, "contact_made", means="visit", words=WORDS)
    if closed:
        yield row(30, "closure_proposed", outcome="stopped", explanation=WORDS)
        yield row(33, "case_closed", closing="with_letter", reasons=WORDS)
    else:
        yield row(30, "contact_made", means="phone", words=WORDS)
        yield row(31, "incident_reported", channel="phone", category="noise", words=WORDS)
