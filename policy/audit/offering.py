"""A case review that nobody offered: what was reported on a case, counted as a review counts it. (case-review)"""

from datetime import date, datetime, timedelta
from typing import Final

from policy.audit import published
from policy.audit.base import Pattern, Seen, Told, on
from policy.case_file import CaseFile
from policy.case_review.threshold import Arithmetic, Reported, threshold_on
from policy.editions import Edition
from policy.facts.auditing import PatternName
from policy.working_days import london_day

REPORTS: Final = ("report_received", "incident_reported")


def reported(file: CaseFile, facts: list[Told]) -> list[Reported]:
    """The case's own reports, from its facts of these names, without what turned out to be another matter. Where
    somebody perceived hate, each is about hate.
    """
    return [
        Reported(
            reported_at=one.at,
            happened_at=datetime.fromisoformat(when) if (when := one.codes.get("happened_at")) else None,
            hate=file.own_hate is not None,
            case=file.ref,
        )
        for one in facts
        if one.id not in file.separated
    ]


def threshold_of(file: CaseFile, reports: list[Reported], day: date, edition: Edition) -> Arithmetic:
    """By the rule of its district, where its ward names one."""
    district = edition.case_reviews.district_named(file.ward or "")
    return threshold_on(day, reports, edition.case_reviews.threshold_in(district.key if district else ""))


def review_not_offered(seen: Seen) -> str | None:
    """The threshold has been met for days. After an answer only what was reported since counts."""
    if seen.all("case_review_offered", "case_review_begun"):
        return None
    reports = reported(seen.file, seen.new(*REPORTS))
    today = london_day(seen.moment)
    now, before = (
        threshold_of(seen.file, reports, day, seen.edition)
        for day in (today, today - timedelta(days=seen.numbers.review_offer_days))
    )
    if not (now.met and before.met):
        return None
    last = max(one.report.reported_at for one in before.reports if one.counts)
    return (
        f"The threshold of a case review has been met since {on(last)} at the latest, and nobody has offered one."
    )


PATTERNS: Final = (
    Pattern(
        PatternName.CASE_REVIEW_NOT_OFFERED,
        "case-review",
        "the complainant could ask for a case review and nobody has told them",
        (published.NOT_LISTENED_TO, published.NOT_EXPLAINED),
        review_not_offered,
    ),
)
