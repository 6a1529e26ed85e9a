"""Each night: proposes to erase what has been kept for its time, and erases what was approved. (retention)"""

from datetime import timedelta
from typing import Final

from pydantic import AwareDatetime
from temporalio import workflow
from temporalio.common import RetryPolicy

from activities.retention import Done, Keeper, Turn
from policy.frozen import Frozen

EVENTS_BEFORE_CONTINUING: Final = 1000

_UNTIL_IT_SUCCEEDS: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)
)


class Kept(Frozen):
    """How far a night has come. First what is over is proposed, then what was approved is erased."""

    at: AwareDatetime | None = None
    after: str = ""
    proposing: bool = True
    proposed: int = 0
    erased: int = 0
    not_erased: int = 0


@workflow.defn
class Retention:
    """Safe to run again at any time."""

    @workflow.run
    async def run(self, kept: Kept | None = None) -> Kept:
        kept = kept or Kept()
        kept = kept.model_copy(update={"at": kept.at or workflow.now()})
        while True:
            kept, over = await self._turned(kept)
            if over:
                workflow.logger.info("retention_done proposed=%d erased=%d", kept.proposed, kept.erased)
                return kept
            if workflow.info().get_current_history_length() >= EVENTS_BEFORE_CONTINUING:
                workflow.continue_as_new(kept)

    async def _turned(self, kept: Kept) -> tuple[Kept, bool]:
        """One page on, and whether it was the last."""
        turn = Turn(at=kept.at or workflow.now(), after=kept.after)
        done = await self._done(turn, proposing=kept.proposing)
        if kept.proposing:
            changes = {"proposed": kept.proposed + done.done, "proposing": done.last is not None}
        else:
            changes = {"erased": kept.erased + done.done, "not_erased": kept.not_erased + done.not_done}
        return kept.model_copy(
            update=changes | {"after": done.last or ""}
        ), not kept.proposing and done.last is None

    @staticmethod
    async def _done(turn: Turn, *, proposing: bool) -> Done:
        return await workflow.execute_activity_method(
            Keeper.propose if proposing else Keeper.erase,
            turn,
            start_to_close_timeout=timedelta(minutes=5),
            heartbeat_timeout=timedelta(minutes=1),
            retry_policy=_UNTIL_IT_SUCCEEDS,
        )
