"""Groups of agencies and what they agree on, at random and in earnest."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import Deadline
from policy.facts import CaseFact
from policy.facts.base import Fact
from policy.facts.disclosing import Gateway
from policy.facts.groups import (
    GroupEnded,
    GroupKind,
    GroupMeetingArranged,
    GroupMeetingHeld,
    GroupMeetingsEnded,
)
from policy.facts.promising import ActionChased, ActionPlanned
from policy.rules.matters import open_for
from tests.given import EDITION
from tests.policy import groups_told as g
from tests.policy.told_at_random import matter_for, somebody, told

LAWFUL: Final = {"gateway": Gateway.CRIME_AND_DISORDER_ACT, "lawful_reason": "serious_crime"}
"""As a supervisor may also where somebody has said no."""
REASONS: Final = (None, None, None, "serious_crime", "as_told")
AGENCIES: Final = ("police", "council", "probation", "a_newspaper")


def called(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    return g.called(
        at,
        members=AGENCIES[pick % 3 : pick % 5],
        about=(somebody(file, pick),) if pick % 5 else (),
        gateway=list(Gateway)[pick % 4],
        under="A protocol" if pick % 3 else None,
        lawful_reason=REASONS[pick % 5],
    )


def held(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    came = (AGENCIES[pick % 4],) if pick % 7 else ()
    about = (somebody(file, pick),) if pick % 3 else ()
    return g.held(at, matter_for(GroupMeetingHeld, file, pick), came=came, about=about)


def arranged(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    return g.arranged(
        at,
        matter_for(GroupMeetingArranged, file, pick),
        none_agreed=bool(pick % 3),
        members=AGENCIES[pick % 3 : pick % 5],
        about=(somebody(file, pick),) if pick % 3 else (),
        gateway=(None, None, *Gateway)[pick % 6],
        under="A protocol",
        lawful_reason=REASONS[pick % 5],
    )


def told_of_refusal(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    return g.told_of_refusal(at, (*file.groups, "group-0")[pick % (len(file.groups) + 1)])


def planned(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    group = (None, *file.groups, "group-0")[pick % (len(file.groups) + 2)]
    return told(ActionPlanned, file, at, pick, group=group, agency=(None, *AGENCIES)[pick // 3 % 5])


def asked_after(file: CaseFile, at: datetime, pick: int) -> CaseFact:
    return told(ActionChased, file, at, pick, by_when=None if pick % 4 else at.date())


BUILDERS: Final[dict[str, Callable[[CaseFile, datetime, int], CaseFact]]] = {
    "group_called": called,
    "group_meeting_held": held,
    "group_meeting_arranged": arranged,
    "group_told_of_refusal": told_of_refusal,
    "action_planned": planned,
    "action_chased": asked_after,
}
AFTER_A_MEETING: Final = {kind.model_fields["fact"].default: kind for kind in (GroupMeetingsEnded, GroupEnded)}
SENSIBLE: Final = (*BUILDERS, *AFTER_A_MEETING)


def keeps(owed: Deadline, at: datetime) -> CaseFact | None:
    stem, _, group = owed.key.partition(":")
    return g.told_of_refusal(at, group) if stem == "group-refusal" else None


def kept(kind: type[Fact], file: CaseFile, key: str, at: datetime) -> CaseFact:
    """A group waits for what it agreed on. Where nobody is left whom it is about it does not meet again."""
    if kind is GroupMeetingHeld:
        return g.held(at, key)
    if kind is GroupMeetingArranged and not file.groups[key].about:
        kind = GroupMeetingsEnded
    if kind is GroupMeetingArranged:
        return g.arranged(at, key, none_agreed=True, **LAWFUL)
    waits = any(one.group == key for one in file.matters.values())
    step = GroupMeetingsEnded if kind is GroupEnded and waits else kind
    return told(step, file, at, 0, matter=key, by_when=None, none_agreed=True, **_why(step, file, key))


def _why(step: type[Fact], file: CaseFile, key: str) -> dict[str, str]:
    never = step is GroupEnded and key in file.groups and not file.groups[key].met
    return {"never_met": "Nobody could come."} if never else {}


def sensible(kind: str, file: CaseFile, at: datetime) -> list[CaseFact]:
    if kind in AFTER_A_MEETING:
        step = AFTER_A_MEETING[kind]
        said = {"at": at, "none_agreed": True, "words": "As told."}
        return [
            step.model_validate(said | {"matter": key} | _why(step, file, key)) for key in open_for(file, step)
        ]
    return {
        "group_called": lambda: [
            g.called(at, kind=kind, members=(agency.key,), **LAWFUL)
            for kind in GroupKind
            for agency in EDITION.agencies
        ],
        "group_meeting_held": lambda: [g.held(at, key) for key in open_for(file, GroupMeetingHeld)],
        "group_meeting_arranged": lambda: [
            g.arranged(at, key, none_agreed=True, about=about, **LAWFUL)
            for key in open_for(file, GroupMeetingArranged)
            for about in ((), *((who,) for who in file.present))
        ],
        "group_told_of_refusal": lambda: [g.told_of_refusal(at, key) for key in file.groups],
        "action_planned": lambda: [g.agreed(at, group) for group in (None, *file.groups)],
        "action_chased": lambda: [g.asked_after(at, key) for key in open_for(file, ActionChased)],
    }[kind]()
