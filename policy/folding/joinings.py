"""Joining and separating: what a case takes over from another, and what goes with it again."""

from datetime import datetime

from policy.case_file import Brought, CaseFile, Hate, later
from policy.company import Joined
from policy.editions import Edition
from policy.facts import Entry, joining
from policy.facts.assessing import Seriousness
from policy.folding.base import fold
from policy.folding.reports import HATE, counted, gathered, no_longer_persistent, persistent


@fold.register
def _(fact: joining.CaseJoined, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Its clocks end; its letters still go."""
    return file.still_going_on().with_(joined=Joined(into=fact.into, about=entry.id, at=fact.at))


@fold.register
def _(_fact: joining.CaseSeparated, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Its own clocks again, counted from its own report."""
    return file.with_(joined=None)


@fold.register
def _(fact: joining.ReportJoined, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    hate = _hate(fact)
    serious_since = fact.serious_since or (hate.since if hate else None)
    brought = Brought(
        from_case=fact.from_case,
        reports=fact.reports,
        hate=hate,
        serious_since=serious_since,
        made_serious=serious_since is not None and not file.serious,
        crime_alleged=fact.crime_alleged,
        police_agreed=fact.police_agreed,
    )
    named = (*(c for c in fact.categories if c != HATE), *((HATE,) if hate else ()))
    new = tuple(c for c in named if c not in file.categories and edition.category(c))
    file = file.with_(brought={**file.brought, entry.id: brought}, categories=(*file.categories, *new))
    if brought.made_serious:
        file = _on_its_serious_clock(file, fact, brought)
    if hate is not None:
        first = min(file.serious_since or hate.since, hate.since)
        file = file.with_(hate=gathered(file.hate, hate), serious_since=first)
    return persistent(counted(file, fact.reports, edition).still_going_on(), edition)


def _hate(fact: joining.ReportJoined) -> Hate | None:
    if fact.hate is None:
        return None
    return Hate(since=fact.hate_since or fact.at, **fact.hate.model_dump())


def _on_its_serious_clock(file: CaseFile, fact: joining.ReportJoined, brought: Brought) -> CaseFile:
    """The clock comes with what was done in its time; an officer of this case assesses it anew."""
    return file.with_(
        serious_since=brought.serious_since,
        presumed_serious_at=brought.serious_since,
        police_advised_at=_newest(file.police_advised_at, fact.police_advised_at),
        appointment_offered_at=_newest(file.appointment_offered_at, fact.appointment_offered_at),
    )


@fold.register
def _(fact: joining.IncidentSeparated, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    brought = file.brought.get(fact.incident)
    moments = brought.reports if brought else (fact.reported_at,) if fact.reported_at else ()
    reports = list(file.reports)
    for moment in moments:
        if moment in reports:
            reports.remove(moment)
    file = file.still_going_on().with_(reports=tuple(reports), separated=(*file.separated, fact.incident))
    if brought is not None:
        file = _without(file, fact.incident, brought)
    return no_longer_persistent(file, edition)


def _without(file: CaseFile, incident: str, brought: Brought) -> CaseFile:
    """What was perceived here stays; what the other case brought goes with it, unless something else holds it."""
    others = {id_: other for id_, other in file.brought.items() if id_ != incident}
    hate = file.own_hate
    for other in others.values():
        hate = gathered(hate, other.hate) if other.hate else hate
    categories = file.categories if hate else tuple(c for c in file.categories if c != HATE)
    file = file.with_(brought=others, hate=hate, categories=categories)
    return file.with_(serious_since=None, presumed_serious_at=None) if _only_by(brought, file) else file


def _only_by(brought: Brought, file: CaseFile) -> bool:
    """Whether the case is serious for nothing but what has gone."""
    if not brought.made_serious or file.hate is not None:
        return False
    assessed = file.assessment is not None and file.assessment.seriousness is Seriousness.SERIOUS
    presumed = file.presumed_serious_at not in {None, brought.serious_since}
    return not (assessed or presumed or any(other.serious_since for other in file.brought.values()))


def _newest(known: datetime | None, brought: datetime | None) -> datetime | None:
    return known if brought is None else later(known, brought)
