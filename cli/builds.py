"""Builds of the workers: which there are, what runs on each, and taking it all from one to another.

What runs stays with the build that served it first, until it begins a new run. (docs/runbooks/deploy.md)
"""

import asyncio
import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Final, Self

from rich.progress import Progress
from temporalio.api.deployment.v1 import WorkerDeploymentInfo
from temporalio.api.enums.v1 import WorkerDeploymentVersionStatus as Status
from temporalio.api.workflow.v1 import VersioningOverride
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    SetWorkerDeploymentCurrentVersionRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from cli.runs import LAG_SECONDS, Act, Run, answers, bind, each, running, tell
from policy.case import CASE
from policy.frozen import Frozen
from policy.procedures.kinds import KINDS
from runtime.settings import Settings
from runtime.temporal import connect
from workflows.case import CaseWorkflow

_BATCH: Final = 200
"""So many are on their way at a time: told all at once, cases would wait for each other."""
_PAUSE_SECONDS: Final = 0.25
_LOOKS: Final = 20
_STARTING_SECONDS: Final = 20
_AT_EASE: Final = 2
_ASKED: Final = 5
_NOT_YET: Final = frozenset({RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION})

_OF_BUILD: Final = "TemporalWorkerDeploymentVersion"
_FREED: Final = "TemporalWorkflowVersioningBehavior = 'AutoUpgrade'"
_BOUND: Final = "TemporalWorkflowVersioningBehavior = 'Pinned'"

_LIVE_LONG: Final = {CASE.name: CaseWorkflow.__name__} | {name: name for name in KINDS}
"""What may sleep for months, by what its ids begin with. Anything else ends by itself within hours."""


class State(StrEnum):
    CURRENT = "current"
    RAMPING = "ramping"
    DRAINING = "draining"
    DRAINED = "drained"
    UNUSED = "never current"


_STATES: Final = {
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT: State.CURRENT,
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING: State.RAMPING,
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING: State.DRAINING,
    Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED: State.DRAINED,
}
_MAY_END: Final = frozenset({State.DRAINED, State.UNUSED})


class NotPossible(Exception):
    """What was asked for cannot be done now; the message says why."""


class Build(Frozen):
    """`id` is None for what workers that name no build serve. `runs` counts by kind."""

    id: str | None
    state: State | None
    runs: dict[str, int]


@dataclass(frozen=True)
class Builds:
    client: Client
    wanted: Settings

    @classmethod
    async def of(cls, wanted: Settings) -> Self:
        """Raises RuntimeError where the engine is away."""
        return cls(await connect(wanted, lazy=False), wanted)

    async def listed(self) -> list[Build]:
        """The newest first, and at last what has none, where there is any."""
        told = [
            Build(id=id_, state=state, runs=await self._runs(self._on(id_)))
            for id_, state in (await self._states()).items()
        ]
        without = Build(id=None, state=None, runs=await self._runs(f"{self._here} AND {_OF_BUILD} IS NULL"))
        return [*told, *([without] if any(without.runs.values()) else [])]

    async def go_to(self, build: str, progress: Progress, seconds: float) -> list[str]:
        """New runs begin on that build, and all that runs goes on there, as each begins a new run. Safe to repeat
        and to break off. The ids of what is elsewhere when the time is over. Raises NotPossible.
        """
        until = asyncio.get_running_loop().time() + seconds
        await self._make_current(build)
        elsewhere = f"{self._here} AND ({_OF_BUILD} IS NULL OR {_OF_BUILD} != {self._named(build)})"
        return await self._have_gone(elsewhere, _nudge, progress, until)

    async def free(self, build: str, progress: Progress, seconds: float) -> list[str]:
        """For a build that has no workers any more: what is still with it is taken up by the current one, from its
        whole history, which that one must be able to replay. Safe to repeat. The ids of what is left when the time
        is over, which is with its own build again. Raises NotPossible.
        """
        states = await self._states()
        if build not in states:
            raise NotPossible(f"The engine knows no build {build}.")
        if states[build] is State.CURRENT or State.CURRENT not in states.values():
            raise NotPossible("Nothing would take it up. Start workers of another build, and make that current.")
        if await self._works(build):
            raise NotPossible(f"A worker of {build} still answers. Stop its workers, or use `casework deploy to`.")
        until = asyncio.get_running_loop().time() + seconds
        left = f"{self._here} AND ({_OF_BUILD} = {self._named(build)} OR {_FREED})"
        try:
            return await self._have_gone(left, self._freed, progress, until)
        finally:
            await self._bind_again()

    async def may_end(self, build: str, seconds: float) -> bool:
        """Whether its workers may be stopped, as the engine has it, which looks every few minutes. Raises
        NotPossible for a build that it does not know.
        """
        until = asyncio.get_running_loop().time() + seconds
        while True:
            states = await self._states()
            if build not in states:
                raise NotPossible(f"The engine knows no build {build}.")
            if states[build] in _MAY_END:
                return True
            if asyncio.get_running_loop().time() > until:
                return False
            await asyncio.sleep(1)

    @property
    def _here(self) -> str:
        return running(self.wanted.task_queue)

    def _named(self, build: str) -> str:
        return json.dumps(f"{self.wanted.deployment}:{build}")

    def _on(self, build: str) -> str:
        return f"{self._here} AND {_OF_BUILD} = {self._named(build)}"

    async def _runs(self, query: str) -> dict[str, int]:
        counted = {
            kind: await self._count(f"{query} AND WorkflowType = '{name}'") for kind, name in _LIVE_LONG.items()
        }
        return counted | {"other": max(0, await self._count(query) - sum(counted.values()))}

    async def _count(self, query: str) -> int:
        return (await self.client.count_workflows(query)).count

    async def _states(self) -> dict[str, State]:
        """The newest first; none where no worker has ever named a build."""
        known = [
            (one.create_time.ToNanoseconds(), one.deployment_version.build_id, one.status)
            for one in (await self._deployment()).version_summaries
        ]
        return {id_: _STATES.get(status, State.UNUSED) for _, id_, status in sorted(known, reverse=True)}

    async def _deployment(self) -> WorkerDeploymentInfo:
        asked = DescribeWorkerDeploymentRequest(
            namespace=self.client.namespace, deployment_name=self.wanted.deployment
        )
        try:
            return (await self.client.workflow_service.describe_worker_deployment(asked)).worker_deployment_info
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return WorkerDeploymentInfo()
            raise

    async def _make_current(self, build: str) -> None:
        """Its workers may only just have started: the engine may not know yet that they serve every queue."""
        asked = SetWorkerDeploymentCurrentVersionRequest(
            namespace=self.client.namespace, deployment_name=self.wanted.deployment, build_id=build
        )
        until = asyncio.get_running_loop().time() + _STARTING_SECONDS
        while True:
            try:
                await self.client.workflow_service.set_worker_deployment_current_version(asked)
            except RPCError as error:
                if error.status not in _NOT_YET:
                    raise
                if asyncio.get_running_loop().time() > until:
                    raise NotPossible(f"The engine does not take it: {error.message}") from error
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                return

    async def _have_gone(self, query: str, act: Act, progress: Progress, until: float) -> list[str]:
        """Until two looks find nothing any more: what begins a new run in the moment of a look is not found. What
        does not go when it is told, as while a letter is on its way, is told again when all others have been.
        """
        bar, told, clean, most = progress.add_task("Gone on", total=None), set[Run](), 0, 0
        while True:
            left = await self._count(query)
            most = max(most, left)
            progress.update(bar, total=most, completed=most - left)
            clean = 0 if left else clean + 1
            late = asyncio.get_running_loop().time() > until
            if clean == _AT_EASE or late:
                return sorted({run[0] for run in await self._some(query, set())}) if left else []
            if clean:
                await asyncio.sleep(LAG_SECONDS)
                continue
            batch = await self._some(query, told)
            await each(self.client, batch, act)
            told = told | set(batch) if batch else set()
            await self._settled(query, left - len(batch), until)

    async def _some(self, query: str, but: set[Run]) -> list[Run]:
        found = list[Run]()
        async for one in self.client.list_workflows(query):
            if (run := (one.id, one.run_id)) not in but:
                found.append(run)
            if len(found) == _BATCH:
                break
        return found

    async def _settled(self, query: str, few: int, until: float) -> None:
        for look in count(1):
            await asyncio.sleep(_PAUSE_SECONDS)
            if look == _LOOKS or asyncio.get_running_loop().time() > until or await self._count(query) <= few:
                return

    async def _works(self, build: str) -> bool:
        """Whether a worker of it tells of anything that is with it. Some are asked: one may wait for something."""
        runs = await self._some(f"{self._on(build)} AND {_BOUND}", set())
        return any(await asyncio.gather(*(answers(self.client, run) for run in runs[:_ASKED])))

    async def _freed(self, client: Client, run: Run) -> None:
        """Its new run is bound again: an override of this kind is not handed on."""
        await bind(client, run, VersioningOverride(auto_upgrade=True))
        if _lives_long(run):
            await tell(client, run, "refresh")

    async def _bind_again(self) -> None:
        """What is still freed when it ends, so that workers of its own build, begun again, take it up."""
        runs = [(one.id, one.run_id) async for one in self.client.list_workflows(f"{self._here} AND {_FREED}")]
        while runs:
            runs = await each(self.client, runs, bind)
            await asyncio.sleep(_PAUSE_SECONDS)


async def _nudge(client: Client, run: Run) -> None:
    """It sees that another build is current, and begins a new run there."""
    if _lives_long(run):
        await tell(client, run, "nudge")


def _lives_long(run: Run) -> bool:
    return run[0].partition("/")[0] in _LIVE_LONG


def in_words(builds: list[Build]) -> list[str]:
    width = max((len(_name(one)) for one in builds), default=0)
    lines = [f"{_name(one):{width}}  {one.state or '-':13}  {_runs(one)}" for one in builds]
    return lines or ["No worker has named a build, and nothing runs."]


def _name(build: Build) -> str:
    return build.id or "no build"


def _runs(build: Build) -> str:
    return ", ".join(f"{kind} {number}" for kind, number in build.runs.items() if number) or "nothing runs"
