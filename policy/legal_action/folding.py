"""What each fact changes in a legal action. Rules have had their say before; nothing is refused here."""

from datetime import date, datetime, time
from functools import singledispatch
from typing import Final

from policy.case_file import later
from policy.editions import Edition
from policy.facts.base import Fact
from policy.facts.proceedings import Known, LegalStage
from policy.legal_action import facts
from policy.legal_action.action import InCourt, LegalFile, Listed
from policy.legal_action.courts import listed_for, of_appeal, of_the_one_in_court
from policy.legal_action.deadlines import deadlines
from policy.legal_action.facts import CourtOutcome, LegalEntry, OfCourt, View
from policy.legal_action.limits import demoted_until
from policy.legal_action.steps import DEMOTION
from policy.procedures.base import with_its_clocks
from policy.working_days import london_day

_HEARINGS: Final = ("hearing", "appeal_hearing")


def after(file: LegalFile, entry: LegalEntry, edition: Edition) -> LegalFile:
    """The file once the entry is recorded, with each of its clocks as it then stands."""
    file = fold(entry.fact, file).with_(seq=file.seq + 1)
    return with_its_clocks(file, entry, deadlines, edition)


@singledispatch
def fold(_fact: Fact, file: LegalFile) -> LegalFile:
    return file


def _at(file: LegalFile, stage: LegalStage, fact: Fact, **changes: object) -> LegalFile:
    """What is written down late turns nothing back at the same stage."""
    stays = stage is file.stage
    late = stays and file.since is not None and fact.at < file.since
    moved = {
        "stage": stage,
        "since": file.since if late else fact.at,
        "until": file.until if late else getattr(fact, "by_when", None),
        "reached_at": file.reached_at if stays else fact.at,
        "moved_at": later(file.moved_at, fact.at),
    }
    return file.with_(**moved | changes)


def _in_force(file: LegalFile, fact: Fact, **changes: object) -> LegalFile:
    """At what is owed of the order: first a breach that nobody has answered for, then one that is in court."""
    file = file.with_(**changes)
    if file.breached:
        return _at(file, LegalStage.BREACHED, fact, since=file.breached[0], until=None)
    if (known := file.in_court) is not None:
        return _at(file, LegalStage.BREACH_IN_COURT, fact, since=known.asked_at, until=known.until)
    return _at(file, LegalStage.IN_FORCE, fact, since=file.seen_at, until=None)


def _seen(file: LegalFile, fact: Fact) -> LegalFile:
    """Somebody looked at the order; late news of that turns nothing back."""
    return file.with_(seen_at=later(file.seen_at, fact.at))


def _while_it_holds(file: LegalFile, fact: Fact, **changes: object) -> LegalFile:
    """An appeal that is open stays so."""
    if file.stage is LegalStage.APPEALED:
        return file.with_(moved_at=later(file.moved_at, fact.at), **changes)
    return _in_force(file, fact, **changes)


@fold.register
def _(fact: facts.LegalActionBegun, file: LegalFile) -> LegalFile:
    """Its case knows that it has begun."""
    told = ("remedy", "person", "tenure", "born", "proposed_by")
    file = _at(file, LegalStage.PROPOSED, fact, begun_at=fact.at, **{name: getattr(fact, name) for name in told})
    return _knowing(file, fact.known, fact.at).with_(told=file.said)


@fold.register
def _(fact: facts.CaseTold, file: LegalFile) -> LegalFile:
    days = {name: getattr(file, name).once_told(getattr(fact.said, name)) for name in _HEARINGS}
    return file.with_(told=fact.said.once_told, **days)


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
    """Also of an appeal, or of a breach: the one in court, else those that were to be answered for; or of what had
    been decided by then, as far as we knew without a hearing.
    """
    if (name := listed_for(file, fact)) is not None:
        known: Listed = getattr(file, name)
        heard = Listed(on=fact.on, hour=fact.hour, at=fact.at, heard_at=known.off_at)
        return _listed(file, name, heard).with_(moved_at=later(file.moved_at, fact.at))
    days = _days(file, fact, fact.on, fact.hour)
    if file.breached and file.in_court is None and not of_appeal(file, fact):
        return _while_it_holds(_to_court(file, fact), fact, breached=_after(file, fact), **days)
    return _of_court(file, fact, LegalStage.LISTED, **days)


@fold.register
def _(fact: facts.CourtAdjourned, file: LegalFile) -> LegalFile:
    days = _days(file, fact, None)
    return _of_court(file, fact, LegalStage.ISSUED if days else file.stage, **days)


def _days(file: LegalFile, fact: OfCourt, on: date | None, hour: time | None = None) -> dict[str, object]:
    """The day that was set last counts, also when an earlier one is written down after it."""
    name, known = ("appeal_hearing", file.appeal_hearing) if of_appeal(file, fact) else ("hearing", file.hearing)
    if known.at is not None and fact.at < known.at:
        return {}
    return {name: _then(file, name, Listed(on=on, hour=hour, at=fact.at))}


def _then(file: LegalFile, name: str, listed: Listed) -> Listed:
    known: Listed = getattr(file, name)
    return known.then(listed, getattr(file.told, name, None))


def _listed(file: LegalFile, name: str, listed: Listed) -> LegalFile:
    return file.with_(**{name: _then(file, name, listed)})


@fold.register
def _(fact: facts.CourtAsked, file: LegalFile) -> LegalFile:
    return _of_court(file, fact, file.stage)


def _of_court(file: LegalFile, fact: OfCourt, stage: LegalStage, **changes: object) -> LegalFile:
    """Of the appeal, of the breach that is in court, or else of the claim."""
    if of_appeal(file, fact):
        return _at(file, LegalStage.APPEALED, fact, **changes)
    if file.in_court is not None:
        return _while_it_holds(_to_court(file, fact), fact, **changes)
    return _at(file, stage, fact, **changes)


def _to_court(file: LegalFile, fact: Fact) -> LegalFile:
    """Asked anew where it was asked before: what is older changes nothing."""
    known = file.in_court
    if known is not None and fact.at < known.asked_at:
        return file.with_(in_court=known.model_copy(update={"since": min(known.since, fact.at)}))
    since = min(known.since, fact.at) if known is not None else fact.at
    return file.with_(in_court=InCourt(since=since, asked_at=fact.at, until=getattr(fact, "by_when", None)))


def _after(file: LegalFile, fact: Fact) -> tuple[datetime, ...]:
    """The breaches that it cannot be about."""
    return tuple(at for at in file.breached if at > fact.at)


@fold.register
def _(fact: facts.CourtDecided, file: LegalFile) -> LegalFile:
    """A demoted tenancy lasts a year by law. What is settled before the hearing was not heard."""
    on = london_day(fact.at)
    file = _as_heard(file, fact.at)
    decided = {"outcome": fact.outcome, "decided_on": on}
    match fact.outcome:
        case CourtOutcome.GRANTED:
            return _ordered(file, fact.order or facts.Order(), fact, **decided)
        case CourtOutcome.REFUSED:
            return _at(file, LegalStage.REFUSED, fact, **decided)
    return _at(file, LegalStage.OVER, fact, **decided)


def _ordered(file: LegalFile, order: facts.Order, fact: Fact, **changes: object) -> LegalFile:
    """The order that was made last counts, also when an earlier one is written down after it."""
    if file.order_at is None or fact.at >= file.order_at:
        changes |= {"order": _lasting(file, order, fact), "order_at": fact.at}
    return _while_it_holds(_seen(file, fact), fact, **changes)


def _lasting(file: LegalFile, order: facts.Order, fact: Fact) -> facts.Order:
    """A demoted tenancy ends by law a year after it was made."""
    made = file.decided_on or london_day(fact.at)
    if file.remedy == DEMOTION and order.until is None:
        return order.model_copy(update={"until": demoted_until(made)})
    return order


def _as_heard(file: LegalFile, at: datetime) -> LegalFile:
    """What is settled before the hearing was not heard."""
    return _heard(file, "hearing", at)


def _appeal_heard(file: LegalFile, at: datetime) -> LegalFile:
    return _heard(file, "appeal_hearing", at)


def _heard(file: LegalFile, name: str, at: datetime) -> LegalFile:
    """None is waited for any more, also where its day had not come, or where it had none, as a breach may after
    what was heard before.
    """
    day: Listed = getattr(file, name)
    off_already = day.on is None and day.off_at is not None
    if off_already or (day.ahead is not None and day.ahead > london_day(at)):
        return _listed(file, name, Listed(off_at=at))
    moment = "off_at" if day.ahead is None else "heard_at"
    return file.with_(**{name: day.model_copy(update={moment: at})})


@fold.register
def _(fact: facts.OrderReviewed, file: LegalFile) -> LegalFile:
    return _while_it_holds(_seen(file, fact), fact)


@fold.register
def _(fact: facts.OrderBreached, file: LegalFile) -> LegalFile:
    """Another breach than the one in court is answered for itself."""
    return _while_it_holds(file, fact, breached=tuple(sorted((*file.breached, fact.at))))


@fold.register
def _(fact: facts.BreachAnswered, file: LegalFile) -> LegalFile:
    """The one that is in court, which was heard then; else those before it that nobody has answered for."""
    file = _seen(file, fact)
    if of_the_one_in_court(file, fact):
        return _while_it_holds(_as_heard(file, fact.at), fact, in_court=None)
    left = _after(file, fact)
    return _while_it_holds(_to_court(file, fact) if fact.to_court else file, fact, breached=left)


@fold.register
def _(fact: facts.OrderVaried, file: LegalFile) -> LegalFile:
    """What a court is asked about a breach it still is, and what came after is to be answered for."""
    return _ordered(file, fact.order, fact, breached=_after(file, fact))


@fold.register
def _(fact: facts.AppealLodged, file: LegalFile) -> LegalFile:
    before = LegalStage.REFUSED if file.stage is LegalStage.REFUSED else LegalStage.IN_FORCE
    return _at(_listed(file, "appeal_hearing", Listed()), LegalStage.APPEALED, fact, before=before)


@fold.register
def _(fact: facts.AppealDecided, file: LegalFile) -> LegalFile:
    """A refusal that does not stand goes back to the court; an order that does not is set aside."""
    file, refused = _appeal_heard(file, fact.at), file.before is LegalStage.REFUSED
    if fact.stands:
        return _at(file, LegalStage.REFUSED, fact, before=None) if refused else _in_force(file, fact, before=None)
    if refused:
        again = {"outcome": None, "decided_on": None}
        return _at(_listed(file, "hearing", Listed()), LegalStage.ISSUED, fact, before=None, **again)
    return _over(file, fact, before=None, ended=facts.Ended.SET_ASIDE)


@fold.register
def _(fact: facts.LegalActionEnded, file: LegalFile) -> LegalFile:
    return _over(file, fact, ended=fact.how)


def _over(file: LegalFile, fact: Fact, **changes: object) -> LegalFile:
    file = file.with_(breached=(), in_court=None)
    return _at(_appeal_heard(_as_heard(file, fact.at), fact.at), LegalStage.OVER, fact, **changes)
