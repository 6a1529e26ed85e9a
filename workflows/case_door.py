"""The only code that speaks to Temporal about cases: what each call did, or a typed reason why not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from temporalio.client import (
    Client,
    RPCError,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCStatusCode

from policy.case_file import CaseFile
from policy.facts import Entry
from policy.facts.auditing import PatternFound
from policy.refusals import Refusal
from policy.standing import Standing
from workflows.case import CaseWorkflow
from workflows.case_kind import CaseStart, search_attributes, workflow_id
from workflows.loop import Receipt

_AWAY: Final = frozenset(
    {RPCStatusCode.UNAVAILABLE, RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.RESOURCE_EXHAUSTED}
)

_TASKS_DROPPED: Final = 4
_PAUSE_SECONDS: Final = 0.1

_GLANCE_SECONDS: Final = 1.0


class EngineAway(Exception):
    """Temporal cannot be reached or cannot serve this case now; nothing was done."""


class OutcomeUnknown(Exception):
    """No answer in time. It may still happen: repeat with the same key."""


class CaseNotRunning(LookupError):
    """No such workflow, or it has ended."""


class CaseRefused(Exception):
    """The case's policy refused the fact."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


class CaseFaulty(Exception):
    """The case's code failed on this; the fault is in the worker's log."""


@dataclass(frozen=True)
class CaseDoor:
    client: Client
    task_queue: str
    seconds: float = 5.0

    async def open(self, file: CaseFile, report: Entry) -> None:
        """Starts the case's workflow with its report. Started before: nothing happens."""
        start = CaseStart.reported(file, report)
        async with self._in_time():
            try:
                await self.client.start_workflow(
                    CaseWorkflow.run,
                    start,
                    id=workflow_id(file.ref),
                    task_queue=self.task_queue,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                    search_attributes=search_attributes(start.file),
                    static_summary=file.ref,
                )
            except WorkflowAlreadyStartedError:
                return

    async def incident(self, ref: str, entry: Entry) -> None:
        """Raises CaseNotRunning when the case has ended."""
        async with self._in_time():
            await self._case(ref).signal(CaseWorkflow.incident, entry)

    async def record(self, ref: str, entry: Entry) -> Receipt:
        """Answers when the engine has the fact. Raises CaseRefused, CaseNotRunning, CaseFaulty.
        A task that the engine had to drop, as when a signal comes while the case continues as new, drops the
        update with it, so it is asked again: its id keeps it from happening twice.
        """
        async with self._in_time():
            for _ in range(_TASKS_DROPPED):
                try:
                    return await self._record(ref, entry)
                except RPCError as error:
                    if error.status is not RPCStatusCode.FAILED_PRECONDITION:
                        raise
                    await asyncio.sleep(_PAUSE_SECONDS)
            return await self._record(ref, entry)

    async def _record(self, ref: str, entry: Entry) -> Receipt:
        return await self._case(ref).execute_update(CaseWorkflow.record, entry, id=entry.id)

    async def observed(self, ref: str, fact: PatternFound) -> None:
        """What the night's check found. Raises CaseNotRunning when the case has ended."""
        async with self._in_time():
            await self._case(ref).signal(CaseWorkflow.observed, fact)

    async def standing(self, ref: str) -> Standing:
        async with self._in_time():
            return await self._case(ref).query(CaseWorkflow.standing)

    async def running(self, ref: str) -> bool:
        """`standing` is answered for a while by a case that has ended, too. Raises CaseNotRunning."""
        async with self._in_time():
            return (await self._case(ref).describe()).status is WorkflowExecutionStatus.RUNNING

    async def nudge(self, ref: str) -> None:
        async with self._in_time():
            await self._case(ref).signal(CaseWorkflow.nudge)

    async def reachable(self) -> bool:
        """Answers soon, since who asks whether we are ready does not wait long."""
        try:
            async with self._in_time(), asyncio.timeout(_GLANCE_SECONDS):
                return await self.client.service_client.check_health()
        except (EngineAway, OutcomeUnknown):
            return False

    def _case(self, ref: str) -> WorkflowHandle[CaseWorkflow, Standing]:
        return self.client.get_workflow_handle_for(CaseWorkflow.run, workflow_id(ref))

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Bounds the call and names what went wrong. (rpc timeouts are per attempt, so they are not used)"""
        try:
            async with asyncio.timeout(self.seconds):
                yield
        except WorkflowUpdateFailedError as failed:
            raise _meant_by(failed) from failed
        except WorkflowQueryFailedError as failed:
            raise CaseFaulty(str(failed)) from failed
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as late:
            raise OutcomeUnknown("no answer in time") from late
        except RPCError as error:
            raise _named(error) from error
        except RuntimeError as error:
            # A lazy client that has never been connected says so with a bare RuntimeError.
            raise EngineAway(str(error)) from error


def _meant_by(failed: WorkflowUpdateFailedError) -> Exception:
    cause = failed.cause
    if isinstance(cause, ApplicationError):
        if cause.type == "AcceptedUpdateCompletedWorkflow":
            return CaseNotRunning("the case ended meanwhile")
        if cause.details:
            return CaseRefused(Refusal.model_validate(cause.details[0]))
    return CaseFaulty(str(cause))


def _named(error: RPCError) -> Exception:
    if error.status is RPCStatusCode.NOT_FOUND:
        return CaseNotRunning(error.message)
    if error.status in _AWAY:
        return EngineAway(error.message)
    return OutcomeUnknown(error.message)
