"""From a file to cases: what is understood of it, what is brought, what is rejected and why."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from rich.progress import Progress

from cli.importing.carrying import CASES_A_LOT, Lot, Outcome, carried
from cli.importing.histories import Rejected
from cli.importing.mapping import TheirTable, read_mapping
from cli.importing.people import people_of, told_by_reports
from cli.importing.rows import Source
from cli.importing.table import Line, Table, TableNotUnderstood, read_table, write_rows
from cli.importing.template import REJECTED, every_column
from policy.working_days import london_day
from runtime.database import working_engine
from runtime.settings import Settings
from store import imported
from store.imported import Claimed
from store.sessions import EVERYTHING, Store

ANOTHER_SYSTEM: Final = "another system"
_ONLY_TRIED: Final = Claimed("CW-0000-000000")


@dataclass(frozen=True)
class Asked:
    """What the command is told."""

    file: Path
    mapping: Path | None = None
    people: Path | None = None
    source: str | None = None
    encoding: str | None = None
    dry_run: bool = False
    rejects: Path | None = None
    processes: int = os.cpu_count() or 1


@dataclass
class Brought:
    """`outcome` of the whole file. `understood` and `ignored` are its columns, `people` of the other file."""

    asked: Asked
    rows: int
    cases: int
    source: str
    understood: list[str]
    ignored: list[str]
    people: int = 0
    waiting: int = 0
    outcome: Outcome = field(default_factory=Outcome)

    def reasons(self) -> list[tuple[str, list[int]]]:
        """Those of most lines first, with their lines."""
        found = defaultdict[str, list[int]](list)
        for one in self.outcome.rejected:
            found[one.reason].append(one.line)
        return sorted(
            ((why, sorted(lines)) for why, lines in found.items()), key=lambda one: (-len(one[1]), one[0])
        )


async def bring(settings: Settings, asked: Asked, progress: Progress) -> Brought:
    """Raises TableNotUnderstood, MappingNotUnderstood, OSError, StoreAway and StoreRefused."""
    theirs = read_mapping(asked.mapping) if asked.mapping else TheirTable()
    table = read_table(asked.file, theirs.delimiter, asked.encoding or theirs.encoding)
    told = people_of(asked.people, theirs, asked.encoding) if asked.people else {}
    cases = dict(_by_case(table, theirs.case_column(), asked.file.name))
    name = asked.source or theirs.source or ANOTHER_SYSTEM
    source = Source(name, theirs, datetime.now(UTC), {}, {}, settings.closure_days)
    keys = {case: source.key(case) for case in cases}
    database = working_engine(settings)
    try:
        with _rejects(asked) as rejects:
            store = Store(database, EVERYTHING)
            known = await _claimed(store, keys, source, dry=asked.dry_run)
            refs = {case: one.ref for case, one in known.items() if not asked.dry_run}
            reported = told_by_reports(
                source, {case: lines for case, lines in cases.items() if not known[case].here}
            )
            people = reported | {source.person(number): person for number, person in told.items()}
            source = replace(source, refs=refs, people=people)
            found = Brought(asked, len(table.lines), len(cases), name, *_columns(table, theirs), len(told))
            bar = progress.add_task("Cases", total=len(cases))
            lots = list(_lots(cases, known))
            async for outcome in carried(
                settings, source, lots, dry=asked.dry_run, processes=min(asked.processes, len(lots))
            ):
                found.outcome.add(outcome)
                progress.advance(bar, CASES_A_LOT)
            if rejects is not None:
                _write_rejects(rejects, table, found.outcome.rejected)
            async with store.reading() as db:
                found.waiting = await imported.to_start(db)
            return found
    finally:
        await database.dispose()


def _by_case(table: Table, column: str, name: str) -> Iterator[tuple[str, list[Line]]]:
    """A line without a reference is a case of its own, under an empty name, and is rejected."""
    if column not in table.header:
        raise TableNotUnderstood(f"{name} has no column {column}: it says to which case a row belongs.")
    found = defaultdict[str, list[Line]](list)
    for line in table.lines:
        found[line.cells.get(column, "").strip()].append(line)
    nameless = [line._replace(wrong=line.wrong or "case: is missing") for line in found.pop("", [])]
    yield from found.items()
    if nameless:
        yield "", nameless


async def _claimed(store: Store, keys: Mapping[str, str], source: Source, *, dry: bool) -> dict[str, Claimed]:
    """By case, its reference here."""
    wanted = list(dict.fromkeys(keys[case] for case in keys if case))
    if dry:
        async with store.reading() as db:
            known = await imported.claimed(db, wanted)
    else:
        async with store.writing() as db:
            known = await imported.claim(db, wanted, london_day(source.now).year)
    return {case: known.get(key, _ONLY_TRIED) for case, key in keys.items()}


def _lots(cases: Mapping[str, list[Line]], known: Mapping[str, Claimed]) -> Iterator[Lot]:
    names = list(cases)
    for start in range(0, len(names), CASES_A_LOT):
        some = names[start : start + CASES_A_LOT]
        yield Lot(
            tuple((name, known[name], tuple(line._replace(raw=()) for line in cases[name])) for name in some)
        )


def _columns(table: Table, theirs: TheirTable) -> tuple[list[str], list[str]]:
    """Those of which something is made, and the others."""
    known = theirs.names() | every_column()
    return [one for one in table.header if one in known], [
        one for one in table.header if one and one not in known and one != REJECTED
    ]


@contextmanager
def _rejects(asked: Asked) -> Iterator[TextIO | None]:
    """Opened beside it before anything is done, for their eyes alone who may run this, and in its place once it is
    whole. Raises TableNotUnderstood, OSError.
    """
    if (into := asked.rejects) is None:
        yield None
        return
    read = [one for one in (asked.file, asked.mapping, asked.people) if one is not None]
    if into.exists() and any(into.samefile(one) for one in read):
        raise TableNotUnderstood(f"{into.name} is read for this import: name another file for what is rejected.")
    beside = into.with_name(f"{into.name}.part")
    beside.touch(mode=0o600)
    beside.chmod(0o600)
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            yield file
        beside.replace(into)
    finally:
        beside.unlink(missing_ok=True)


def _write_rejects(file: TextIO, table: Table, rejected: list[Rejected]) -> None:
    """The lines as they were with why: mended, the file is imported like the first one."""
    why = defaultdict[int, list[str]](list)
    for one in rejected:
        why[one.line].append(one.reason)
    place = [index for index, name in enumerate(table.header) if name != REJECTED]
    write_rows(file, [[*(table.header[index] for index in place), REJECTED]])
    for line in table.lines:
        if line.number in why:
            cells = [line.raw[index] if index < len(line.raw) else "" for index in place]
            write_rows(file, [[*cells, *line.raw[len(table.header) :], "; ".join(why[line.number])]])
