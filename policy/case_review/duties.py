"""From the file of a case review alone: what the system must do now. A case may close while its review goes on."""

from datetime import datetime

from policy.case_review.facts import CaseToldOfReview
from policy.case_review.review import ReviewFile
from policy.facts.case_reviews import CaseReviewBegun
from policy.procedures.duties import TellCase


def duties(file: ReviewFile) -> list[TellCase]:
    """Each case hears once that there is a review."""
    since = file.asked_at
    if since is None:
        return []
    news = CaseReviewBegun(at=since, review=file.ref)
    return [
        TellCase(key=f"case-{number}", case=case, news=news, said=case)
        for number, case in enumerate(file.cases, start=1)
        if case not in file.told
    ]


def came_of(duty: TellCase, at: datetime, *, reached: bool) -> CaseToldOfReview:
    return CaseToldOfReview(at=at, case=duty.case, reached=reached)
