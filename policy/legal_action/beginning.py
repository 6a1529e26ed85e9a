"""From what is proposed on a case to a legal action that begins beside it."""

from policy.case_file import CaseFile
from policy.conduct import Proceeding
from policy.disability import held_up
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.consequences import ABOUT
from policy.facts.proceedings import Known, LegalActionProposed
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import Basis, LegalActionBegun
from policy.legal_action.warned import notice_for, window
from policy.legal_action.windows import Window
from policy.procedures.base import beside
from policy.working_days import london_day


def as_begun(fact: LegalActionProposed, file: CaseFile, entry: Entry, edition: Edition) -> LegalActionBegun:
    """The first fact of the legal action."""
    person = fact.person or ABOUT
    return LegalActionBegun(
        at=fact.at,
        proposed=entry.id,
        proposed_by=entry.by.id,
        remedy=fact.remedy,
        person=person,
        tenure=fact.tenure,
        born=fact.born,
        basis=Basis.WARNING_NOT_HEEDED if fact.very_serious is None else Basis.VERY_SERIOUS,
        known=Known(window=notice_for(file, fact.remedy, person, london_day(fact.at), edition)),
    )


def known_now(file: CaseFile, one: Proceeding, edition: Edition) -> Known:
    """What it must know of its case as that stands. A notice that has lapsed is still known, with its days."""
    return Known(held_up=held_up(file, one.person), window=_on_notice(file, one, edition))


def _on_notice(file: CaseFile, one: Proceeding, edition: Edition) -> Window | None:
    """Of those that stand; else of those that have lapsed the last."""
    step = edition.legal.step(one.remedy)
    if step is None or file.last_recorded_at is None:
        return None
    day = london_day(file.last_recorded_at)
    if (standing := notice_for(file, one.remedy, one.person, day, edition)) is not None:
        return standing
    names = file.names_of(one.person)
    served = [w for w in file.warnings.values() if w.person in names and w.step in step.after]
    windows = [counts for warned in served if (counts := window(warned, edition)) is not None]
    return max(windows, key=lambda each: each.closes, default=None)


def opening(file: CaseFile, matter: str) -> LegalFile:
    """Before its first fact. It is judged by what its case was judged by when it was proposed."""
    one = file.legal[matter]
    return LegalFile(
        ref=beside(file.ref, matter), case=file.ref, edition=one.edition, closure_days=one.closure_days
    )
