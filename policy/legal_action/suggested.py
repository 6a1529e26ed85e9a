"""Others' powers that fit a case and have not been asked for. (other-powers, section 5)"""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.working_days import london_day


def suggested_powers(file: CaseFile, edition: Edition) -> tuple[str, ...]:
    """By the edition's keys, as they existed on the day on which the case was last heard of."""
    if file.last_recorded_at is None or file.at_rest:
        return ()
    day = london_day(file.last_recorded_at)
    asked = {matter.code for matter in file.matters.values()}
    return tuple(
        step.key
        for step in edition.legal.steps
        if set(step.suggested_for) & set(file.categories) and step.runs_on(day) and step.key not in asked
    )
