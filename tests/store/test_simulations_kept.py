"""policy-simulation: what was tried is kept for its days, and goes when a case that it names is erased."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from policy.facts.base import Role
from policy.permissions import Action, relations
from policy.simulation.account import Account
from policy.simulation.tally import Example, Named
from store import cases, erasure, simulations
from store.sessions import Store, Viewer
from store.simulations import KEPT, SimulationLine, SimulationState
from tests.given import EDITION, empty_file
from tests.policy.test_tried import QUICKER, found
from tests.store.erasing import OVER, approved, carried_out, everything_of_somebody

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def asked(store: Store, account: Account | None = None) -> str:
    line = SimulationLine(
        id=str(uuid4()),
        name="2027-04-01",
        title="Quicker first contact",
        first=date(2023, 10, 1),
        last=date(2023, 10, 31),
        asked_at=NOW,
        by_id="manager-1",
        state=SimulationState.BEING_MADE,
        percent=0,
        made_at=None,
    )
    async with store.writing() as db:
        await simulations.ask(db, "a digest", line, QUICKER)
        if account is not None:
            await simulations.made(db, line.id, account, NOW)
    return line.id


def naming(*refs: str) -> Account:
    examples = tuple(Example(ref=ref, sentences=("It would still be open.",)) for ref in refs)
    return found([]).model_copy(update={"named": {Named.DIFFERENT: examples}})


async def state(store: Store, id_: str) -> tuple[SimulationState, int] | None:
    async with store.reading() as db:
        line = await simulations.by_id(db, id_)
    return None if line is None else (line.state, line.percent)


async def test_it_comes_so_far_and_is_made_and_nothing_changes_it_then(store: Store) -> None:
    id_ = await asked(store)
    async with store.writing() as db:
        await simulations.progressed(db, id_, 40, NOW + SECOND)
        line = await simulations.by_id(db, id_)
    assert line is not None
    assert line.ready_at == NOW + SECOND
    assert await state(store, id_) == (SimulationState.BEING_MADE, 40)
    async with store.writing() as db:
        wanted = await simulations.wanted(db, id_)
        assert wanted is not None
        assert wanted.edition == QUICKER
        await simulations.made(db, id_, naming("CW-2023-000001"), NOW)
        await simulations.failed(db, id_)
        await simulations.progressed(db, id_, 1)
        assert await simulations.wanted(db, id_) is None
        assert await simulations.account_of(db, id_) == naming("CW-2023-000001")
    assert await state(store, id_) == (SimulationState.MADE, 100)


async def test_the_first_that_was_asked_under_an_id_stays(store: Store) -> None:
    id_ = await asked(store)
    async with store.writing() as db:
        line = await simulations.by_id(db, id_)
        assert line is not None
        other = line.model_copy(update={"name": "another"})
        assert await simulations.ask(db, "another digest", other, "another") == "a digest"


async def test_it_is_forgotten_after_its_days(store: Store, working_store: Store) -> None:
    id_ = await asked(store)
    for moment, there in ((NOW + KEPT, True), (NOW + KEPT + SECOND, False)):
        async with working_store.writing() as db:
            await simulations.forget(db, moment)
        assert (await state(store, id_) is not None) is there


async def test_it_goes_with_a_case_that_it_names_and_no_other_does(store: Store, working_store: Store) -> None:
    held = await everything_of_somebody(store)
    first, second = [await asked(store, naming(ref)) for ref in (held.case, "CW-1999-000001")]
    await approved(store, held.case)
    assert await carried_out(working_store, held.case) is not None
    assert await state(store, first) is None
    assert await state(store, second) is not None


async def test_a_case_that_was_erased_while_it_was_made_is_not_named(store: Store, working_store: Store) -> None:
    held = await everything_of_somebody(store)
    id_ = await asked(store)
    await approved(store, held.case)
    assert await carried_out(working_store, held.case) is not None
    async with working_store.writing() as db:
        await simulations.made(db, id_, naming(held.case, "CW-1999-000001"), NOW)
    async with store.reading() as db:
        assert await simulations.account_of(db, id_) == naming("CW-1999-000001")


async def test_an_erasure_that_is_under_way_is_waited_for(store: Store, working_store: Store) -> None:
    held = await everything_of_somebody(store)
    id_ = await asked(store)
    await approved(store, held.case)

    async def keep() -> None:
        async with working_store.writing() as db:
            await simulations.made(db, id_, naming(held.case), NOW)

    async with working_store.writing() as db:
        assert await erasure.carry_out(db, held.case, OVER + timedelta(days=15), EDITION) is not None
        making = asyncio.create_task(keep())
        await asyncio.wait([making], timeout=1)
        assert not making.done()
    await making
    async with store.reading() as db:
        assert await simulations.account_of(db, id_) == found([])


async def test_whoever_reads_it_is_told_of_no_case_that_they_may_not_see(store: Store, app_store: Store) -> None:
    """Of the second the reader said that they are connected with somebody on it."""
    refs = [f"CW-2087-00000{number}" for number in (1, 2)]
    async with store.writing() as db:
        for ref in refs:
            await cases.register(db, ref, EDITION.ref, empty_file(NOW.date()).closure_days, NOW)
        connected = cases.cases.update().where(cases.cases.c.ref == refs[1])
        await db.connection.execute(connected.values(conflicts=["manager-1"]))
    sees = tuple(relations(Role.MANAGER, Action.SEE_CASE))
    for who, shown in (("manager-1", refs[:1]), ("manager-2", refs)):
        async with app_store.seen_by(Viewer(who, (), sees)).reading() as db:
            assert await simulations.seen(db, naming(*refs)) == naming(*shown), who
