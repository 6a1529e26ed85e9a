"""Groups of agencies for one case. (multi-agency-groups, section 4)"""

from typing import Final

from policy.facts import groups
from policy.facts.matters import MatterKind
from policy.matters.base import Course, Stage

MET: Final = "met"

COURSES: Final = (
    Course(
        kind=MatterKind.GROUP,
        row="multi-agency-groups",
        called="group of agencies",
        begun_by=groups.GroupCalled,
        code="kind",
        in_words={
            groups.GroupKind.TASK_AND_FINISH: "the task-and-finish group",
            groups.GroupKind.PANEL: "the panel",
        },
        stages={
            "called": Stage(
                owed="Hold the meeting of {}",
                days=lambda days: days.group_meeting,
                steps={groups.GroupMeetingHeld: MET},
                otherwise={
                    groups.GroupMeetingArranged: "called",
                    groups.GroupMeetingsEnded: "finishing",
                    groups.GroupEnded: None,
                },
            ),
            MET: Stage(
                owed="Record who does what by when, as {} agreed, and when it meets next",
                days=lambda days: days.group_met,
                steps={
                    groups.GroupMeetingArranged: "called",
                    groups.GroupMeetingsEnded: "finishing",
                    groups.GroupEnded: None,
                },
                otherwise={groups.GroupMeetingHeld: MET},
            ),
            "finishing": Stage(
                owed="See what was agreed to its end, and record what {} achieved",
                days=lambda days: days.group_finishing,
                steps={groups.GroupEnded: None},
                otherwise={
                    groups.GroupMeetingHeld: MET,
                    groups.GroupMeetingArranged: "called",
                    groups.GroupMeetingsEnded: "finishing",
                },
            ),
        },
    ),
)
