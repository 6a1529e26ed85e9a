"""Reports, further incidents, and hate as perceived."""

from datetime import datetime, timedelta
from typing import Final

from policy.care import Hate, Need
from policy.case_file import CaseFile, later
from policy.company import COMPLAINANT, Link
from policy.editions import Edition
from policy.facts import Entry, reporting
from policy.facts.assessing import Assessed
from policy.facts.base import Fact, Role
from policy.facts.consequences import ABOUT
from policy.facts.contact import ContactMade, PersonContacted
from policy.facts.joining import IncidentSeparated
from policy.facts.letters import LetterKind
from policy.facts.linking import Tie
from policy.folding.base import fold, reached_as
from policy.folding.needs import with_domestic_abuse, with_need, with_safe_way
from policy.folding.parts import as_reported, victim_in
from policy.folding.wishes import complains_again, with_wishes

HATE: Final = "hate"
_OTHER: Final = "other"
"""The kind of need of which nobody has said why."""


@fold.register
def _(fact: reporting.ReportReceived, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """What a witness tells of domestic abuse is told of the victim; a safe way is that of whoever reports."""
    victim = victim_in(fact)
    file = file.with_(
        reported_at=fact.at,
        reporter=fact.reporter,
        taken_by=entry.by.id if entry.by.role is Role.OFFICER else None,
        ward=fact.place.ward if fact.place else None,
        police_advised_at=fact.at if fact.police_advised and victim == COMPLAINANT else None,
        others_with_address=(ABOUT,) if fact.about and fact.about.address else (),
    )
    if fact.follows is not None:
        link = Link(other=fact.follows, tie=Tie.FOLLOWS)
        file = file.with_(links=(*file.links, link), earlier_case=earlier_case(fact, edition))
    if fact.safe_contact is not None:
        file = with_safe_way(file, COMPLAINANT, fact.at, fact.safe_contact)
    if fact.domestic_abuse:
        file = with_domestic_abuse(file, victim, fact.at, None)
    if fact.adjustments:
        file = with_need(
            file, Need(person=COMPLAINANT, kind=_OTHER, told_at=fact.at, adjustments=fact.adjustments)
        )
    if fact.no_contact:
        file = with_wishes(file, no_contact_since=fact.at)
    if fact.complainant is not None:
        file = reached_as(file, fact.complainant, fact)
    file = as_reported(_reported(file, fact, entry, edition), fact)
    return file.owing(LetterKind.ACKNOWLEDGEMENT, "acknowledgement", entry.id, entry.recorded_at)


def earlier_case(fact: reporting.ReportReceived, edition: Edition) -> str | None:
    """The case that this report follows, where it closed not long before. (register-every-report, our reading)"""
    if fact.follows_closed_at is None:
        return None
    recent = fact.at - fact.follows_closed_at <= timedelta(days=edition.reopening.within_days)
    return fact.follows if recent else None


@fold.register
def _(fact: reporting.IncidentReported, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    file = complains_again(file, fact)
    return persistent(_reported(file, fact, entry, edition), edition)


@fold.register
def _(fact: reporting.HatePerceived, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    return serious_from(with_hate(file, fact.hate, fact, entry.recorded_at), fact)


def with_unread(file: CaseFile, entry: Entry) -> CaseFile:
    """With what was told and has not reached whoever has the case. They answer it when they speak to somebody whom
    it affects, or assess it. (register-every-report, section 5)
    """
    match fact := entry.fact:
        case reporting.IncidentReported() if not _heard_by_whoever_has_it(file, entry):
            return file.with_(unread={**file.unread, entry.id: fact.at})
        case IncidentSeparated():
            return file.with_(unread={id_: at for id_, at in file.unread.items() if id_ != fact.incident})
        case Assessed() | ContactMade():
            answered = True
        case PersonContacted():
            answered = fact.reached and fact.person in file.affected
        case _:
            answered = False
    if not answered:
        return file
    return file.with_(unread={id_: at for id_, at in file.unread.items() if at > fact.at})


def _heard_by_whoever_has_it(file: CaseFile, entry: Entry) -> bool:
    """Its officer or their cover; anybody on the staff, where nobody has it."""
    has_it = file.officer or file.taken_by
    if has_it is None:
        return entry.by.role not in {Role.RESIDENT, Role.SYSTEM}
    return entry.by.id in {has_it, file.cover and file.cover.officer}


def _reported(
    file: CaseFile,
    fact: reporting.ReportReceived | reporting.IncidentReported,
    entry: Entry,
    edition: Edition,
) -> CaseFile:
    if fact.category and fact.category not in file.categories and edition.category(fact.category):
        file = file.with_(categories=(*file.categories, fact.category))
    if fact.hate or fact.category == HATE:
        file = with_hate(file, fact.hate, fact, entry.recorded_at)
    category = edition.category(fact.category) if fact.category else None
    if category and category.presumed_serious:
        file = file.with_(
            presumed_serious_at=later(file.presumed_serious_at, fact.at),
            brought={id_: one.model_copy(update={"made_serious": False}) for id_, one in file.brought.items()},
        )
    return serious_from(counted(file, (fact.at,), edition), fact)


def counted(file: CaseFile, moments: tuple[datetime, ...], edition: Edition) -> CaseFile:
    """With further reports. Twice as many are kept as persistent harm asks for: some may be separated again."""
    return file.with_(reports=tuple(sorted((*file.reports, *moments))[-2 * edition.persistent_harm.reports :]))


def with_hate(file: CaseFile, told: reporting.HatePerception | None, fact: Fact, learnt_at: datetime) -> CaseFile:
    """Perception gathers and is never taken back. (hate-by-perception, section 3)"""
    told = told or reporting.HatePerception(strands=(), perceived_by=reporting.Perceiver.OTHER)
    hate = Hate(since=fact.at, learnt_at=learnt_at, **told.model_dump())
    file = file.with_(own_hate=gathered(file.own_hate, hate), hate=gathered(file.hate, hate))
    return file if HATE in file.categories else file.with_(categories=(*file.categories, HATE))


def gathered(known: Hate | None, told: Hate) -> Hate:
    return Hate(
        since=min(known.since, told.since) if known else told.since,
        learnt_at=min(known.learnt_at, told.learnt_at) if known else told.learnt_at,
        strands=tuple(sorted({*(known.strands if known else ()), *told.strands})),
        perceived_by=known.perceived_by if known else told.perceived_by,
        offence_alleged=told.offence_alleged or (known is not None and known.offence_alleged),
    )


def serious_from(file: CaseFile, fact: Fact) -> CaseFile:
    """The serious clock starts at the moment that makes the case serious. (hate-is-serious, section 3)"""
    if file.hate:
        return file.with_(serious_since=min(file.serious_since or file.hate.since, file.hate.since))
    if file.serious_since is None and file.presumed_serious_at:
        return file.with_(serious_since=fact.at)
    return file


def persistent(file: CaseFile, edition: Edition, since: datetime | None = None) -> CaseFile:
    """Enough reports in a short time put an excluded case back in front of an officer, counted from the newest of
    them or from when they came. (section 2, note 1)
    """
    if file.assessment is None or file.assessment.exclusion is None:
        return file
    newest = file.reports[-edition.persistent_harm.reports :]
    if _close_together(newest, edition):
        return file.with_(reassess_since=file.reassess_since or since or newest[-1])
    return file


def no_longer_persistent(file: CaseFile, edition: Edition) -> CaseFile:
    """What was put back for its number of reports is not, once too few of them are this case's."""
    wanted = edition.persistent_harm.reports
    runs = (file.reports[n : n + wanted] for n in range(len(file.reports)))
    return file if any(_close_together(run, edition) for run in runs) else file.with_(reassess_since=None)


def _close_together(reports: tuple[datetime, ...], edition: Edition) -> bool:
    harm = edition.persistent_harm
    return len(reports) == harm.reports and reports[-1] - reports[0] <= timedelta(days=harm.within_days)
