"""A worker that is asked to stop finishes what it holds, and says at once that it takes no more."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from store.letters import letters
from store.sessions import Store
from tests.gateways.mail_servers import Postbox, behaving
from tests.workers.at_work import Office, begun, until
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker

LETTERS = 8


@dataclass
class SlowPostbox(Postbox):
    """It thinks about every letter until it is told to go on."""

    may_go: asyncio.Event = field(default_factory=asyncio.Event)
    thinking: int = 0

    async def full(self) -> bool:
        return self.thinking == LETTERS

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.thinking += 1
        await self.may_go.wait()
        return await super().handle_DATA(server, session, envelope)


async def test_letters_on_their_way_go_before_a_worker_ends(office: Office, tmp_path: Path) -> None:
    postbox = SlowPostbox()
    async with behaving(postbox) as port:
        settings = office.settings.model_copy(update={"smtp_port": port})
        worker = begun(settings, tmp_path, letters_at_once=str(LETTERS), graceful_shutdown_seconds="50")
        await worker.until_ready()
        refs = [await office.opened() for _ in range(LETTERS)]
        await until(postbox.full)

        worker.child.process.terminate()
        await worker.until_ready(503)
        assert not await worker.child.ended(within=1)
        late = await office.opened()
        postbox.may_go.set()
        assert await worker.child.ended(within=30)
        assert worker.child.process.returncode == 0, worker.child.said()
    assert len(postbox.taken) == LETTERS
    assert await _states(office.store) == ["sent"] * LETTERS

    mail = Pigeonholes()
    async with make_worker(office.client, office.settings, office.store, mail):
        for ref in (*refs, late):
            await until(partial(office.has, ref, "letter_sent"))
        assert len(mail.sent) == 1, "that of the case which came after"
        for ref in refs:
            assert await office.attempts(ref) == {1}


async def _states(store: Store) -> list[str]:
    async with store.reading() as db:
        return list((await db.connection.execute(select(letters.c.state))).scalars())
