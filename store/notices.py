"""What PostgreSQL tells us as it happens: which case has been recorded up to where."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import asyncpg
import structlog

from store.recording import CHANNEL

_RETRY_SECONDS: Final = 1.0

log = structlog.get_logger()


class Notices:
    """One listening connection per process, shared by everybody who waits. A lost connection is made anew;
    what was missed meanwhile is for the waiter to look up, so every wait is bounded.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.ended = False

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Notices"]:
        task = asyncio.create_task(self._listen())
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    @contextmanager
    def about(self, ref: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the case is recorded further. Clear it before looking."""
        event = asyncio.Event()
        self._waiting[ref].add(event)
        try:
            yield event
        finally:
            self._waiting[ref].discard(event)
            if not self._waiting[ref]:
                del self._waiting[ref]

    @property
    def waiting(self) -> int:
        return sum(len(events) for events in self._waiting.values())

    def end_waits(self) -> None:
        """Wakes everybody; who waits without a bound looks at `ended` and leaves."""
        self.ended = True
        self._wake_all()

    async def _listen(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(self._dsn)
                try:
                    lost = asyncio.Event()
                    connection.add_termination_listener(lambda _, lost=lost: lost.set())
                    await connection.add_listener(CHANNEL, self._heard)
                    self._wake_all()
                    await lost.wait()
                finally:
                    await connection.close()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("notices_lost", error=type(error).__name__)
            await asyncio.sleep(_RETRY_SECONDS)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        ref = str(payload).split(" ", maxsplit=1)[0]
        for event in self._waiting.get(ref, ()):
            event.set()

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()
