"""Histories of invented lives: replayed as they are, and kept for a release, readable, where that is asked for."""

import json
import os
import re
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHandle

from policy.frozen import Frozen
from tests.encrypted import PLAIN_CONVERTER, decrypt
from tests.replay.replaying import replayed
from tests.workflows.running import Case
from workflows.case_kind import workflow_id

WORKER = re.compile(r"\d+@[\w.-]+")
"""How a worker signs: its process and machine, which are nobody's business later."""

KEEP = "CASEWORK_KEEP_HISTORIES"
"""A folder in which the histories are kept."""


async def kept(case: Case, name: str, run_id: str | None = None) -> None:
    """The history replays as it is, and is kept with the standing it led to where that is asked for."""
    await case.events_when_idle()  # a letter on its way would change the standing between the two
    standing = await replayed_and_kept(case, name, workflow_id(case.ref), run_id)
    if run_id is None:
        assert standing == await case.standing()


async def replayed_and_kept(case: Case, name: str, id_: str, run_id: str | None = None) -> Frozen:
    handle: WorkflowHandle[Any, Any] = case.door.client.get_workflow_handle(id_, run_id=run_id)
    history = await handle.fetch_history()
    standing = await replayed(history)
    for event in history.events:
        decrypt(event)
    assert await replayed(history, PLAIN_CONVERTER) == standing
    folder = os.environ.get(KEEP)
    if folder is None:
        return standing
    path = Path(folder) / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = {"workflow_id": history.workflow_id, "history": json.loads(history.to_json())}
    path.write_text(WORKER.sub("worker", json.dumps(stored)) + "\n")
    path.with_suffix(".standing.json").write_text(standing.model_dump_json(indent=1) + "\n")
    return standing
