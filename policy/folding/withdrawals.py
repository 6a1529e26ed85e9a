"""Whom to tell that a consent on which they were told something no longer holds. (police-with-consent)"""

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.consents import victims_agree
from policy.facts import Entry
from policy.facts.consent import Purpose
from policy.facts.matters import MatterKind
from policy.facts.policing import PoliceReferralEnded, PoliceToldOfWithdrawal
from policy.folding.base import counts_from

POLICE = "police"


def with_withdrawals(before: CaseFile, file: CaseFile, entry: Entry) -> CaseFile:
    """From the entry that turned a consent, or no answer, into a no."""
    to_tell = dict(file.to_tell)
    told_at = file.police_told.at
    said_before, says = victims_agree(before, Purpose.POLICE), victims_agree(file, Purpose.POLICE)
    if says is not False or isinstance(entry.fact, PoliceReferralEnded | PoliceToldOfWithdrawal):
        to_tell.pop(POLICE, None)
    elif said_before is not False and told_at is not None:
        to_tell[POLICE] = max(counts_from(entry), told_at)
    for key, matter in file.matters.items():
        consent = f"{Purpose.HEALTH}:{matter.person or COMPLAINANT}"
        if matter.kind is not MatterKind.HEALTH_CONTACT:
            continue
        if file.consents.get(consent) is not False:
            to_tell.pop(key, None)
        elif before.consents.get(consent) is not False:
            to_tell[key] = max(counts_from(entry), matter.since)
    open_ones = {key: since for key, since in to_tell.items() if key == POLICE or key in file.matters}
    return file if open_ones == file.to_tell else file.with_(to_tell=open_ones)
