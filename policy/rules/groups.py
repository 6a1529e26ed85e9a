"""Who is in a group of agencies, what allows it, and that nothing agreed there is lost. (multi-agency-groups)"""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.groups import GroupCalled, GroupEnded, GroupMeetingArranged, GroupMeetingHeld, GroupMeetingsEnded
from policy.facts.promising import ActionChased, ActionPlanned
from policy.matters.groups import MET
from policy.refusals import MatterNotOpen
from policy.refusals.groups import AskingMovesNoDay, GroupActionsNotRecorded, GroupActionsOpen, NobodyFromAgencies
from policy.rules.disclosing import Telling, agency_is_known, gateway_stands, is_about_somebody
from policy.working_days import london_day


def group_can_be_called(file: CaseFile, fact: GroupCalled, entry: Entry, edition: Edition) -> None:
    _agencies(fact.members, edition, "who is in it")
    is_about_somebody(file, fact.about)
    telling = Telling(fact.about, fact.members, fact.gateway, fact.under, fact.lawful_reason)
    gateway_stands(file, telling, entry, edition)


def meeting_was_lawful(file: CaseFile, fact: GroupMeetingHeld, entry: Entry, edition: Edition) -> None:
    """A meeting shares what we know: what allowed it when the group was called may no longer stand."""
    _agencies(fact.came, edition, "who came")
    group = file.groups.get(fact.matter)
    if group is None:
        return
    gateway, under = (group.gateway, group.under) if fact.gateway is None else (fact.gateway, fact.under)
    telling = Telling(
        group.about,
        fact.came,
        gateway,
        under,
        fact.lawful_reason,
        decided=group.lawful_reason is not None,
        at=fact.at,
    )
    gateway_stands(file, telling, entry, edition)


def _agencies(named: tuple[str, ...], edition: Edition, what: str) -> None:
    if not named:
        raise NobodyFromAgencies(f"Say {what}: one agency at least.", missing=(what,))
    for key in named:
        agency_is_known(key, edition, what)


def what_was_agreed_is_recorded(
    file: CaseFile, fact: GroupMeetingArranged | GroupMeetingsEnded | GroupEnded
) -> None:
    """Nothing that a meeting agreed on stays in its minutes alone."""
    matter, group = file.matters.get(fact.matter), file.groups.get(fact.matter)
    if matter is None or group is None or matter.stage != MET or fact.none_agreed:
        return
    if group.agreed_at is None or london_day(group.agreed_at) < london_day(matter.since):
        raise GroupActionsNotRecorded(
            "First record each action that the meeting agreed on, with who does it and by when, or say that there"
            " was none.",
            missing=("the actions that were agreed",),
            missing_facts=("action_planned",),
        )


def some_group_can_end(file: CaseFile, _edition: Edition) -> None:
    if all(_open_actions(file, group) for group in file.groups):
        raise _still_open(sum(_open_actions(file, group) for group in file.groups))


def group_can_end(file: CaseFile, fact: GroupEnded) -> None:
    what_was_agreed_is_recorded(file, fact)
    if waiting := _open_actions(file, fact.matter):
        raise _still_open(waiting)


def _open_actions(file: CaseFile, group: str) -> int:
    return sum(one.group == group for one in file.matters.values())


def _still_open(waiting: int) -> GroupActionsOpen:
    several = "An action of the group is" if waiting == 1 else f"{waiting} actions of the group are"
    return GroupActionsOpen(
        f"{several} still open. Record of each that it was done, refused or dropped, and why.",
        missing=("an end to each of its actions",),
        missing_facts=("action_done", "action_refused", "action_dropped"),
    )


def action_is_somebody_s(file: CaseFile, fact: ActionPlanned, edition: Edition) -> None:
    """Of an agency that we know and a group that still meets."""
    if fact.agency is not None:
        agency_is_known(fact.agency, edition, "who does it")
    if fact.group is not None and fact.group not in file.groups:
        known = ", ".join(file.groups) or "none"
        raise MatterNotOpen(f"{fact.group} is not a group of agencies on this case. There are: {known}.")


def asking_moves_no_day(fact: ActionChased) -> None:
    if fact.by_when is not None:
        raise AskingMovesNoDay(
            "Asking after an action moves no day. Where another was agreed, record that it was put off, and why.",
            missing_facts=("action_moved",),
        )
