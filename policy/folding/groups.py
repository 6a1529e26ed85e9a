"""Groups of agencies: who is in them, about whom they were told, what allows it, and when they last agreed on
something.
"""

from typing import Any

from policy.case_file import CaseFile, later
from policy.conduct import Group, ToldOf
from policy.editions import Edition
from policy.facts import Entry, groups, promising
from policy.facts.matters import MatterKind
from policy.folding.base import decided, fold
from policy.folding.disclosing import as_they_know, heard_by_now, with_told
from policy.objections import Telling


@fold.register
def _(fact: groups.GroupCalled, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    telling = Telling(fact.about, fact.members, fact.gateway, fact.under)
    key = f"{MatterKind.GROUP}-{file.seq + 1}"
    group = Group(
        members=fact.members,
        about=fact.about,
        gateway=fact.gateway,
        under=fact.under,
        decided=decided(file, fact, telling, edition),
        told=(ToldOf(at=fact.at, about=fact.about, to=fact.members, gateway=fact.gateway),),
    )
    return file.with_(groups={**file.groups, key: group})


@fold.register
def _(fact: groups.GroupMeetingArranged, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    if (group := file.groups.get(fact.matter)) is None:
        return file
    return _known(file, fact.matter, **as_arranged(file, group, fact, edition))


def as_arranged(
    file: CaseFile, group: Group, fact: groups.GroupMeetingArranged, edition: Edition
) -> dict[str, Any]:
    """What it changes in the group. Those who are new in it hear why."""
    members, about = fact.members or group.members, fact.about or group.about
    allowed = {"gateway": fact.gateway, "under": fact.under} if fact.gateway is not None else {}
    gateway = fact.gateway or group.gateway
    new = tuple(key for key in members if key not in group.members)
    told = (*group.told, ToldOf(at=fact.at, about=about, to=new, gateway=gateway)) if new else group.told
    now = (*group.decided, *decided(file, fact, Telling(about, members, gateway), edition))
    return {"members": members, "about": about, "decided": now, "told": told} | allowed


@fold.register
def _(fact: groups.GroupMeetingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if (group := file.groups.get(fact.matter)) is None:
        return file
    told = ToldOf(at=fact.at, about=fact.about or group.about, to=fact.came, gateway=group.gateway)
    return _known(file, fact.matter, told=(*group.told, told), met=True)


@fold.register
def _(fact: groups.GroupToldOfRefusal, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    if (group := file.groups.get(fact.group)) is None:
        return file
    return _known(file, fact.group, heard=heard_by_now(file, group, fact, edition))


@fold.register
def _(fact: promising.ActionPlanned, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if fact.group is None or (group := file.groups.get(fact.group)) is None:
        return file
    return _known(file, fact.group, agreed_at=later(group.agreed_at, fact.at))


@fold.register
def _(fact: groups.GroupEnded, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """What its agencies were told they know all the same."""
    if (group := file.groups.get(fact.matter)) is None:
        return file
    for told in as_they_know(group):
        file = with_told(file, told, edition, group.heard)
    return file.with_(groups={key: one for key, one in file.groups.items() if key != fact.matter})


def _known(file: CaseFile, key: str, **changed: object) -> CaseFile:
    return file.with_(groups={**file.groups, key: file.groups[key].model_copy(update=changed)})
