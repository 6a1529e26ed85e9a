"""How long a formal warning counts, and what it allows. (formal-warnings, ground-7a)"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from policy.case_file import CaseFile
from policy.conduct import Warned
from policy.editions import Edition
from policy.facts.consequences import ABOUT
from policy.facts.warning import NoticeProposed, Proposed, WarningProposed
from policy.frozen import Frozen
from policy.legal_action.periods import months_from
from policy.legal_action.proven import Met, ground_7a_notice
from policy.legal_action.steps import DEMOTION_NOTICE, POSSESSION_NOTICE
from policy.legal_action.windows import (
    ABSOLUTE,
    FixedTerm,
    Ground,
    Window,
    absolute_of,
    demotion_proceedings,
    possession_proceedings,
)
from policy.matters.warnings import REVIEWED, TAKEN_BACK


def as_warned(file: CaseFile, fact: Proposed) -> Warned:
    """As it is proposed. What has proven it is kept for an absolute ground alone."""
    serious = fact.very_serious is not None
    warned = Warned(step=fact.step, person=fact.person or ABOUT, very_serious=serious)
    if isinstance(fact, WarningProposed):
        return warned
    proven = proven_for(file, fact) if absolute_of(fact.grounds) else None
    return warned.model_copy(update={"grounds": fact.grounds, "tenancy": fact.tenancy, "proven": proven})


def rests_on(file: CaseFile, fact: NoticeProposed) -> str | None:
    """The key of what the case knows to be proven against them for the notice's ground: the one that the notice
    tells of, or where it tells of none the only one there is.
    """
    names = file.names_of(fact.person or ABOUT)
    theirs = [
        key
        for key, known in file.proven.items()
        if known.person in names
        and known.ground in fact.grounds
        and (fact.proven is None or known.proven.same_as(fact.proven))
    ]
    return theirs[0] if len(theirs) == 1 else None


def proven_for(file: CaseFile, fact: NoticeProposed) -> Met | None:
    """As it is known on the case, with an appeal against it unless the notice tells of one; or as that has it."""
    key = rests_on(file, fact)
    told = fact.proven and fact.proven.met
    return told if key is None or (told and told.appeal) else file.proven[key].proven


_LOOKED_AT: Final = frozenset({REVIEWED, TAKEN_BACK})


def open_like(file: CaseFile, warned: Warned, day: date | None, edition: Edition) -> str | None:
    """The key of one of the same kind and on the same grounds to the same person, which nobody has looked at since
    it was served and which has not lapsed by that day; None where there is none.
    """
    what = _what(file, warned)
    for key, known in file.warnings.items():
        matter, counts = file.matters.get(key), once_served(known, edition)
        lapsed = counts is not None and day is not None and counts.closes < day
        if matter is not None and matter.stage not in _LOOKED_AT and not lapsed and _what(file, known) == what:
            return key
    return None


def _what(file: CaseFile, warned: Warned) -> tuple[object, ...]:
    proven = warned.proven and (warned.proven.condition, warned.proven.on)
    names = file.names_of(warned.person)
    return warned.step, names, frozenset(warned.grounds), proven, warned.very_serious


def window(warned: Warned, edition: Edition) -> Window | None:
    """From when until when it counts: for a notice, when proceedings may begin. None until it is served, and while
    an appeal is open against all that it rests on.
    """
    return None if _held_up(warned) else once_served(warned, edition)


def _held_up(warned: Warned) -> bool:
    """By an appeal, without another ground to go on."""
    return (
        warned.proven is not None
        and warned.proven.appeal_open
        and all(ground in ABSOLUTE for ground in warned.grounds)
    )


def once_served(warned: Warned, edition: Edition) -> Window | None:
    """The same, appeal or not: it lapses all the same."""
    step, served = edition.legal.step(warned.step), warned.served_on
    if served is None or step is None:
        return None
    if warned.step == POSSESSION_NOTICE:
        return possession_proceedings(warned.grounds, served, warned.tenancy or FixedTerm())
    if warned.step == DEMOTION_NOTICE:
        return demotion_proceedings(served)
    if step.lasts_months is None:
        return None
    return Window(opens=served, closes=months_from(served, step.lasts_months), statute=step.statute)


def to_serve(warned: Warned) -> Window | None:
    """When it may be served, where the law says so, no appeal is open and it has not been."""
    if warned.served_on is not None or warned.proven is None:
        return None
    return ground_7a_notice(warned.proven, absolute_of(warned.grounds) or Ground.GROUND_7A)


def still_count(file: CaseFile, person: str, day: date, edition: Edition) -> Iterator[str]:
    """The steps that were taken with somebody and had not lapsed on that day."""
    return (warned.step for warned in _counting(file, person, day, edition))


def not_heeded(file: CaseFile, person: str, day: date, edition: Edition) -> Iterator[str]:
    """Those of them that were looked at and had not been heeded. (legal-test, section 5)"""
    return (warned.step for warned in _counting(file, person, day, edition) if warned.heeded is False)


def _counting(file: CaseFile, person: str, day: date, edition: Edition) -> Iterator[Warned]:
    names = file.names_of(person)
    for warned in file.warnings.values():
        counts = window(warned, edition)
        if warned.person in names and counts is not None and (warned.served_on or day) <= day <= counts.closes:
            yield warned


def notice_for(file: CaseFile, remedy: str, person: str, day: date, edition: Edition) -> Window | None:
    """When proceedings may begin on the notice that the remedy comes after: of those that had been served and had
    not lapsed the one that is open, or else opens first; of several that are open the one that lasts longest.
    """
    step = edition.legal.step(remedy)
    after = step.after if step is not None else ()
    counting = (warned for warned in _counting(file, person, day, edition) if warned.step in after)
    windows = [one for warned in counting if (one := window(warned, edition)) is not None]
    return min(windows, key=lambda one: (max(one.opens, day), day - one.closes), default=None)


class WarningNow(Frozen):
    """A formal warning as it stands: by when it must be served, where the law says so, served on, and from when
    until when it counts.
    """

    key: str
    step: str
    person: str
    served_on: date | None
    counts_from: date | None
    counts_until: date | None
    statute: str | None
    heeded: bool | None
    serve_until: date | None = None


def warnings_now(file: CaseFile, edition: Edition) -> Iterator[WarningNow]:
    for key, warned in file.warnings.items():
        counts, serving = window(warned, edition), to_serve(warned)
        by = counts or serving
        yield WarningNow(
            key=key,
            step=warned.step,
            person=warned.person,
            served_on=warned.served_on,
            counts_from=counts and counts.opens,
            counts_until=counts and counts.closes,
            statute=by and by.statute,
            heeded=warned.heeded,
            serve_until=serving and serving.closes,
        )
