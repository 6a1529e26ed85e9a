"""What can happen in one case review, from the application to its last recommendation. (case-review, section 4)"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from policy.case_review.threshold import Reported
from policy.facts.base import Fact, Moment, Name, Recorded, Words
from policy.facts.people import Means, Person
from policy.facts.ruling import DeadlineMissed
from policy.frozen import Frozen

US: Final = "us"
"""For whom a recommendation is, and who answers, where that is nobody whom the edition names."""


class Asker(StrEnum):
    """Who asks. Anybody but the victim needs the victim's agreement."""

    VICTIM = "victim"
    FAMILY = "family"
    FRIEND = "friend"
    COUNCILLOR = "councillor"
    MEMBER_OF_PARLIAMENT = "member_of_parliament"
    PROFESSIONAL = "professional"


class CaseReviewAsked(Fact):
    """In a `district` of the edition, about `cases` of ours; there may be none yet. `handled_by` are those of the
    staff who have worked on them: they decide nothing here. `claimed` are cases as somebody without an account
    names them, whether there are such or not. `asker` is how they can be reached, if not on a case.
    """

    fact: Literal["case_review_asked"] = "case_review_asked"
    asked_by: Asker
    victim_agrees: bool | None = None
    district: Name
    cases: tuple[Name, ...] = ()
    handled_by: tuple[Name, ...] = ()
    claimed: tuple[Name, ...] = ()
    asker: Person | None = None
    words: Words


class Against(Frozen):
    """On a case of the review, somebody who does not agree that this agency is told of them: `who` by their key
    there, or None where it is what the victims say to the police. `since` is None where they have not been asked,
    and `learnt_at` is when we heard it.
    """

    case: Name
    agency: Name
    who: Name | None = None
    since: Moment | None = None
    learnt_at: Moment | None = None


class CaseBroughtIn(Fact):
    """A case of ours that the review is about, and who has worked on it; again where others take it on. `against`
    is who does not agree there to what agencies were told before any case had been found.
    """

    fact: Literal["case_brought_in"] = "case_brought_in"
    case: Name
    handled_by: tuple[Name, ...] = ()
    against: tuple[Against, ...] = ()


class CaseToldOfReview(Fact):
    """Whether the case was there to be told that there is a review, or of that `telling` of agencies in it."""

    fact: Literal["case_told_of_review"] = "case_told_of_review"
    case: Name
    reached: bool
    telling: int | None = None


class InWriting(Fact):
    """What is told in writing, and how it went."""

    means: Means
    words: Words


class CaseReviewAcknowledged(InWriting):
    fact: Literal["case_review_acknowledged"] = "case_review_acknowledged"


class Because(StrEnum):
    """Why there is a review although the reports alone are too few. (2014 Act, section 104(5))"""

    PERSISTENCE = "persistence"
    HARM = "harm"
    RESPONSE = "response"


class ThresholdDecided(Fact):
    """The reports that were looked at, from which the arithmetic follows. A yes without any rests on those that
    stand on the cases.
    """

    fact: Literal["threshold_decided"] = "threshold_decided"
    met: bool
    reports: tuple[Reported, ...] = ()
    because: Because | None = None
    reasons: Words


class ThresholdTold(InWriting):
    """With the arithmetic and the reasons. `route` is whom they were told to ask for another look."""

    fact: Literal["threshold_told"] = "threshold_told"
    route: Name | None = None


class PartnersAsked(Fact):
    """For what they know, by their keys in the edition. `against` is whose word it is against, as their cases say;
    `lawful_reason` the edition's key for asking all the same, where a supervisor does.
    """

    fact: Literal["partners_asked"] = "partners_asked"
    agencies: tuple[Name, ...]
    by_when: date | None = None
    against: tuple[Against, ...] = ()
    lawful_reason: Name | None = None


class PartnerAnswered(Fact):
    fact: Literal["partner_answered"] = "partner_answered"
    agency: Name
    words: Words


class PartnerChased(Fact):
    fact: Literal["partner_chased"] = "partner_chased"
    agency: Name
    by_when: date | None = None
    words: Words


class VictimHeard(Fact):
    """What it does to them and what they want done, in their words."""

    fact: Literal["victim_heard"] = "victim_heard"
    means: Means
    words: Words


class HearingDeclined(Fact):
    """The victim would rather not be heard, in their words."""

    fact: Literal["hearing_declined"] = "hearing_declined"
    words: Words


class ReviewMeetingHeld(Fact):
    """`attended` are agencies of the edition. `against` is whose word that was against then, as their cases say: a
    meeting that was held is recorded as it was.
    """

    fact: Literal["review_meeting_held"] = "review_meeting_held"
    attended: tuple[Name, ...] = ()
    against: tuple[Against, ...] = ()
    victim_there: bool = False
    words: Words


class AgenciesToldOfRefusal(Fact):
    """Agencies that were asked, or came to a meeting, know who on a case that is over does not agree to their
    being told, and use nothing more of what they know.
    """

    fact: Literal["agencies_told_of_refusal"] = "agencies_told_of_refusal"
    agencies: tuple[Name, ...]
    words: Words


class Recommended(Frozen):
    """`to` is an agency of the edition, or `us`. `accepted` is None until they say. The key of each is
    `recommendation-` and its number among all of the review.
    """

    to: Name
    words: Words
    accepted: bool | None = None
    why_not: Words | None = None
    by_when: date | None = None


class ReviewDecided(Fact):
    fact: Literal["review_decided"] = "review_decided"
    reasons: Words
    recommendations: tuple[Recommended, ...] = ()


class ReviewOutcomeTold(InWriting):
    """With the reasons and each recommendation. `route` is whom they were told to ask for another look."""

    fact: Literal["review_outcome_told"] = "review_outcome_told"
    route: Name | None = None


class RecommendationCarriedOut(Fact):
    """What was done, and how we know."""

    fact: Literal["recommendation_carried_out"] = "recommendation_carried_out"
    recommendation: Name
    words: Words


class RecommendationMoved(Fact):
    fact: Literal["recommendation_moved"] = "recommendation_moved"
    recommendation: Name
    by_when: date
    reasons: Words


class RecommendationRefused(Fact):
    """By whom it was for."""

    fact: Literal["recommendation_refused"] = "recommendation_refused"
    recommendation: Name
    reasons: Words


class ReviewDisputed(Fact):
    """The applicant has asked whom the edition names for another look."""

    fact: Literal["review_disputed"] = "review_disputed"
    words: Words


class DisputeAnswered(InWriting):
    """`answered_by` whom the edition names for another look in that district, or `us`. `again`: what was decided
    last, the threshold or the review, is done anew.
    """

    fact: Literal["dispute_answered"] = "dispute_answered"
    answered_by: Name
    again: bool


class CaseReviewWithdrawn(Fact):
    """The victim no longer wants it, or no longer wants another look at it, in their words."""

    fact: Literal["case_review_withdrawn"] = "case_review_withdrawn"
    words: Words


class CaseReviewEnded(InWriting):
    """The applicant was told what came of it, and of each recommendation."""

    fact: Literal["case_review_ended"] = "case_review_ended"


ReviewFact = Annotated[
    CaseReviewAsked
    | CaseBroughtIn
    | CaseToldOfReview
    | CaseReviewAcknowledged
    | ThresholdDecided
    | ThresholdTold
    | PartnersAsked
    | PartnerAnswered
    | PartnerChased
    | VictimHeard
    | HearingDeclined
    | ReviewMeetingHeld
    | AgenciesToldOfRefusal
    | ReviewDecided
    | ReviewOutcomeTold
    | RecommendationCarriedOut
    | RecommendationMoved
    | RecommendationRefused
    | ReviewDisputed
    | DisputeAnswered
    | CaseReviewWithdrawn
    | CaseReviewEnded
    | DeadlineMissed,
    Field(discriminator="fact"),
]

REVIEW_FACT_TYPES: Final[dict[str, type[Fact]]] = {
    kind.model_fields["fact"].default: kind for kind in get_args(get_args(ReviewFact)[0])
}


class ReviewEntry(Recorded[ReviewFact]):
    """Of a case review."""
