"""People who come with cases: by their number, once, as the newest tells, and with none that does not come."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from runtime.settings import Settings
from store import people
from store.people import PersonTold
from store.sessions import Store
from tests.cli.brought import CLOSED, CONTACT, OVER, REPORT, Rows, brought, holds, of_case, refs, written
from tests.store.erasing import approved, carried_out, objection_days_are_over
from tests.store.erasing import found as found_in

TODAY = date(2026, 6, 1)
JOINED = {
    "case": "ASB/1",
    "happened": "person_joined",
    "at": "2019-03-05",
    "key": "victim-1",
    "part": "victim",
    "person": "17",
}
WITH_SOMEBODY: Rows = [REPORT, JOINED, *OVER[1:]]


def by_number(folder: Path, *names: tuple[str, str]) -> Path:
    return written(folder / "people.csv", [{"person": number, "name": name} for number, name in names])


async def test_whom_a_row_names_by_number_comes_with_its_case(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    known = by_number(tmp_path, ("17", "Zebedee Known"), ("18", "Ottilie Unnamed"))
    found = await brought(settings, written(tmp_path / "cases.csv", WITH_SOMEBODY), people=known)
    assert found.outcome.rejected == []
    async with store.reading() as db:
        [one] = await people.called(db, "Zebedee")
        on = await db.connection.execute(
            text("SELECT case_ref FROM case_people WHERE person_id = :id"), {"id": one.id}
        )
        assert await people.called(db, "Ottilie") == []
    assert list(on.scalars()) == await refs(store)
    assert await holds(settings)


async def test_whoever_is_on_rejected_cases_alone_does_not_come(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    rows = [*WITH_SOMEBODY, {**CONTACT, "means": "pigeon"}]
    known = by_number(tmp_path, ("17", "Zebedee Known"))
    await brought(settings, written(tmp_path / "cases.csv", rows), people=known)
    async with store.reading() as db:
        assert await people.called(db, "Zebedee") == []


async def test_whom_retention_erased_the_same_files_do_not_bring_back(
    settings: Settings, store: Store, working_store: Store, tmp_path: Path
) -> None:
    file, known = written(tmp_path / "cases.csv", WITH_SOMEBODY), by_number(tmp_path, ("17", "Zebedee Known"))
    await brought(settings, file, people=known)
    assert await found_in(store, "Zebedee")
    [ref] = await refs(store)
    later = datetime.now(UTC) + timedelta(days=1)
    await approved(store, ref, later)
    await objection_days_are_over(store)
    assert await carried_out(working_store, ref, later + timedelta(days=15))
    again = await brought(settings, file, people=known)
    assert again.outcome.here_already == 1
    assert await found_in(store, "Zebedee") == set()


@pytest.mark.parametrize("newest", [0, 119])
async def test_one_person_of_many_lots_is_as_the_newest_report_tells(
    settings: Settings, store: Store, tmp_path: Path, newest: int
) -> None:
    """Whichever process is the first."""
    reports = [
        {**REPORT, "complainant.person": "17", "complainant.address": f"{n} Invented Row"} for n in range(120)
    ]
    reports[newest]["at"] = "2019-03-05 10:30"
    rows = [row for n, report in enumerate(reports) for row in of_case(f"ASB/{n}", [report, CLOSED])]
    found = await brought(settings, written(tmp_path / "cases.csv", rows), processes=2)
    assert (found.outcome.over, found.outcome.rejected) == (120, [])
    async with store.reading() as db:
        [one] = await people.called(db, "Rowan Example")
    assert [home.lines for home in one.addresses] == [(f"{newest} Invented Row",)]


async def test_two_who_bring_the_same_people_at_once_keep_one_of_each(working_store: Store, store: Store) -> None:
    ids = [str(uuid4()) for _ in range(20)]
    first_there = asyncio.Event()

    async def bring(street: str, order: list[str], *, first: bool) -> None:
        told = {id_: PersonTold(name="Rowan", address=(street,), address_since=TODAY) for id_ in order}
        if not first:
            await first_there.wait()
        async with working_store.writing() as db:
            await people.add_unknown(db, told, TODAY)
            first_there.set()
            await asyncio.sleep(0.5 if first else 0)

    await asyncio.gather(bring("1 Here", ids, first=True), bring("2 There", ids[::-1], first=False))
    async with store.reading() as db:
        kept = await people.by_ids(db, ids)
    assert [[home.lines for home in kept[id_].addresses] for id_ in ids] == [[("1 Here",)]] * 20
