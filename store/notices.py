"""What PostgreSQL tells us as it happens: which case has been recorded up to where."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final, Literal

import asyncpg
import structlog

from store.cases import CHANNEL

_RETRY_SECONDS: Final = 1.0

log = structlog.get_logger()


class Told(asyncio.Event):
    """Set whenever the case is recorded further, and `seq` is the furthest that we were told of."""

    seq: int = 0


class Notices:
    """One listening connection per process, shared by everybody who waits. A lost connection is made anew;
    what was missed meanwhile is for the waiter to look up, so every wait is bounded.
    """

    def __init__(self, dsn: str, tls: ssl.SSLContext | Literal["prefer", "disable"] = "prefer") -> None:
        self._dsn = dsn
        self._tls = tls
        self._waiting: defaultdict[str, set[Told]] = defaultdict(set)
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
    def about(self, ref: str) -> Iterator[Told]:
        """What we are told of the case from now on. Clear it before looking."""
        told = Told()
        self._waiting[ref].add(told)
        try:
            yield told
        finally:
            self._waiting[ref].discard(told)
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
                connection = await asyncpg.connect(self._dsn, ssl=self._tls)
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
        ref, seq = str(payload).split(" ")
        for told in self._waiting.get(ref, ()):
            told.seq = max(told.seq, int(seq))
            told.set()

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()
