"""From one workflow to another: a case and what is carried on beside it. They outlive each other."""

from contextlib import suppress
from typing import Any

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

from policy.facts.base import Fact
from policy.rulebook import Rulebook


def id_of(rulebook: Rulebook[Any, Any], ref: str) -> str:
    return f"{rulebook.name}/{ref}"


async def begin(rulebook: Rulebook[Any, Any], ref: str, start: dict[str, object]) -> None:
    """Starts it as a child that goes on when its case ends or continues as new. One that has begun already goes on
    as it is.
    """
    with suppress(WorkflowAlreadyStartedError):
        await workflow.start_child_workflow(
            rulebook.name,
            start,
            id=id_of(rulebook, ref),
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            static_summary=ref,
        )


async def tell(rulebook: Rulebook[Any, Any], ref: str, fact: Fact) -> bool:
    """Tells it now, by the signal that takes news. Whether it was there to be told."""
    handle: workflow.ExternalWorkflowHandle[Any] = workflow.get_external_workflow_handle(id_of(rulebook, ref))
    try:
        await handle.signal("heard", fact.model_copy(update={"at": workflow.now()}))
    except ApplicationError:
        return False
    return True
