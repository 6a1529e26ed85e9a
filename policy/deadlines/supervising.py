"""What a supervisor owes: an officer for each case, reviews, and an answer to a proposed closure."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.deadlines.base import Obligation, at_intervals, owed, sooner_where_urgent
from policy.editions import Edition
from policy.facts.base import Role
from policy.working_days import working_days_after


def allocation(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Where no officer took the report, it is nobody's until one is given it. (new-cases-daily, section 7)"""
    if file.reported_at is None or file.officer is not None or file.taken_by is not None:
        return
    yield owed(
        file,
        "allocation",
        sooner_where_urgent(file, file.reported_at, edition.allocation, edition),
        row="new-cases-daily",
        what="Give the case to an officer",
        met_by=("case_allocated",),
        by=Role.SUPERVISOR,
    )


def review(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Each open case, at the edition's interval. (review-meetings, section 7)"""
    since = file.last_review_at or file.reported_at
    if since is None:
        return
    yield owed(
        file,
        "review",
        at_intervals(file, since, edition.review, edition),
        row="review-meetings",
        what="Review the case with the officer",
        met_by=("case_reviewed",),
        by=Role.SUPERVISOR,
    )


def closure_needs_approval(file: CaseFile, edition: Edition) -> bool:
    """A supervisor agrees first where the edition says so. (closing-letter, section 5)"""
    needed = edition.closure.approval_needed_for
    return ("serious" in needed and file.serious) or ("hate" in needed and file.hate is not None)


def closure_approval(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """A proposed closure is answered. (closing-letter, section 5)"""
    proposed = file.proposed
    if proposed is None or proposed.approved_by is not None or not closure_needs_approval(file, edition):
        return
    days = edition.closure.approval_working_days
    due = working_days_after(proposed.at, days, file.closure_days, edition.office.closes)
    yield owed(
        file,
        "closure-approval",
        due,
        row="closing-letter",
        what="Approve or decline the proposed closure",
        met_by=("closure_approved", "closure_declined"),
        by=Role.SUPERVISOR,
    )
