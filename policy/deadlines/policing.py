"""What is owed about the police: asking the victim, and referring an alleged crime. Waiting for the police pauses
nothing of this and of nothing else.
"""

from collections.abc import Iterator

from policy.case_file import CaseFile
from policy.consents import victims_agree
from policy.deadlines.base import Obligation, no_longer_pursued, out_of_reach, owed, pursued_since, set_aside
from policy.deadlines.victims import NOT_NAMED, named, others_named
from policy.editions import Edition
from policy.facts.consent import Purpose
from policy.working_days import working_days_after


def police_consent(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """The victim of hate or of an alleged crime is asked, and asked again until they answer.
    (police-with-consent, section 3)
    """
    since = file.police.ask_since
    if since is None or victims_agree(file, Purpose.POLICE) is not None:
        return
    row = "police-with-consent"
    if why := nobody_to_ask(file):
        yield set_aside("police-consent", row=row, why=why)
        return
    known = min(file.people[key].since for key in named(file))
    since = max(known, since if others_named(file) else pursued_since(file, since))
    asked_at = file.police.asked_at
    again = asked_at is not None and asked_at >= since
    days = edition.police.ask_again_working_days if again else edition.police.ask_working_days
    start = asked_at if again and asked_at else since
    yield owed(
        file,
        "police-consent",
        working_days_after(start, days, file.closure_days, edition.office.closes),
        row=row,
        what=f"Ask the victim {'again ' if again else ''}whether they want the police involved",
        met_by=("consent_asked", "consent_given", "consent_refused", "consent_withdrawn"),
    )


def nobody_to_ask(file: CaseFile) -> str | None:
    """Why not; None where somebody can be asked. A witness cannot agree for the victim."""
    if not named(file):
        return NOT_NAMED if file.unfilled else "no victim is on the case any more"
    return None if others_named(file) else out_of_reach(file) or no_longer_pursued(file)


def police_referral(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """An alleged crime is referred, or it is recorded why not. (refer-criminal-to-police, section 5)"""
    police = file.police
    if police.refer_since is None or police.decided_at is not None:
        return
    days = edition.police.referral_working_days
    yield owed(
        file,
        "police-referral",
        working_days_after(police.refer_since, days, file.closure_days, edition.office.closes),
        row="refer-criminal-to-police",
        what="Refer the alleged crime to the police, or record why not",
        met_by=("police_referral_made", "police_referral_declined"),
    )
