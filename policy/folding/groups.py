"""Groups of agencies: who is in them, about whom they were told, what allows it, and when they last agreed on
something.
"""

from typing import Any

from policy.case_file import CaseFile, later
from policy.conduct import Decided, Group
from policy.editions import Edition
from policy.facts import Entry, groups, promising
from policy.facts.matters import MatterKind
from policy.folding.base import fold


@fold.register
def _(fact: groups.GroupCalled, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    key = f"{MatterKind.GROUP}-{file.seq + 1}"
    group = Group(
        members=fact.members,
        about=fact.about,
        gateway=fact.gateway,
        under=fact.under,
        decided=_decided(fact, fact.members),
        told=dict.fromkeys(fact.about, fact.at),
    )
    return file.with_(groups={**file.groups, key: group})


def _decided(fact: groups.GroupCalled | groups.GroupMeetingArranged, to: tuple[str, ...]) -> Decided | None:
    reason = fact.lawful_reason
    return Decided(reason=reason, at=fact.at, to=to) if reason is not None else None


@fold.register
def _(fact: groups.GroupMeetingArranged, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (group := file.groups.get(fact.matter)) is None:
        return file
    return _known(file, fact.matter, **as_arranged(group, fact))


def as_arranged(group: Group, fact: groups.GroupMeetingArranged) -> dict[str, Any]:
    """What it changes in the group."""
    members = fact.members or group.members
    allowed = {"gateway": fact.gateway, "under": fact.under} if fact.gateway is not None else {}
    return {
        "members": tuple(dict.fromkeys((*group.members, *members))),
        "about": fact.about or group.about,
        "decided": _decided(fact, members) or group.decided,
    } | allowed


@fold.register
def _(fact: groups.GroupMeetingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (group := file.groups.get(fact.matter)) is None:
        return file
    heard_at, told = group.refusal_told_at, dict(group.told)
    for who in fact.about or group.about:
        if who not in told or (heard_at is not None and told[who] <= heard_at):
            told[who] = fact.at
    members = tuple(dict.fromkeys((*group.members, *fact.came)))
    return _known(file, fact.matter, told=told, members=members, met_at=later(group.met_at, fact.at))


@fold.register
def _(fact: groups.GroupToldOfRefusal, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (group := file.groups.get(fact.group)) is None:
        return file
    return _known(file, fact.group, refusal_told_at=later(group.refusal_told_at, fact.at))


@fold.register
def _(fact: promising.ActionPlanned, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (group := file.groups.get(fact.group or "")) is None:
        return file
    return _known(file, fact.group, agreed_at=later(group.agreed_at, fact.at))


@fold.register
def _(fact: groups.GroupEnded, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return file.with_(groups={key: one for key, one in file.groups.items() if key != fact.matter})


def _known(file: CaseFile, key: str | None, **changed: object) -> CaseFile:
    if (group := file.groups.get(key or "")) is None:
        return file
    return file.with_(groups={**file.groups, key or "": group.model_copy(update=changed)})
