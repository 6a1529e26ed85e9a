"""retention: what stops one record stops all that belongs together with it, and ends what was approved of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from policy.journal import Note
from policy.refusals.retention import AlreadyErased, HeldFromErasure
from policy.retention import facts as keeping
from policy.retention.facts import HoldReason, StillNeeded
from policy.retention.record import State
from store import cases, erasure, journal, people, recording, retention
from store import keeping as kept
from store.away import StoreRefused
from store.people import PersonTold
from store.sessions import Store
from tests.given import EDITION, SUPERVISOR, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.store.erasing import (
    DAY,
    MANAGER,
    OVER,
    REPORTED,
    Held,
    approved,
    carried_out,
    closed_case,
    decided,
    everything_of_somebody,
    found,
    objection_days_are_over,
)
from tests.store.reviewed import REVIEW, review_of
from tests.store.test_erasing_together import NAME, checked

HOLD = keeping.HoldPlaced(at=OVER, reason=HoldReason.COURT)
LAST_MONTH, THIS_MONTH = "lettings_check:2022-09-01", "lettings_check:2022-10-01"
NEXT = london(2024, 10, 2)


@pytest.fixture
async def held(store: Store) -> Held:
    """With a review that looked at the case."""
    put = await everything_of_somebody(store)
    await review_of(store, put.case)
    return put


async def state_of(store: Store, ref: str) -> State:
    async with store.reading() as db:
        return (await retention.file_of(db, ref)).state


async def is_proposed(store: Store, ref: str, at: datetime = OVER) -> bool:
    async with store.writing() as db:
        return await erasure.propose(db, ref, at, EDITION)


async def joined_cases(store: Store) -> tuple[str, str]:
    """The first had joined the second, and both are closed."""
    at = REPORTED + DAY
    async with store.writing() as db:
        part = await cases.next_ref(db, REPORTED.year)
        await cases.register(db, part, EDITION.ref, empty_file(REPORTED.date()).closure_days, REPORTED)
        await recording.record(db, part, 1, [entry(report(REPORTED))], at)
    whole = await closed_case(store, entry(report(REPORTED)))
    async with store.writing() as db:
        await recording.record(db, part, 2, [entry(h.joined(at, whole)), entry(h.closed_with(at, whole))], at)
        file = await cases.file_of(db, part)
        assert file is not None
        await recording.record(db, part, 4, [entry(h.sent(at, key), h.CASEWORK) for key in file.letters], at)
    return part, whole


async def test_a_hold_on_one_month_s_small_things_is_one_on_every_month_s(store: Store) -> None:
    """The next month's are the same and a few more."""
    await checked(store, london(2022, 8, 1))
    hold = await decided(store, LAST_MONTH, HOLD)
    assert not await is_proposed(store, THIS_MONTH, NEXT)
    await decided(store, LAST_MONTH, keeping.HoldLifted(at=OVER, hold=hold), SUPERVISOR)
    assert await is_proposed(store, THIS_MONTH, NEXT)
    await decided(store, LAST_MONTH, HOLD)
    with pytest.raises(HeldFromErasure, match="a court asked for it"):
        await decided(store, THIS_MONTH, keeping.ErasureApproved(at=NEXT))


async def test_what_somebody_still_needs_of_one_month_is_not_erased_with_the_next(store: Store) -> None:
    await checked(store, london(2022, 8, 1))
    assert await is_proposed(store, LAST_MONTH)
    assert await is_proposed(store, THIS_MONTH, NEXT)
    until = (NEXT + 30 * DAY).date()
    refusal = keeping.ErasureRefused(at=OVER, why=StillNeeded.DISPUTE_EXPECTED, until=until)
    await decided(store, LAST_MONTH, refusal)
    with pytest.raises(HeldFromErasure, match="Friday 1 November 2024"):
        await decided(store, THIS_MONTH, keeping.ErasureApproved(at=NEXT))
    assert not await is_proposed(store, "lettings_check:2022-10-02", NEXT)
    await decided(store, THIS_MONTH, keeping.ErasureApproved(at=NEXT + 31 * DAY))


async def test_an_approval_of_one_month_lapses_with_a_refusal_of_another(
    store: Store, working_store: Store
) -> None:
    await checked(store, london(2022, 8, 1))
    assert await is_proposed(store, LAST_MONTH)
    await approved(store, THIS_MONTH, NEXT)
    until = (NEXT + 300 * DAY).date()
    refusal = keeping.ErasureRefused(at=NEXT, why=StillNeeded.DISPUTE_EXPECTED, until=until)
    await decided(store, LAST_MONTH, refusal)
    assert await carried_out(working_store, THIS_MONTH, NEXT + 15 * DAY) is None
    assert await state_of(store, THIS_MONTH) is State.KEPT
    assert await found(store, NAME)


async def test_a_hold_reaches_the_case_its_person_and_its_review_whichever_of_them_it_is_on(
    store: Store, held: Held
) -> None:
    for ref in (held.case, held.person, REVIEW):
        hold = await decided(store, ref, HOLD)
        async with store.reading() as db:
            for one in (held.case, held.person, REVIEW):
                why = (await kept.keeping(db, one, EDITION, OVER.date())).why
                assert "a court asked for it to be kept" in why, (ref, one)
        await decided(store, ref, keeping.HoldLifted(at=OVER, hold=hold))
    assert await is_proposed(store, held.case)


async def test_a_hold_reaches_cases_that_are_joined_from_either(store: Store) -> None:
    part, whole = await joined_cases(store)
    await review_of(store, part)
    for ref in (part, whole, REVIEW):
        hold = await decided(store, ref, HOLD)
        for one in (whole, REVIEW):
            assert not await is_proposed(store, one), (ref, one)
        await decided(store, ref, keeping.HoldLifted(at=OVER, hold=hold))
    assert await is_proposed(store, whole)
    assert not await is_proposed(store, part)


async def test_a_hold_on_one_case_is_none_on_another_of_the_same_person(store: Store, held: Held) -> None:
    other = await closed_case(store, entry(report(REPORTED)), h.identified(REPORTED, "complainant", held.person))
    await decided(store, other, HOLD)
    assert await is_proposed(store, held.case)


@pytest.mark.parametrize(
    "change",
    ["UPDATE procedures SET finished = false WHERE ref = '{action}'", "UPDATE cases SET file = opening"],
    ids=["legal action", "case"],
)
async def test_a_review_is_kept_while_what_it_looked_at_is_not_over(store: Store, held: Held, change: str) -> None:
    async with store.writing() as db:
        await db.connection.execute(text(change.format(action=held.action)))
        assert not await erasure.propose(db, REVIEW, OVER, EDITION)
        why = (await kept.keeping(db, REVIEW, EDITION, OVER.date())).why
    assert why in {(f"legal action {held.action} is not over",), (f"case {held.case} is not over",)}


Stop = Callable[[Store, Held], Awaitable[object]]


async def _a_hold_on_the_person(store: Store, held: Held) -> None:
    hold = await decided(store, held.person, HOLD)
    await decided(store, held.person, keeping.HoldLifted(at=OVER, hold=hold), SUPERVISOR)


async def _a_review(store: Store, _: Held) -> None:
    async with store.writing() as db:
        await db.connection.execute(text(f"UPDATE procedures SET finished = false WHERE ref = '{REVIEW}'"))


@pytest.mark.parametrize("stop", [_a_hold_on_the_person, _a_review])
async def test_an_approval_lapses_where_something_stops_the_clock_after_it(
    store: Store, working_store: Store, held: Held, stop: Stop
) -> None:
    """Also while it could not be carried out yet, and where the hold was lifted within the hour."""
    await approved(store, held.case)
    await stop(store, held)
    assert await carried_out(working_store, held.case, OVER + DAY) is None
    assert await state_of(store, held.case) is State.KEPT
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE procedures SET finished = true"))
    years_later = OVER + 3 * 365 * DAY
    assert await carried_out(working_store, held.case, years_later) is None
    await approved(store, held.case, years_later)
    await objection_days_are_over(store)
    assert await carried_out(working_store, held.case, years_later + 14 * DAY) is None
    assert await carried_out(working_store, held.case, years_later + 15 * DAY)


async def test_an_approval_that_nobody_carried_out_in_time_lapses(
    store: Store, working_store: Store, held: Held
) -> None:
    await approved(store, held.case)
    late = OVER + timedelta(days=15 + EDITION.retention.carried_out_within_days)
    assert await carried_out(working_store, held.case, late) is None
    assert await state_of(store, held.case) is State.KEPT
    await approved(store, held.case)
    assert await carried_out(working_store, held.case, late - DAY)


async def erases(store: Store, ref: str) -> None:
    async with store.writing() as db:
        await db.connection.execute(text(f"SELECT erase('{ref}')"))


@pytest.mark.parametrize("day", ["current_date + 1", "NULL"])
async def test_postgresql_itself_waits_for_the_days(
    store: Store, working_store: Store, held: Held, day: str
) -> None:
    await approved(store, held.case)
    async with store.writing() as db:
        await db.connection.execute(text(f"UPDATE retention SET erased_from = {day}"))
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        await erases(working_store, held.case)
    await objection_days_are_over(store)
    await erases(working_store, held.case)


async def test_postgresql_itself_heeds_a_hold_on_what_belongs_together(
    store: Store, working_store: Store, held: Held
) -> None:
    """Whatever the API says of an approval."""
    approval = keeping.ErasureApproved(at=OVER)
    placed = await decided(store, held.person, HOLD)
    async with store.writing() as db:
        note = Note(id=str(uuid4()), by=MANAGER, recorded_at=OVER, fact=approval)
        await retention.locked(db, held.case)
        await journal.append(db, retention.id_of(held.case), 1, note)
    await objection_days_are_over(store)
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        await erases(working_store, held.case)
    await decided(store, held.person, keeping.HoldLifted(at=OVER, hold=placed))
    await erases(working_store, held.case)


async def test_a_hold_that_is_being_placed_is_waited_for_and_heeded(
    store: Store, working_store: Store, app_store: Store, held: Held
) -> None:
    await approved(store, held.case)
    async with app_store.writing() as db:
        note = retention.ours(await retention.file_of(db, held.person), HOLD)
        await retention.record(db, held.person, note, EDITION)
        erasing = asyncio.create_task(carried_out(working_store, held.case))
        await asyncio.sleep(0.3)
        assert not erasing.done()
    assert await erasing is None
    assert await found(store, NAME)


async def test_postgresql_itself_waits_for_a_hold_that_is_being_placed(
    store: Store, working_store: Store, app_store: Store, held: Held
) -> None:
    await approved(store, held.case)
    await objection_days_are_over(store)
    async with app_store.writing() as db:
        note = retention.ours(await retention.file_of(db, held.person), HOLD)
        await retention.record(db, held.person, note, EDITION)
        erasing = asyncio.create_task(erases(working_store, held.case))
        await asyncio.sleep(0.3)
        assert not erasing.done()
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        await erasing
    assert await found(store, NAME)


async def test_a_hold_comes_too_late_once_the_erasure_has_begun(
    store: Store, working_store: Store, app_store: Store, held: Held
) -> None:
    await approved(store, held.case)
    async with working_store.writing() as db:
        assert await erasure.carry_out(db, held.case, OVER + 15 * DAY, EDITION)
        holding = asyncio.create_task(decided(app_store, held.case, HOLD))
        await asyncio.sleep(0.3)
        assert not holding.done()
    with pytest.raises(AlreadyErased):
        await holding


async def test_a_child_s_case_counts_from_their_eighteenth_birthday(store: Store) -> None:
    """Of whom only that is known, 18 years from the report."""
    told = PersonTold(name="Rowan Example", date_of_birth=date(2010, 8, 9))
    async with store.writing() as db:
        await people.add(db, person := str(uuid4()), told, REPORTED.date())
    born = await closed_case(store, entry(report(REPORTED)), h.identified(REPORTED, "complainant", person))
    child = h.taken_on(REPORTED, "victim-1", h.Part.VICTIM, minor=True)
    unknown = await closed_case(store, entry(report(REPORTED)), child)
    async with store.reading() as db:
        for ref, last in ((born, date(2031, 8, 9)), (unknown, date(2037, 5, 25))):
            assert (await kept.keeping(db, ref, EDITION, OVER.date())).last == last
