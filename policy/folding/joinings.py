"""Joining and separating: what a case takes over from another, and what goes with it again."""

from datetime import datetime

from policy.care import Hate
from policy.case_file import CaseFile
from policy.company import Brought, Joined, Parted
from policy.conduct import Answer
from policy.consents import with_answer
from policy.editions import Edition
from policy.facts import Entry, joining
from policy.facts.assessing import Seriousness
from policy.facts.consent import Purpose
from policy.folding.base import fold
from policy.folding.reports import HATE, counted, gathered, no_longer_persistent, persistent


@fold.register
def _(fact: joining.CaseJoined, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Its clocks end; its letters still go."""
    return file.with_(joined=Joined(into=fact.into, about=entry.id, at=fact.at))


@fold.register
def _(_fact: joining.CaseSeparated, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """Its own clocks again, counted from its own report."""
    return file.with_(joined=None)


@fold.register
def _(fact: joining.ReportJoined, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """What this case comes to owe by it is counted from when it came: nobody here is late at once."""
    hate = (
        Hate(since=entry.recorded_at, learnt_at=entry.recorded_at, **fact.hate.model_dump()) if fact.hate else None
    )
    serious_since = entry.recorded_at if fact.serious_since or hate else None
    by_itself = file.serious and not any(one.made_serious for one in file.brought.values())
    brought = Brought(
        from_case=fact.from_case,
        came_at=_known_at(file, entry),
        reports=fact.reports,
        hate=hate,
        serious_since=serious_since,
        made_serious=serious_since is not None and not by_itself,
        crime_alleged=fact.crime_alleged,
    )
    for purpose, agreed in ((Purpose.POLICE, fact.police_agreed), (Purpose.PUBLICITY, fact.publicity_agreed)):
        if agreed is not None:
            came = Answer(at=entry.recorded_at, learnt_at=entry.recorded_at, agreed=agreed)
            file = with_answer(file, purpose, fact.from_case, came)
    named = (*(c for c in fact.categories if c != HATE), *((HATE,) if hate else ()))
    new = tuple(c for c in named if c not in file.categories and edition.category(c))
    file = file.with_(brought={**file.brought, entry.id: brought}, categories=(*file.categories, *new))
    if serious_since is not None and not file.serious:
        file = file.with_(serious_since=serious_since, presumed_serious_at=serious_since)
    if hate is not None:
        owed_since = file.support_owed_since or hate.since
        file = file.with_(hate=gathered(file.hate, hate), support_owed_since=owed_since)
    return persistent(counted(file, fact.reports, edition), edition, since=entry.recorded_at)


@fold.register
def _(fact: joining.IncidentSeparated, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    brought = file.brought.get(fact.incident)
    moments = brought.reports if brought else (fact.reported_at,) if fact.reported_at else ()
    reports = list(file.reports)
    for moment in moments:
        if moment in reports:
            reports.remove(moment)
    file = file.with_(reports=tuple(reports), separated=(*file.separated, fact.incident))
    if brought is not None:
        gone = Parted(from_case=brought.from_case, came_at=brought.came_at, gone_at=_known_at(file, entry))
        file = _without(file, fact.incident, brought).with_(parted=(*file.parted, gone))
    return no_longer_persistent(file, edition)


def _known_at(file: CaseFile, entry: Entry) -> datetime:
    """What another case sends may arrive after what was recorded here meanwhile."""
    return max(entry.recorded_at, file.last_recorded_at or entry.recorded_at)


def _without(file: CaseFile, incident: str, brought: Brought) -> CaseFile:
    """What was perceived here stays; what the other case brought goes with it, unless something else holds it."""
    others = {id_: other for id_, other in file.brought.items() if id_ != incident}
    hate = file.own_hate
    for other in others.values():
        hate = gathered(hate, other.hate) if other.hate else hate
    categories = file.categories if hate else tuple(c for c in file.categories if c != HATE)
    support = file.support_owed_since if hate else None
    said = {key: one for key, one in file.consents.items() if key.partition(":")[2] != brought.from_case}
    file = file.with_(brought=others, hate=hate, categories=categories, support_owed_since=support, consents=said)
    return file.with_(serious_since=None, presumed_serious_at=None) if _only_by(brought, file) else file


def _only_by(brought: Brought, file: CaseFile) -> bool:
    """Whether the case is serious for nothing but what has gone."""
    if not brought.made_serious or file.hate is not None:
        return False
    assessed = file.assessment is not None and file.assessment.seriousness is Seriousness.SERIOUS
    return not (assessed or any(other.serious_since for other in file.brought.values()))
