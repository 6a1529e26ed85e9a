"""Who is in a group of agencies, what allows it, and that nothing agreed there is lost. (multi-agency-groups)"""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.groups import (
    GroupCalled,
    GroupEnded,
    GroupMeetingArranged,
    GroupMeetingHeld,
    GroupMeetingsEnded,
    GroupToldOfRefusal,
)
from policy.facts.matters import MatterKind
from policy.facts.promising import ActionChased, ActionPlanned
from policy.folding.groups import as_arranged
from policy.matters import COURSES
from policy.matters.groups import MET
from policy.objections import Telling, told_against
from policy.refusals import MatterNotOpen
from policy.refusals.groups import (
    AskingMovesNoDay,
    GroupActionsNotRecorded,
    GroupActionsOpen,
    GroupAlreadyMeets,
    GroupHasMet,
    GroupNeverMet,
    GroupToBeToldOfRefusal,
    NobodyFromAgencies,
)
from policy.refusals.safety import NoGateway
from policy.rules.disclosing import agency_is_known, gateway_stands, hears_of_a_no, is_about_somebody, is_decided
from policy.working_days import listed, london_day, moment_in_words


def group_can_be_called(file: CaseFile, fact: GroupCalled, entry: Entry, edition: Edition) -> None:
    _agencies(fact.members, edition, "who is in it")
    is_about_somebody(file, fact.about)
    is_decided(fact.lawful_reason, entry, edition)
    telling = Telling(fact.about, fact.members, fact.gateway, fact.under)
    gateway_stands(file, telling, fact.lawful_reason, edition, fact.at)
    _does_not_meet_already(file, fact, edition)


def _does_not_meet_already(file: CaseFile, fact: GroupCalled, edition: Edition) -> None:
    """No agency is in it and nobody is named who is not in one that was open then, as with a referral."""
    for key, one in file.groups.items():
        of_these = {*fact.members} <= {*one.members} and {*fact.about} <= {*one.about}
        if of_these and file.matters[key].code == fact.kind and fact.at >= one.told[0].at:
            names = listed([agency.name for who in one.members if (agency := edition.agency(who)) is not None])
            raise GroupAlreadyMeets(
                f"{_called(file, key)} is open already ({names}): {key}. Arrange its next meeting, also"
                " with others or about somebody else, or end it before another is called.",
                missing=("an end to the group that is open",),
                missing_facts=("group_meeting_arranged", "group_ended"),
            )


def meeting_can_be_arranged(file: CaseFile, fact: GroupMeetingArranged, entry: Entry, edition: Edition) -> None:
    """A meeting shares what we know: what allowed it when the group was called may no longer stand."""
    what_was_agreed_is_recorded(file, fact)
    if fact.members:
        _agencies(fact.members, edition, "who is in it")
    if fact.about:
        is_about_somebody(file, fact.about)
    is_decided(fact.lawful_reason, entry, edition)
    if (group := file.groups.get(fact.matter)) is None:
        return
    group = group.model_copy(update=as_arranged(file, group, fact, edition))
    if not group.about:
        raise NoGateway("Say about whom something is told.", missing=("about whom",))
    telling = Telling(group.about, group.members, group.gateway, group.under, group.decided)
    gateway_stands(file, telling, fact.lawful_reason, edition, fact.at)


def meeting_was_held(file: CaseFile, fact: GroupMeetingHeld, edition: Edition) -> None:
    """As it was: whoever was told of there against their word is a supervisor's to see to."""
    _agencies(fact.came, edition, "who came")
    if fact.about:
        is_about_somebody(file, fact.about, already_told=True)
    group = file.groups.get(fact.matter)
    if group is not None and fact.at < group.told[0].at:
        raise MatterNotOpen(f"The group was called on {moment_in_words(group.told[0].at)}: check the date.")


def some_group_meets(file: CaseFile, _edition: Edition) -> None:
    if not file.groups:
        raise MatterNotOpen("No group of agencies is open on this case.")


def group_was_told(file: CaseFile, fact: GroupToldOfRefusal, entry: Entry, edition: Edition) -> None:
    if (group := file.groups.get(fact.group)) is None:
        raise MatterNotOpen(f"{fact.group} is not a group of agencies on this case. {_known(file)}")
    hears_of_a_no(file, fact.about, group, entry, edition)


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


def some_group_can_end(file: CaseFile, edition: Edition) -> None:
    if all(_open_actions(file, group) for group in file.groups):
        raise _still_open(sum(_open_actions(file, group) for group in file.groups))
    if all(_open_actions(file, key) or told_against(file, one, edition) for key, one in file.groups.items()):
        raise _to_be_told()


def group_can_end(file: CaseFile, fact: GroupEnded, edition: Edition) -> None:
    what_was_agreed_is_recorded(file, fact)
    if waiting := _open_actions(file, fact.matter):
        raise _still_open(waiting)
    if (group := file.groups.get(fact.matter)) is None:
        return
    if told_against(file, group, edition):
        raise _to_be_told()
    if group.met and fact.never_met is not None:
        raise GroupHasMet(f"{_called(file, fact.matter)} has met: leave out why it never met.")
    if not group.met and fact.never_met is None:
        raise GroupNeverMet(
            f"{_called(file, fact.matter)} has not met. Record its meeting, or say why it never met.",
            missing=("why it never met",),
            missing_facts=("group_meeting_held",),
        )


def _called(file: CaseFile, key: str) -> str:
    words = COURSES[MatterKind.GROUP].in_words[file.matters[key].code or ""]
    return f"{words[:1].upper()}{words[1:]}"


def _to_be_told() -> GroupToBeToldOfRefusal:
    return GroupToBeToldOfRefusal(
        "First tell its agencies that somebody does not agree to being spoken of there.",
        missing=("that its agencies know of it",),
        missing_facts=("group_told_of_refusal",),
    )


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
    """Of an agency that we know, of a group that still meets and that this agency is in. What a group agreed on is
    never nobody's.
    """
    if fact.agency is not None:
        agency_is_known(fact.agency, edition, "who does it")
    if fact.group is None:
        return
    if fact.agency is None and fact.owner is None:
        raise NobodyFromAgencies(
            "Say who does it: one of us as its owner, or an agency that is in the group.", missing=("who does it",)
        )
    if (group := file.groups.get(fact.group)) is None:
        raise MatterNotOpen(f"{fact.group} is not a group of agencies on this case. {_known(file)}")
    in_it = {*group.members, *(key for one in group.told for key in one.to)}
    if fact.agency is not None and fact.agency not in in_it:
        agency = edition.agency(fact.agency)
        raise NobodyFromAgencies(
            f"{agency.name if agency else fact.agency} is not in the group: arrange its next meeting with them, or"
            " refer to them.",
            missing=("that they are in the group",),
            missing_facts=("group_meeting_arranged", "referral_proposed"),
        )


def _known(file: CaseFile) -> str:
    return f"There are: {', '.join(file.groups) or 'none'}."


def asking_moves_no_day(fact: ActionChased) -> None:
    if fact.by_when is not None:
        raise AskingMovesNoDay(
            "Asking after an action moves no day. Where another was agreed, record that it was put off, and why.",
            missing_facts=("action_moved",),
        )
