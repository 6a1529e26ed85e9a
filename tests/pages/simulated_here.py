"""A simulation on a page: one that was made, or one that is being made."""

from datetime import UTC, date, datetime
from uuid import uuid4

from store import cases, simulations
from store.simulations import SimulationLine, SimulationState
from tests.api.product import Product
from tests.policy.test_tried import MONDAY, QUICKER, found, past, spoken_to_after


async def simulated_here(site: Product, *, made: bool = True) -> str:
    """With something in each part of its page."""
    now = datetime.now(UTC)
    line = SimulationLine(
        id=str(uuid4()),
        name="2027-04-01",
        title="Quicker first contact",
        first=date(2023, 10, 1),
        last=date(2023, 10, 31),
        asked_at=now,
        by_id="manager-5",
        state=SimulationState.BEING_MADE,
        percent=40,
        made_at=None,
    )
    async with site.resources.everything.writing() as db:
        await simulations.ask(db, "a digest", line, QUICKER)
    if made:
        async with site.records.writing() as db:
            told = [*(spoken_to_after(days, f"CW-2023-00000{days}") for days in (2, 4, 8)), past("CW-2023-000009")]
            for one in told:
                if await cases.lock(db, one.opening.ref) is None:
                    await cases.register(
                        db, one.opening.ref, one.opening.edition, one.opening.closure_days, MONDAY
                    )
            await simulations.made(db, line.id, found(told), now)
    return line.id
