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
        self._hires = hires
        self._may_work = asyncio.Event()
        self._leaving = False
        self._at_work = list[asyncio.Task[None]]()
        self._here = set[Worker]()
        self._told = set[asyncio.Task[None]]()

    @property
    def resting(self) -> bool:
        return self._leaving or not self._may_work.is_set()

    async def __aenter__(self) -> Self:
        self.resume()
        self._at_work = [asyncio.create_task(self._employ(hire)) for hire in self._hires]
        for one in self._at_work:
            one.add_done_callback(self._look_at)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Raises what broke a worker."""
        self._leaving = True
        self.rest()
        self._may_work.set()
        await asyncio.wait(self._at_work)
        await asyncio.gather(*self._at_work)

    def rest(self) -> None:
        """Takes no more at once, and lets what is under way finish within the graceful time."""
        self._may_work.clear()
        for worker in self._here:
            told = asyncio.create_task(worker.shutdown())
            self._told.add(told)
            told.add_done_callback(self._told.discard)

    def resume(self) -> None:
        """Each by itself, as soon as it has finished what it held."""
        self._may_work.set()

    async def _employ(self, hire: Hire) -> None:
        while await self._may_work.wait() and not self._leaving:
            worker = hire()
            self._here.add(worker)
            await worker.run()
            self._here.discard(worker)

    def _look_at(self, ended: asyncio.Task[None]) -> None:
        if ended.cancelled() or ended.exception() is not None:
            self.broken.set()
