"""Others' powers that fit a case and have not been asked for. (other-powers, section 5)"""

from datetime import date

from policy.case_file import CaseFile
from policy.editions import Edition


def suggested_powers(file: CaseFile, edition: Edition, day: date | None) -> tuple[str, ...]:
    """By the edition's keys, as they existed on that day."""
    if day is None or file.at_rest:
        return ()
    asked = {matter.code for matter in file.matters.values()}
    return tuple(
        step.key
        for step in edition.legal.steps
        if set(step.suggested_for) & set(file.categories) and step.runs_on(day) and step.key not in asked
    )
