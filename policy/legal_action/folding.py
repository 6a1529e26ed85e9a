"""What each fact changes in a legal action. Rules have had their say before; nothing is refused here."""

from datetime import datetime
from functools import singledispatch
from typing import Final

from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.proceedings import Known, LegalStage
from policy.legal_action import facts
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import deadlines
from policy.legal_action.facts import CourtOutcome, LegalEntry, View
from policy.legal_action.limits import demoted_until
from policy.legal_action.steps import DEMOTION
from policy.procedures.base import with_its_clocks
from policy.working_days import london_day


def after(file: LegalFile, entry: LegalEntry, edition: Edition) -> LegalFile:
    """The file once the entry is recorded, with each of its clocks as it then stands."""
    file = fold(entry.fact, file).with_(seq=file.seq + 1)
    return with_its_clocks(file, entry, deadlines, edition)


_HEARD_BESIDES: Final = frozenset({LegalStage.APPEALED, LegalStage.BREACHED, LegalStage.BREACH_IN_COURT})
"""A court that has decided hears us once more."""


@singledispatch
def fold(_fact: Fact, file: LegalFile) -> LegalFile:
    return file


def _at(file: LegalFile, stage: LegalStage, fact: Fact, **changes: object) -> LegalFile:
    until = getattr(fact, "by_when", None)
    return file.with_(**{"stage": stage, "since": fact.at, "until": until} | changes)


@fold.register
def _(fact: facts.LegalActionBegun, file: LegalFile) -> LegalFile:
    """Its case knows that it has begun."""
    told = ("remedy", "person", "tenure", "born", "proposed_by")
    file = _at(file, LegalStage.PROPOSED, fact, begun_at=fact.at, **{name: getattr(fact, name) for name in told})
    return _knowing(file, fact.known, fact.at).with_(told=file.said)


@fold.register
def _(fact: facts.CaseTold, file: LegalFile) -> LegalFile:
    return file.with_(told=fact.said)


@fold.register
def _(fact: facts.CaseLearnt, file: LegalFile) -> LegalFile:
    return _knowing(file, fact.known, fact.at)


def _knowing(file: LegalFile, known: Known, at: datetime) -> LegalFile:
    since = (file.needed_since or at) if known.meeting_needed else None
    return file.with_(known=known, needed_since=since)


@fold.register
def _(fact: facts.TeamReviewed, file: LegalFile) -> LegalFile:
    if fact.goes_on:
        return _at(file, LegalStage.REVIEWED, fact)
    return _at(file, LegalStage.OVER, fact, ended=facts.Ended.GIVEN_UP)


@fold.register(facts.SolicitorInstructed)
@fold.register(facts.SolicitorChased)
def _(fact: facts.SolicitorInstructed | facts.SolicitorChased, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.WITH_SOLICITOR, fact)


@fold.register
def _(fact: facts.SolicitorAnswered, file: LegalFile) -> LegalFile:
    stage = LegalStage.READY if fact.view is View.ENOUGH else LegalStage.ADVISED_AGAINST
    return _at(file, stage, fact, view=fact.view)


@fold.register
def _(fact: facts.PapersIssued, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.ISSUED, fact)


@fold.register
def _(fact: facts.CourtListed, file: LegalFile) -> LegalFile:
    """Also of an appeal, or of a breach."""
    stage = file.stage if file.stage in _HEARD_BESIDES else LegalStage.LISTED
    return _at(file, stage, fact, hearing=fact.on, heard_at=None)


@fold.register
def _(fact: facts.CourtAdjourned, file: LegalFile) -> LegalFile:
    stage = file.stage if file.stage in _HEARD_BESIDES else LegalStage.ISSUED
    return _at(file, stage, fact, hearing=None, heard_at=None)


@fold.register
def _(fact: facts.CourtAsked, file: LegalFile) -> LegalFile:
    return _at(file, file.stage, fact)


@fold.register
def _(fact: facts.CourtDecided, file: LegalFile) -> LegalFile:
    """A demoted tenancy lasts a year by law. What is settled before the hearing was not heard."""
    on = london_day(fact.at)
    file = _as_heard(file, fact.at)
    decided = {"outcome": fact.outcome, "decided_on": on}
    match fact.outcome:
        case CourtOutcome.GRANTED:
            return _ordered(file, LegalStage.IN_FORCE, fact.order or facts.Order(), fact, **decided)
        case CourtOutcome.REFUSED:
            return _at(file, LegalStage.REFUSED, fact, **decided)
    return _at(file, LegalStage.OVER, fact, **decided)


def _ordered(file: LegalFile, stage: LegalStage, order: facts.Order, fact: Fact, **changes: object) -> LegalFile:
    """A demoted tenancy ends by law a year after it was made."""
    made = file.decided_on or london_day(fact.at)
    if file.remedy == DEMOTION and order.until is None:
        order = order.model_copy(update={"until": demoted_until(made)})
    return _at(file, stage, fact, order=order, order_at=fact.at, **changes)


def _as_heard(file: LegalFile, at: datetime) -> LegalFile:
    """What is settled before the hearing was not heard."""
    return _not_heard(_heard_by_now(file, at))


def _heard_by_now(file: LegalFile, at: datetime) -> LegalFile:
    if file.hearing is not None and file.heard_at is None and file.hearing <= london_day(at):
        return file.with_(heard_at=at)
    return file


@fold.register
def _(fact: facts.OrderReviewed, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.IN_FORCE, fact)


@fold.register
def _(fact: facts.OrderBreached, file: LegalFile) -> LegalFile:
    """While an appeal is open, it stays so. Another breach than the one in court is answered for itself."""
    if file.stage is not LegalStage.APPEALED:
        return _at(file, LegalStage.BREACHED, fact, breached_at=fact.at)
    if file.before is LegalStage.BREACH_IN_COURT:
        return file.with_(before=LegalStage.IN_FORCE, breached_at=fact.at)
    return file.with_(breached_at=file.breached_at or fact.at)


@fold.register
def _(fact: facts.BreachAnswered, file: LegalFile) -> LegalFile:
    """Where a court is asked about it, a hearing that lies ahead is that one."""
    stage = LegalStage.BREACH_IN_COURT if fact.to_court else LegalStage.IN_FORCE
    file = file.with_(breached_at=fact.at if fact.to_court else None)
    if file.stage is LegalStage.APPEALED:
        return file if file.before is LegalStage.REFUSED else file.with_(before=stage)
    return _at((_heard_by_now if fact.to_court else _as_heard)(file, fact.at), stage, fact)


@fold.register
def _(fact: facts.OrderVaried, file: LegalFile) -> LegalFile:
    return _ordered(_as_heard(file, fact.at), LegalStage.IN_FORCE, fact.order, fact, breached_at=None)


@fold.register
def _(fact: facts.AppealLodged, file: LegalFile) -> LegalFile:
    before = file.stage if file.stage in {LegalStage.REFUSED, LegalStage.BREACH_IN_COURT} else LegalStage.IN_FORCE
    return _at(_not_heard(file), LegalStage.APPEALED, fact, before=before)


@fold.register
def _(fact: facts.AppealDecided, file: LegalFile) -> LegalFile:
    """A refusal that does not stand goes back to the court; an order that does not is set aside."""
    file, before = _as_heard(file, fact.at), file.before or LegalStage.IN_FORCE
    if fact.stands:
        breached = file.breached_at is not None and before is LegalStage.IN_FORCE
        return _at(file, LegalStage.BREACHED if breached else before, fact, before=None)
    if before is LegalStage.REFUSED:
        again = {"outcome": None, "decided_on": None, "hearing": None, "heard_at": None}
        return _at(file, LegalStage.ISSUED, fact, before=None, **again)
    return _at(file, LegalStage.OVER, fact, before=None, breached_at=None, ended=facts.Ended.SET_ASIDE)


@fold.register
def _(fact: facts.LegalActionEnded, file: LegalFile) -> LegalFile:
    return _at(_as_heard(file, fact.at), LegalStage.OVER, fact, breached_at=None, ended=fact.how)


def _not_heard(file: LegalFile) -> LegalFile:
    return file if file.heard_at is not None else file.with_(hearing=None)
