"""Being asked to end: SIGTERM from whoever runs us, SIGINT from the keyboard."""

import asyncio
import signal


def asked_to_end() -> asyncio.Event:
    """Set once we are asked. Call it in the loop that is to hear of it."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signalled, asked.set)
    return asked


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Shorter where we are asked to end meanwhile."""
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
