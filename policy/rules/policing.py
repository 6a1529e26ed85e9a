"""Whether the police may be told."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.consents import victims_agree
from policy.deadlines.policing import can_still_be_asked
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts import Entry, Role
from policy.facts.consent import Purpose
from policy.facts.policing import PoliceReferralMade
from policy.refusals.conduct import NoConsentForPolice

_SAID_NO = "A victim, here or on a case that joined this one, does not want the police told. Respect that"
_NOT_SAID = "The victim has not agreed to it. Ask them first"
_ANOTHER = "Another victim has not answered. Ask them first"
_MAY_OVERRIDE = (Role.SUPERVISOR, Role.MANAGER)


def victim_consents(file: CaseFile, fact: PoliceReferralMade, entry: Entry, edition: Edition) -> None:
    """A victim who says no is heard, and of hate each who can still answer; unless a supervisor names a lawful
    reason. What they say after it was made does not undo it: the police are told. (police-with-consent, section 3)
    """
    reason = fact.lawful_reason
    known = [one.key for one in edition.police.lawful_reasons]
    if reason is not None and reason not in known:
        raise NoConsentForPolice(
            f"Not a lawful reason: {reason}. The reasons are: {choices(edition.police.lawful_reasons)}."
        )
    if _consented(file, fact.at) or _consented(file, entry.recorded_at):
        return
    agreed = victims_agree(file, Purpose.POLICE)
    if reason is None:
        what = _SAID_NO if agreed is False else _ANOTHER if agreed else _NOT_SAID
        raise NoConsentForPolice(
            f"{what}, or have a supervisor give a lawful reason.",
            missing=("victim's consent",),
        )
    if entry.by.role not in _MAY_OVERRIDE:
        raise NoConsentForPolice(
            "Only a supervisor may tell the police without the victim's consent.",
            missing=("a supervisor's decision",),
        )


def _consented(file: CaseFile, at: datetime) -> bool:
    """At that moment, as far as we know now."""
    agreed = victims_agree(file, Purpose.POLICE, at)
    if file.hate is None or at < file.hate.since:
        return agreed is not False
    return agreed is True and not can_still_be_asked(file, at)
