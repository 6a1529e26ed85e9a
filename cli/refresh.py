"""`casework refresh`: nothing that runs holds anything under an older key, so that such a key can be dropped."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from rich.progress import Progress
from temporalio.client import Client

from cli.runs import LAG_SECONDS, Run, each, running, tell
from runtime.encryption import keys_in
from runtime.settings import Settings
from runtime.temporal import connect

_PAUSE_SECONDS: Final = 0.5


@dataclass
class Refreshed:
    """`behind` are the ids of what still holds something under an older key."""

    running: int = 0
    nudged: set[Run] = field(default_factory=set)
    behind: list[str] = field(default_factory=list)


async def refresh(wanted: Settings, progress: Progress, seconds: float) -> Refreshed:
    """Safe to repeat and to break off. Whatever runs is looked at, asked to begin a new run where it must, and
    looked at again, until two looks find all of it under the active key or the time is over: what begins a new run
    in the moment of a look is not among what runs.
    """
    client = await connect(wanted, lazy=False)
    active = wanted.keyring.active
    done = Refreshed()
    until = asyncio.get_running_loop().time() + seconds
    bar = progress.add_task("Under the active key", total=None)
    clean = 0
    while True:
        runs = await _running(client, wanted.task_queue)
        behind = await _behind(client, runs, active)
        done.running, done.behind = len(runs), sorted({id_ for id_, _ in behind})
        progress.update(bar, total=len(runs), completed=len(runs) - len(behind))
        clean = 0 if behind else clean + 1
        if clean > bool(done.nudged) or asyncio.get_running_loop().time() > until:
            return done
        later = await each(client, [run for run in behind if run not in done.nudged], _nudge)
        done.nudged.update(set(behind).difference(later))
        await asyncio.sleep(LAG_SECONDS if clean else _PAUSE_SECONDS)


async def _running(client: Client, queue: str) -> list[Run]:
    return [(run.id, run.run_id) async for run in client.list_workflows(running(queue))]


async def _behind(client: Client, runs: list[Run], active: str) -> list[Run]:
    found = list[Run]()

    async def look(client: Client, run: Run) -> None:
        async for event in client.get_workflow_handle(run[0], run_id=run[1]).fetch_history_events():
            if keys_in(event) - {active}:
                found.append(run)
                return

    return found + await each(client, runs, look)


async def _nudge(client: Client, run: Run) -> None:
    await tell(client, run, "refresh")
