"""A GP or nurse who was asked with somebody's consent, which no longer holds; nor does it once they want no agency
told. (health-contact)
"""

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.consents import refusal_beside_others
from policy.facts import Entry
from policy.facts.consent import Basis, Purpose
from policy.facts.matters import MatterKind
from policy.folding.base import counts_from
from policy.matters.safety import ASKED, WITHDRAWN


def with_withdrawals(before: CaseFile, file: CaseFile, entry: Entry) -> CaseFile:
    """Nobody asks for an answer any more: what is owed instead, from when they said no, is to tell the GP or
    nurse. An answer that comes all the same ends nothing and moves nothing.
    """
    matters = dict(file.matters)
    for key, matter in file.matters.items():
        if matter.kind is not MatterKind.HEALTH_CONTACT or matter.code == Basis.LAWFUL_REASON:
            continue
        no = refusal_beside_others(file, Purpose.HEALTH, matter.person or COMPLAINANT)
        refused_since = no.at if no is not None else None
        known = before.matters.get(key)
        if refused_since is None and matter.stage == WITHDRAWN:
            changed = {"stage": ASKED, "since": counts_from(entry), "until": None}
        elif refused_since is not None and known is not None and known.stage == WITHDRAWN:
            changed = {"since": known.since, "until": known.until}
        elif refused_since is not None:
            changed = {"stage": WITHDRAWN, "since": max(refused_since, matter.since), "until": None}
        else:
            continue
        matters[key] = matter.model_copy(update=changed)
    return file if matters == file.matters else file.with_(matters=matters)
