"""What is owed in a legal action, by when and why. Each wait on a solicitor or a court has its day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.facts.proceedings import LegalStage
from policy.legal_action.action import HOLDS, LegalFile
from policy.legal_action.stages import STAGES
from policy.procedures.base import Stage, in_order, stage_owed
from policy.working_days import Due, on_the_day, working_days_after, working_days_before

BEFORE_COURT: Final = frozenset(
    {
        LegalStage.PROPOSED,
        LegalStage.REVIEWED,
        LegalStage.WITH_SOLICITOR,
        LegalStage.ADVISED_AGAINST,
        LegalStage.READY,
    }
)

_HEARD: Final = frozenset({LegalStage.LISTED, LegalStage.APPEALED, LegalStage.BREACH_IN_COURT})
"""A court's day is waited for."""

_UNTIL_HEARD: Final = BEFORE_COURT | {LegalStage.ISSUED, LegalStage.LISTED}

KEYS: Final = frozenset({stage.key for stage in STAGES.values()} | {"window", "order-ends", "disability-meeting"})
"""What a deadline of a legal action may be called."""


def deadlines(file: LegalFile, edition: Edition) -> list[Deadline]:
    return in_order(file, _all(file, edition), edition)


def _all(file: LegalFile, edition: Edition) -> Iterator[Deadline]:
    """Asked after its day had come, a court is waited for anew."""
    days = edition.legal.days
    if (stage := STAGES.get(file.stage)) is not None and file.since is not None:
        heard = file.stage in _HEARD and file.heard_at is None
        yield stage_owed(file, _or_its_end(file, stage), edition, file.hearing if heard else None)
    yield from _breaches_besides(file, edition)
    if file.needed_since is not None and file.stage in _UNTIL_HEARD:
        yield owed(
            file,
            "disability-meeting",
            _in_days(file, file.needed_since, days.instruct, edition),
            row="disability-meeting",
            what="Hold the meeting about a disability",
            met_by=("case_learnt",),
        )
    may_issue = file.stage in BEFORE_COURT and not file.known.decided_against
    if file.known.window is not None and file.begun_at is not None and may_issue:
        yield owed(
            file,
            "window",
            _before(file, file.known.window.closes, days.before_window, file.begun_at, edition),
            row="legal-remedies",
            what="Issue the papers before the notice lapses",
            met_by=("papers_issued",),
        )
    until = file.order.until if file.order is not None else None
    if until is not None and file.order_at is not None and file.stage in {*HOLDS, LegalStage.APPEALED}:
        yield owed(
            file,
            "order-ends",
            _before(file, until, days.before_expiry, file.order_at, edition),
            row="legal-remedies",
            what="Decide what follows the order before it ends",
            met_by=("order_varied", "legal_action_ended"),
        )


def _or_its_end(file: LegalFile, stage: Stage) -> Stage:
    """Nothing is owed that the meeting about a disability has decided against. (disability-meeting)"""
    if not file.known.decided_against or file.stage not in BEFORE_COURT:
        return stage
    return replace(
        stage, owed="End this, since the meeting about a disability decided against it, or hold another"
    )


def _breaches_besides(file: LegalFile, edition: Edition) -> Iterator[Deadline]:
    """Those that its stage is not about: during an appeal, and of one in court while another is to be answered
    for. A hearing that is listed then may be another's, and puts neither off.
    """
    for stage, since in (
        (LegalStage.BREACHED, file.breached[0] if file.breached else None),
        (LegalStage.BREACH_IN_COURT, file.in_court.asked_at if file.in_court else None),
    ):
        if since is not None and file.stage is not stage:
            known = STAGES[stage]
            yield owed(
                file,
                known.key,
                _in_days(file, since, known.days(edition), edition),
                row=known.row,
                what=known.owed,
                met_by=tuple(kind.model_fields["fact"].default for kind in known.steps),
            )


def _before(file: LegalFile, last: date, number: int, learnt_at: datetime, edition: Edition) -> Due:
    """So many working days before it; soon, and by that day, where that had passed when we learnt of it."""
    closes = edition.office.closes
    due = working_days_before(last, number, file.closure_days, closes)
    if due.moment > learnt_at:
        return due
    soon = _in_days(file, learnt_at, edition.legal.days.instruct, edition)
    return min(soon, on_the_day(last, closes), key=lambda one: one.moment)


def _in_days(file: LegalFile, since: datetime, number: int, edition: Edition) -> Due:
    return working_days_after(since, number, file.closure_days, edition.office.closes)
