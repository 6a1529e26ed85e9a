"""`casework bounce`: one message from a mail server, about a letter that it could not deliver."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import BinaryIO

from gateways.bounces import LARGEST, NotABounce, bounce_in
from runtime.database import working_engine
from runtime.settings import Settings
from runtime.temporal import connect
from store.away import StoreAway, StoreRefused
from store.sessions import EVERYTHING, Store
from workflows.case_door import CaseDoor
from workflows.door import CaseFaulty, CaseNotRunning, CaseRefused, EngineAway, OutcomeUnknown
from workflows.returning import CameOf, NotSentYet, Returns


class NotOurs(Exception):
    """It is about nothing that we sent."""


class Later(Exception):
    """Which of our parts was away, by its class."""


def piped(wanted: Settings, given: BinaryIO) -> int:
    """The exit code, as mail servers understand it: sysexits.h."""
    try:
        print(asyncio.run(bounce(wanted, given)))  # noqa: T201 - for whoever reads the mail server's log
    except NotOurs as none:
        sys.stderr.write(f"{none}\n")
        return os.EX_DATAERR
    except Later as later:
        sys.stderr.write(f"Not now: {later}.\n")
        return os.EX_TEMPFAIL
    return os.EX_OK


async def bounce(wanted: Settings, given: BinaryIO) -> CameOf:
    """What came of it. Raises NotOurs and Later."""
    try:
        told = bounce_in(given.read(LARGEST + 1), wanted.mail_domain, wanted.mail_seal_keys)
    except NotABounce as none:
        raise NotOurs(str(none)) from None
    database = working_engine(wanted)
    try:
        door = CaseDoor(await connect(wanted), wanted.task_queue)
        came_of = await Returns(Store(database, EVERYTHING), door).take(told, datetime.now(UTC))
    except (StoreAway, StoreRefused, EngineAway, OutcomeUnknown, NotSentYet) as away:
        raise Later(type(away).__name__) from None
    except (CaseRefused, CaseNotRunning, CaseFaulty) as refused:
        raise Later(type(refused).__name__) from None
    finally:
        await database.dispose()
    if came_of is CameOf.UNKNOWN:
        raise NotOurs("It is about no letter of ours that went by e-mail.")
    return came_of
