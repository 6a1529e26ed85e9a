"""When ground 7A is met, or section 84A for a secure tenancy: what has been proven, in time, and no appeal open.
(ground-7a, section 5)
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from policy.case_file import CaseFile
from policy.conduct import Warned
from policy.disability import complained_about
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.grounds import GroundProven
from policy.facts.warning import GroundAppealed, GroundAppealEnded, NoticeProposed
from policy.legal_action.proven import LIMITS, Met, Proven, ProvenAgainst, ground_7a_notice
from policy.legal_action.warned import proven_for, rests_on
from policy.legal_action.windows import ABSOLUTE, OUR_READING, FixedTerm, Ground, Periodic, absolute_of
from policy.refusals.legal import GroundKnownAlready, GroundNotMet
from policy.rules.matters import open_for
from policy.working_days import day_in_words, london_day

_MOST_WEEKS: Final = 4


def is_met(file: CaseFile, fact: NoticeProposed, ground: Ground) -> None:
    proven = proven_for(file, fact)
    if proven is None or fact.tenancy is None:
        asked = {"what has been proven": proven, "whether the tenancy is for a term": fact.tenancy}
        raise GroundNotMet(
            f"Say for {ground.called} what has been proven, on what day, and whether the tenancy is for a term.",
            missing=tuple(words for words, said in asked.items() if said is None),
        )
    if fact.proven is not None:
        _is_within_limits(fact.proven, ground)
    day = london_day(fact.at)
    if why := why_not_counted(fact.tenancy, day) or _why_not_on(proven, ground, day):
        raise GroundNotMet(why)
    _tells_of_no_other_appeal(file, fact)


def _tells_of_no_other_appeal(file: CaseFile, fact: NoticeProposed) -> None:
    """A notice may tell how an open one ended; it puts right nothing recorded, nor opens a window again."""
    known = file.proven[key].proven.appeal if (key := rests_on(file, fact)) is not None else None
    told = fact.proven.appeal if fact.proven is not None else None
    if known is not None and known.ended is not None and told is not None and told != known:
        raise GroundNotMet(
            f"An appeal against this is recorded that ended on {day_in_words(known.ended)}. If there was another,"
            " record it, and how it ended, first.",
            missing=("the other appeal",),
            missing_facts=("ground_appealed",),
        )


def can_be_known(file: CaseFile, fact: GroundProven, edition: Edition) -> None:
    """Before anybody proposes a notice: an appeal may still be open."""
    person, ground, proven, day = fact.person or "", fact.ground, fact.proven, london_day(fact.at)
    if person not in complained_about(file):
        raise GroundNotMet(
            "This was proven against somebody on this case who is complained about: say against whom.",
            missing=("against whom it was proven",),
        )
    if ground not in ABSOLUTE:
        raise GroundNotMet(
            f"What a court has proven opens {' or '.join(one.called for one in ABSOLUTE)}: say which."
        )
    _is_within_limits(proven, ground)
    why = edition.legal.why_no_ground(ground, day)
    if why is None and (proven.on > day or not proven.appeal_open):
        why = _why_not_on(proven.model_copy(update={"appeal": None} if proven.appeal_open else {}), ground, day)
    if why:
        raise GroundNotMet(why)
    known: dict[str, ProvenAgainst | Warned] = {**file.proven, **file.warnings}
    for key, one in known.items():
        if one.person in file.names_of(person) and one.proven is not None and one.proven.same_as(proven):
            raise GroundKnownAlready(f"That is known on this case already ({key}).")


def _is_within_limits(proven: Proven, ground: Ground) -> None:
    if not proven.within_limits:
        raise GroundNotMet(
            f"The law asks more of this for {ground.called}. {LIMITS[proven.condition]}"
            " Another ground may be open.",
            missing=("what the law asks of this condition",),
        )


def can_be_appealed(file: CaseFile, fact: GroundAppealed | GroundAppealEnded) -> None:
    if fact.matter in file.matters and (why := _why_no_appeal(file, type(fact), fact.matter)):
        raise GroundNotMet(why)


def can_be_appealed_somewhere(file: CaseFile, kind: type[Fact]) -> None:
    _somewhere(file, kind, lambda key: _why_no_appeal(file, kind, key))


def ended_in_time(file: CaseFile, fact: GroundAppealEnded) -> None:
    can_be_appealed(file, fact)
    proven, last = _proven(file, fact.matter), london_day(fact.at)
    if proven is not None and not proven.on <= fact.on <= last:
        raise GroundNotMet(
            f"The appeal ended on a day from {day_in_words(proven.on)} to {day_in_words(last)}: check the date.",
            missing=("the day on which it ended",),
        )


def _proven(file: CaseFile, key: str) -> Met | None:
    known = file.proven.get(key) or file.warnings.get(key)
    return known.proven if known is not None else None


def why_no_longer(file: CaseFile, key: str, day: date) -> str | None:
    warned = file.warnings.get(key)
    if warned is None or warned.proven is None:
        return None
    ground = absolute_of(warned.grounds)
    return _why_not_on(warned.proven, ground, day) if ground is not None else None


def _why_no_appeal(file: CaseFile, kind: type[Fact], key: str) -> str | None:
    proven = _proven(file, key)
    if proven is None:
        return "This is not on ground 7A or section 84A, so no appeal holds it up."
    if kind is GroundAppealEnded and not proven.appeal_open:
        return "No appeal is recorded as open against what this notice rests on."
    return None


def why_not_counted(tenancy: Periodic | FixedTerm, day: date) -> str | None:
    """Four weeks' notice to quit would not end a tenancy of longer periods."""
    if isinstance(tenancy, FixedTerm):
        return None
    if tenancy.begins > day:
        return f"Give the first day of one of the tenancy's periods, on or before {day_in_words(day)}."
    if tenancy.weeks is not None and tenancy.weeks > _MOST_WEEKS:
        return (
            "We can only count the days of a tenancy whose periods are of one to four weeks, or of a month: check"
            " how long they are, and ask your solicitor where they are longer."
        )
    return None


def _why_not_on(proven: Met, ground: Ground, day: date) -> str | None:
    """What lies ahead is refused before anything is counted from it."""
    begins, name = proven.met_from, f"{ground.called[0].upper()}{ground.called[1:]}"
    if begins is None:
        return f"{name} is not met while an appeal is open. Come back when it has ended."
    if begins < proven.on:
        return "The appeal cannot have ended before what it is against was proven: check the dates."
    if day < begins:
        return f"{name} is met from {day_in_words(begins)} ({ABSOLUTE[ground]}; {OUR_READING})."
    window = ground_7a_notice(proven, ground)
    if window is not None and day > window.closes:
        return (
            f"A notice on {ground.called} could be served until {day_in_words(window.closes)} ({window.statute})."
            " Another ground may still be open."
        )
    return None


def _somewhere(file: CaseFile, kind: type[Fact], why_not: Callable[[str], str | None]) -> None:
    """Of one at least of all that take such a step."""
    waiting = open_for(file, kind)
    reasons = [why for key in waiting if (why := why_not(key)) is not None]
    if reasons and len(reasons) == len(waiting):
        raise GroundNotMet(reasons[0])
