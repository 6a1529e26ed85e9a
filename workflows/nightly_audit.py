"""The night's check: looks through all open cases and tells those on which something was found. (self-audit)"""

import asyncio
from datetime import timedelta
from typing import Final

from pydantic import AwareDatetime
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import FailureError

from activities.night import CASES_A_PAGE, Found, Looked, Night, Page
from policy.frozen import Frozen
from workflows.case import CaseWorkflow
from workflows.case_kind import workflow_id

EVENTS_BEFORE_CONTINUING: Final = 1000

_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)
)


class Progress(Frozen):
    """How far a night has come: the moment for which cases are looked at, the last case that was, and how many.
    `untold` counts findings whose case was no longer running; the next night sees what there is to see.
    `not_looked_at` counts cases in which a fault was met.
    """

    at: AwareDatetime | None = None
    after: str = ""
    size: int = CASES_A_PAGE
    cases: int = 0
    found: int = 0
    untold: int = 0
    not_looked_at: int = 0


@workflow.defn
class NightlyAudit:
    """Safe to run again at any time: a case takes what it already has been told only once."""

    @workflow.run
    async def run(self, progress: Progress | None = None) -> Progress:
        progress = progress or Progress()
        at = progress.at or workflow.now()
        while True:
            looked = await self._looked(Page(at=at, after=progress.after, size=progress.size))
            told = await asyncio.gather(*(self._told(one) for one in looked.found))
            progress = Progress(
                at=at,
                after=looked.last or progress.after,
                size=progress.size,
                cases=progress.cases + looked.cases,
                found=progress.found + len(told),
                untold=progress.untold + told.count(False),
                not_looked_at=progress.not_looked_at + looked.not_looked_at,
            )
            if looked.last is None:
                if progress.not_looked_at:
                    workflow.logger.error("night_s_check_not_complete cases=%d", progress.not_looked_at)
                workflow.logger.info("night_s_check_done cases=%d found=%d", progress.cases, progress.found)
                return progress
            if workflow.info().get_current_history_length() >= EVENTS_BEFORE_CONTINUING:
                workflow.continue_as_new(progress)

    @staticmethod
    async def _looked(page: Page) -> Looked:
        return await workflow.execute_activity_method(
            Night.look,
            page,
            start_to_close_timeout=timedelta(minutes=1),
            retry_policy=_UNTIL_IT_SUCCEEDS,
            summary=page.after,
        )

    @staticmethod
    async def _told(found: Found) -> bool:
        """False when the case is not running."""
        case = workflow.get_external_workflow_handle_for(CaseWorkflow.run, workflow_id(found.ref))
        try:
            await case.signal(CaseWorkflow.observed, found.fact)
        except FailureError:
            workflow.logger.warning("finding_not_told case=%s pattern=%s", found.ref, found.fact.pattern)
            return False
        return True
