"""Safety: risk, hate, vulnerabilities, evidence, powers."""

from typing import Final

from policy.audit import names, published
from policy.audit.base import Pattern, Seen, on
from policy.facts.auditing import PatternName
from policy.facts.matters import MatterKind

_UNREAD: Final = {(MatterKind.EVIDENCE, "received"), (MatterKind.DIARY, "returned")}


def risk_assessment_late(seen: Seen) -> str | None:
    overdue = seen.overdue_longest(names.RISK_KEYS, seen.numbers.risk_days)
    return f"A risk assessment was due by {on(overdue[1].due)} and has not been made." if overdue else None


def hate_not_taken_up(seen: Seen) -> str | None:
    """Told as hate, and handled as if it had not been."""
    hate, assessment = seen.file.hate, seen.file.assessment
    if hate is None:
        return None
    if overdue := seen.overdue_longest(names.HATE_KEYS, seen.numbers.hate_days):
        return f"It was reported as hate on {on(hate.since)}; what that calls for was due by {on(overdue[1].due)}."
    if assessment is None or assessment.at >= hate.since or seen.days_since(hate.since) < seen.numbers.hate_days:
        return None
    return (
        f"It was reported as hate on {on(hate.since)}; the assessment of {on(assessment.at)} is older than that."
    )


def evidence_not_read(seen: Seen) -> str | None:
    matters = seen.file.matters.values()
    unread = [one.since for one in matters if (one.kind, one.stage) in _UNREAD]
    if not unread or seen.days_since(min(unread)) < seen.numbers.evidence_days:
        return _told_again_and_not_read(seen)
    count, have = ("1 piece", "has") if len(unread) == 1 else (f"{len(unread)} pieces", "have")
    since = on(min(unread))
    return f"{count} of evidence {have} come in since {since}, and nobody has recorded that they looked at it."


def _told_again_and_not_read(seen: Seen) -> str | None:
    told = min(seen.file.unread.values(), default=None)
    if told is None or seen.days_since(told) < seen.numbers.evidence_days:
        return None
    return f"Nobody has answered what was told to us again on {on(told)}."


def vulnerability_not_answered(seen: Seen) -> str | None:
    """Of those that still hold: one told by mistake has ended."""
    needs = seen.file.needs.values()
    told = max((one.told_at for one in needs if seen.edition.needs.is_vulnerable(one.kind)), default=None)
    answered = seen.last(*names.VULNERABILITY_ANSWERED)
    if told is None or (answered is not None and answered >= told):
        return None
    if seen.days_since(told) < seen.numbers.vulnerability_days:
        return None
    return f"A vulnerability was told on {on(told)}; nothing was recorded that takes account of it."


def powers_not_considered(seen: Seen) -> str | None:
    file = seen.file
    if file.serious_since is None or file.assessment is None or _weighed(seen):
        return None
    if seen.days_since(file.serious_since) < seen.numbers.powers_days:
        return None
    return f"The case has been serious since {on(file.serious_since)}; no review has weighed which powers to use."


def _weighed(seen: Seen) -> bool:
    """A review weighs the edition's powers one by one."""
    return any(one.codes.get("powers", "0") != "0" for one in seen.all("case_reviewed"))


PATTERNS: Final = (
    Pattern(
        PatternName.RISK_ASSESSMENT_LATE,
        "risk-assessment",
        "a risk assessment is due and has not been made",
        (published.LATE_AND_SILENT, published.NOT_EXPLAINED),
        risk_assessment_late,
    ),
    Pattern(
        PatternName.HATE_NOT_TAKEN_UP,
        "hate-by-perception",
        "it was reported as hate and is not handled as hate",
        (published.LATE_AND_SILENT, published.NOT_THROUGH),
        hate_not_taken_up,
    ),
    Pattern(
        PatternName.EVIDENCE_NOT_READ,
        "incident-diaries",
        "evidence, or what was told to us again, has come in and nobody has looked at it",
        (published.NOT_LISTENED_TO, published.NOT_READ),
        evidence_not_read,
    ),
    Pattern(
        PatternName.VULNERABILITY_NOT_ANSWERED,
        "vulnerability-and-adjustments",
        "a vulnerability was told and nothing takes account of it",
        (published.VULNERABLE, published.NOT_READ),
        vulnerability_not_answered,
    ),
    Pattern(
        PatternName.POWERS_NOT_CONSIDERED,
        "hate-strongest-action",
        "nobody has considered which powers could be used",
        (published.NOT_EXPLAINED,),
        powers_not_considered,
    ),
)
