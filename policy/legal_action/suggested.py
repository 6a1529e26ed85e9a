"""Others' powers that fit a case and have not been asked for. (other-powers, section 5)"""

from policy.case_file import CaseFile, Matter
from policy.editions import Edition
from policy.editions.legal import LegalStep
from policy.facts.matters import MatterKind
from policy.legal_action.steps import CLOSURE
from policy.working_days import london_day


def suggested_powers(file: CaseFile, edition: Edition) -> tuple[str, ...]:
    """By the edition's keys, as they existed on the day on which the case was last heard of."""
    if file.last_recorded_at is None or file.at_rest:
        return ()
    day = london_day(file.last_recorded_at)
    asked = {_power(matter) for matter in file.matters.values()}
    return tuple(
        step.key
        for step in edition.legal.steps
        if _fits(step, file) and step.runs_on(day) and step.key not in asked
    )


def _fits(step: LegalStep, file: CaseFile) -> bool:
    """What the case is about, or what plays a part in it."""
    causes = file.effect.causes if file.effect is not None else ()
    return bool(set(step.suggested_for) & set(file.categories) or set(step.suggested_for_causes) & set(causes))


def _power(matter: Matter) -> str | None:
    """The closure of a home has a course of its own."""
    return CLOSURE if matter.kind is MatterKind.CLOSURE else matter.code
