"""Which warnings, notices and remedies exist for a tenure on a day. (formal-warnings, legal-remedies)"""

from datetime import date
from typing import Final

from policy.editions import Edition
from policy.editions.legal import LegalStep
from policy.editions.table import choices
from policy.tenure import Tenure
from policy.working_days import day_in_words

AGREEMENT: Final = "agreement"
CLOSURE: Final = "closure_notice"
POSSESSION: Final = "possession"
DEMOTION: Final = "demotion"
INJUNCTION_WITH_MORE: Final = "injunction_with_arrest_or_exclusion"
INJUNCTIONS: Final = frozenset({"injunction", INJUNCTION_WITH_MORE})
POSSESSION_NOTICE: Final = "notice_seeking_possession"
DEMOTION_NOTICE: Final = "notice_seeking_demotion"
"""What the law's own arithmetic, or a matter of its own, is bound to."""


def existing(edition: Edition, tenure: Tenure, day: date) -> tuple[LegalStep, ...]:
    return tuple(step for step in edition.legal.steps if why_not(edition, step.key, tenure, day) is None)


def why_not(edition: Edition, key: str, tenure: Tenure, day: date) -> str | None:
    """Why there is no such step for somebody who holds their home so, on that day; None where there is."""
    step = edition.legal.step(key)
    if step is None:
        return f"There is no {edition.legal.called(key)}. There are: {choices(edition.legal.steps)}."
    if tenure not in step.tenures:
        held = ", ".join(str(one).replace("_", " ") for one in step.tenures)
        return f"{step.name} is not for this tenure. It is for: {held} ({step.statute})."
    if step.until is not None and day > step.until:
        return f"{step.name} ended on {day_in_words(step.until)} ({step.statute})."
    if not step.runs_on(day):
        begins = step.since or day
        return f"{step.name} exists from {day_in_words(begins)} ({step.statute})."
    return None
