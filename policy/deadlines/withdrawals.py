"""The police, who were told of an alleged crime, hear that the victim no longer consents."""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.consents import police_told_at, victims_refuse_since
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.facts.consent import Purpose
from policy.working_days import working_days_after


def police_withdrawal(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Where no lawful reason was needed for the referral, and they have not heard of it since.
    (police-with-consent, section 3)
    """
    told_at, refused_since = police_told_at(file), victims_refuse_since(file, Purpose.POLICE)
    if refused_since is None or told_at is None:
        return
    since = max(refused_since, told_at)
    days = edition.consents.withdrawal_working_days
    yield owed(
        file,
        "police-withdrawal",
        working_days_after(since, days, file.closure_days, edition.office.closes),
        row="police-with-consent",
        what="Tell the police that the victim no longer consents",
        met_by=("police_told_of_withdrawal", "police_referral_ended", "consent_given"),
    )
