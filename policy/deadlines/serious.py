"""What the victim of a serious case is owed at once. The clock starts when the case becomes serious."""

from collections.abc import Iterator
from datetime import datetime

from policy.case_file import CaseFile
from policy.deadlines.base import Obligation, owed, set_aside
from policy.editions import Edition
from policy.working_days import hours_after, working_days_after


def appointment(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Offered within one working day. (serious-appointment-1-working-day, section 5)"""
    since = _owed_since(file)
    if since is None or _done(file.appointment_offered_at, file.serious_since):
        return
    row = "serious-appointment-1-working-day"
    if not file.reachable:
        yield set_aside("appointment", row=row)
        return
    days = edition.serious_appointment.working_days
    due = working_days_after(since, days, file.closure_days, edition.office.closes)
    yield owed(
        file,
        "appointment",
        due,
        row=row,
        what="Offer the victim an appointment",
        met_by=("appointment_offered",),
    )


def police_advice(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """At once. (serious-advise-police, section 5)"""
    since = _owed_since(file)
    if since is None or _done(file.police_advised_at, file.serious_since):
        return
    row = "serious-advise-police"
    if not file.reachable:
        yield set_aside("police-advice", row=row)
        return
    yield owed(
        file,
        "police-advice",
        hours_after(since, edition.police_advice.hours),
        row=row,
        what="Advise the victim to ring the police",
        met_by=("police_advised", "letter_sent"),
    )


def _owed_since(file: CaseFile) -> datetime | None:
    """From when the case is serious and there is a way to reach the victim."""
    if file.serious_since is None:
        return None
    return max(file.serious_since, file.reachable_since or file.serious_since)


def _done(at: datetime | None, since: datetime | None) -> bool:
    return at is not None and since is not None and at >= since
