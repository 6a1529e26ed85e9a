"""Whether what was proposed may still be agreed to and served: it may have ended, and so may what it rests on.
(formal-warnings, ground-7a)
"""

from datetime import date

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.warning import WarningApproved, WarningServed
from policy.refusals import Refused
from policy.refusals.legal import GroundNotMet, WarningNotPossible
from policy.rules import ground_7a
from policy.rules.matters import open_for
from policy.working_days import london_day


def can_be_served(file: CaseFile, fact: WarningApproved | WarningServed, edition: Edition) -> None:
    if refused := _why_not(file, fact.matter, london_day(fact.at), edition):
        raise refused


def something_can_be_served(file: CaseFile, kind: type[Fact], edition: Edition) -> None:
    """On the first day on which it could have been done."""
    waiting = open_for(file, kind)
    refused = [_why_not(file, key, london_day(file.matters[key].since), edition) for key in waiting]
    if refused and refused[0] is not None and None not in refused:
        raise refused[0]


def _why_not(file: CaseFile, key: str, day: date, edition: Edition) -> Refused | None:
    if why := ground_7a.why_no_longer(file, key, day):
        return GroundNotMet(why)
    if key not in file.warnings:
        return None
    warned, legal = file.warnings[key], edition.legal
    step = legal.step(warned.step)
    ended = [step.why_not_on(day) if step else None, *(legal.why_no_ground(one, day) for one in warned.grounds)]
    why = next((one for one in ended if one is not None), None)
    return (
        WarningNotPossible(f"{why} Take this one back, and look what is left.", missing_facts=_BACK)
        if why
        else None
    )


_BACK = ("warning_taken_back",)
