"""From what is proposed on a case to a legal action that begins beside it."""

from policy.case_file import CaseFile
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.consequences import ABOUT
from policy.facts.proceedings import LegalActionProposed
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import Basis, LegalActionBegun
from policy.legal_action.warned import notice_for
from policy.procedures.base import beside
from policy.working_days import london_day


def as_begun(fact: LegalActionProposed, file: CaseFile, entry: Entry, edition: Edition) -> LegalActionBegun:
    """The first fact of the legal action. Whether a meeting is needed is known when it begins."""
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
        window=notice_for(file, fact.remedy, person, london_day(fact.at), edition),
    )


def opening(file: CaseFile, matter: str) -> LegalFile:
    """Before its first fact."""
    return LegalFile(
        ref=beside(file.ref, matter), case=file.ref, edition=file.edition, closure_days=file.closure_days
    )
