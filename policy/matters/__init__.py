"""Every kind of matter and its course. A new kind is a new line in one of these tables, with its facts."""

from collections.abc import Mapping
from typing import Final

from policy.case_file import Matter
from policy.facts.base import Fact
from policy.facts.matters import MatterKind
from policy.matters import (
    evidence,
    findings,
    grounds,
    groups,
    mediation,
    perpetrators,
    policing,
    powers,
    proceedings,
    promises,
    publicity,
    questionnaires,
    referring,
    safety,
    surveillance,
    warnings,
)
from policy.matters.base import Course, Stage

_ALL: Final = (
    *promises.COURSES,
    *questionnaires.COURSES,
    *findings.COURSES,
    *safety.COURSES,
    *evidence.COURSES,
    *surveillance.COURSES,
    *perpetrators.COURSES,
    *mediation.COURSES,
    *policing.COURSES,
    *publicity.COURSES,
    *warnings.COURSES,
    *grounds.COURSES,
    *powers.COURSES,
    *proceedings.COURSES,
    *groups.COURSES,
    *referring.COURSES,
)

COURSES: Final[Mapping[MatterKind, Course]] = {course.kind: course for course in _ALL}

BEGINS: Final[Mapping[type[Fact], Course]] = {
    kind: course for course in COURSES.values() for kind in (course.begun_by, *course.also_begun_by)
}


def stage_of(matter: Matter) -> Stage:
    return COURSES[matter.kind].stages[matter.stage]


def outlives_closing(matter: Matter) -> bool:
    """Whether it may still be open when the case closes."""
    return COURSES[matter.kind].outlives_closing or stage_of(matter).outlives_closing


__all__ = ["BEGINS", "COURSES", "Course", "Stage", "outlives_closing", "stage_of"]
