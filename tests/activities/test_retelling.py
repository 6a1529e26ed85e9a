import asyncio
import gc

from activities.retelling import retelling

PROPOSED = """
name = "proposed"
title = "First contact within three days"
in_force_from = 2027-04-01
[first_contact]
working_days = 3
"""


async def test_a_process_that_tells_again_does_not_look_through_what_it_loaded_for_rubbish() -> None:
    async with retelling(PROPOSED, 1) as pool:
        left_out = await asyncio.get_running_loop().run_in_executor(pool, gc.get_freeze_count)
    assert left_out > 10_000
