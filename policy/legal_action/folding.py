"""What each fact changes in a legal action. Rules have had their say before; nothing is refused here."""

from functools import singledispatch

from policy.case_file import Clock
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.ruling import DeadlineMissed
from policy.legal_action import facts
from policy.legal_action.action import LegalFile, LegalStage
from policy.legal_action.deadlines import deadlines
from policy.legal_action.facts import CourtOutcome, LegalEntry, View
from policy.legal_action.limits import demoted_until
from policy.legal_action.steps import DEMOTION
from policy.working_days import london_day


def after(file: LegalFile, entry: LegalEntry, edition: Edition) -> LegalFile:
    """The file once the entry is recorded, with each of its clocks as it then stands."""
    folded = fold(entry.fact, file)
    if isinstance(entry.fact, facts.LegalActionProposed):
        folded = folded.with_(proposed_by=entry.by.id)
    folded = folded.with_(seq=file.seq + 1)
    standing = deadlines(folded, edition)
    clocks = {d.key: Clock(due=d.due, since=d.since, noticed_at=d.noticed_at, stage=d.stage) for d in standing}
    if isinstance(entry.fact, DeadlineMissed) and entry.fact.key in clocks:
        noticed = clocks[entry.fact.key].model_copy(update={"noticed_at": entry.recorded_at})
        clocks[entry.fact.key] = noticed
    return folded.with_(clocks=clocks)


@singledispatch
def fold(_fact: Fact, file: LegalFile) -> LegalFile:
    return file


def _at(file: LegalFile, stage: LegalStage, fact: Fact, **changes: object) -> LegalFile:
    until = getattr(fact, "by_when", None)
    return file.with_(**{"stage": stage, "since": fact.at, "until": until} | changes)


@fold.register
def _(fact: facts.LegalActionProposed, file: LegalFile) -> LegalFile:
    told = ("remedy", "person", "tenure", "born", "window", "meeting_needed")
    return _at(file, LegalStage.PROPOSED, fact, **{name: getattr(fact, name) for name in told})


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
    """A demoted tenancy lasts a year by law."""
    decided = {"outcome": fact.outcome, "order": fact.order, "decided_on": london_day(fact.at)}
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
        return _at(file, LegalStage.ISSUED, fact, before=None, outcome=None)
    return _at(file, LegalStage.OVER, fact, before=None, ended=facts.Ended.SET_ASIDE)


@fold.register
def _(fact: facts.LegalActionEnded, file: LegalFile) -> LegalFile:
    return _at(file, LegalStage.OVER, fact, ended=fact.how)
