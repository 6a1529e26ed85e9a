"""Files of another system, brought in one process, and what the store has of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.progress import Progress

from cli.importing.run import Asked, Brought, bring
from cli.importing.table import write_mappings
from cli.rebuild import rebuild
from cli.verify import verify
from runtime.settings import Settings
from store import cases, imported
from store.sessions import Store

REPORT = {
    "case": "ASB/1",
    "happened": "report_received",
    "at": "2019-03-04 10:30",
    "channel": "phone",
    "category": "noise",
    "words": "Music every night.",
    "complainant.name": "Rowan Example",
    "complainant.email": "rowan@example.org",
}
CONTACT = {"case": "ASB/1", "happened": "contact_made", "at": "2019-03-06", "means": "phone", "words": "Spoke."}
ASSESSED = {
    "case": "ASB/1",
    "happened": "assessed",
    "at": "2019-03-07 09:00",
    "seriousness": "ordinary",
    "categories": "noise",
    "limb": "b",
    "reasons": "As told.",
}
CLOSED = {
    "case": "ASB/1",
    "happened": "case_closed",
    "at": "2019-05-01",
    "closing": "with_letter",
    "reasons": "It stopped.",
}
OVER = (REPORT, CONTACT, ASSESSED, CLOSED)
OPEN = (REPORT, CONTACT, ASSESSED)

Rows = Sequence[Mapping[str, str]]


def of_case(name: str, rows: Rows) -> list[dict[str, str]]:
    return [{**row, "case": name} for row in rows]


def written(path: Path, rows: Rows) -> Path:
    header = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        write_mappings(file, header, iter(rows))
    return path


async def brought(settings: Settings, file: Path, **more: Any) -> Brought:
    with Progress(disable=True) as progress:
        return await bring(settings, Asked(file, processes=more.pop("processes", 1), **more), progress)


async def holds(settings: Settings) -> bool:
    """Chains and projections do, and go on to after they are made anew."""
    with Progress(disable=True) as progress:
        before = await verify(settings, progress)
        await rebuild(settings, progress)
        after = await verify(settings, progress)
    assert not before.faults, before.faults
    assert not after.faults, after.faults
    return True


async def refs(store: Store) -> list[str]:
    async with store.reading() as db:
        rows = await db.connection.scalars(cases.cases.select().with_only_columns(cases.cases.c.ref))
        return sorted(rows.all())


async def claimed(store: Store) -> int:
    async with store.reading() as db:
        return len((await db.connection.execute(imported.imported_cases.select())).all())
