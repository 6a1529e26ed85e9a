"""What is owed in a legal action, by when and why. Each wait on a solicitor or a court has its day."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.facts.proceedings import LegalStage
from policy.legal_action.action import HOLDS, LegalFile
from policy.legal_action.stages import STAGES
from policy.procedures.base import in_order, stage_owed
from policy.working_days import Due, working_days_before

BEFORE_COURT: Final = frozenset(
    {
        LegalStage.PROPOSED,
        LegalStage.REVIEWED,
        LegalStage.WITH_SOLICITOR,
        LegalStage.ADVISED_AGAINST,
        LegalStage.READY,
    }
)

KEYS: Final = frozenset({stage.key for stage in STAGES.values()} | {"window", "order-ends"})
"""What a deadline of a legal action may be called."""


def deadlines(file: LegalFile, edition: Edition) -> list[Deadline]:
    return in_order(file, _all(file, edition), edition)


def _all(file: LegalFile, edition: Edition) -> Iterator[Deadline]:
    days = edition.legal.days
    if (stage := STAGES.get(file.stage)) is not None and file.since is not None:
        yield stage_owed(file, stage, edition, file.hearing if file.stage is LegalStage.LISTED else None)
    if file.window is not None and file.stage in BEFORE_COURT:
        yield owed(
            file,
            "window",
            _before(file, file.window.closes, days.before_window, edition),
            row="legal-remedies",
            what="Issue the papers before the notice lapses",
            met_by=("papers_issued",),
        )
    until = file.order.until if file.order is not None else None
    if until is not None and file.stage in {*HOLDS, LegalStage.APPEALED}:
        yield owed(
            file,
            "order-ends",
            _before(file, until, days.before_expiry, edition),
            row="legal-remedies",
            what="Decide what follows the order before it ends",
            met_by=("order_varied", "legal_action_ended"),
        )


def _before(file: LegalFile, last: date, number: int, edition: Edition) -> Due:
    return working_days_before(last, number, file.closure_days, edition.office.closes)
