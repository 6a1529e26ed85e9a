"""What can happen to processes, the lines between them and their disks. Each lasts some seconds, and is mended."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import structlog

from tests.faults.disks import SMALL_DISKS
from tests.faults.failover import fail_over, told
from tests.faults.network import Line
from tests.faults.stack import LINES, PROGRAMS, SERVERS, Stack

_PART_OF_A_SECOND: Final = 0.3
_MIDDLE_OF_A_MESSAGE: Final = 700
"""Bytes."""
_SLOW_FLUSH: Final = 100_000
"""Microseconds, which is as slow as PostgreSQL lets us make it."""

log = structlog.get_logger()

Victim = str | tuple[str, str]
Strike = Callable[[Stack, Victim, float], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """`victims` are processes, or lines by who speaks to whom."""

    name: str
    strike: Strike
    victims: tuple[Victim, ...]


async def killed(stack: Stack, victim: Victim, seconds: float) -> None:
    stack.end(str(victim))
    await asyncio.sleep(seconds)
    await stack.begin_again(str(victim))


async def restarted(stack: Stack, victim: Victim, _: float) -> None:
    """As an orchestrator does it."""
    await stack.child(str(victim)).stop()
    await stack.begin_again(str(victim))


async def frozen(stack: Stack, victim: Victim, seconds: float) -> None:
    pid = stack.child(str(victim)).process.pid
    _to_all(pid, signal.SIGSTOP)
    await asyncio.sleep(seconds)
    _to_all(pid, signal.SIGCONT)


async def starved(stack: Stack, victim: Victim, seconds: float) -> None:
    """It has a fifth of the time, in pieces."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        await frozen(stack, victim, _PART_OF_A_SECOND)
        await asyncio.sleep(_PART_OF_A_SECOND / 4)


async def crashed(stack: Stack, _: Victim, seconds: float) -> None:
    """`pg_ctl stop -m immediate`, in the middle of whatever transactions there are."""
    child = stack.postgres.child
    child.process.send_signal(signal.SIGQUIT)
    await child.stop()
    await asyncio.sleep(seconds)
    await stack.begin_again("postgres")


async def refused(stack: Stack, victim: Victim, seconds: float) -> None:
    await _line(stack, victim).refuse()
    await _mended_after(stack, victim, seconds)


async def held(stack: Stack, victim: Victim, seconds: float) -> None:
    _line(stack, victim).hold()
    await _mended_after(stack, victim, seconds)


async def forgotten(stack: Stack, victim: Victim, _: float) -> None:
    _line(stack, victim).forget()


async def reset(stack: Stack, victim: Victim, seconds: float) -> None:
    """Again and again, in the middle of a message."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        _line(stack, victim).reset(after=_MIDDLE_OF_A_MESSAGE)
        await asyncio.sleep(_PART_OF_A_SECOND)
    await _mended_after(stack, victim, 0)


async def delayed(stack: Stack, victim: Victim, seconds: float) -> None:
    _line(stack, victim).delay = _PART_OF_A_SECOND
    await _mended_after(stack, victim, seconds)


async def slow_disk(stack: Stack, _: Victim, seconds: float) -> None:
    """Each commit waits for the disk for a tenth of a second."""
    slow = (f"ALTER SYSTEM SET commit_delay = {_SLOW_FLUSH}", "ALTER SYSTEM SET commit_siblings = 0")
    quick = ("ALTER SYSTEM RESET commit_delay", "ALTER SYSTEM RESET commit_siblings")
    await told(stack.postgres, *slow, "SELECT pg_reload_conf()")
    await asyncio.sleep(seconds)
    await told(stack.postgres, *quick, "SELECT pg_reload_conf()")


async def full_disk(stack: Stack, victim: Victim, seconds: float) -> None:
    """Of PostgreSQL or of evidence; a server that it brought down is begun again once there is room."""
    ballast = stack.folder / str(victim) / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(1 << 20)):
            pass
    await asyncio.sleep(seconds)
    ballast.unlink()
    if not stack.postgres.child.running:
        await stack.begin_again("postgres")


KILLED: Final = Fault("killed", killed, (*PROGRAMS, *SERVERS))
OF_PROCESSES: Final = (
    KILLED,
    Fault("restarted", restarted, PROGRAMS),
    Fault("frozen", frozen, (*PROGRAMS, *SERVERS)),
    Fault("starved", starved, (*PROGRAMS, *SERVERS)),
    Fault("crashed", crashed, ("postgres",)),
    Fault("failover", fail_over, ("postgres",)),
    Fault("slow disk", slow_disk, ("postgres",)),
    *([Fault("full disk", full_disk, tuple(SMALL_DISKS))] if SMALL_DISKS else ()),
)
OF_LINES: Final = (
    Fault("refused", refused, LINES),
    Fault("held", held, LINES),
    Fault("forgotten", forgotten, LINES),
    Fault("reset", reset, LINES),
    Fault("delayed", delayed, LINES),
)

Struck = tuple[Fault, Victim]


def each_once(chance: Random) -> list[Struck]:
    """Each fault, in any order, on one of its victims; and each process killed."""
    others = [one(fault, chance) for fault in (*OF_PROCESSES, *OF_LINES) if fault is not KILLED]
    all_of_them = [*others, *((KILLED, victim) for victim in KILLED.victims)]
    return chance.sample(all_of_them, len(all_of_them))


def one(fault: Fault, chance: Random) -> Struck:
    return fault, chance.choice(fault.victims)


async def strike(stack: Stack, chance: Random, longest: float, *struck: Struck) -> None:
    """All at the same time, each for some seconds. Of several no two may be of one process or of one line."""
    lasting = [(fault, victim, chance.uniform(0.5, longest)) for fault, victim in struck]
    for fault, victim, seconds in lasting:
        log.info("fault", fault=fault.name, victim=victim, seconds=round(seconds, 1))
    await asyncio.gather(*(fault.strike(stack, victim, seconds) for fault, victim, seconds in lasting))


def _line(stack: Stack, victim: Victim) -> Line:
    assert isinstance(victim, tuple)
    return stack.lines[victim]


async def _mended_after(stack: Stack, victim: Victim, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await _line(stack, victim).mend()


def _to_all(pid: int, told: signal.Signals) -> None:
    """To a process and all that it started, which may be ending."""
    with suppress(ProcessLookupError, FileNotFoundError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(pid, told)
        for child in children:
            _to_all(int(child), told)
