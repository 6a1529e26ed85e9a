"""The stages of a case review: what is owed at each, and what may be recorded there. (case-review, section 4)"""

from collections.abc import Callable, Mapping
from typing import Final

from policy.case_review import facts
from policy.case_review.review import ReviewStage
from policy.editions import Edition
from policy.editions.case_review import ReviewDays
from policy.facts.base import Fact, Role
from policy.procedures.base import Stage

ROW: Final = "case-review"
_FROM_THE_VICTIM: Final = (facts.VictimHeard, facts.HearingDeclined, facts.CaseReviewWithdrawn)
_FROM_PARTNERS: Final = (facts.PartnersAsked, facts.PartnerAnswered, facts.PartnerChased)

FOLLOW_UP: Final = (facts.RecommendationCarriedOut, facts.RecommendationMoved, facts.RecommendationRefused)


LISTENING: Final = frozenset(
    {
        ReviewStage.ASKED,
        ReviewStage.ACKNOWLEDGED,
        ReviewStage.WEIGHED,
        ReviewStage.MET,
        ReviewStage.GATHERING,
    }
)
"""The victim is heard before the meeting, and before anybody is told no."""

ENDING: Final = frozenset({ReviewStage.TOLD, ReviewStage.WITHDRAWN})
"""It ends when nothing is left to follow and nothing left to ask."""


def _stage(  # noqa: PLR0913 - one keyword for each column of the table
    key: str,
    owed: str,
    days: Callable[[ReviewDays], int],
    *,
    steps: tuple[type[Fact], ...],
    otherwise: tuple[type[Fact], ...] = (),
    by: Role = Role.OFFICER,
) -> Stage:
    def of(edition: Edition) -> int:
        return days(edition.case_reviews.days)

    return Stage(key, ROW, owed, of, steps=steps, otherwise=otherwise, by=by)


STAGES: Final[Mapping[ReviewStage, Stage]] = {
    ReviewStage.ASKED: _stage(
        "acknowledge",
        "Acknowledge the application in writing, with the reference to quote",
        lambda days: days.acknowledge,
        steps=(facts.CaseReviewAcknowledged,),
        otherwise=_FROM_THE_VICTIM,
    ),
    ReviewStage.ACKNOWLEDGED: _stage(
        "threshold",
        "Decide whether the threshold is met",
        lambda days: days.threshold,
        steps=(facts.ThresholdDecided,),
        otherwise=_FROM_THE_VICTIM,
        by=Role.SUPERVISOR,
    ),
    ReviewStage.WEIGHED: _stage(
        "threshold-told",
        "Tell the applicant in writing whether the threshold is met, and why",
        lambda days: days.tell_threshold,
        steps=(facts.ThresholdTold,),
        otherwise=(facts.ThresholdDecided, *_FROM_THE_VICTIM),
    ),
    ReviewStage.MET: _stage(
        "partners",
        "Ask the agencies for what they know",
        lambda days: days.partners,
        steps=(facts.PartnersAsked,),
        otherwise=_FROM_THE_VICTIM,
    ),
    ReviewStage.GATHERING: _stage(
        "meeting",
        "Hold the review meeting",
        lambda days: days.meeting,
        steps=(facts.ReviewMeetingHeld,),
        otherwise=(*_FROM_PARTNERS, *_FROM_THE_VICTIM),
    ),
    ReviewStage.HELD: _stage(
        "decision",
        "Decide the review in writing, with reasons and recommendations",
        lambda days: days.decision,
        steps=(facts.ReviewDecided,),
        otherwise=(facts.PartnerAnswered, *_FROM_THE_VICTIM),
        by=Role.SUPERVISOR,
    ),
    ReviewStage.DECIDED: _stage(
        "outcome",
        "Tell the applicant in writing what was decided and recommended, and why",
        lambda days: days.tell_outcome,
        steps=(facts.ReviewOutcomeTold,),
        otherwise=(facts.PartnerAnswered,),
    ),
    ReviewStage.TOLD: _stage(
        "end",
        "Tell the applicant in writing what came of the review, and end it",
        lambda days: days.end,
        steps=(facts.CaseReviewEnded,),
        otherwise=(facts.ReviewDisputed, facts.PartnerAnswered, facts.CaseReviewWithdrawn),
    ),
    ReviewStage.DISPUTED: _stage(
        "dispute",
        "See that the applicant has an answer in writing to asking for another look",
        lambda days: days.dispute_answer,
        steps=(facts.DisputeAnswered,),
        otherwise=(facts.PartnerAnswered, facts.CaseReviewWithdrawn),
    ),
    ReviewStage.WITHDRAWN: _stage(
        "end",
        "Confirm in writing that the review ends as the victim wishes",
        lambda days: days.end,
        steps=(facts.CaseReviewEnded,),
        otherwise=(facts.PartnerAnswered,),
    ),
}
