"""Processes that tell cases again, beside the one that carries cases on: it never waits for them.
(policy-simulation)
"""

import gc
import os
import signal
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Final

from policy.editions import proposed
from policy.editions.proposal import proposal

_GIVES_WAY: Final = 10
"""How nice they are: what residents and staff wait for comes first."""
_FOR_GOOD: Final = ExitStack()


@asynccontextmanager
async def retelling(text: str, processes: int) -> AsyncIterator[ProcessPoolExecutor]:
    """To each of them the proposed edition is known. They end with this, and when this process dies."""
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(text,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin(text: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_GIVES_WAY)
    Thread(target=_end_with_parent, daemon=True).start()
    _FOR_GOOD.enter_context(proposed(proposal(text)))
    gc.freeze()  # what is loaded stays until the end: it need not be looked through for rubbish each time


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
