"""`casework export`: everything comes back, can be checked without us, and is the same when it is imported."""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from pydantic import ValidationError
from rich.progress import Progress
from sqlalchemy import insert, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from cli.exporting.folder import NotEmpty
from cli.exporting.run import CaseUnknown, Written, export
from cli.verify import read_lines, verify_file
from policy import folding, rules
from policy.case_file import CaseFile
from policy.facts import BORDER, Entry
from policy.facts.importing import CaseImported
from policy.facts.parts import PersonIdentified, PersonJoined
from policy.facts.people import Means
from policy.refusals import Refused
from runtime.database import dsn
from runtime.embedded.postgres import PostgresServer
from runtime.settings import Settings
from store import cases, people, recording, timeline
from store.letters import letters
from store.people import PersonTold
from store.sessions import EVERYTHING, Store
from tests.api.product import elsewhere
from tests.cli.brought import OPEN, OVER, brought, of_case, refs, written
from tests.conftest import TEMPLATE, as_worker
from tests.given import EDITION, empty_file
from tests.policy.random_lives import begun, entry_of, reported, steps

LIVES = 30
UNTIL = datetime(2026, 1, 1, tzinfo=UTC)
"""Nothing comes from the future."""
WITH_A_LINK, WITHOUT = (f"{number:08d}-0000-4000-8000-000000000000" for number in (1, 2))
LETTER: dict[str, Any] = {
    "kind": "acknowledgement",
    "means": "email",
    "state": "sent",
    "subject": "",
    "sha256": b"",
    "automatic": True,
    "composed_at": UNTIL,
    "changed_at": UNTIL,
}


async def exported(settings: Settings, into: Path, *asked: str) -> Written:
    with Progress(disable=True) as progress:
        return await export(settings, into, asked, progress)


async def entries(store: Store, ref: str) -> list[Entry]:
    async with store.reading() as db:
        return [one.entry() for one in await timeline.entries_of(db, ref)]


def a_life(seed: int, ref: str) -> list[Entry]:
    """Of which nothing is recorded that no border lets in."""
    roll = Random(seed)  # noqa: S311 - whose life it is
    first = reported(roll, ref)
    file, now = begun(first, ref)
    life = [first]
    for number, step in enumerate(steps(roll)):
        now += step.wait
        if now > UNTIL:
            break
        entry = entry_of(step, file, now, number)
        with suppress(Refused, ValidationError):
            rules.taken_as_told(entry, EDITION)
            rules.check(file, entry, EDITION)
            Entry.model_validate(entry.model_dump(), context=BORDER)
            file = folding.after(file, entry, EDITION)
            life.append(entry)
    return life


@pytest_asyncio.fixture(loop_scope="session")
async def another_database(postgres: PostgresServer, database: str) -> AsyncIterator[str]:
    """As empty as the first one is at its beginning."""
    name = f"{make_url(database).database}_other"
    admin = await asyncpg.connect(dsn(postgres.url("postgres")))
    await admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield postgres.url(name)
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def test_each_file_is_there_with_its_hash_for_its_owner_alone(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    await brought(settings, written(tmp_path / "cases.csv", [*OVER, *of_case("ASB/2", OPEN)]))
    folder = tmp_path / "export"
    done = await exported(settings, folder)
    assert (done.cases, done.entries, done.missing) == (2, 11, 0)
    names = {path.name for path in folder.iterdir()}
    assert {"README.md", "cases.csv", "people.csv", "register.csv", "deadlines.csv", "letters.csv"} <= names
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert {path.relative_to(folder).as_posix() for path in files} == sums.keys()
    for path in files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sums[path.relative_to(folder).as_posix()]
        assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    [ref, _] = await refs(store)
    assert verify_file(read_lines(folder / "timelines" / f"{ref}.jsonl")).clean


async def test_no_private_link_leaves_with_a_letter(settings: Settings, store: Store, tmp_path: Path) -> None:
    """Its words do, and so does the page of a letter without one."""
    await brought(settings, written(tmp_path / "cases.csv", OVER))
    [ref] = await refs(store)
    link = "https://casework.example/l/AbCdEf"
    async with store.writing() as db:
        for id_, body in ((WITH_A_LINK, f"Your case:\n{link}\nYours"), (WITHOUT, "We have closed your case.")):
            said = {"id": id_, "case_ref": ref, "key": id_, "body": body, "pdf": body.encode()}
            await db.connection.execute(insert(letters).values(**said, **LETTER))
    folder = tmp_path / "export"
    assert (await exported(settings, folder)).with_links == 1
    assert [path.stem for path in (folder / "letters").iterdir()] == [WITHOUT]
    assert "Your case:\n(a private link)\nYours" in (folder / "letters.csv").read_text()
    for path in folder.rglob("*"):
        assert path.is_dir() or link.encode() not in path.read_bytes(), path


async def test_a_folder_with_something_in_it_and_an_unknown_case_are_refused(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    await brought(settings, written(tmp_path / "cases.csv", OVER))
    with pytest.raises(NotEmpty):
        await exported(settings, tmp_path)
    with pytest.raises(CaseUnknown):
        await exported(settings, tmp_path / "export", "CW-1999-000001")
    [ref] = await refs(store)
    assert (await exported(settings, tmp_path / "one", ref)).cases == 1


async def test_what_is_exported_comes_back_as_the_same_cases(
    settings: Settings, store: Store, another_database: str, tmp_path: Path
) -> None:
    """Whole lives at random: each fact as it was, in its order, and what they make of the case."""
    before: dict[str, tuple[list[Entry], CaseFile | None]] = {}
    begins = (seed for seed in count() if reported(Random(seed)).at < UNTIL)  # noqa: S311 - as above
    for seed in islice(begins, LIVES):
        async with store.writing() as db:
            ref = await cases.next_ref(db, 2615)
        before[ref] = await lived_here(store, seed, ref)
    kept = await known(store, before)
    folder = tmp_path / "export"
    assert (await exported(settings, folder)).cases == LIVES
    there = elsewhere(settings, worker_database_url=as_worker(another_database))
    found = await brought(there, folder / "cases.csv", people=folder / "people.csv", source="Casework")
    assert found.outcome.rejected == []
    engine = create_async_engine(another_database)
    other = Store(engine, EVERYTHING)
    after = {}
    for ref in await refs(other):
        *told, own = await entries(other, ref)
        assert isinstance(own.fact, CaseImported)
        async with other.reading() as db:
            after[own.fact.reference] = told, await cases.file_of(db, ref)
    assert kept
    assert await known(other, before) == kept
    await engine.dispose()
    assert after.keys() == before.keys()
    for ref, (told, file) in before.items():
        assert said(after[ref][0]) == said(told)
        assert as_it_was(after[ref][1]) == as_it_was(file)


async def lived_here(store: Store, seed: int, ref: str) -> tuple[list[Entry], CaseFile | None]:
    life = a_life(seed, ref)
    async with store.writing() as db:
        opening = empty_file(life[0].recorded_at.date(), ref)
        await cases.register(db, ref, opening.edition, opening.closure_days, life[0].at)
        await people.add_unknown(db, {id_: somebody(id_) for id_ in named(life)}, life[0].at.date())
    async with store.writing() as db:
        await recording.record(db, ref, 1, life, life[-1].recorded_at)
    async with store.reading() as db:
        return life, await cases.file_of(db, ref)


def somebody(id_: str) -> PersonTold:
    """Another one for each id, of whom everything is known, also what is awkward in a cell."""
    return PersonTold(
        name=f"Rowan {id_[:8]}",
        date_of_birth=date(2001, 2, 28),
        email="rowan@example.org",
        phone="+44 1632 960001",
        prefers=Means.PHONE,
        safe_contact="Ring; never write.\nAfter six.",
        address=("1; Invented Row", f"Flat {id_[:8]}"),
        address_since=date(2018, 5, 1),
    )


async def known(
    store: Store, lives: Mapping[str, tuple[list[Entry], CaseFile | None]]
) -> dict[str, list[people.Person]]:
    """Whoever their facts name, as Find finds them by what only they have."""
    ids = {id_ for life, _ in lives.values() for id_ in named(life)}
    async with store.reading() as db:
        return {id_: await people.called(db, id_[:8]) for id_ in sorted(ids)}


def named(life: Sequence[Entry]) -> set[str]:
    facts = (one.fact for one in life if isinstance(one.fact, PersonJoined | PersonIdentified))
    return {fact.person for fact in facts if fact.person}


def said(life: Sequence[Entry]) -> list[dict[str, Any]]:
    return [one.model_dump(exclude={"digest"}) for one in life]


def as_it_was(file: CaseFile | None) -> dict[str, Any]:
    """Without what an import ends, and the days that each office knew."""
    assert file is not None
    changed = {"ref", "seq", "closure_days", "imported", "letters", "matters", "clocks", "last_recorded_at"}
    left_out: dict[str, Any] = dict.fromkeys(changed, True)
    return file.model_dump(exclude=left_out | {"referrals": {"__all__": {"closure_days"}}})
