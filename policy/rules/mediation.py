"""Where mediation fits, and when it is referred."""

from policy.case_file import CaseFile
from policy.deadlines.mediation import fits
from policy.editions import Edition
from policy.facts.mediating import Side
from policy.refusals.conduct import MediationDoesNotFit, MediationNotAgreed

_IN_WORDS = {Side.COMPLAINANT: "the complainant", Side.PERPETRATOR: "the person complained about"}


def mediation_fits(file: CaseFile, edition: Edition) -> None:
    """(mediation, section 5; our reading)"""
    if not fits(file, edition):
        raise MediationDoesNotFit(
            "No mediation on this case: nobody sits down with somebody whom they have to fear."
        )


def both_sides_agreed(file: CaseFile, edition: Edition) -> None:
    """(mediation, section 5)"""
    mediation_fits(file, edition)
    missing = tuple(
        f"agreement of {words}"
        for side, words in _IN_WORDS.items()
        if side not in file.mediation or file.mediation[side].agreed is not True
    )
    if missing:
        raise MediationNotAgreed(
            f"Mediation needs both sides to agree. Missing: {' and '.join(missing)}.", missing=missing
        )
