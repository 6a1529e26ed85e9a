"""What each side says to mediation. The last offer to a side counts."""

from typing import Final

from policy.case_file import CaseFile
from policy.conduct import Offer
from policy.deadlines.mediation import fits, going_on
from policy.editions import Edition
from policy.facts import Entry, mediating
from policy.facts.matters import MatterKind
from policy.folding.base import counts_from, fold


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


@fold.register
def _(fact: mediating.MediationEnded, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What came to nothing was no referral, and each side is asked anew before there is another."""
    if fact.outcome in _SETTLED:
        return file
    return file.with_(mediation={}, mediation_referred_at=None)


_SETTLED: Final = frozenset({mediating.MediationOutcome.SETTLED, mediating.MediationOutcome.PARTLY_SETTLED})


def with_mediation(file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """With the moment from which one that goes on does not fit the case any more."""
    since = None
    if (open_ones := going_on(file)) and not fits(file, edition):
        began = min(file.matters[key].since for key in open_ones)
        since = file.mediation_unfit_since or max(counts_from(entry), began)
    return file if since == file.mediation_unfit_since else file.with_(mediation_unfit_since=since)
