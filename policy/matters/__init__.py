"""Every kind of matter and its course. A new kind is a new line in one of these tables, with its facts."""

from collections.abc import Mapping
from typing import Final

from policy.case_file import Matter
from policy.facts.base import Fact
from policy.facts.matters import MatterKind
from policy.matters import findings, promises, questionnaires, safety
from policy.matters.base import Course, Stage

COURSES: Final[Mapping[MatterKind, Course]] = {
    course.kind: course
    for course in (
        *promises.COURSES,
        *questionnaires.COURSES,
        *findings.COURSES,
        *safety.COURSES,
    )
}

BEGINS: Final[Mapping[type[Fact], Course]] = {course.begun_by: course for course in COURSES.values()}


def stage_of(matter: Matter) -> Stage:
    return COURSES[matter.kind].stages[matter.stage]


__all__ = ["BEGINS", "COURSES", "Course", "Stage", "stage_of"]
