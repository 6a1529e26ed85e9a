"""The only code that speaks to Temporal about cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from temporalio.client import WithStartWorkflowOperation, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from policy.case import CASE
from policy.case_file import CaseFile
from policy.facts import Entry
from policy.facts.auditing import PatternFound
from policy.rulebook import Rulebook
from policy.standing import Standing
from workflows.case import CaseWorkflow
from workflows.case_kind import CaseStart, search_attributes, workflow_id
from workflows.door import (
    ANEW,
    OF_WHAT_RUNS,
    ONCE,
    CaseFaulty,
    CaseNotRunning,
    CaseRefused,
    Door,
    EngineAway,
    OutcomeUnknown,
)
from workflows.loop import Receipt


@dataclass(frozen=True)
class CaseDoor(Door):
    @property
    def rulebook(self) -> Rulebook[Any, Any]:
        return CASE

    async def open(self, file: CaseFile, report: Entry) -> None:
        """Starts the case's workflow with its report. Started before: nothing happens."""
        await self._start(CaseStart.reported(file, report))

    async def carry_on(self, file: CaseFile) -> None:
        """Starts the workflow of a case that has its facts already. Started before: nothing happens."""
        await self._start(CaseStart(file=file))

    async def replace(self, file: CaseFile) -> None:
        """Ends whatever runs of it as it stands there, and carries it on from this file."""
        await self._start(CaseStart(file=file), ANEW)

    async def _start(self, start: CaseStart, how: Mapping[str, Any] = ONCE) -> None:
        async with self.in_time():
            try:
                await self.client.start_workflow(
                    CaseWorkflow.run,
                    start,
                    id=workflow_id(start.file.ref),
                    task_queue=self.task_queue,
                    search_attributes=search_attributes(start.file),
                    static_summary=start.file.ref,
                    **how,
                )
            except WorkflowAlreadyStartedError:
                return

    async def resume(self, file: CaseFile, entry: Entry) -> Receipt:
        """Carries a case on that was over, from its file as recorded, with what is recorded now; one that runs is
        told. Raises as `record`.
        """
        start = WithStartWorkflowOperation(
            CaseWorkflow.run,
            CaseStart(file=file),
            id=workflow_id(file.ref),
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            search_attributes=search_attributes(file),
            static_summary=file.ref,
        )
        async with self.in_time():
            return await self.client.execute_update_with_start_workflow(
                CaseWorkflow.record, entry, id=entry.id, start_workflow_operation=start
            )

    async def incident(self, ref: str, entry: Entry) -> None:
        """Raises CaseNotRunning when the case has ended."""
        async with self.in_time():
            await self._case(ref).signal(CaseWorkflow.incident, entry)

    async def observed(self, ref: str, fact: PatternFound) -> None:
        """What the night's check found. Raises CaseNotRunning when the case has ended."""
        async with self.in_time():
            await self._case(ref).signal(CaseWorkflow.observed, fact)

    async def standing(self, ref: str) -> Standing:
        """As its workflow has it, also for a while after its end. Raises CaseNotRunning."""
        return await self._asked(ref, "standing", Standing)

    async def live(self, ref: str) -> Standing:
        """As it is running now. Raises CaseNotRunning."""
        return await self._asked(ref, "standing", Standing, OF_WHAT_RUNS)

    def _case(self, ref: str) -> WorkflowHandle[CaseWorkflow, Standing]:
        return self.client.get_workflow_handle_for(CaseWorkflow.run, workflow_id(ref))


__all__ = ["CaseDoor", "CaseFaulty", "CaseNotRunning", "CaseRefused", "EngineAway", "OutcomeUnknown"]
