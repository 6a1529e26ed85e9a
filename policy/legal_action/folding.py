"""What each fact changes in a legal action. Rules have had their say before; nothing is refused here."""

from functools import singledispatch

from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.proceedings import LegalStage
from policy.legal_action import facts
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import deadlines
from policy.legal_action.facts import CourtOutcome, LegalEntry, View
from policy.legal_action.limits import demoted_until
from policy.legal_action.steps import DEMOTION
from policy.procedures.base import with_clocks
from policy.working_days import london_day


def after(file: LegalFile, entry: LegalEntry, edition: Edition) -> LegalFile:
    """The file once the entry is recorded, with each of its clocks as it then stands."""
    file = fold(entry.fact, file).with_(seq=file.seq + 1)
    return with_clocks(file, entry, deadlines(file, edition))


@singledispatch
def fold(_fact: Fact, file: LegalFile) -> LegalFile:
    return file


def _at(file: LegalFile, stage: LegalStage, fact: Fact, **changes: object) -> LegalFile:
    until = getattr(fact, "by_when", None)
    return file.with_(**{"stage": stage, "since": fact.at, "until": until} | changes)


@fold.register
def _(fact: facts.LegalActionBegun, file: LegalFile) -> LegalFile:
    """Its case knows that it has begun."""
    told = ("remedy", "person", "tenure", "born", "window", "meeting_needed", "proposed_by")
    file = _at(file, LegalStage.PROPOSED, fact, **{name: getattr(fact, name) for name in told})
    return file.with_(told=file.said)


@fold.register
def _(fact: facts.CaseTold, file: LegalFile) -> LegalFile:
    return file.with_(told=fact.said)


@fold.register
def _(fact: facts.MeetingTold, file: LegalFile) -> LegalFile:
    return file.with_(meeting_needed=fact.needed)


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
    return _at(file, LegalStage.LISTED, fact, hearing=fact.on)


@fold.register
def _(fact: facts.CourtDecided, file: LegalFile) -> LegalFile:
    """A demoted tenancy lasts a year by law. What is settled before the hearing was not heard."""
    on = london_day(fact.at)
    decided = {"outcome": fact.outcome, "order": fact.order, "decided_on": on}
    file = file.with_(heard_at=fact.at) if file.hearing is not None and file.hearing <= on else _not_heard(file)
    match fact.outcome:
        case CourtOutcome.GRANTED:
            order = fact.order or facts.Order()
            if file.remedy == DEMOTION and order.until is None:
                order = order.model_copy(update={"until": demoted_until(london_day(fact.at))})
            return _at(file, LegalStage.IN_FORCE, fact, **decided | {"order": order})
        case CourtOutcome.REFUSED:
            return _at(file, LegalStage.REFUSED, fact, **decided)
    return _at(file, LegalStage.OVER, fact, **decided)


@fold.register
def _(fact: facts.OrderReviewed, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.IN_FORCE, fact)


@fold.register
def _(fact: facts.OrderBreached, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.BREACHED, fact)


@fold.register
def _(fact: facts.BreachAnswered, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.IN_FORCE, fact)


@fold.register
def _(fact: facts.OrderVaried, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.IN_FORCE, fact, order=fact.order)


@fold.register
def _(fact: facts.AppealLodged, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.APPEALED, fact, before=file.stage)


@fold.register
def _(fact: facts.AppealDecided, file: LegalFile) -> LegalFile:
    """A refusal that does not stand goes back to the court; an order that does not is set aside."""
    if fact.stands:
        return _at(file, file.before or LegalStage.IN_FORCE, fact, before=None)
    if file.before is LegalStage.REFUSED:
        return _at(file, LegalStage.ISSUED, fact, before=None, outcome=None, hearing=None, heard_at=None)
    return _at(file, LegalStage.OVER, fact, before=None, ended=facts.Ended.SET_ASIDE)


@fold.register
def _(fact: facts.LegalActionEnded, file: LegalFile) -> LegalFile:
    return _at(_not_heard(file), LegalStage.OVER, fact, ended=fact.how)


def _not_heard(file: LegalFile) -> LegalFile:
    return file if file.heard_at is not None else file.with_(hearing=None)
