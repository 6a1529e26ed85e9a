"""What the policy refuses. The class is for machines, the sentence for officers; never branch on the sentence."""

from typing import ClassVar

from policy.frozen import Frozen
from policy.rows import section_of


class Refusal(Frozen):
    """A refusal as it travels: over the wire, into a problem, onto a page."""

    refused: str
    row: str
    section: str
    sentence: str
    missing: tuple[str, ...] = ()


class Refused(Exception):
    """The policy does not allow this fact now; nothing has changed."""

    row: ClassVar[str]

    def __init__(self, sentence: str, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.refusal = Refusal(
            refused=type(self).__name__,
            row=self.row,
            section=section_of(self.row),
            sentence=sentence,
            missing=missing,
        )


class FactInTheFuture(Refused):
    row = "as-of"


class FactBeforeTheReport(Refused):
    row = "as-of"


class KeyUsedForAnotherFact(Refused):
    row = "register-every-report"


class CaseIsClosed(Refused):
    row = "closing-letter"


class CaseAlreadyReported(Refused):
    row = "register-every-report"


class CategoryUnknown(Refused):
    row = "asb-categories"


class DefinitionNotMet(Refused):
    row = "statutory-limb"


class ExclusionDoesNotApply(Refused):
    row = "not-usually-asb"


class HateIsSerious(Refused):
    row = "hate-is-serious"


class HateNeedsAStrand(Refused):
    row = "hate-by-perception"


class IntervalNotAgreeable(Refused):
    row = "regular-contact"


class ComplainantCannotBeReached(Refused):
    row = "regular-contact"


class AdviceDoesNotFit(Refused):
    row = "honest-advice"


class NothingToLookAtAgain(Refused):
    row = "honest-advice"


class AnotherPersonMustLook(Refused):
    row = "honest-advice"


class CaseNotReadyToClose(Refused):
    row = "closing-letter"


class NoClosureProposed(Refused):
    row = "closing-letter"


class AnotherPersonMustApprove(Refused):
    row = "closing-letter"


class NotAnImmediateClosure(Refused):
    row = "immediate-closure"


class LetterNotOwed(Refused):
    row = "acknowledge"


class MatterNotOpen(Refused):
    row = "promise-ledger"


class DayNotAgreeable(Refused):
    row = "bounded-waits"


class MediationDoesNotFit(Refused):
    row = "mediation"


class MediationNotAgreed(Refused):
    row = "mediation"


class NoConsentForPolice(Refused):
    row = "police-with-consent"


class ReviewIncomplete(Refused):
    row = "review-meetings"


class PowersNotWeighed(Refused):
    row = "hate-strongest-action"


class CovertNotAllowed(Refused):
    row = "surveillance"


class AskerCannotAuthorise(Refused):
    row = "surveillance"


class EffectNotRecorded(Refused):
    row = "effect-and-causes"


class WriterCannotApprove(Refused):
    row = "publicise-action"


class VictimCouldBeKnown(Refused):
    row = "publicise-action"


class EditionNotKnown(Refused):
    row = "editions"
