"""What was missed beside cases goes up to whoever stands above, and places that stand out are proposed.
(estate-inspections, policy-review, focus-areas)

A case notices for itself; places and the policy have no workflow that waits.
"""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.noticing import Noticed, Noticer
from workflows.scheduled_report import SCHEDULE

ESTATE_INSPECTIONS: Final = "estate-inspections"
POLICY_REVIEW: Final = "policy-review"
FOCUS_AREAS: Final = "focus-areas"
_LOOKS: Final = {
    ESTATE_INSPECTIONS: Noticer.inspections,
    POLICY_REVIEW: Noticer.policy_review,
    FOCUS_AREAS: Noticer.focus_areas,
}

_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)
)


@workflow.defn
class Noticing:
    """What it looks through is named by its schedule. Safe to run again at any time."""

    @workflow.run
    async def run(self) -> Noticed:
        return await workflow.execute_activity_method(
            _LOOKS[workflow.info().typed_search_attributes[SCHEDULE]],
            Noticed(at=workflow.now()),
            start_to_close_timeout=timedelta(minutes=2),
            retry_policy=_UNTIL_IT_SUCCEEDS,
        )
