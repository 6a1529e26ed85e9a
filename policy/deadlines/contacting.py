"""First contact, and hearing from us until the case is closed."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.deadlines.base import (
    Obligation,
    at_intervals,
    no_longer_pursued,
    out_of_reach,
    owed,
    pursued_since,
    set_aside,
    wants_no_contact,
)
from policy.editions import Edition
from policy.working_days import working_days_after


def first_contact(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Within five working days of the report, or of when there was a way. (contact-5-working-days, section 5)"""
    if file.reported_at is None or file.first_contact_at is not None:
        return
    row = "contact-5-working-days"
    if why := out_of_reach(file) or no_longer_pursued(file):
        yield set_aside("first-contact", row=row, why=why)
        return
    days = edition.first_contact.working_days
    since = pursued_since(file, file.reported_at)
    due = working_days_after(since, days, file.closure_days, edition.office.closes)
    yield owed(file, "first-contact", due, row=row, what="Contact the complainant", met_by=("contact_made",))


def regular_contact(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """At the agreed interval, else the edition's, counted from the last contact. (regular-contact, section 5)"""
    if file.last_contact_at is None:
        return
    if why := wants_no_contact(file) or no_longer_pursued(file):
        yield set_aside("regular-contact", row="regular-contact", why=why)
        return
    since = pursued_since(file, file.last_contact_at)
    if (agreed := file.agreed_interval) is not None:
        due = working_days_after(since, agreed, file.closure_days, edition.office.closes)
    else:
        due = at_intervals(file, since, edition.regular_contact, edition)
    yield owed(
        file,
        "regular-contact",
        due,
        row="regular-contact",
        what="Tell the complainant how the case stands",
        met_by=("contact_made", "letter_sent"),
    )
