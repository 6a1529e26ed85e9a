"""Where more letters wait than can be sent, those of serious cases go first."""

import asyncio

from temporalio.client import WorkflowHandle

from tests.workers.at_work import Office, until
from tests.workflows.running import Pigeonholes
from workers.worker import make_worker
from workflows.case_kind import workflow_id
from workflows.work import Work

ORDINARY, SERIOUS = 24, 3
ON_ITS_WAY = 1  # before the queue was looked through: whoever asks first may be given what came first


async def test_a_serious_case_s_letter_overtakes_those_that_wait(office: Office) -> None:
    mail = Pigeonholes()
    settings = office.settings.model_copy(update={"letters_at_once": 1})
    async with make_worker(office.client, settings, office.store, mail, only=[Work.CASES]):
        refs = [await office.opened() for _ in range(ORDINARY)]
        serious = [await office.opened(category="violence") for _ in range(SERIOUS)]
        handles = [office.client.get_workflow_handle(workflow_id(ref)) for ref in (*refs, *serious)]
        await until(lambda: _all_wait(handles))
        async with make_worker(office.client, settings, office.store, mail, only=[Work.LETTERS]):
            await until(lambda: _sent(mail, ORDINARY + SERIOUS))
    went = [next(ref for ref in (*refs, *serious) if ref in str(message)) for message in mail.sent]
    places = sorted(went.index(ref) for ref in serious)
    assert places[-1] < SERIOUS + ON_ITS_WAY, places


async def _all_wait(handles: list[WorkflowHandle[object, object]]) -> bool:
    described = await asyncio.gather(*(handle.describe() for handle in handles))
    waiting = [one.raw_description.pending_activities for one in described]
    return all([one.activity_type.name for one in each] == ["send"] for each in waiting)


async def _sent(mail: Pigeonholes, number: int) -> bool:
    return len(mail.sent) == number
