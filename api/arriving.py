"""Files on their way to us, piece by piece, and how long they may take."""

import asyncio
import time
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Final

from starlette.requests import ClientDisconnect

from api.problems import problem

PIECE_SECONDS: Final = 30.0
"""Between two pieces."""
START_SECONDS: Final = 120.0
"""Before it matters how fast they come: a telephone may wake up in a tunnel."""
SLOWEST: Final = 16 * 1024
"""Bytes a second, on average: half of what a bad 3G line sends, so that whoever has one can send the longest film,
200 MB in three and a half hours. Whoever sends less is not waited for much longer than two minutes.
"""


async def in_time(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Raises 408. Only what we wait for the sender counts, and not how slow we are ourselves."""
    came, waited = 0, 0.0
    while True:
        left = START_SECONDS + came / SLOWEST - waited
        began = time.monotonic()
        try:
            async with asyncio.timeout(min(PIECE_SECONDS, left)):
                piece = await anext(pieces, None)
        except (TimeoutError, ClientDisconnect):
            raise problem(
                HTTPStatus.REQUEST_TIMEOUT,
                "body-too-slow",
                "This came too slowly, or stopped on the way, and nothing of it was kept. Send it again over a"
                " better line, or something smaller.",
            ) from None
        if piece is None:
            return
        came, waited = came + len(piece), waited + time.monotonic() - began
        if piece:
            yield piece
