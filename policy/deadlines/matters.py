"""What is owed on each open matter. Where something is, there is a day on which somebody looks again.
(bounded-waits)
"""

from collections.abc import Iterator
from datetime import date, datetime

from policy.case_file import CaseFile, Matter
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.facts.base import Role
from policy.facts.matters import POWERS
from policy.matters import COURSES, Stage
from policy.matters.powers import PARTNER_LED
from policy.working_days import Due, hours_after, on_the_day, working_days_after, working_days_before

CHASES_TO_REACH_A_SUPERVISOR = 2


def matters(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Also on a case at rest: it outlives it. Asking twice reaches a supervisor. (promise-ledger)"""
    for key, matter in file.matters.items():
        course = COURSES[matter.kind]
        now = course.as_it_stands(file, matter)
        stage = now.stage
        if (what := course.owed(stage, matter.code, edition, matter.ends)) is None:
            continue
        raised = stage.by is Role.OFFICER and _asked_too_often(matter, edition)
        yield owed(
            file,
            key,
            _due(file, matter.model_copy(update={"since": now.since}), stage, edition),
            row=course.row_of(file, matter),
            what=what,
            met_by=stage.met_by,
            by=Role.SUPERVISOR if raised else stage.by,
            owner=matter.owner or (file.officer if matter.code == PARTNER_LED else None),
            stage=now.called,
        )


def _asked_too_often(matter: Matter, edition: Edition) -> bool:
    """Whoever holds a power is asked after it as often as any other wait is extended. (bounded-waits)"""
    if matter.kind in POWERS and matter.asked >= edition.audit.wait_extended:
        return True
    asked = matter.chased if matter.kind in POWERS else max(matter.chased, matter.asked)
    return asked >= CHASES_TO_REACH_A_SUPERVISOR


def _in_the_edition_s_time(file: CaseFile, matter: Matter, stage: Stage, edition: Edition) -> Due:
    if stage.by_law is not None:
        return stage.by_law(matter.since)
    number = stage.days(edition.matters)
    if stage.in_hours:
        return hours_after(matter.since, number)
    if matter.ends is not None and stage.counted_back:
        learnt_at = matter.since if matter.learnt_at is None else max(matter.since, matter.learnt_at)
        return _counted_back(file, matter.ends, learnt_at, edition, number)
    return working_days_after(matter.since, number, file.closure_days, edition.office.closes)


def _due(file: CaseFile, matter: Matter, stage: Stage, edition: Edition) -> Due:
    """The day agreed, unless that was over when we learnt of it, else the edition's, and not after it runs out;
    sooner once somebody had to ask for it.
    """
    closes = edition.office.closes
    agreed = on_the_day(matter.until, closes) if matter.until is not None else None
    due = agreed
    if due is None or due.moment < matter.since:
        due = _in_the_edition_s_time(file, matter, stage, edition)
    if matter.ends is not None and not _over_when_learnt(matter, edition):
        due = min(due, on_the_day(matter.ends, closes), key=lambda one: one.moment)
    if matter.chased_at is None or stage.fixed:
        return due
    chased = working_days_after(matter.chased_at, edition.matters.chase, file.closure_days, closes)
    return min(due, chased, key=lambda one: one.moment)


def _over_when_learnt(matter: Matter, edition: Edition) -> bool:
    """Nobody is late at once over a day of which we learnt only when it had passed."""
    if matter.learnt_at is None or matter.ends is None:
        return False
    return on_the_day(matter.ends, edition.office.closes).moment < matter.learnt_at


def _counted_back(file: CaseFile, ends: date, learnt_at: datetime, edition: Edition, days: int) -> Due:
    """So many working days before it ends; at once where that had passed when we learnt of it."""
    closes = edition.office.closes
    due = working_days_before(ends, days, file.closure_days, closes)
    if due.moment > learnt_at:
        return due
    return working_days_after(learnt_at, edition.matters.starter_tenancy_at_once, file.closure_days, closes)
