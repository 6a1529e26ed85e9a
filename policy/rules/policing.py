"""Whether the police may be told."""

from policy.case_file import CaseFile
from policy.conduct import agreed_to_police
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts import Entry, Role
from policy.facts.policing import PoliceReferralMade
from policy.refusals.conduct import NoConsentForPolice

_MAY_OVERRIDE = (Role.SUPERVISOR, Role.MANAGER)


def victim_consents(fact: PoliceReferralMade, file: CaseFile, entry: Entry, edition: Edition) -> None:
    """The victim of hate decides, unless a supervisor names a lawful reason. (police-with-consent, section 3)"""
    reason = fact.lawful_reason
    known = [one.key for one in edition.police.lawful_reasons]
    if reason is not None and reason not in known:
        raise NoConsentForPolice(
            f"Not a lawful reason: {reason}. The reasons are: {choices(edition.police.lawful_reasons)}."
        )
    if file.hate is None or agreed_to_police(file.consents):
        return
    if reason is None:
        raise NoConsentForPolice(
            "The victim has not agreed to it. Ask them first, or have a supervisor give a lawful reason.",
            missing=("victim's consent",),
        )
    if entry.by.role not in _MAY_OVERRIDE:
        raise NoConsentForPolice(
            "Only a supervisor may tell the police without the victim's consent.", missing=("supervisor",)
        )
