"""Some cases of a file at a time, each lot in one transaction: by one process, or by one for each core."""

import asyncio
import gc
import os
import threading
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from typing import Final, NamedTuple

from cli.importing.histories import WAITS, Made, Rejected, made
from cli.importing.rows import Case, Row, Source
from cli.importing.table import Line
from policy.working_days import london_day
from runtime import logs
from runtime.database import working_engine
from runtime.settings import Settings
from store import imported
from store.imported import Claimed
from store.sessions import EVERYTHING, Store

CASES_A_LOT: Final = 50
OTHERWISE: Final = "its case was brought here before, and its rows say something else now"


NOTHING: Final = "nothing is told of its case: the mapping leaves out all its rows"


class Lot(NamedTuple):
    """Cases by what the other system calls them, with what is known of them here, and their lines."""

    cases: tuple[tuple[str, Claimed, tuple[Line, ...]], ...]


@dataclass
class Outcome:
    """What became of some cases. `facts` are by kind, `left_out` rows that the mapping leaves out, `twice` lines
    that say what another says already, `shut` cases of which rows say who may see them.
    """

    over: int = 0
    open: int = 0
    here_already: int = 0
    shut: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    unusual: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    left_out: int = 0
    twice: list[int] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        self.over += other.over
        self.open += other.open
        self.here_already += other.here_already
        self.shut += other.shut
        self.facts += other.facts
        self.unusual += other.unusual
        self.rejected += other.rejected
        self.left_out += other.left_out
        self.twice += other.twice


@dataclass(frozen=True)
class Carrying:
    """`store` is None where nothing is to be written."""

    source: Source
    store: Store | None

    async def carry(self, lot: Lot) -> Outcome:
        """Safe to repeat. Raises StoreAway, StoreRefused."""
        outcome, found = Outcome(), list[Made]()
        for name, known, lines in lot.cases:
            case = Case.of(name, known.ref, list(self._rows(lines, outcome)))
            if not case.rows or any(line.wrong for line in lines):
                outcome.rejected += _no_rows(lines)
            elif known.is_as_told(case.digest):
                outcome.here_already += 1
            elif known.here:
                outcome.rejected += [Rejected(line.number, OTHERWISE) for line in lines]
            else:
                found.append(made(self.source, case))
        await self._keep(found, outcome)
        return outcome

    def _rows(self, lines: Sequence[Line], outcome: Outcome) -> Iterator[Row]:
        seen = set[tuple[tuple[str, str], ...]]()
        for line in lines:
            if (said := tuple(sorted(line.cells.items()))) in seen:
                outcome.twice.append(line.number)
                continue
            seen.add(said)
            for one in self.source.table.told(line.cells):
                if one.left_out:
                    outcome.left_out += 1
                else:
                    yield Row(line.number, one)

    async def _keep(self, found: Sequence[Made], outcome: Outcome) -> None:
        histories = [one.history for one in found if one.history is not None]
        if self.store is not None and histories:
            async with self.store.writing() as db:
                now = self.source.now
                new = await imported.enter(db, histories, now, london_day(now))
            outcome.here_already += len(histories) - len(new)
            histories = new
        for one in histories:
            file = one.projection.file
            over, told = file.finished, file.imported.entries if file.imported else 0
            outcome.over += over
            outcome.open += not over
            outcome.facts.update(entry.fact.fact for entry in one.entries[:told])
            outcome.facts.update(note.fact.fact for note in one.access_told)
            outcome.shut += one.access is not None and one.access.shuts
        for each in found:
            outcome.unusual += each.unusual if each.history else Counter()
            outcome.rejected += each.rejected


def _no_rows(lines: Sequence[Line]) -> Iterator[Rejected]:
    otherwise = WAITS if any(line.wrong for line in lines) else NOTHING
    for line in lines:
        yield Rejected(line.number, line.wrong or otherwise)


async def carried(
    settings: Settings, source: Source, lots: Sequence[Lot], *, dry: bool, processes: int
) -> AsyncIterator[Outcome]:
    """As they are done, whatever their order. Raises as `Carrying.carry`."""
    if processes == 1 or len(lots) == 1:
        database = working_engine(settings)
        carrying = Carrying(source, None if dry else Store(database, EVERYTHING))
        for lot in lots:
            yield await carrying.carry(lot)
        await database.dispose()
        return
    loop, begins = asyncio.get_running_loop(), (settings, source, dry)
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, begins) as pool:
        waiting = [loop.run_in_executor(pool, _carry, lot) for lot in lots]
        try:
            for done in asyncio.as_completed(waiting):
                yield await done
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_of_this_process: dict[str, Carrying] = defaultdict()


def _begin(settings: Settings, source: Source, dry: bool) -> None:
    gc.freeze()  # what is loaded stays until the end: it need not be looked through for rubbish each time
    logs.configure(settings)
    threading.Thread(target=_end_with_whoever_asked, daemon=True).start()
    store = None if dry else Store(working_engine(settings), EVERYTHING)
    _of_this_process["carrying"] = Carrying(source, store)


def _end_with_whoever_asked() -> None:
    if (asking := parent_process()) is not None:
        asking.join()
        os._exit(1)


def _carry(lot: Lot) -> Outcome:
    return _loop().run_until_complete(_of_this_process["carrying"].carry(lot))


def _loop() -> asyncio.AbstractEventLoop:
    """One for the process: its connections live in it."""
    try:
        return asyncio.get_event_loop_policy().get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        return loop
