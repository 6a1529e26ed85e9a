"""What every door to the engine shares: what each call did, or a typed reason why not."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from temporalio.client import (
    Client,
    RPCError,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowQueryRejectedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import QueryRejectCondition, WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCStatusCode

from policy.facts.base import Recorded
from policy.refusals import Refusal
from policy.rulebook import Rulebook
from workflows.beside import id_of
from workflows.loop import Receipt

_AWAY: Final = frozenset(
    {RPCStatusCode.UNAVAILABLE, RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.RESOURCE_EXHAUSTED}
)

_DROPPED: Final = frozenset({RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.RESOURCE_EXHAUSTED})
_TASKS_DROPPED: Final = 4
_QUESTIONS_FAILED: Final = 2
_PAUSE_SECONDS: Final = 0.1

_GLANCE_SECONDS: Final = 1.0

T = TypeVar("T")

OF_WHAT_RUNS: Final = QueryRejectCondition.NOT_OPEN
"""A query is answered for a while by a workflow that has ended, too."""


ONCE: Final[Mapping[str, Any]] = {"id_reuse_policy": WorkflowIDReusePolicy.REJECT_DUPLICATE}
ANEW: Final[Mapping[str, Any]] = {
    "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    "id_conflict_policy": WorkflowIDConflictPolicy.TERMINATE_EXISTING,
}
"""How something is started: only if it never was, or in the place of what runs."""


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
class Door:
    """To the workflows of one kind: each takes what is recorded with its update `record`."""

    client: Client
    task_queue: str
    seconds: float = 5.0

    @property
    def rulebook(self) -> Rulebook[Any, Any]:
        raise NotImplementedError

    def handle(self, ref: str) -> WorkflowHandle[Any, Any]:
        return self.client.get_workflow_handle(id_of(self.rulebook, ref))

    async def record(self, ref: str, entry: Recorded[Any]) -> Receipt:
        """Answers when the engine has the fact. Raises CaseRefused, CaseNotRunning, CaseFaulty.
        A task that the engine had to drop, as when a signal comes while the case continues as new, drops the
        update with it, and one that comes at that moment is told that the run is closing; so it is asked again:
        its id keeps it from happening twice.
        """
        async with self.in_time():
            for _ in range(_TASKS_DROPPED):
                try:
                    return await self._record(ref, entry)
                except RPCError as error:
                    if error.status not in _DROPPED:
                        raise
                    await asyncio.sleep(_PAUSE_SECONDS)
            return await self._record(ref, entry)

    async def _record(self, ref: str, entry: Recorded[Any]) -> Receipt:
        receipt: Receipt = await self.handle(ref).execute_update("record", entry, id=entry.id, result_type=Receipt)
        return receipt

    async def _asked(self, ref: str, query: str, answer: type[T], reject: QueryRejectCondition | None = None) -> T:
        """The engine repeats a task that a worker failed, say for want of a processor for two seconds (TMPRL1101),
        but not a question. So it is asked again here. Raises CaseNotRunning, CaseFaulty.
        """
        async with self.in_time():
            for _ in range(_QUESTIONS_FAILED):
                with suppress(WorkflowQueryFailedError):
                    return await self._ask(ref, query, answer, reject)
                await asyncio.sleep(_PAUSE_SECONDS)
            return await self._ask(ref, query, answer, reject)

    async def _ask(self, ref: str, query: str, answer: type[T], reject: QueryRejectCondition | None) -> T:
        said: T = await self.handle(ref).query(query, result_type=answer, reject_condition=reject)
        return said

    async def running(self, ref: str) -> bool:
        """Raises CaseNotRunning where the engine knows nothing of it."""
        async with self.in_time():
            return (await self.handle(ref).describe()).status is WorkflowExecutionStatus.RUNNING

    async def end(self, ref: str, why: str) -> None:
        """What runs ends as it stands. Raises CaseNotRunning."""
        async with self.in_time():
            await self.handle(ref).terminate(reason=why)

    async def nudge(self, ref: str) -> None:
        async with self.in_time():
            await self.handle(ref).signal("nudge")

    async def reachable(self) -> bool:
        """Answers soon, since who asks whether we are ready does not wait long."""
        try:
            async with self.in_time(), asyncio.timeout(_GLANCE_SECONDS):
                return await self.client.service_client.check_health()
        except (EngineAway, OutcomeUnknown):
            return False

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """Bounds the call and names what went wrong. (rpc timeouts are per attempt, so they are not used)"""
        try:
            async with asyncio.timeout(self.seconds):
                yield
        except WorkflowUpdateFailedError as failed:
            raise _meant_by(failed) from failed
        except WorkflowQueryRejectedError as ended:
            raise CaseNotRunning("it has ended") from ended
        except WorkflowQueryFailedError as failed:
            raise CaseFaulty(str(failed)) from failed
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as late:
            raise OutcomeUnknown("no answer in time") from late
        except RPCError as error:
            raise _named(error) from error
        except KeyError as error:
            # What no converter takes: an answer that is not encrypted, or was for another workflow.
            raise OutcomeUnknown(str(error)) from error
        except RuntimeError as error:
            # A lazy client that has never been connected says so with a bare RuntimeError. Any other of them is
            # about an answer that came and cannot be read, as under a key that this process does not have.
            away = EngineAway if type(error) is RuntimeError else OutcomeUnknown
            raise away(str(error)) from error


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
