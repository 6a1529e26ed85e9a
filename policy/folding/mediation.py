"""What each side says to mediation. The last offer to a side counts."""

from typing import Final

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.conduct import Offer
from policy.deadlines.mediation import fits, going_on
from policy.editions import Edition
from policy.facts import Entry, mediating
from policy.facts.consequences import ABOUT
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.folding.base import counts_from, fold, with_letter_of


@fold.register
def _(fact: mediating.MediationOffered, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """The offer is put in writing too, where there is an address."""
    offer = Offer(matter=f"{MatterKind.MEDIATION_OFFER}-{file.seq + 1}")
    file = file.with_(mediation={**file.mediation, fact.side: offer})
    reader = COMPLAINANT if fact.side is mediating.Side.COMPLAINANT else fact.person or ABOUT
    return with_letter_of(file, LetterKind.MEDIATION_OFFER, offer.matter, entry.id, entry.recorded_at, to=reader)


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
    return file.with_(mediation_referred_at=fact.at, mediation_settled_at=None)


@fold.register
def _(fact: mediating.MediationEnded, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What came to nothing was no referral, and each side is asked anew before there is another."""
    if fact.outcome in _SETTLED:
        return file.with_(mediation_settled_at=fact.at)
    return file.with_(**_NOT_REFERRED)


_NOT_REFERRED: Final[dict[str, object]] = {
    "mediation": {},
    "mediation_referred_at": None,
    "mediation_settled_at": None,
}
_SETTLED: Final = frozenset({mediating.MediationOutcome.SETTLED, mediating.MediationOutcome.PARTLY_SETTLED})


def with_mediation(file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """With the moment from which it does not fit the case any more, and without a settlement that did not last."""
    settled_at = file.mediation_settled_at
    if settled_at is not None and settled_at < max(file.reports, default=settled_at):
        file = file.with_(**_NOT_REFERRED)
    since = None
    if not fits(file, edition):
        began = (file.matters[key].since for key in going_on(file))
        since = file.mediation_unfit_since or max(counts_from(entry), min(began, default=entry.at))
    return file if since == file.mediation_unfit_since else file.with_(mediation_unfit_since=since)
