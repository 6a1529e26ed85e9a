"""A case review that nobody offered: what was reported on a case, counted as a review counts it. (case-review)"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from policy.audit import published
from policy.audit.base import Pattern, Seen, Told, on
from policy.case_file import CaseFile
from policy.case_review.threshold import Arithmetic, Reported, threshold_on
from policy.editions import Edition
from policy.editions.case_review import Threshold
from policy.facts.auditing import PatternName
from policy.working_days import london_day

REPORTS: Final = ("report_received", "incident_reported", "report_joined")
_OFFERED: Final = ("case_review_offered", "case_review_begun")


def reported(file: CaseFile, facts: list[Told], elsewhere: Collection[str] = ()) -> list[Reported]:
    """What was reported on the case, from its facts of these names, without what turned out to be another matter
    and what came with cases that are counted `elsewhere`. Where somebody perceived hate, each is about hate.
    """
    return [one for told in facts if told.id not in file.separated for one in _reports(file, told, elsewhere)]


def _reports(file: CaseFile, told: Told, elsewhere: Collection[str]) -> Iterator[Reported]:
    """One, or all that came with a joined case; of these nobody says here when it happened."""
    if (brought := file.brought.get(told.id)) is None:
        when = told.codes.get("happened_at")
        yield Reported(
            reported_at=told.at,
            happened_at=datetime.fromisoformat(when) if when else None,
            hate=file.own_hate is not None,
            case=file.ref,
        )
    elif brought.from_case not in elsewhere:
        for moment in brought.reports:
            yield Reported(reported_at=moment, hate=brought.hate is not None, case=file.ref)


def threshold_of(file: CaseFile, reports: list[Reported], day: date, edition: Edition) -> Arithmetic:
    return threshold_on(day, reports, threshold_now(file, edition))


def threshold_now(file: CaseFile, edition: Edition) -> Threshold:
    """By the rule of its district, where its ward names one."""
    district = edition.case_reviews.district_named(file.ward) if file.ward else None
    return edition.case_reviews.threshold_in(district.key if district else "")


def review_not_offered(seen: Seen) -> str | None:
    """The threshold has been met for days. Only what was reported since an offer, a review or an answer counts."""
    before = _met(seen, london_day(seen.moment) - timedelta(days=seen.numbers.review_offer_days))
    if before is None or _met(seen, london_day(seen.moment)) is None:
        return None
    last = max(one.report.reported_at for one in before.reports if one.counts)
    met = "met" if seen.last(*_OFFERED) is None else "met again"
    since = f"The threshold of a case review has been {met} since {on(last)} at the latest"
    return f"{since}, and nobody has offered one."


def _met(seen: Seen, day: date) -> Arithmetic | None:
    offered = seen.last(*_OFFERED)
    reports = reported(seen.file, [one for one in seen.new(*REPORTS) if _came_after(one, offered)])
    rule = threshold_now(seen.file, seen.edition)
    if len(reports) < rule.least:
        return None
    found = threshold_on(day, reports, rule)
    return found if found.met else None


def _came_after(report: Told, offered: datetime | None) -> bool:
    """What another case brings was not known here when it was offered, however old it is."""
    came = report.recorded_at if report.fact == "report_joined" else report.at
    return offered is None or came > offered


PATTERNS: Final = (
    Pattern(
        PatternName.CASE_REVIEW_NOT_OFFERED,
        "case-review",
        "the complainant could ask for a case review and nobody has told them",
        (published.NOT_LISTENED_TO, published.NOT_EXPLAINED),
        review_not_offered,
        comes_later=lambda seen: _met(seen, london_day(seen.moment)) is not None,
    ),
)
