"""What is owed about the police: asking the victims, and referring an alleged crime. Waiting for the police pauses
nothing of this and of nothing else.
"""

from collections.abc import Iterator
from datetime import datetime

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.consents import has_answered, open_again_since, refusal, victims_agree
from policy.deadlines.base import Obligation, no_longer_pursued, out_of_reach, owed, pursued_since, set_aside
from policy.deadlines.victims import NOT_NAMED, named
from policy.editions import Edition
from policy.facts.base import Role
from policy.facts.consent import Purpose
from policy.objections import police_told_unasked
from policy.police_consent import can_still_be_asked
from policy.working_days import Due, working_days_after


def police_consent(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """Each victim of hate or of an alleged crime is asked, and asked again until they answer; by the day on which
    the first of them is due. Where the police were told of hate before, it is a supervisor's to see to.
    (police-with-consent, section 3)
    """
    since = file.police.ask_since
    if since is None:
        return
    row, waiting = "police-with-consent", can_still_be_asked(file)
    if waiting:
        again, due, wants_none = min(
            (_to_ask(file, key, since, edition) for key in waiting), key=lambda one: one[1].moment
        )
        whom = "the victim, who wants no agency told," if wants_none else "the victim"
        yield owed(
            file,
            "police-consent",
            due,
            row=row,
            what=f"Ask {whom} {'again ' if again else ''}whether they want the police involved",
            met_by=("consent_asked", "consent_given", "consent_refused", "consent_withdrawn"),
            by=Role.SUPERVISOR if police_told_unasked(file, edition) else Role.OFFICER,
        )
    elif why := _unanswered(file):
        yield set_aside("police-consent", row=row, why=why)


def _to_ask(file: CaseFile, key: str, since: datetime, edition: Edition) -> tuple[bool, Due, bool]:
    """Whether they are asked again, by when, and whether they said no to every agency."""
    since = max(since, file.police.ask_from.get(key, since))
    known = pursued_since(file, since) if key == COMPLAINANT else max(since, file.people[key].since)
    known = max(known, open_again_since(file, Purpose.POLICE, key) or known)
    asked_at, rules = file.asked.get(f"{Purpose.POLICE}:{key}"), edition.police
    again = asked_at is not None and asked_at >= known
    start, days = (asked_at, rules.ask_again_working_days) if again else (known, rules.ask_working_days)
    due = working_days_after(start or known, days, file.closure_days, edition.office.closes)
    return again, due, refusal(file, Purpose.REFERRAL, key) is not None


def _unanswered(file: CaseFile) -> str | None:
    """Why nobody can be asked who has not answered; None where all have."""
    if not named(file):
        if victims_agree(file, Purpose.POLICE) is not None:
            return None
        return NOT_NAMED if file.unfilled else "there is no victim on the case whom we could ask"
    if all(has_answered(file, Purpose.POLICE, key) for key in named(file)):
        return None
    return out_of_reach(file) or no_longer_pursued(file)


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
