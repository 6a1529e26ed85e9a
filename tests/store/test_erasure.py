"""retention: what was approved is erased everywhere and for ever; the chain and the statistics stay whole."""

import asyncio

import pytest
from sqlalchemy import text

from policy.retention import facts as keeping
from policy.retention.facts import HoldReason
from policy.retention.record import State
from store import cases, counted, erasure, procedures, retention, timeline
from store.away import StoreRefused
from store.cases import Filter
from store.sessions import Store
from tests.given import EDITION, SUPERVISOR, entry, report
from tests.policy import happenings as h
from tests.store.erasing import (
    DAY,
    NEEDLES,
    OVER,
    REPORTED,
    Held,
    approved,
    carried_out,
    closed_case,
    decided,
    everything_of_somebody,
    found,
)


@pytest.fixture
async def held(store: Store) -> Held:
    return await everything_of_somebody(store)


KEEP_SOMETHING = {
    "addresses",
    "changes",
    "letters",
    "mentions",
    "people",
    "reports",
    "sendings",
    "timeline_content",
}


async def test_after_the_erasure_of_a_person_s_only_case_no_table_says_anything_of_them(
    store: Store, working_store: Store, held: Held
) -> None:
    """Every column of every table is searched, and was found to say it before."""
    needles = (*NEEDLES, held.person, held.body)
    before = {needle: await found(store, needle) for needle in needles}
    assert all(before.values()), before
    assert {
        "people",
        "addresses",
        "changes",
        "mentions",
        "timeline_content",
        "letters",
        "sendings",
        "reports",
    } <= (set().union(*before.values()))
    await approved(store, held.case)
    told = await carried_out(working_store, held.case)
    assert told is not None
    assert (told.people, told.letters) == (1, 3)
    assert {needle: await found(store, needle) for needle in needles} == {needle: set() for needle in needles}


async def statistics(store: Store) -> list[object]:
    counted = """SELECT category, ward, date_trunc('month', reported_at), stage, serious, hate, count(*)
        FROM cases GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3"""
    kept = (
        'SELECT case_ref, "row", edition, due, ending, ended_at, ended_recorded_at FROM deadlines ORDER BY 1, 4, 2'
    )
    told = "SELECT case_ref, seq, fact, at, recorded_at, by_id, by_role FROM timeline ORDER BY 1, 2"
    posted = "SELECT case_ref, kind, means, state, composed_at FROM letters ORDER BY 1, 2"
    async with store.reading() as db:
        return [
            tuple(row)
            for query in (counted, kept, told, posted)
            for row in await db.connection.execute(text(query))
        ]


async def test_the_chain_can_be_verified_and_the_statistics_are_what_they_were(
    store: Store, working_store: Store, held: Held
) -> None:
    before = await statistics(store)
    await approved(store, held.case)
    await carried_out(working_store, held.case)
    assert await statistics(store) == before
    async with store.reading() as db:
        for ref in (held.case, held.action):
            entries = await timeline.entries_of(db, ref)
            assert timeline.faults(entries) == []
            assert all(entry.content is None and entry.salt is None for entry in entries)
        (row,) = await cases.page(db, Filter(), OVER, 10)
        assert (row.ref, row.stage, row.category) == (held.case, "closed", "noise")
        file, beside = await cases.file_of(db, held.case), await procedures.file_of(db, held.action)
    assert file is not None
    assert beside is not None
    assert (file.closed_at, file.people, file.letters) == (REPORTED + DAY, {}, {})


async def test_what_was_erased_says_so_and_can_neither_be_decided_nor_erased_again(
    store: Store, working_store: Store, held: Held
) -> None:
    await approved(store, held.case)
    assert await carried_out(working_store, held.case)
    assert await carried_out(working_store, held.case) is None
    async with store.reading() as db:
        file = await retention.file_of(db, held.case)
        assert await retention.is_erased(db, held.case)
        assert await retention.erased_whole(db) == {held.case, held.action}
    assert (file.state, file.erased_at) == (State.ERASED, OVER + 15 * DAY)


async def refuses(store: Store, statement: str) -> None:
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with store.writing() as db:
            await db.connection.execute(text(statement))


async def test_whoever_counts_is_waited_for_so_that_nothing_erased_is_counted_again(
    store: Store, held: Held
) -> None:
    await approved(store, held.case)
    async with store.writing() as db:
        await counted.alone(db)
        erasing = asyncio.create_task(carried_out(store, held.case))
        done, _ = await asyncio.wait({erasing}, timeout=0.5)
        assert not done
    assert await erasing is not None


async def test_postgresql_itself_erases_nothing_that_nobody_approved(
    store: Store, app_store: Store, working_store: Store, held: Held
) -> None:
    """Nor where its last word is a hold, and never for the API."""
    erase = f"SELECT erase('{held.case}')"
    for somebody in (store, working_store, app_store):
        await refuses(somebody, erase)
    async with store.writing() as db:
        await erasure.propose(db, held.case, OVER, EDITION)
    await refuses(working_store, erase)
    await decided(store, held.case, keeping.ErasureApproved(at=OVER))
    await refuses(app_store, erase)
    await decided(store, held.case, keeping.HoldPlaced(at=OVER, reason=HoldReason.COURT))
    await refuses(working_store, erase)


async def test_no_role_can_both_approve_and_erase(
    store: Store, app_store: Store, working_store: Store, held: Held
) -> None:
    """The API records an approval and erases nothing; a worker erases and cannot record that somebody agreed."""
    async with store.writing() as db:
        await erasure.propose(db, held.case, OVER, EDITION)
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        await decided(working_store, held.case, keeping.ErasureApproved(at=OVER))
    await decided(app_store, held.case, keeping.ErasureApproved(at=OVER))
    assert await carried_out(working_store, held.case)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM timeline_content",
        "UPDATE timeline SET digest = ''",
        "UPDATE journal SET digest = '', content = '{}'",
        "UPDATE retention SET ref = 'CW-2016-000009'",
        "DELETE FROM retention",
        "SELECT erase_case('CW-2016-000001')",
        "SELECT erase_person_rows('8d1f0f5e-5a44-4c0c-9e0c-0f5d5d2b8a11')",
    ],
)
async def test_there_is_no_other_way_to_erase(app_store: Store, working_store: Store, statement: str) -> None:
    for somebody in (app_store, working_store):
        await refuses(somebody, statement)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE timeline SET digest = 'another'", """UPDATE journal SET content = '{"fact": "another"}'"""],
)
async def test_nobody_rewrites_what_may_only_be_erased(store: Store, held: Held, statement: str) -> None:
    """Not even the role that owns it."""
    await decided(store, held.case, keeping.HoldPlaced(at=OVER, reason=HoldReason.COURT))
    await refuses(store, statement)


async def test_an_approval_is_carried_out_once_nobody_may_refuse_it_any_more(
    store: Store, working_store: Store, held: Held
) -> None:
    await approved(store, held.case)
    assert await carried_out(working_store, held.case, OVER + 14 * DAY) is None
    assert await carried_out(working_store, held.case, OVER + 15 * DAY)


async def test_what_comes_up_after_the_approval_stops_it(store: Store, working_store: Store, held: Held) -> None:
    """Somebody on the case asks for what we hold about them."""
    await approved(store, held.case)
    access = keeping.HoldPlaced(at=OVER, reason=HoldReason.ACCESS_REQUEST)
    hold = await decided(store, held.person, access, SUPERVISOR)
    assert await carried_out(working_store, held.case) is None
    await decided(store, held.person, keeping.HoldLifted(at=OVER, hold=hold), SUPERVISOR)
    assert await carried_out(working_store, held.case) is None
    await approved(store, held.case, OVER + DAY)
    assert await carried_out(working_store, held.case) is None
    assert await carried_out(working_store, held.case, OVER + 16 * DAY)


async def test_whoever_is_on_another_case_stays_with_it(store: Store, working_store: Store, held: Held) -> None:
    other = await closed_case(store, entry(report(REPORTED)), h.identified(REPORTED, "complainant", held.person))
    await approved(store, held.case)
    told = await carried_out(working_store, held.case)
    assert told is not None
    assert told.people == 0
    assert "people" in await found(store, NEEDLES[0])
    await approved(store, other)
    assert await carried_out(working_store, other)
    assert await found(store, NEEDLES[0]) == set()


async def test_it_is_proposed_once_and_only_when_its_time_is_over(store: Store, held: Held) -> None:
    async with store.writing() as db:
        assert not await erasure.propose(db, held.case, REPORTED + 365 * DAY, EDITION)
        assert await erasure.propose(db, held.case, OVER, EDITION)
        assert not await erasure.propose(db, held.case, OVER, EDITION)
        (line,) = await retention.page(db, State.PROPOSED, 10)
    assert (line.ref, line.kind) == (held.case, "case_in_court")
