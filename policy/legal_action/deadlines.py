"""What is owed in a legal action, by when and why. Each wait on a solicitor or a court has its day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.facts.proceedings import LegalStage
from policy.legal_action.action import LegalFile
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

_UNTIL_HEARD: Final = BEFORE_COURT | {LegalStage.ISSUED, LegalStage.LISTED}

KEYS: Final = frozenset({stage.key for stage in STAGES.values()} | {"window", "order-ends", "disability-meeting"})
"""What a deadline of a legal action may be called."""


def deadlines(file: LegalFile, edition: Edition) -> list[Deadline]:
    return in_order(file, _all(file, edition), edition)


def _all(file: LegalFile, edition: Edition) -> Iterator[Deadline]:
    days = edition.legal.days
    for one in _followed(file):
        yield _owed_at_its_stage(one, edition)
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
    if until is not None and file.order_at is not None and file.holds:
        yield owed(
            file,
            "order-ends",
            _before(file, until, days.before_expiry, file.order_at, edition),
            row="legal-remedies",
            what="Decide what follows the order before it ends",
            met_by=("order_varied", "legal_action_ended"),
        )


def _owed_at_its_stage(file: LegalFile, edition: Edition) -> Deadline:
    """Asked after its day had come, a court is waited for anew."""
    match file.stage:
        case LegalStage.LISTED | LegalStage.BREACH_IN_COURT:
            day = file.hearing.ahead
        case LegalStage.APPEALED:
            day = file.appeal_hearing.ahead
        case _:
            day = None
    return stage_owed(file, _or_its_end(file, STAGES[file.stage]), edition, day)


def _or_its_end(file: LegalFile, stage: Stage) -> Stage:
    """Nothing is owed that the meeting about a disability has decided against. (disability-meeting)"""
    if not file.known.decided_against or file.stage not in BEFORE_COURT:
        return stage
    return replace(
        stage, owed="End this, since the meeting about a disability decided against it, or hold another"
    )


def _followed(file: LegalFile) -> Iterator[LegalFile]:
    """At each stage of which something is owed now: while an order holds an appeal, a breach, one in court,
    and how it is kept; whoever answers for a breach looks at that too.
    """
    if file.since is None or file.over:
        return
    if not file.holds or file.stage is LegalStage.APPEALED:
        yield file
    if file.breached:
        yield file.with_(stage=LegalStage.BREACHED, since=file.breached[0], until=None)
    if (known := file.in_court) is not None:
        yield file.with_(stage=LegalStage.BREACH_IN_COURT, since=known.asked_at, until=known.until)
    if file.holds and not file.breached:
        yield file.with_(stage=LegalStage.IN_FORCE, since=file.seen_at, until=None)


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
