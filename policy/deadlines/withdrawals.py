"""Whoever was told something with somebody's consent is told when it no longer holds."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.working_days import working_days_after


def withdrawals(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """(police-with-consent, section 3; health-contact, section 6)"""
    days = edition.consents.withdrawal_working_days
    for key, since in file.to_tell.items():
        due = working_days_after(since, days, file.closure_days, edition.office.closes)
        if key in file.matters:
            yield owed(
                file,
                f"health-withdrawal:{key}",
                due,
                row="health-contact",
                what="Tell the GP or nurse that the person no longer consents, and end it",
                met_by=("health_contact_ended", "health_contact_answered", "consent_given"),
            )
        else:
            yield owed(
                file,
                "police-withdrawal",
                due,
                row="police-with-consent",
                what="Tell the police that the victim no longer consents",
                met_by=("police_told_of_withdrawal", "police_referral_ended", "consent_given"),
            )
