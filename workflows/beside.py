"""From one workflow to another: a case and what is carried on beside it. They outlive each other."""

import asyncio
from typing import Any

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

from policy.facts.base import Fact
from policy.rulebook import Rulebook


def id_of(rulebook: Rulebook[Any, Any], ref: str) -> str:
    return f"{rulebook.name}/{ref}"


async def begin(rulebook: Rulebook[Any, Any], ref: str, start: dict[str, object]) -> bool:
    """Starts it as a child that goes on when its case ends or continues as new. False where it has begun
    already.
    """
    try:
        child = await workflow.start_child_workflow(
            rulebook.name,
            start,
            id=id_of(rulebook, ref),
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            static_summary=ref,
        )
    except WorkflowAlreadyStartedError:
        return False
    child.add_done_callback(_not_our_end)
    return True


def _not_our_end(child: "asyncio.Future[Any]") -> None:
    """How it ends is told by a signal; what its run came to is nobody's question here."""
    if not child.cancelled():
        child.exception()


async def tell(rulebook: Rulebook[Any, Any], ref: str, fact: Fact) -> bool:
    """By the signal that takes news. Whether it was there to be told."""
    handle: workflow.ExternalWorkflowHandle[Any] = workflow.get_external_workflow_handle(id_of(rulebook, ref))
    try:
        await handle.signal("heard", fact)
    except ApplicationError:
        return False
    return True
