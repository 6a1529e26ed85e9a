"""From the file of a case review alone: what the system must do now. A case may close while its review goes on."""

from collections.abc import Iterator
from datetime import datetime

from policy.case_review.facts import CaseToldOfReview
from policy.case_review.review import ReviewFile
from policy.facts.case_reviews import CaseReviewBegun, ToldInCaseReview
from policy.procedures.duties import TellCase


def duties(file: ReviewFile) -> list[TellCase]:
    """Each case hears once that there is a review, and each time that agencies are told of its people."""
    return [one for number, case in enumerate(file.cases, start=1) for one in _of(file, f"case-{number}", case)]


def _of(file: ReviewFile, key: str, case: str) -> Iterator[TellCase]:
    if file.asked_at is not None and case not in file.told:
        yield TellCase(key=key, case=case, news=CaseReviewBegun(at=file.asked_at, review=file.ref), said=None)
    for number, told in enumerate(file.tellings, start=1):
        if case in (told.cases or file.cases) and number not in file.knows.get(case, ()):
            news = ToldInCaseReview(
                at=told.at,
                review=file.ref,
                to=told.to,
                told_at=told.at,
                lawful_reason=told.lawful_reason,
                decided_at=told.decided_at,
            )
            yield TellCase(key=f"{key}-told-{number}", case=case, news=news, said=number)


def came_of(duty: TellCase, at: datetime, *, reached: bool) -> CaseToldOfReview:
    return CaseToldOfReview(at=at, case=duty.case, reached=reached, telling=duty.said)
