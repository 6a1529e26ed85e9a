"""Where mediation fits, and when it is referred."""

from datetime import datetime

from policy.case_file import CaseFile
from policy.deadlines.mediation import fits, fitted
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.mediating import MediationReferred, Side
from policy.refusals.conduct import MediationDoesNotFit, MediationNotAgreed

_DOES_NOT_FIT = "No mediation on this case: nobody sits down with somebody whom they have to fear."
_IN_WORDS = {Side.COMPLAINANT: "the complainant", Side.PERPETRATOR: "the person complained about"}


def mediation_fits(file: CaseFile, edition: Edition) -> None:
    """(mediation, section 5; our reading)"""
    if not fits(file, edition):
        raise MediationDoesNotFit(_DOES_NOT_FIT)


def fits_when_it_was_done(file: CaseFile, fact: Fact) -> None:
    """What had begun before it no longer fitted is taken, and stopped. (mediation, section 5)"""
    if not fitted(file, fact.at):
        raise MediationDoesNotFit(_DOES_NOT_FIT)


def is_agreed(file: CaseFile, fact: MediationReferred) -> None:
    fits_when_it_was_done(file, fact)
    _both_sides_agreed(file, fact.at)


def can_be_referred(file: CaseFile, edition: Edition) -> None:
    mediation_fits(file, edition)
    _both_sides_agreed(file, None)


def _both_sides_agreed(file: CaseFile, at: datetime | None) -> None:
    """Whoever has withdrawn the complaint no longer agrees. (mediation, section 5)"""
    withdrawn_at = file.wish.withdrawn_at
    withdrew = withdrawn_at is not None and (at is None or withdrawn_at <= at)
    agreed = {side: offer.agreed for side, offer in file.mediation.items()}
    if withdrew:
        agreed[Side.COMPLAINANT] = False
    without = [side for side in Side if agreed.get(side) is not True]
    if missing := tuple(f"agreement of {_IN_WORDS[side]}" for side in without):
        said_no = [f"{_IN_WORDS[side].capitalize()} said no." for side in without if agreed.get(side) is False]
        sentence = f"Mediation needs both sides to agree. Missing: {' and '.join(missing)}."
        raise MediationNotAgreed(" ".join((sentence, *said_no)), missing=missing)


def can_be_taken_back(file: CaseFile) -> list[str]:
    """The offers to which a side has agreed, as long as it is not referred."""
    if file.mediation_referred_at is not None:
        return []
    return [offer.matter for offer in file.mediation.values() if offer.agreed]
