"""Groups of agencies: about whom they are told, what allows it, and when they last agreed on something."""

from policy.case_file import CaseFile, later
from policy.conduct import Group
from policy.editions import Edition
from policy.facts import Entry, groups, promising
from policy.facts.matters import MatterKind
from policy.folding.base import fold


@fold.register
def _(fact: groups.GroupCalled, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Under the key that its matter will have."""
    key = f"{MatterKind.GROUP}-{file.seq + 1}"
    told = {name: getattr(fact, name) for name in ("about", "gateway", "under", "lawful_reason")}
    return file.with_(groups={**file.groups, key: Group(**told)})


@fold.register
def _(fact: groups.GroupMeetingHeld, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    told = {name: getattr(fact, name) for name in ("gateway", "under", "lawful_reason")}
    return _known(file, fact.matter, **{name: value for name, value in told.items() if value is not None})


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
