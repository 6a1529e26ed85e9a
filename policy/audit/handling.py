"""Handling: nothing done, no plan, no change of plan, closed in silence."""

from datetime import timedelta
from typing import Final

from policy.audit import published
from policy.audit.base import Pattern, Seen, on
from policy.audit.names import CONTACT, PLAN, TOLD_TO_US
from policy.facts.auditing import PatternName
from policy.facts.matters import MatterKind

_NO_WORK: Final = frozenset({MatterKind.CHASE, MatterKind.FINDING})


def nothing_done(seen: Seen) -> str | None:
    done = seen.last_worked_on(but=TOLD_TO_US) or seen.file.reported_at
    if done is None or seen.days_since(done) < seen.numbers.done_days:
        return None
    return f"Nobody has recorded anything done on this case since {on(done)}."


def no_plan(seen: Seen) -> str | None:
    """What is not usually anti-social behaviour needs no plan, nor does what nobody pursues any more and is not
    serious. What is promised or waited for is under way.
    """
    assessment = seen.file.assessment
    if assessment is None or assessment.exclusion is not None or seen.last(*PLAN) is not None:
        return None
    if seen.file.wish.withdrawn_at is not None and not seen.file.serious:
        return None
    under_way = (matter for key, matter in seen.file.matters.items() if key in seen.file.clocks)
    if any(matter.kind not in _NO_WORK for matter in under_way):
        return None
    if seen.days_since(assessment.at) < seen.numbers.plan_days:
        return None
    return f"The case was last assessed on {on(assessment.at)}, and nothing has been planned or advised."


def incidents_without_change(seen: Seen) -> str | None:
    """Reported again and again, while neither plan nor assessment changed. What another case brought along is a
    further report; what turned out to be another matter is none.
    """
    changed = seen.last(*PLAN, "assessed")
    earliest = seen.moment - timedelta(days=seen.numbers.incidents_within_days)
    incidents = [
        one
        for one in seen.new("incident_reported", "report_joined")
        if one.at >= earliest and (changed is None or one.at > changed) and one.id not in seen.file.separated
    ]
    if len(incidents) < seen.numbers.incidents:
        return None
    return (
        f"{len(incidents)} further incidents were reported since {on(min(one.at for one in incidents))}; "
        "neither plan nor assessment has changed."
    )


def closure_not_told(seen: Seen) -> str | None:
    """A closure that waits while the complainant knows nothing of it, unless they want to hear nothing or gave no
    way to tell them. (closing-letter, section 5)
    """
    file, proposed = seen.file, seen.file.proposed
    if proposed is None or proposed.told_at is not None:
        return None
    if file.wish.no_contact_since is not None or not (file.writes_by or file.reachable):
        return None
    spoke = seen.last(*CONTACT)
    if (spoke is not None and spoke >= proposed.at) or seen.days_since(proposed.at) < seen.numbers.told_days:
        return None
    return f"Closing the case was proposed on {on(proposed.at)}; the complainant has not been told why."


PATTERNS: Final = (
    Pattern(
        PatternName.NOTHING_DONE,
        "review-meetings",
        "the case is open and nothing is done on it",
        (published.NOT_EXPLAINED, published.NOT_LISTENED_TO),
        nothing_done,
    ),
    Pattern(
        PatternName.NO_PLAN,
        "review-meetings",
        "the case was assessed, and there is no plan",
        (published.NEIGHBOUR_ABOVE, published.SUMMARY_LATE),
        no_plan,
    ),
    Pattern(
        PatternName.INCIDENTS_WITHOUT_CHANGE,
        "review-meetings",
        "it keeps being reported, and nothing changes in how it is handled",
        (published.ESCALATED, published.NEIGHBOUR_ABOVE),
        incidents_without_change,
        comes_later=lambda _: False,
    ),
    Pattern(
        PatternName.CLOSURE_NOT_TOLD,
        "closing-letter",
        "the case is about to close and the complainant has not been told why",
        (published.NOT_EXPLAINED,),
        closure_not_told,
    ),
)
