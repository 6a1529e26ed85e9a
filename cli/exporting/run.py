"""Writes cases with all that belongs to them into a folder, some cases at a time."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.progress import Progress
from sqlalchemy import select

from cli.exporting.access import told_of
from cli.exporting.folder import Folder, TableFile
from cli.exporting.readme import readme
from cli.exporting.tables import ADDRESSES, EXPORTED, HOMES, PEOPLE, case_columns, home_rows, person_row
from cli.importing.template import row_of
from gateways.evidence_files import EvidenceFiles, FileMissing, opened
from policy.private_links import without_links
from runtime.database import working_engine
from runtime.settings import Settings
from store import access, case_people, corrections, evidence_files, people, procedures, timeline
from store.cases import cases
from store.evidence_files import FileState
from store.letters import letters
from store.sessions import EVERYTHING, Reading, Store

_AT_ONCE: Final = 50


class CaseUnknown(LookupError):
    """No case has that reference."""


@dataclass
class Written:
    """`erased` cases have no words left to give back; `missing` files are not in storage. Letters `with_links` are
    there without their page.
    """

    cases: int = 0
    entries: int = 0
    files: int = 0
    erased: int = 0
    missing: int = 0
    with_links: int = 0


async def export(wanted: Settings, into: Path, asked: Sequence[str], progress: Progress) -> Written:
    """Every case, or those asked for. Raises NotEmpty, CaseUnknown, ColumnMissing, OSError, EvidenceStoreAway and
    StoreAway.
    """
    database = working_engine(wanted)
    store, storage = Store(database, EVERYTHING), opened(wanted.evidence_url, **wanted.evidence_access)
    try:
        refs = await _refs(store, asked)
        with Folder(into) as folder:
            writing = _Writing(folder, storage, await _kinds(store))
            bar = progress.add_task("Cases", total=len(refs))
            for start in range(0, len(refs), _AT_ONCE):
                some = refs[start : start + _AT_ONCE]
                async with store.reading() as db:
                    files = await writing.add(db, some)
                await writing.copy(files)
                progress.advance(bar, len(some))
            folder.text("README.md", readme())
            folder.seal()
        return writing.written
    finally:
        await database.dispose()


async def _refs(store: Store, asked: Sequence[str]) -> list[str]:
    query = select(cases.c.ref).order_by(cases.c.ref)
    async with store.reading() as db:
        found = list((await db.connection.scalars(query.where(cases.c.ref.in_(asked)) if asked else query)).all())
    if unknown := sorted(set(asked) - set(found)):
        raise CaseUnknown(f"No case is called {', '.join(unknown)}.")
    return found


async def _kinds(store: Store) -> list[str]:
    of_cases = select(timeline.timeline.c.fact).distinct().join(cases, cases.c.ref == timeline.timeline.c.case_ref)
    async with store.reading() as db:
        return list((await db.connection.scalars(of_cases)).all())


class _Writing:
    def __init__(self, folder: Folder, storage: EvidenceFiles, kinds: Sequence[str]) -> None:
        self.folder, self.storage, self.written = folder, storage, Written()
        self.rows = folder.table("cases.csv", case_columns(kinds))
        self.people = folder.table("people.csv", PEOPLE)
        self.homes = folder.table(ADDRESSES, HOMES)
        self.tables: dict[str, TableFile] = {one.file: folder.table(one.file, one.columns) for one in EXPORTED}
        self._told_of = set[str]()

    async def add(self, db: Reading, refs: Sequence[str]) -> Sequence[str]:
        """The files that were sent to us for them, which are copied when no transaction waits for storage."""
        for one in EXPORTED:
            for row in await db.connection.execute(one.rows(refs)):
                self.tables[one.file].add(one.cells(row._asdict()))
        await self._people(db, refs)
        for ref in refs:
            await self._case(db, ref)
        beside = select(procedures.procedures.c.ref).where(procedures.procedures.c.case_ref.in_(refs))
        for ref in (await db.connection.scalars(beside.order_by(procedures.procedures.c.ref))).all():
            await self._timeline(db, ref)
        await self._letters(db, refs)
        table = evidence_files.evidence_files
        there = select(table.c.id).where(table.c.case_ref.in_(refs), table.c.state != FileState.ERASED)
        return (await db.connection.scalars(there)).all()

    async def _case(self, db: Reading, ref: str) -> None:
        entries = await self._timeline(db, ref)
        self.written.cases += 1
        self.written.entries += len(entries)
        if any(one.content is None for one in entries):
            self.written.erased += 1
            return
        for one in entries:
            self.rows.add(row_of(ref, one.seq, one.entry()))
        if (shut := await access.file_of(db, ref)) is not None:
            notes = told_of(shut, await access.notes_of(db, ref), datetime.now(UTC))
            for place, note in enumerate(notes, start=len(entries) + 1):
                self.rows.add(row_of(ref, place, note))

    async def _timeline(self, db: Reading, ref: str) -> list[timeline.TimelineEntry]:
        entries = await corrections.marked(db, ref, await timeline.entries_of(db, ref))
        self.folder.lines(f"timelines/{ref}.jsonl", (one.model_dump_json() for one in entries))
        return entries

    async def _people(self, db: Reading, refs: Sequence[str]) -> None:
        on_them = (
            select(case_people.case_people.c.person_id)
            .distinct()
            .where(case_people.case_people.c.case_ref.in_(refs), case_people.case_people.c.person_id.is_not(None))
        )
        ids = [id_ for id_ in (await db.connection.scalars(on_them)).all() if id_ not in self._told_of]
        for id_, person in sorted((await people.by_ids(db, ids)).items()):
            self._told_of.add(id_)
            self.people.add(person_row(person))
            for home in home_rows(person):
                self.homes.add(home)

    async def _letters(self, db: Reading, refs: Sequence[str]) -> None:
        """What a page says cannot be blanked as a table's cell is: one with a private link on it stays here."""
        query = select(letters.c.id, letters.c.pdf, letters.c.body).where(letters.c.case_ref.in_(refs))
        for row in await db.connection.execute(query):
            if row.pdf and without_links(row.body) != row.body:
                self.written.with_links += 1
            elif row.pdf:
                self.folder.content(f"letters/{row.id}.pdf", row.pdf)
                self.written.files += 1

    async def copy(self, files: Sequence[str]) -> None:
        for id_ in files:
            try:
                pieces: AsyncIterator[bytes] = await self.storage.read(id_)
                await self.folder.pieces(f"evidence/{id_}", pieces)
                self.written.files += 1
            except FileMissing:
                self.written.missing += 1
