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
from tests.faults.faults import OF_LINES, OF_PROCESSES, Struck, each_once, one, strike
from tests.faults.lives import Lives
from tests.faults.load import Load
from tests.faults.looking import nothing_is_lost_or_doubled
from tests.faults.stack import Stack, running_stack
from tests.scale import SOAK, some

log = structlog.get_logger()

SEED: Final = int(os.environ.get("CASEWORK_SEED") or some(165, time.time_ns() % 10**6))
SECONDS: Final = float(os.environ.get("CASEWORK_SOAK_SECONDS") or 1800) if SOAK else 0
"""Of a soak. Otherwise each fault strikes once."""
LONGEST: Final = some(1.0, 20.0)
CALM: Final = some(0.2, 8.0)


async def strike_at_random(stack: Stack, lives: Lives, chance: Random) -> None:
    """Each fault once; in a soak then any, of a process or a line or both at once, until its time is over."""
    until = time.monotonic() + SECONDS
    for struck in each_once(chance):
        await struck_and_over(stack, lives, chance, struck)
    while time.monotonic() < until:
        both = one(chance.choice(OF_PROCESSES), chance), one(chance.choice(OF_LINES), chance)
        await struck_and_over(stack, lives, chance, *chance.choice([both, both[:1], both[1:]]))


async def struck_and_over(stack: Stack, lives: Lives, chance: Random, *struck: Struck) -> None:
    """Until a fact is taken again."""
    await strike(stack, chance, LONGEST, *struck)
    over = time.monotonic()
    await lives.is_told_something()
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
