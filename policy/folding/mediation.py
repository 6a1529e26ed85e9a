"""What each side says to mediation. The last offer to a side counts."""

from policy.case_file import CaseFile
from policy.conduct import Offer
from policy.editions import Edition
from policy.facts import Entry, mediating
from policy.facts.matters import MatterKind
from policy.folding.base import fold


@fold.register
def _(fact: mediating.MediationOffered, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    offer = Offer(matter=f"{MatterKind.MEDIATION_OFFER}-{file.seq + 1}")
    return file.with_(mediation={**file.mediation, fact.side: offer})


@fold.register(mediating.MediationAgreed)
@fold.register(mediating.MediationDeclined)
def _(
    fact: mediating.MediationAgreed | mediating.MediationDeclined,
    file: CaseFile,
    _entry: Entry,
    _edition: Edition,
) -> CaseFile:
    agreed = isinstance(fact, mediating.MediationAgreed)
    answered = {
        side: Offer(matter=offer.matter, agreed=agreed) if offer.matter == fact.matter else offer
        for side, offer in file.mediation.items()
    }
    return file.with_(mediation=answered)


@fold.register
def _(fact: mediating.MediationReferred, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(mediation_referred_at=fact.at)
