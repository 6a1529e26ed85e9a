"""What the victim of a serious case is owed at once. The clock starts when the case becomes serious."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.deadlines.base import (
    Obligation,
    no_longer_pursued,
    out_of_reach,
    owed,
    pursued_since,
    set_aside,
    within_reach_since,
)
from policy.deadlines.victims import (
    APPOINTMENT,
    POLICE_ADVICE,
    spoken_to_from,
    told_since,
    victim_was_told,
)
from policy.editions import Edition
from policy.working_days import hours_after, working_days_after


def appointment(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Offered within one working day. (serious-appointment-1-working-day, section 5)"""
    if file.serious_since is None or victim_was_told(file, APPOINTMENT):
        return
    row = "serious-appointment-1-working-day"
    owed_since = told_since(file, APPOINTMENT, file.serious_since)
    pursued, why_not = pursued_since(file, owed_since), out_of_reach(file) or no_longer_pursued(file)
    since = spoken_to_from(file, owed_since, pursued, why_not)
    if isinstance(since, str):
        yield set_aside(APPOINTMENT, row=row, why=since)
        return
    days = edition.serious_appointment.working_days
    due = working_days_after(since, days, file.closure_days, edition.office.closes)
    yield owed(
        file,
        APPOINTMENT,
        due,
        row=row,
        what="Offer the victim an appointment",
        met_by=("appointment_offered",),
    )


def police_advice(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """At once, also to somebody who withdraws: it is for their safety. (serious-advise-police, section 5)"""
    if file.serious_since is None or victim_was_told(file, POLICE_ADVICE):
        return
    row = "serious-advise-police"
    owed_since = told_since(file, POLICE_ADVICE, file.serious_since)
    since = spoken_to_from(file, owed_since, within_reach_since(file, owed_since), out_of_reach(file))
    if isinstance(since, str):
        yield set_aside(POLICE_ADVICE, row=row, why=since)
        return
    yield owed(
        file,
        POLICE_ADVICE,
        hours_after(since, edition.police_advice.hours),
        row=row,
        what="Advise the victim to ring the police",
        met_by=("police_advised", "letter_sent"),
    )
