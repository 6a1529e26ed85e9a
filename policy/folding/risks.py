"""Whose risk is to be assessed, since when, and what came of it. (risk-assessment, section 4)"""

from datetime import datetime
from typing import Final

from policy.care import Risk
from policy.case_file import CaseFile, later
from policy.deadlines.risk import UNKNOWN, expires, reasons, watched
from policy.editions import Edition
from policy.facts import Entry, risk
from policy.facts.joining import ReportJoined
from policy.facts.reporting import IncidentReported
from policy.folding.base import fold


@fold.register
def _(fact: risk.RiskAssessmentAsked, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """What was assessed since they asked has answered it."""
    known = file.risks.get(fact.person, UNKNOWN)
    if known.at is not None and known.at >= fact.at:
        return file
    return _with(file, fact.person, known, asked=True, owed_since=known.owed_since or fact.at)


@fold.register
def _(fact: risk.RiskAssessed, file: CaseFile, _entry: Entry, edition: Edition) -> CaseFile:
    """The newest assessment holds. One from before the new reason for it does not answer that."""
    known = file.risks.get(fact.person, UNKNOWN)
    if known.at is None or fact.at >= known.at:
        score = edition.risk.score_of(fact.answers)
        file = _with(file, fact.person, known, at=fact.at, score=score, band=edition.risk.band_for(score).key)
    if known.owed_since is not None and fact.at >= known.owed_since:
        file = _with(file, fact.person, file.risks[fact.person], owed_since=None, asked=False)
    return file


_REASONS: Final = ("reported_at", "serious_since", "people", "domestic_abuse", "needs", "categories", "risks")
"""What `watched` and `reasons` look at."""


def with_risks(before: CaseFile, file: CaseFile, entry: Entry, edition: Edition) -> CaseFile:
    """Owed from the entry on where it gives a new reason; no longer where the last reason has gone. What has
    expired is owed already, by a reason that lasts; where there is none, a new incident makes it so.
    """
    if isinstance(entry.fact, risk.RiskAssessed) or file.reported_at is None:
        return file
    news = isinstance(entry.fact, IncidentReported) or not before.has_the_same(file, *_REASONS)
    if not news and all(known.owed_since is None for known in file.risks.values()):
        return file
    for person in watched(file):
        known = file.risks.get(person, UNKNOWN)
        if not news and known.owed_since is None:
            continue
        now = reasons(file, person, edition)
        anew = _due_again(before, file, person, now, edition)
        if anew or (not now and _after_it_expired(file, known, entry, edition)):
            since = known.owed_since or _moment(file, known, entry)
            file = _with(file, person, known, owed_since=since, asked=known.asked or not now)
        elif known.owed_since is not None and not now and not known.asked:
            file = _with(file, person, known, owed_since=None)
    return file


def _due_again(before: CaseFile, file: CaseFile, person: str, now: frozenset[str], edition: Edition) -> bool:
    """A reason that was not there, another kind of behaviour, or somebody else whose risk it is."""
    then = reasons(before, person, edition) if person in watched(before) else frozenset()
    known = file.risks.get(person)
    other_kind = bool(set(file.categories) - set(before.categories))
    other_person = file.is_somebody_else(person, before)
    return bool(now - then) or (other_person and bool(now)) or (other_kind and bool(now or (known and known.at)))


def _after_it_expired(file: CaseFile, known: Risk, entry: Entry, edition: Edition) -> bool:
    until = expires(file, known, edition)
    return isinstance(entry.fact, IncidentReported) and until is not None and entry.at > until.moment


def _moment(file: CaseFile, known: Risk, entry: Entry) -> datetime:
    """When it happened; when we learnt it, where an assessment was made in between or another case brought it."""
    if isinstance(entry.fact, ReportJoined):
        return entry.recorded_at
    at = later(file.reported_at, entry.at)
    return at if known.at is None or known.at < at else entry.recorded_at


def _with(file: CaseFile, person: str, known: Risk, **changes: object) -> CaseFile:
    return file.with_(risks={**file.risks, person: known.model_copy(update=changes)})
