"""Following through: promises, planned actions, waits for others, reviews."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from policy.audit import published
from policy.audit.base import Pattern, Seen, Told, on, times
from policy.audit.names import PLAN
from policy.case_file import later
from policy.facts.auditing import PatternName
from policy.facts.matters import POWERS, MatterKind
from policy.working_days import london_day

_WHOM: Final = {
    "police": "the police",
    "council": "the council",
    "solicitor": "the solicitor",
    "court": "the court",
    "health": "health services",
    "support": "support services",
    "complainant": "the complainant",
    "perpetrator": "the person complained about",
}


def commitment_not_followed_through(seen: Seen) -> str | None:
    """Promises broken or missed again and again, moved again and again, or one long overdue."""
    numbers = seen.numbers
    if overdue := seen.overdue_longest(("promise-",), numbers.promise_days):
        return f"What was promised for {on(overdue[1].due)} has not been done."
    missed = [one for one in seen.new("deadline_missed") if one.codes.get("key", "").startswith("promise-")]
    broken = len(seen.new("promise_broken")) + len(missed)
    if broken >= numbers.promises_missed:
        return f"Promises were broken or not kept in time {times(broken)}."
    moved = len(seen.new("promise_moved"))
    if moved >= numbers.promises_moved:
        return f"Promises were put off {times(moved)}."
    return None


def action_not_carried_out(seen: Seen) -> str | None:
    """An action of the plan long overdue, or one that is put off again and again."""
    if overdue := seen.overdue_longest(("action-",), seen.numbers.action_days):
        return f"An action that was planned for {on(overdue[1].due)} has not been carried out."
    moves = [one for one in seen.new("action_moved") if one.codes.get("matter") in seen.file.matters]
    by_action = [[one for one in moves if one.codes.get("matter") == key] for key in seen.file.matters]
    most = max(by_action, key=len, default=[])
    if len(most) < seen.numbers.action_moved:
        return None
    return f"One planned action was put off {times(len(most))}, most recently on {on(most[-1].at)}."


def waiting_without_end(seen: Seen) -> str | None:
    """A wait extended again and again, or one body waited for, all waits together, for a very long time; or
    whoever was asked to act, asked again and again.
    """
    for key, matter in seen.file.matters.items():
        chased = [one for one in seen.new("power_chased") if one.codes.get("matter") == key]
        if matter.kind in POWERS and len(chased) >= seen.numbers.wait_extended:
            return f"We asked {times(len(chased))} how it stands with what we had asked another agency to do."
        if matter.kind is not MatterKind.WAIT:
            continue
        begun = next((one for one in seen.all("wait_begun") if f"wait-{one.seq}" == key), None)
        waiting_for = begun.codes.get("waiting_for", "") if begun else ""
        whom = _WHOM.get(waiting_for, "somebody else")
        extended = [one for one in seen.new("wait_extended") if one.codes.get("matter") == key]
        if len(extended) >= seen.numbers.wait_extended:
            return f"The wait for {whom} was extended {times(len(extended))}."
        days = sum(_days_waited(seen, waiting_for))
        if days >= seen.numbers.wait_days:
            return f"The case has waited for {whom} for {days} days in all."
    return None


def _days_waited(seen: Seen, waiting_for: str) -> Iterator[int]:
    """The length of each wait for them, as far as it lies after the last answer."""
    ends = {one.codes.get("matter"): one.at for one in seen.all("answer_received", "wait_ended")}
    for begun in seen.all("wait_begun"):
        if begun.codes.get("waiting_for") == waiting_for:
            yield max(0, _days(later(seen.answered, begun.at), ends.get(f"wait-{begun.seq}", seen.moment)))


def _days(start: datetime, end: datetime) -> int:
    return (london_day(end) - london_day(start)).days


def reviews_not_held(seen: Seen) -> str | None:
    missed = [one for one in seen.new("deadline_missed") if one.codes.get("key") == "review"]
    if len(missed) >= seen.numbers.reviews_missed:
        return f"Reviews were not held in time {times(len(missed))}."
    if overdue := seen.overdue_longest(("review",), seen.numbers.review_days):
        return f"The review that was due by {on(overdue[1].due)} has not been held."
    return None


def review_not_acted_on(seen: Seen) -> str | None:
    reviews = seen.all("case_reviewed")
    last = max(reviews, key=lambda one: one.at, default=None)
    if last is None or last.codes.get("policy_followed") != "false" or _acted_on(seen, last):
        return None
    if seen.days_since(last.at) < seen.numbers.acted_on_days:
        return None
    return f"The review of {on(last.at)} found that the policy was not followed; nothing was planned since."


def _acted_on(seen: Seen, review: Told) -> bool:
    planned = seen.last(*PLAN)
    return planned is not None and planned >= review.at


PATTERNS: Final = (
    Pattern(
        PatternName.COMMITMENT_NOT_FOLLOWED_THROUGH,
        "promise-ledger",
        "what was promised is not followed through",
        (published.NOT_THROUGH,),
        commitment_not_followed_through,
    ),
    Pattern(
        PatternName.ACTION_NOT_CARRIED_OUT,
        "regular-contact",
        "a planned action is not carried out",
        (published.ACTIONS_NOT_DONE,),
        action_not_carried_out,
    ),
    Pattern(
        PatternName.WAITING_WITHOUT_END,
        "bounded-waits",
        "the case waits for somebody else without end",
        (published.NOT_THROUGH,),
        waiting_without_end,
    ),
    Pattern(
        PatternName.REVIEWS_NOT_HELD,
        "review-meetings",
        "reviews of the case are not held in time",
        (published.LATE_AND_SILENT,),
        reviews_not_held,
    ),
    Pattern(
        PatternName.REVIEW_NOT_ACTED_ON,
        "review-meetings",
        "a review found fault, and nothing has come of it",
        (published.ACTIONS_NOT_DONE,),
        review_not_acted_on,
    ),
)
