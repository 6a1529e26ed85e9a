"""Where mediation fits, and when it is referred."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts.letters import LetterKind
from policy.facts.mediating import Side
from policy.refusals import CaseNotReadyToClose, MediationDoesNotFit, MediationNotAgreed

_IN_WORDS = {Side.COMPLAINANT: "the complainant", Side.PERPETRATOR: "the person complained about"}


def mediation_fits(file: CaseFile, edition: Edition) -> None:
    """(mediation, section 5; our reading)"""
    if set(file.categories) & set(edition.mediation.never_for):
        raise MediationDoesNotFit(
            "No mediation on this case: nobody sits down with somebody whose violence or hatred they fear."
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


def referred_or_advised(file: CaseFile) -> None:
    """A case closes as referred to mediation when it was; or, where it is not usually anti-social behaviour, when
    the letter that advises mediation has gone. (immediate-closure, section 5, note 4; section 2)
    """
    if file.mediation_referred_at is not None:
        return
    if file.assessment is None or file.assessment.exclusion is None:
        raise CaseNotReadyToClose(
            "To close as referred to mediation, refer it first.", missing=("referral to mediation",)
        )
    if any(letter.kind is LetterKind.NOT_USUALLY_ASB for letter in file.letters.values()):
        raise CaseNotReadyToClose(
            "The letter that advises mediation has not gone yet.", missing=("advice letter sent",)
        )
