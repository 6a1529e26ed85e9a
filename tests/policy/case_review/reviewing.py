"""Case reviews in tests: what is told of them, and their file after it."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from policy.case_review import facts as f
from policy.case_review import folding, rules
from policy.case_review.deadlines import deadlines
from policy.case_review.facts import ReviewEntry
from policy.case_review.review import ReviewFile
from policy.case_review.threshold import Reported
from policy.deadlines import Deadline
from policy.facts import Actor, Fact
from policy.facts.people import Means
from tests.given import EDITION, OFFICER, SUPERVISOR, empty_file, london

MONDAY: Final = london(2023, 6, 5)
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(weeks=1)
CASE: Final = "CW-2023-000001"
DISTRICT: Final = "canterbury"
WITH_HATE: Final = "sevenoaks"
COMMISSIONER: Final = EDITION.case_reviews.route
HANDLER: Final = SUPERVISOR.model_copy(update={"id": "supervisor-of-the-case"})
ANOTHER: Final = SUPERVISOR.model_copy(update={"id": "supervisor-2"})
"""Whoever decides here in general, and somebody who has decided nothing yet."""
WRITTEN: Final = {"means": Means.EMAIL, "words": "As written."}


def empty() -> ReviewFile:
    of_a_day = empty_file(date(2023, 6, 5))
    return ReviewFile(ref="CR-2023-000001", edition=of_a_day.edition, closure_days=of_a_day.closure_days)


def asked(by: f.Asker = f.Asker.VICTIM, **more: Any) -> Fact:
    told_of = {
        "at": MONDAY,
        "asked_by": by,
        "district": DISTRICT,
        "cases": (CASE,),
        "asker": {"email": "rowan@example.org"},
        "words": "Nobody does anything.",
    }
    handled = {"handled_by": (OFFICER.id, HANDLER.id)}
    return f.CaseReviewAsked.model_validate(told_of | handled | more)


def told(
    file: ReviewFile, *told_of: Fact, by: Actor = SUPERVISOR, recorded_at: datetime | None = None
) -> ReviewFile:
    for fact in told_of:
        entry = ReviewEntry.model_validate(
            {"id": f"fact-{file.seq + 1}", "by": by, "recorded_at": recorded_at or fact.at, "fact": fact}
        )
        rules.check(file, entry, EDITION)
        file = folding.after(file, entry, EDITION)
    return file


def owed(file: ReviewFile) -> dict[str, Deadline]:
    return {one.key: one for one in deadlines(file, EDITION)}


def reported(at: datetime, **more: Any) -> Reported:
    return Reported(reported_at=at, happened_at=more.pop("happened_at", at), case=more.pop("case", CASE), **more)


ENOUGH: Final = tuple(reported(MONDAY - number * WEEK) for number in (1, 3, 9))
TOO_FEW: Final = ENOUGH[:2]


def decided(*reports: Reported, met: bool, at: datetime = MONDAY + 3 * DAY, **more: Any) -> f.ThresholdDecided:
    return f.ThresholdDecided(at=at, met=met, reports=reports, reasons="As counted.", **more)


ACKNOWLEDGED: Final = f.CaseReviewAcknowledged(at=MONDAY + DAY, **WRITTEN)
HEARD: Final = f.VictimHeard(at=MONDAY + 2 * DAY, means=Means.VISIT, words="I don't sleep.")
MET: Final = decided(*ENOUGH, met=True)
NOT_MET: Final = decided(*TOO_FEW, met=False)
THRESHOLD_TOLD: Final = f.ThresholdTold(at=MONDAY + 4 * DAY, route=COMMISSIONER, **WRITTEN)
PARTNERS: Final = f.PartnersAsked(at=MONDAY + WEEK, agencies=("police", "council"))
POLICE: Final = f.PartnerAnswered(at=MONDAY + 2 * WEEK, agency="police", words="Four calls.")
COUNCIL: Final = f.PartnerChased(at=MONDAY + 2 * WEEK, agency="council", words="Rung.")
MEETING: Final = f.ReviewMeetingHeld(at=MONDAY + 4 * WEEK, attended=("police",), words="Everybody spoke.")
TO_THE_MEETING: Final = (ACKNOWLEDGED, HEARD, MET, THRESHOLD_TOLD, PARTNERS, POLICE, COUNCIL)
DECIDED_AT: Final = london(2023, 7, 6)


def recommended(to: str = f.US, by_when: date | None = date(2023, 7, 31), **more: Any) -> f.Recommended:
    return f.Recommended(to=to, by_when=by_when, words="Do this.", **more)


def review_decided(*recommendations: f.Recommended) -> Fact:
    return f.ReviewDecided(at=DECIDED_AT, reasons="As found.", recommendations=recommendations)


OUTCOME_TOLD: Final = f.ReviewOutcomeTold(at=DECIDED_AT + DAY, route=COMMISSIONER, **WRITTEN)


def up_to_the_threshold(**more: Any) -> ReviewFile:
    return told(empty(), asked(**more), ACKNOWLEDGED)


def held() -> ReviewFile:
    """A review whose meeting is over."""
    return told(empty(), asked(), *TO_THE_MEETING, MEETING)


def concluded(*recommendations: f.Recommended) -> ReviewFile:
    """A review whose outcome the applicant knows."""
    return told(held(), review_decided(*recommendations), OUTCOME_TOLD)


def not_met() -> ReviewFile:
    return told(empty(), asked(), ACKNOWLEDGED, HEARD, NOT_MET, THRESHOLD_TOLD)


def carried_out(key: str, at: datetime) -> Fact:
    return f.RecommendationCarriedOut(at=at, recommendation=key, words="Seen on site.")


def disputed(at: datetime) -> Fact:
    return f.ReviewDisputed(at=at, words="You forgot July.")


def answered(at: datetime, *, again: bool, by: str = f.US) -> Fact:
    return f.DisputeAnswered(at=at, again=again, answered_by=by, **WRITTEN)


def ended(at: datetime) -> Fact:
    return f.CaseReviewEnded(at=at, **WRITTEN)
