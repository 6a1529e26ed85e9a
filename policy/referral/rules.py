"""May this fact be recorded on this referral now? Nothing goes out that nothing allows."""

from typing import Final

from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.base import Actor, Fact
from policy.facts.ruling import DeadlineMissed
from policy.procedures.base import step_is_open
from policy.referral import facts
from policy.referral.codes import ReferralOutcome
from policy.referral.facts import ReferralEntry
from policy.referral.referral import ReferralFile
from policy.referral.stages import ENDS_AS, STAGES
from policy.refusals import FactBeforeTheReport
from policy.refusals.referral import AgencyNotAsked, ReferralEndsOtherwise, ReferralStepNotOpen
from policy.refusals.safety import AgencyUnknown, NoGateway
from policy.refusals.timely import is_agreeable, not_in_the_future
from policy.working_days import moment_in_words

_ANY_TIME: Final = (
    DeadlineMissed,
    facts.ConsentTold,
    facts.CaseTold,
    facts.ReferralSent,
    facts.ReferralNotDelivered,
)
"""What the system records of it: something may have gone out when it was to go no more."""

_IN_WORDS: Final = {
    ReferralOutcome.HELPED: "that it helped",
    ReferralOutcome.DID_NOT_HELP: "that it did not help",
    ReferralOutcome.NOT_NEEDED: "that it is not needed any more",
    ReferralOutcome.NO_ANSWER: "that nobody answered",
    ReferralOutcome.NOT_DELIVERED: "that it could not be delivered",
}


def check(file: ReferralFile, entry: ReferralEntry, edition: Edition) -> None:
    """Raises a Refused that names the row and what is missing; otherwise the entry may be folded."""
    not_in_the_future(entry.at, entry.recorded_at)
    may_be_recorded(file, type(entry.fact), entry.by, edition)
    if file.begun_at is not None and entry.at < file.begun_at:
        raise FactBeforeTheReport(
            f"This is dated before {moment_in_words(file.begun_at)}, which is when the referral began.",
            missing=("a later time",),
        )
    is_agreeable(getattr(entry.fact, "by_when", None), entry.at, edition)
    match entry.fact:
        case facts.ReferralBegun():
            _may_be_told(entry.fact, edition)
        case facts.ReferralEnded():
            _ends_as_it_can(file, entry.fact)


def may_be_recorded(file: ReferralFile, kind: type[Fact], by: Actor, _edition: Edition) -> None:
    """What must hold whatever a fact of this kind says. What is handed over against a no is told on its case."""
    if file.over and file.sent_at is None and kind is facts.ReferralHandedOver:
        raise ReferralStepNotOpen(
            "This referral is over. If they were told all the same, record on its case that it was told already.",
            missing_facts=("disclosure_recorded",),
        )
    if file.seq == 0 or kind not in _ANY_TIME:
        step_is_open(
            file,
            kind,
            STAGES,
            by=by.role,
            begins=facts.ReferralBegun,
            called="referral",
            refusal=ReferralStepNotOpen,
        )


def _may_be_told(fact: facts.ReferralBegun, edition: Edition) -> None:
    """That a gateway is there the case has seen to. (information-sharing)"""
    if edition.agency(fact.agency) is None:
        raise AgencyUnknown(
            f"{fact.agency} is not one of these: {choices(edition.agencies)}.", missing=("to whom",)
        )
    if not fact.about:
        raise NoGateway("Say about whom something is told.", missing=("about whom",))


def _ends_as_it_can(file: ReferralFile, fact: facts.ReferralEnded) -> None:
    possible = ENDS_AS[file.stage]
    if fact.outcome not in possible:
        said = " or ".join(_IN_WORDS[one] for one in possible)
        raise ReferralEndsOtherwise(f"At this point it can only be recorded {said}.", missing=("how it ended",))
    if fact.outcome is ReferralOutcome.NO_ANSWER and not file.chased:
        raise AgencyNotAsked(
            "Ask the agency once more before you give it up.",
            missing=("that they were asked again",),
            missing_facts=("referral_chased",),
        )
