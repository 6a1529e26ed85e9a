"""What a review must say."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.matters import MatterKind
from policy.facts.reviewing import CaseReviewed, PowerWeighed, WhyNot
from policy.refusals.conduct import PowersNotWeighed, ReviewIncomplete


def review_is_complete(file: CaseFile, fact: CaseReviewed, edition: Edition) -> None:
    _questions_are_answered(fact, edition)
    _powers_are_known(fact, edition)
    _actions_are_known(file, fact)
    if file.hate is not None:
        _every_power_is_weighed(fact, edition)


def _questions_are_answered(fact: CaseReviewed, edition: Edition) -> None:
    """(review-meetings, section 7)"""
    keys = [question.key for question in edition.review_questions]
    if unknown := [key for key in fact.answers if key not in keys]:
        known = "; ".join(f"{one.asks} ({one.key})" for one in edition.review_questions)
        raise ReviewIncomplete(f"Not a question: {', '.join(unknown)}. The questions are: {known}.")
    if missing := tuple(one.asks for one in edition.review_questions if one.key not in fact.answers):
        raise ReviewIncomplete(f"Still to be answered: {' '.join(missing)}", missing=missing)


def _actions_are_known(file: CaseFile, fact: CaseReviewed) -> None:
    """Also one that is done: the file keeps those alone that are open, and each is called after its entry."""
    known = {f"{MatterKind.ACTION}-{number}" for number in range(1, file.seq + 1)}
    if unknown := [key for key in fact.actions if key not in known]:
        raise ReviewIncomplete(f"Not an action of this case: {', '.join(unknown)}.")


def _powers_are_known(fact: CaseReviewed, edition: Edition) -> None:
    known = [power.key for power in edition.powers]
    if unknown := [one.power for one in fact.powers if one.power not in known]:
        raise PowersNotWeighed(f"Not a power: {', '.join(unknown)}. The powers are: {choices(edition.powers)}.")


def _every_power_is_weighed(fact: CaseReviewed, edition: Edition) -> None:
    """Used, or why not. (hate-strongest-action, section 3)"""
    weighed = {one.power for one in fact.powers if _has_its_reason(one)}
    if missing := tuple(power.name for power in edition.powers if power.key not in weighed):
        raise PowersNotWeighed(
            f"On a hate case say of each power that it is used, or why not. Still to say: {'; '.join(missing)}.",
            missing=missing,
        )


def _has_its_reason(one: PowerWeighed) -> bool:
    return one.used or (one.why_not is not None and (one.why_not is not WhyNot.OTHER or bool(one.words)))
