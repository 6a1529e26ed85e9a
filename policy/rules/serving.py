"""Whether what was proposed may still be agreed to and served: it may have ended, and so may what it rests on.
(formal-warnings, ground-7a)
"""

from datetime import date, datetime

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.consequences import ABOUT
from policy.facts.matters import MatterKind
from policy.facts.warning import GroundAppealEnded, WarningApproved, WarningServed, WarningTakenBack
from policy.matters import Stage, stage_of
from policy.refusals import Refused
from policy.refusals.legal import GroundNotMet, WarningNotPossible
from policy.rules import ground_7a
from policy.rules.disability import may_act_against
from policy.rules.matters import some_may_take
from policy.working_days import london_day


def may_go_on(file: CaseFile, key: str, at: datetime, edition: Edition) -> None:
    """To be agreed to, or served, at that moment. (disability-meeting, ground-7a)"""
    _may_be_acted_against(file, key, at)
    _still_stands(file, key, london_day(at), edition)


def some_may_go_on(file: CaseFile, kind: type[Fact], edition: Edition) -> None:
    """One at least of those that wait for it: as a disability is known now, and on the first of its days."""

    def may(file: CaseFile, key: str, since: datetime) -> None:
        _may_be_acted_against(file, key)
        _still_stands(file, key, london_day(since), edition)

    some_may_take(file, kind, may)


def sees_it_through(file: CaseFile, key: str, edition: Edition) -> tuple[str, ...]:
    """The facts that would be taken now of one that is not served yet: what comes next, or what is in the way of
    that, and taking it back.
    """
    stage, known_at = stage_of(file.matters[key]), file.last_recorded_at or file.matters[key].since
    try:
        _may_be_acted_against(file, key)
        _still_stands(file, key, london_day(known_at), edition)
    except Refused as refused:
        first = refused.refusal.missing_facts
    else:
        first = _names(stage, WarningApproved, WarningServed)
    return tuple(dict.fromkeys((*first, *_names(stage, GroundAppealEnded, WarningTakenBack))))


def _names(stage: Stage, *kinds: type[Fact]) -> tuple[str, ...]:
    """Of those that it takes."""
    return tuple(kind.model_fields["fact"].default for kind in kinds if stage.takes(kind))


def _may_be_acted_against(file: CaseFile, key: str, at: datetime | None = None) -> None:
    matter = file.matters.get(key)
    if matter is not None and matter.kind is MatterKind.NOTICE:
        may_act_against(file, matter.person or ABOUT, at)


def _still_stands(file: CaseFile, key: str, day: date, edition: Edition) -> None:
    if why := ground_7a.why_no_longer(file, key, day):
        raise GroundNotMet(why)
    if (warned := file.warnings.get(key)) is None:
        return
    step, legal = edition.legal.step(warned.step), edition.legal
    ended = [step.why_not_on(day) if step else None, *(legal.why_no_ground(one, day) for one in warned.grounds)]
    if why := next((one for one in ended if one is not None), None):
        raise WarningNotPossible(
            f"{why} Take this one back, and look what is left.", missing_facts=("warning_taken_back",)
        )
