"""Faults at random while cases live: nothing acknowledged is lost or doubled, and what was late is known to be."""

import asyncio
import os
import time
from pathlib import Path
from random import Random
from typing import Final

import pytest
import structlog

from tests.faults.disks import small_disks
from tests.faults.faults import FAULTS, strike
from tests.faults.lives import CONTACT, Lives
from tests.faults.load import Load
from tests.faults.looking import nothing_is_lost_or_doubled
from tests.faults.stack import Stack, running_stack
from tests.scale import SOAK, some

log = structlog.get_logger()

SEED: Final = int(os.environ.get("CASEWORK_SEED") or some(2635, time.time_ns() % 10**6))
SECONDS: Final = float(os.environ.get("CASEWORK_SOAK_SECONDS") or 1800) if SOAK else 0
"""Of a soak. Otherwise each fault strikes once."""
LONGEST: Final = some(1.5, 20.0)
CALM: Final = some(0.3, 8.0)


async def strike_at_random(stack: Stack, lives: Lives, chance: Random) -> None:
    """Each fault once, in any order; in a soak any of them again and again, until its time is over."""
    until = time.monotonic() + SECONDS
    faults = chance.sample(FAULTS, len(FAULTS))
    async with lives.client() as http:
        ref = await lives.begun(http)
        while faults or time.monotonic() < until:
            await strike(stack, faults.pop() if faults else chance.choice(FAULTS), chance, LONGEST)
            over = time.monotonic()
            await lives.load.post(http, f"/api/cases/{ref}/facts", CONTACT, ref)
            log.info("facts_are_taken_again", after_seconds=round(time.monotonic() - over, 1))
            await asyncio.sleep(chance.uniform(0, CALM))


@pytest.mark.timeout(SECONDS + 600)
async def test_faults_at_random_lose_and_double_nothing(tmp_path: Path) -> None:
    log.info("faults_at_random", CASEWORK_SEED=SEED)
    chance = Random(SEED)  # noqa: S311 - to be the same again
    folder = tmp_path / "stack"
    folder.mkdir(mode=0o700)
    with small_disks(folder):
        async with running_stack(folder) as stack:
            load = Load(stack.api_by_line, stack.settings)
            lives = Lives(load, Random(SEED), pause=some(1.0, 10.0))  # noqa: S311 - as above
            living = asyncio.create_task(lives.run(at_once=6))
            try:
                await strike_at_random(stack, lives, chance)
            finally:
                lives.ending = True
                await asyncio.gather(living)
            assert load.refused_for_now, "the faults did not hit"
            await nothing_is_lost_or_doubled(stack, lives)
            log.info("asked", answers=load.answers, asked_again=dict(load.refused_for_now))
