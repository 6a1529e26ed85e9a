"""Reports, further incidents, and hate as perceived."""

from datetime import timedelta
from typing import Final

from policy.care import COMPLAINANT
from policy.case_file import CaseFile, Hate, later
from policy.editions import Edition
from policy.facts import Entry, reporting
from policy.facts.base import Fact
from policy.facts.letters import LetterKind
from policy.folding.base import fold, reached_as
from policy.folding.needs import with_domestic_abuse, with_safe_way

HATE: Final = "hate"


@fold.register
def _(fact: reporting.ReportReceived, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    file = file.with_(
        reported_at=fact.at,
        reporter=fact.reporter,
        ward=fact.place.ward if fact.place else None,
        police_advised_at=fact.at if fact.police_advised else None,
    )
    if fact.domestic_abuse:
        file = with_domestic_abuse(file, COMPLAINANT, fact.at, fact.safe_contact)
    elif fact.safe_contact is not None:
        file = with_safe_way(file, COMPLAINANT, fact.at, fact.safe_contact)
    if fact.complainant is not None:
        file = reached_as(file, fact.complainant, fact)
    file = _reported(file, fact, edition)
    return file.owing(LetterKind.ACKNOWLEDGEMENT, "acknowledgement", entry.id, entry.recorded_at)


@fold.register
def _(fact: reporting.IncidentReported, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    return _persistent(_reported(file, fact, edition).still_going_on(), edition)


@fold.register
def _(fact: reporting.HatePerceived, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return serious_from(with_hate(file, fact.hate, fact).still_going_on(), fact)


def _reported(
    file: CaseFile, fact: reporting.ReportReceived | reporting.IncidentReported, edition: Edition
) -> CaseFile:
    if fact.category and fact.category not in file.categories and edition.category(fact.category):
        file = file.with_(categories=(*file.categories, fact.category))
    if fact.hate or fact.category == HATE:
        file = with_hate(file, fact.hate, fact)
    category = edition.category(fact.category) if fact.category else None
    if category and category.presumed_serious:
        file = file.with_(presumed_serious_at=later(file.presumed_serious_at, fact.at))
    file = file.with_(reports=tuple(sorted((*file.reports, fact.at))[-edition.persistent_harm.reports :]))
    return serious_from(file, fact)


def with_hate(file: CaseFile, told: reporting.HatePerception | None, fact: Fact) -> CaseFile:
    """Perception gathers and is never taken back. (hate-by-perception, section 3)"""
    told = told or reporting.HatePerception(strands=(), perceived_by=reporting.Perceiver.OTHER)
    known = file.hate
    categories = file.categories if HATE in file.categories else (*file.categories, HATE)
    hate = Hate(
        since=min(known.since, fact.at) if known else fact.at,
        strands=tuple(sorted({*(known.strands if known else ()), *told.strands})),
        perceived_by=known.perceived_by if known else told.perceived_by,
        offence_alleged=told.offence_alleged or (known is not None and known.offence_alleged),
    )
    return file.with_(hate=hate, categories=categories)


def serious_from(file: CaseFile, fact: Fact) -> CaseFile:
    """The serious clock starts at the moment that makes the case serious. (hate-is-serious, section 3)"""
    if file.hate:
        return file.with_(serious_since=min(file.serious_since or file.hate.since, file.hate.since))
    if file.serious_since is None and file.presumed_serious_at:
        return file.with_(serious_since=fact.at)
    return file


def _persistent(file: CaseFile, edition: Edition) -> CaseFile:
    """Enough reports in a short time put an excluded case back in front of an officer. (section 2, note 1)"""
    if file.assessment is None or file.assessment.exclusion is None:
        return file
    harm = edition.persistent_harm
    first, last = file.reports[0], file.reports[-1]
    if len(file.reports) == harm.reports and last - first <= timedelta(days=harm.within_days):
        return file.with_(reassess_since=file.reassess_since or last)
    return file
