"""The workers of one process, one for each kind of work: from start to a graceful end."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Self

from temporalio.worker import Worker

Hire = Callable[[], Worker]
"""One that has been shut down does not start again, so another is hired."""


class Crew:
    def __init__(self, hires: Sequence[Hire]) -> None:
        self.broken = asyncio.Event()
        self.resting = False
        self._hires = hires
        self._running: dict[Worker, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        self.resume()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.rest()

    async def rest(self) -> None:
        """Takes no more at once, and lets what is under way finish within the graceful time. Raises what broke a
        worker.
        """
        self.resting = True
        await asyncio.gather(*(worker.shutdown() for worker in self._running))
        await asyncio.gather(*self._running.values())

    def resume(self) -> None:
        """After a rest, or for the first time."""
        self._running = {worker: asyncio.create_task(worker.run()) for worker in (hire() for hire in self._hires)}
        for running in self._running.values():
            running.add_done_callback(self._look_at)
        self.resting = False

    def _look_at(self, ended: asyncio.Task[None]) -> None:
        if ended.cancelled() or ended.exception() is not None:
            self.broken.set()
