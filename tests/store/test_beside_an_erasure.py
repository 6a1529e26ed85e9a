"""retention: what happens in the same moment as an erasure, or after it, and what stays of whom."""

import asyncio
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text

from policy.access.facts import ConflictDeclared, Connection
from policy.correcting import EntryCorrected
from policy.journal import Note
from policy.refusals.retention import AlreadyErased
from policy.tenure import Tenure
from store import access, corrections, people, tenancies
from store.people import PersonTold
from store.sessions import Store
from store.tenancies import InHousehold, Member, TenancyTold
from tests.given import EDITION, empty_file, entry, report
from tests.store.erasing import (
    DAY,
    MANAGER,
    NAME,
    OVER,
    REPORTED,
    STREET,
    Held,
    approved,
    carried_out,
    closed_case,
    everything_of_somebody,
    found,
)
from tests.store.test_erasing_together import resident
from tests.store.test_what_belongs_together import joined_cases

CONNECTED = ConflictDeclared(
    at=OVER, who="officer-9", why=Connection.KNOWS_SOMEBODY, words=f"Is the sister of {NAME}"
)
CORRECTED = EntryCorrected(at=OVER, seq=1, wrong="That she rang.", right=f"That {NAME} rang.")


@pytest.fixture
async def held(store: Store) -> Held:
    return await everything_of_somebody(store)


def noted(fact: ConflictDeclared | EntryCorrected) -> Note:
    return Note(id=str(uuid4()), by=MANAGER, recorded_at=OVER, fact=fact, digest="d")


async def added(store: Store, ref: str, fact: ConflictDeclared | EntryCorrected, then: asyncio.Event) -> None:
    """Stays uncommitted for a moment after `then`."""
    async with store.writing() as db:
        if isinstance(fact, EntryCorrected):
            await corrections.add(db, ref, noted(fact))
        else:
            await access.record(db, ref, noted(fact), EDITION, empty_file(REPORTED.date()).closure_days)
        then.set()
        await asyncio.sleep(0.3)


@pytest.mark.parametrize("fact", [CONNECTED, CORRECTED])
async def test_words_that_arrive_while_a_case_is_erased_are_erased_with_it(
    store: Store, working_store: Store, app_store: Store, held: Held, fact: ConflictDeclared | EntryCorrected
) -> None:
    await approved(store, held.case)
    begun = asyncio.Event()
    adding = asyncio.create_task(added(app_store, held.case, fact, begun))
    await begun.wait()
    assert await carried_out(working_store, held.case)
    await adding
    assert await found(store, NAME) == set()


@pytest.mark.parametrize("fact", [CONNECTED, CORRECTED])
async def test_words_that_arrive_afterwards_are_refused(
    store: Store, working_store: Store, app_store: Store, held: Held, fact: ConflictDeclared | EntryCorrected
) -> None:
    await approved(store, held.case)
    assert await carried_out(working_store, held.case)
    with pytest.raises(AlreadyErased):
        await added(app_store, held.case, fact, asyncio.Event())
    assert await found(store, NAME) == set()


async def test_what_is_said_of_a_case_tells_nothing_on_an_erased_one_that_it_had_joined(
    store: Store, working_store: Store, app_store: Store
) -> None:
    part, whole = await joined_cases(store)
    await approved(store, whole)
    assert await carried_out(working_store, whole)
    await added(app_store, part, CONNECTED, asyncio.Event())
    async with store.reading() as db:
        assert await access.file_of(db, part)
        assert await access.file_of(db, whole) is None


async def test_nobody_stays_down_as_connected_with_an_erased_case(
    store: Store, working_store: Store, held: Held
) -> None:
    assert "cases" in await found(store, "officer-8")
    await approved(store, held.case)
    await carried_out(working_store, held.case)
    assert "cases" not in await found(store, "officer-8")


async def test_who_is_being_put_on_a_case_is_not_erased_meanwhile(store: Store, working_store: Store) -> None:
    person = await resident(store, date(2016, 7, 1))
    await approved(store, person)
    case = await closed_case(store, entry(report(REPORTED)))
    put = "INSERT INTO case_people VALUES (:case, 'victim-1', 'victim', :person, false, NULL, now(), NULL)"
    async with working_store.writing() as db:
        await db.connection.execute(text(put), {"case": case, "person": person})
        erasing = asyncio.create_task(carried_out(working_store, person))
        await asyncio.sleep(0.3)
        assert not erasing.done()
    with pytest.raises(Exception, match="InsufficientPrivilege"):
        await erasing
    assert "people" in await found(store, person)
    assert await carried_out(working_store, person, OVER + 16 * DAY) is None


@pytest.mark.parametrize("ends", [None, date(2199, 1, 1), date(2017, 1, 1)])
async def test_a_tenancy_goes_with_the_last_who_lived_there_only_if_it_has_ended(
    store: Store, working_store: Store, ends: date | None
) -> None:
    person = str(uuid4())
    member = Member(person=person, place=InHousehold.TENANT, until=date(2016, 7, 1))
    home = TenancyTold(
        reference="T-777",
        address=(STREET,),
        tenure=Tenure.ASSURED,
        starts=date(2010, 1, 1),
        ends=ends,
        people=(member,),
    )
    async with store.writing() as db:
        await people.add(db, person, PersonTold(name=NAME), REPORTED.date())
        await tenancies.add(db, str(uuid4()), home)
    await approved(store, person)
    assert await carried_out(working_store, person)
    goes = ends is not None and ends < OVER.date()
    assert await found(store, "T-777") == (set() if goes else {"tenancies"})
