"""A worker knows whether its own polls come back, whatever another connection is told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio

from runtime.embedded.temporal_server import TemporalOptions, start_temporal
from runtime.settings import Settings
from runtime.temporal import SEARCH_ATTRIBUTES, connect
from store.sessions import Store
from tests.faults.network import Line
from tests.gateways.mail_servers import behaving
from tests.workers.at_work import Office, Process, begun, until
from tests.workers.test_draining import LETTERS, SlowPostbox
from workers.polls import Polls
from workers.worker import make_worker
from workflows.work import Work

POLL = "1s"
"""So long a poll waits for work at most."""
PATIENCE = 4


@dataclass(frozen=True)
class Watched:
    """`line` leads to a Temporal of its own. A worker's first connection there is not that of its polls."""

    line: Line
    office: Office
    settings: Settings

    def worker(self, folder: Path, **more: str) -> Process:
        return begun(self.settings, folder, polls_unanswered_seconds=str(PATIENCE), **more)


@pytest_asyncio.fixture(loop_scope="session")
async def watched(settings: Settings, working_store: Store, tmp_path: Path) -> AsyncIterator[Watched]:
    options = TemporalOptions(
        search_attributes=SEARCH_ATTRIBUTES,
        dynamic_config={"matching.longPollExpirationInterval": POLL},
        in_memory=True,
        with_ui=False,
    )
    temporal = await start_temporal(tmp_path / "temporal", options)
    line = Line(int(temporal.target.rpartition(":")[2]))
    await line.listen()
    ours = settings.model_copy(update={"temporal_address": temporal.target})
    office = Office(await connect(ours), ours, working_store)
    theirs = settings.model_copy(update={"temporal_address": f"127.0.0.1:{line.port}"})
    yield Watched(line, office, theirs)
    await line.close()
    await temporal.stop()


async def test_a_worker_to_which_nothing_comes_back_is_not_ready_and_says_what_to_do(
    watched: Watched, tmp_path: Path
) -> None:
    worker = watched.worker(tmp_path)

    async def nothing_comes_back() -> bool:
        told: str = (await worker.told("/health/ready")).json()["worker"]
        return told.startswith("no poll for bulk, cases, letters, reports has come back for 4 seconds: start")

    await worker.until_ready()
    watched.line.only_the_first()
    await until(nothing_comes_back)
    told = await worker.told("/health/ready")
    assert (told.status_code, told.json()["ready"]) == (503, False)
    assert (told.json()["store"], told.json()["engine"]) == ("here", "here")
    assert (await worker.told("/health/live")).status_code == 204
    assert 'casework_polls_unanswered{work="cases"} 1.0' in (await worker.told("/metrics")).text

    await watched.line.mend()
    await worker.until_ready()
    assert 'casework_polls_unanswered{work="cases"} 0.0' in (await worker.told("/metrics")).text
    await worker.child.stop()
    said = worker.child.said()
    assert said.index("polls_unanswered") < said.index("polls_answered")


async def test_who_has_all_it_can_do_or_whose_temporal_is_away_is_not_told_to_start_again(
    watched: Watched, tmp_path: Path
) -> None:
    postbox = SlowPostbox()
    async with behaving(postbox) as port:
        worker = watched.worker(tmp_path, letters_at_once=str(LETTERS), smtp_port=str(port))
        await worker.until_ready()
        for _ in range(LETTERS):
            await watched.office.opened()
        await until(postbox.full)
        assert not await _said_later(worker, "work=letters")
        postbox.may_go.set()
        await watched.line.refuse()
        await worker.until_ready(503)
        assert not await _said_later(worker, "polls_unanswered")
        assert (await worker.told("/health/ready")).json()["engine"] == "away"
    await worker.child.stop()


async def _said_later(worker: Process, words: str) -> bool:
    before = worker.child.said().count(words)
    await asyncio.sleep(PATIENCE + 2)
    return worker.child.said().count(words) > before


async def test_who_rests_waits_for_no_answer(office: Office) -> None:
    """The numbers of its client are counted nowhere, so that they are missed as soon as it works."""
    polls = Polls(office.settings.task_queue, [Work.LETTERS], patience=0.4)
    stopping = asyncio.Event()

    async def missed() -> bool:
        return polls.unanswered == {Work.LETTERS}

    async with make_worker(office.client, office.settings, office.store, only=[Work.LETTERS]) as crew:
        crew.rest()
        watching = asyncio.create_task(polls.watch(crew, office.door, stopping))
        await asyncio.sleep(1)
        assert polls.how == "here"
        crew.resume()
        await until(missed)
        stopping.set()
        await watching


def test_numbers_that_cannot_be_read_are_no_answer_and_no_end() -> None:
    polls = Polls("cases", [Work.BULK], patience=20)
    for _ in range(20):
        polls.look('temporal_long_request_latency_seconds_count{operation="Poll')
    assert polls.unanswered == {Work.BULK}
