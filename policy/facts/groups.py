"""Groups of agencies for one case: called, met, followed to the end. (multi-agency-groups, section 4)"""

from enum import StrEnum
from typing import Literal

from policy.facts.base import Fact, Line, Name, Words
from policy.facts.disclosing import Gateway
from policy.facts.matters import Begun, Step
from policy.frozen import Frozen


class GroupKind(StrEnum):
    TASK_AND_FINISH = "task_and_finish"
    PANEL = "panel"


class GroupCalled(Begun):
    """`members` are agencies of the edition, `about` are those on the case of whom they are told, under the
    `gateway`, or for a `lawful_reason` of the edition's; `by_when` is the day of the first meeting.
    """

    fact: Literal["group_called"] = "group_called"
    kind: GroupKind
    members: tuple[Name, ...]
    about: tuple[Name, ...]
    gateway: Gateway
    under: Line | None = None
    lawful_reason: Name | None = None
    words: Words


class GroupMeetingHeld(Step):
    """Which agencies came, `about` whom they were told, where that was not everybody whom the group is about, and
    what was said.
    """

    fact: Literal["group_meeting_held"] = "group_meeting_held"
    came: tuple[Name, ...]
    about: tuple[Name, ...] = ()
    words: Words


class GroupToldOfRefusal(Fact):
    """Its agencies know who does not agree to being spoken of there, or that a victim wants no police, and use
    nothing more of what they know. `about` where they were not told of everybody who has said no.
    """

    fact: Literal["group_told_of_refusal"] = "group_told_of_refusal"
    group: Name
    about: tuple[Name, ...] = ()
    words: Words


class AfterMeeting(Frozen):
    """Each action that the meeting agreed on is recorded, or `none_agreed`."""

    none_agreed: bool = False


class GroupMeetingArranged(Step, AfterMeeting):
    """When they meet next, or that a meeting was put off and why. `members`, `about`, and what allows it, where
    that is no longer what it was.
    """

    fact: Literal["group_meeting_arranged"] = "group_meeting_arranged"
    members: tuple[Name, ...] = ()
    about: tuple[Name, ...] = ()
    gateway: Gateway | None = None
    under: Line | None = None
    lawful_reason: Name | None = None
    words: Words


class GroupMeetingsEnded(Step, AfterMeeting):
    """No further meeting is needed. `by_when` is the day by which what was agreed should be done."""

    fact: Literal["group_meetings_ended"] = "group_meetings_ended"
    words: Words


class GroupEnded(Step, AfterMeeting):
    """What it achieved; or why it `never_met`."""

    fact: Literal["group_ended"] = "group_ended"
    never_met: Words | None = None
    words: Words


Facts = (
    GroupCalled | GroupMeetingHeld | GroupToldOfRefusal | GroupMeetingArranged | GroupMeetingsEnded | GroupEnded
)
