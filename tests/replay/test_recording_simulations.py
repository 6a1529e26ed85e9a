"""The making of a simulation. `make histories` keeps its history too."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from activities import trying_editions
from activities.trying_editions import Trying
from store import simulations
from store.simulations import SimulationLine, SimulationState
from tests.policy.test_tried import QUICKER
from tests.replay.breaking import Broken
from tests.replay.keeping import replayed_and_kept
from tests.workflows.running import Case, Cases
from workflows.trying_door import have_simulated
from workflows.trying_editions import PREFIX


async def asked_for(case: Case) -> str:
    line = SimulationLine(
        id=str(uuid4()),
        name="2027-04-01",
        title="Quicker first contact",
        first=date(2023, 10, 1),
        last=date(2023, 10, 31),
        asked_at=datetime.now(UTC),
        by_id="manager-1",
        state=SimulationState.BEING_MADE,
        percent=0,
        made_at=None,
    )
    async with case.store.writing() as db:
        await simulations.ask(db, "a digest", line, QUICKER)
    return line.id


async def test_a_simulation_that_is_asked_for_twice_is_made_once(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    id_ = await asked_for(case)
    for _ in range(2):
        await have_simulated(case.door, id_)
    async with asyncio.timeout(60):
        await case.door.client.get_workflow_handle(f"{PREFIX}{id_}").result()
    async with case.store.reading() as db:
        line, found = await simulations.by_id(db, id_), await simulations.account_of(db, id_)
    assert line is not None
    assert line.state is SimulationState.MADE
    assert found is not None
    assert found.edition == "2027-04-01"
    assert await replayed_and_kept(case, "simulation", f"{PREFIX}{id_}") == Trying(id=id_)


async def test_one_that_cannot_be_made_says_so_in_the_end(
    cases_here: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the reason."""
    case = await cases_here.open()
    await case.until_recorded(2)
    broken = Broken()
    monkeypatch.setattr(trying_editions, "Simulating", broken)
    id_ = await asked_for(case)
    await have_simulated(case.door, id_)
    handle = case.door.client.get_workflow_handle(f"{PREFIX}{id_}")
    await case.env.fast_forward(handle, timedelta(hours=13))
    async with asyncio.timeout(30):
        await handle.result()
    assert broken.times > 2
    async with case.store.reading() as db:
        line = await simulations.by_id(db, id_)
    assert line is not None
    assert line.state is SimulationState.FAILED
