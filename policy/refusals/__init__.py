"""What the policy refuses. The class is for machines, the sentence for officers; never branch on the sentence."""

from typing import ClassVar

from policy.frozen import Frozen
from policy.rows import section_of


class Refusal(Frozen):
    """A refusal as it travels: over the wire, into a problem, onto a page. `missing` is for people: what to supply
    in their words, never by the name of a field or the key of an answer. `missing_facts` are for clients to offer:
    the kinds of fact that would supply it.
    """

    refused: str
    row: str
    section: str
    sentence: str
    missing: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()


class Refused(Exception):
    """The policy does not allow this fact now; nothing has changed."""

    row: ClassVar[str]

    def __init__(
        self, sentence: str, *, missing: tuple[str, ...] = (), missing_facts: tuple[str, ...] = ()
    ) -> None:
        super().__init__(sentence)
        self.refusal = Refusal(
            refused=type(self).__name__,
            row=self.row,
            section=section_of(self.row),
            sentence=sentence,
            missing=missing,
            missing_facts=missing_facts,
        )


class AlreadyOnTheCase(Refused):
    row = "anyone-affecting-us"


class NotOnTheCase(Refused):
    row = "anyone-affecting-us"


class KeyDoesNotFit(Refused):
    row = "anyone-affecting-us"


class ComplainantStays(Refused):
    row = "anyone-affecting-us"


class AdvocateNeedsConsent(Refused):
    row = "advocates"


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


class CaseIsJoined(Refused):
    row = "register-every-report"


class CaseNotJoined(Refused):
    row = "register-every-report"


class CasesNotJoinable(Refused):
    row = "register-every-report"


class IncidentNotSeparable(Refused):
    row = "register-every-report"


class CasesNotLinkable(Refused):
    row = "counter-allegations"


class CasesNotLinked(Refused):
    row = "counter-allegations"


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


class EditionNotKnown(Refused):
    row = "editions"


class InspectionsTooFarApart(Refused):
    row = "estate-inspections"


class InspectionIsOverdue(Refused):
    row = "estate-inspections"


class PlaceIsNotInspected(Refused):
    row = "estate-inspections"


class FindingKindUnknown(Refused):
    row = "estate-inspections"


class FindingIsSettled(Refused):
    row = "estate-inspections"


class ReportedToNobody(Refused):
    row = "estate-inspections"


class NoLawfulReason(Refused):
    row = "lettings-check"


class AnswerNotKnown(Refused):
    row = "satisfaction-questionnaire"


class PersonCannotBeWrittenTo(Refused):
    row = "clear-consequences"


class LetterMayIdentify(Refused):
    row = "clear-consequences"


class SignpostNotKnown(Refused):
    row = "signposting"


class ClosureDaysNotSane(Refused):
    row = "explained-deadlines"


class FoundBefore(Refused):
    row = "self-audit"
