"""The worker is killed while letters go out to a mail server of its own: each arrives once, or a person looks."""

import asyncio
import sys
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from runtime.database import working_engine
from runtime.embedded.processes import LOOPBACK, Child, free_port, start_child
from store.letters import LetterState, letters
from store.sessions import Store
from tests.faults.load import Load
from tests.faults.stack import Stack, running_stack

LETTERS = 200
KILLS = 4
LETTER_SECONDS = 180
"""As in test_kill.py."""
SETTLED = {LetterState.SENT, LetterState.IN_DOUBT}


async def mail_server(folder: Path) -> tuple[Child, int]:
    """A process that keeps each message that it has acknowledged as a file."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Mailbox"]
    command += ["-l", f"{LOOPBACK}:{port}", str(folder / "delivered")]
    child = start_child("aiosmtpd", command, log=folder / "aiosmtpd.log")
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection(LOOPBACK, port)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            writer.close()
            return child, port


def delivered(folder: Path) -> Counter[str]:
    """Message-IDs."""
    files = (folder / "delivered" / "new").glob("*")
    return Counter(str(message_from_bytes(one.read_bytes())["Message-ID"]) for one in files)


async def reported(stack: Stack, load: Load) -> None:
    waiting = list(range(LETTERS))
    async with httpx2.AsyncClient(base_url=stack.api, timeout=10, headers=load.by("officer-1")) as http:

        async def take() -> None:
            while waiting:
                waiting.pop()
                reader = {"name": "Rowan Example", "email": f"{uuid4()}@example.org", "prefers": "email"}
                words = {"channel": "phone", "words": "Shouting.", "category": "noise", "complainant": reader}
                await load.post(http, "/api/reports", words)

        await asyncio.gather(*(take() for _ in range(8)))


async def killed_while_they_go(stack: Stack, folder: Path) -> None:
    """Each time after the same share of them has arrived."""
    for place in range(1, KILLS + 1):
        async with asyncio.timeout(120):
            while sum(delivered(folder).values()) < LETTERS * place / (KILLS + 1):
                await asyncio.sleep(0.02)
        await stack.kill("worker")


async def states(store: Store) -> dict[str, str]:
    async with store.reading() as db:
        rows = await db.connection.execute(letters.select())
        return {row.id: row.state for row in rows}


@pytest.mark.timeout(600)
async def test_each_of_two_hundred_letters_arrives_once_or_is_named_for_a_person(tmp_path: Path) -> None:
    async with running_stack(tmp_path / "stack") as stack:
        server, port = await mail_server(tmp_path)
        stack.settings = stack.settings.model_copy(update={"smtp_port": port})
        await stack.kill("worker")
        load = Load(stack.api, stack.settings)
        await asyncio.gather(reported(stack, load), killed_while_they_go(stack, tmp_path))
        database = working_engine(stack.settings)
        store = Store(database)
        async with asyncio.timeout(LETTER_SECONDS):
            while len(known := await states(store)) < LETTERS or not set(known.values()) <= SETTLED:
                await asyncio.sleep(0.5)
        arrived = delivered(tmp_path)
        await database.dispose()
        await server.stop()
    assert set(arrived) <= {f"<{id_}@landlord.invalid>" for id_ in known}
    assert max(arrived.values()) == 1, "somebody was told twice"
    lost = {id_ for id_, state in known.items() if state == LetterState.SENT} - {
        one[1:].partition("@")[0] for one in arrived
    }
    assert not lost, "a letter is said to have gone and has not"
    in_doubt = [id_ for id_, state in known.items() if state == LetterState.IN_DOUBT]
    assert len(in_doubt) <= 8 * KILLS, in_doubt
