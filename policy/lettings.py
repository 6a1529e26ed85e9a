"""What a lettings officer is told of somebody's history: as little as answers the question. (lettings-check)"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AwareDatetime, Field

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts.base import Line, Name
from policy.facts.closing import Closing, Outcome
from policy.frozen import Frozen
from policy.refusals import NoLawfulReason

_UPHELD: Final = frozenset({Outcome.STOPPED, Outcome.SUPPORTED, Outcome.ENFORCED})
"""Closed with a letter after we had found that it happened."""

_NOT_HELD_AGAINST: Final = frozenset({Closing.UNJUSTIFIED, Closing.NOT_USUALLY_ASB})


AddressLines = Annotated[tuple[Line, ...], Field(min_length=1)]


class History(StrEnum):
    NONE = "none"
    ASK = "ask_community_safety"


IN_WORDS: Final = {
    History.NONE: "We hold no history of this person under this name and address.",
    History.ASK: "There is a history. Ask the community safety team before you decide.",
}


class Applicant(Frozen):
    """Who is asked about: the name, and each address that the applicant has given."""

    name: Line
    address: AddressLines
    earlier_addresses: tuple[AddressLines, ...] = ()

    @property
    def addresses(self) -> tuple[AddressLines, ...]:
        return (self.address, *self.earlier_addresses)


class Question(Frozen):
    """`reason` is one of the edition's; `application` is the application's own reference."""

    reason: Name
    applicant: Applicant
    application: Line | None = None


class Answer(Frozen):
    """Nothing of who complained, nothing of what was said, and no case's reference."""

    history: History
    in_words: str
    upheld: int
    within_days: int
    edition: str


def check(question: Question, edition: Edition) -> None:
    """No reason, no answer. Raises NoLawfulReason."""
    known = {reason.key: reason.name for reason in edition.lettings_check.reasons}
    if question.reason not in known:
        reasons = "; ".join(f"{key} ({name})" for key, name in known.items())
        raise NoLawfulReason(f"Say why you ask: {reasons}.", missing=("why you ask",))


def counting(found: Iterable[CaseFile], now: AwareDatetime, edition: Edition) -> list[CaseFile]:
    """What there is a history of, out of the cases in which the applicant is the person complained about."""
    since = now - timedelta(days=edition.lettings_check.within_days)
    return [c for c in found if c.reported_at and c.reported_at >= since and _counts(c)]


def answer(found: Iterable[CaseFile], now: AwareDatetime, edition: Edition) -> Answer:
    history_of = counting(found, now, edition)
    history = History.ASK if history_of else History.NONE
    return Answer(
        history=history,
        in_words=IN_WORDS[history],
        upheld=sum(map(_upheld, history_of)),
        within_days=edition.lettings_check.within_days,
        edition=edition.name,
    )


def _counts(case: CaseFile) -> bool:
    """What was not justified, not usually anti-social behaviour or not proven is held against nobody."""
    not_proven = case.closed_at is not None and case.proposed and case.proposed.outcome is Outcome.NOT_PROVEN
    return case.closing not in _NOT_HELD_AGAINST and not not_proven


def _upheld(case: CaseFile) -> bool:
    return case.closing is Closing.WITH_LETTER and case.proposed is not None and case.proposed.outcome in _UPHELD
