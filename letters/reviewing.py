"""What a letter of a case review says: that which is owed at its stage. An officer sends it, and records by which
means. (case-review, section 4)
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from letters.own_words import Values
from letters.telling import Contacts
from letters.wordings import LetterRefused
from policy.case_review.deadlines import called
from policy.case_review.facts import (
    Recommended,
    ReviewDecided,
    ReviewEntry,
    ReviewFact,
    ThresholdDecided,
)
from policy.case_review.review import RecommendationEnd, ReviewFile, ReviewStage
from policy.editions import Edition, of
from policy.working_days import day_in_words, london_day

KIND_AT: Final[Mapping[ReviewStage, str]] = {
    ReviewStage.ASKED: "review-acknowledgement",
    ReviewStage.WEIGHED: "review-threshold",
    ReviewStage.DECIDED: "review-outcome",
    ReviewStage.TOLD: "review-end",
    ReviewStage.WITHDRAWN: "review-end",
}
F = TypeVar("F", bound=ReviewFact)


class NoLetterNow(LetterRefused):
    """Nothing is to be put in writing at this stage."""


def review_letter(file: ReviewFile, entries: Sequence[ReviewEntry], contacts: Contacts) -> tuple[str, Values]:
    """Its kind, and what it says. Raises NoLetterNow."""
    kind, edition = KIND_AT.get(file.stage), of(file.edition)
    if kind is None:
        raise NoLetterNow(f"{file.ref}: nothing is to be put in writing now")
    values: Values = {"officer": contacts.officer, "officer_phone": contacts.officer_phone}
    match file.stage:
        case ReviewStage.ASKED:
            days = edition.case_reviews.days.threshold
            values["decided_within"] = f"{days} working day{'s' if days > 1 else ''}"
        case ReviewStage.WEIGHED:
            values |= _threshold(file, _last(entries, ThresholdDecided))
            values["route"] = _route(file, edition)
        case ReviewStage.DECIDED:
            decided = _last(entries, ReviewDecided)
            values |= {"reasons": [decided.reasons], "route": _route(file, edition)}
            values["recommended"] = [_recommended(one, edition) for one in decided.recommendations]
        case ReviewStage.WITHDRAWN:
            values["withdrawn"] = "yes"
        case _:
            values["followed"] = _followed(file, entries, edition)
    return kind, values


def _threshold(file: ReviewFile, decided: ThresholdDecided) -> Values:
    told: Values = {"met" if decided.met else "not_met": "yes", "reasons": [decided.reasons]}
    if file.arithmetic is not None:
        told["counted"] = [*(one.words for one in file.arithmetic.reports), file.arithmetic.words]
    return told


def _recommended(one: Recommended, edition: Edition) -> str:
    agreed = {None: "They have not answered yet.", True: "They agree.", False: f"They do not agree: {one.why_not}"}
    by = f" It is to be done by {day_in_words(one.by_when)}." if one.by_when and one.accepted else ""
    return f"{called(one.to, edition)}: {one.words} {agreed[one.accepted]}{by}"


def _followed(file: ReviewFile, entries: Sequence[ReviewEntry], edition: Edition) -> list[str]:
    """By their keys, which count all recommendations of the review."""
    words = [
        one.words
        for entry in entries
        if isinstance(entry.fact, ReviewDecided)
        for one in entry.fact.recommendations
    ]
    told = []
    for (_, one), said in zip(file.recommendations.items(), words, strict=True):
        done = "was done" if one.end is RecommendationEnd.CARRIED_OUT else "was not taken up"
        when = f" on {day_in_words(london_day(one.ended_at))}" if one.ended_at else ""
        told.append(f"{called(one.to, edition)}: {said} This {done}{when}." if one.end else said)
    return told


def _route(file: ReviewFile, edition: Edition) -> str:
    name = edition.case_reviews.route_in(file.district).name
    return name[:1].lower() + name[1:]


def _last(entries: Sequence[ReviewEntry], kind: type[F]) -> F:
    return next(entry.fact for entry in reversed(entries) if isinstance(entry.fact, kind))
