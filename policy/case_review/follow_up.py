"""What may be recommended, and how a recommendation moves or ends. Each has a day until its end."""

from datetime import date, datetime

from policy.case_review import facts
from policy.case_review.review import ReviewFile
from policy.editions import Edition
from policy.legal_action.periods import months_from
from policy.refusals.case_review import RecommendationNotOpen, RecommendationNotPossible
from policy.working_days import day_in_words, london_day

FollowUp = facts.RecommendationCarriedOut | facts.RecommendationMoved | facts.RecommendationRefused


def may_be_recommended(fact: facts.ReviewDecided, edition: Edition) -> None:
    for number, one in enumerate(fact.recommendations, start=1):
        if one.accepted is False:
            if one.why_not is None:
                raise RecommendationNotPossible(
                    f"Recommendation {number} of this decision was not accepted. Say why.",
                    missing=("why it was not accepted",),
                )
        elif one.by_when is None:
            raise RecommendationNotPossible(
                f"Recommendation {number} of this decision has no day. Say by when it is to be carried out.",
                missing=("a day for each recommendation",),
            )
        else:
            _is_a_day_for_it(one.by_when, fact.at, edition)


def may_be_followed(file: ReviewFile, fact: FollowUp, edition: Edition) -> None:
    one = file.recommendations.get(fact.recommendation)
    if one is None or not one.open:
        said = "is at its end already" if one is not None else "is not one of this review"
        still = ", ".join(key.replace("-", " ") for key in file.open_recommendations()) or "none"
        which = fact.recommendation.replace("-", " ")
        raise RecommendationNotOpen(f"{which[:1].upper()}{which[1:]} {said}. Open are: {still}.")
    if isinstance(fact, facts.RecommendationMoved):
        _is_a_day_for_it(fact.by_when, fact.at, edition)


def _is_a_day_for_it(by_when: date, at: datetime, edition: Edition) -> None:
    today = london_day(at)
    last = months_from(today, edition.case_reviews.days.recommendation_longest_months)
    if not today <= by_when <= last:
        raise RecommendationNotPossible(
            f"The day must lie between {day_in_words(today)} and {day_in_words(last)}.",
            missing=("a day within these",),
        )
