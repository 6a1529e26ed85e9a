"""May this fact be recorded on this legal action now? Nothing is issued without the solicitor."""

from datetime import date, datetime
from typing import Final

from policy.company import called
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.base import Actor, Fact, Role
from policy.facts.disability import WhyNot
from policy.facts.proceedings import LegalStage
from policy.facts.ruling import DeadlineMissed
from policy.legal_action import facts
from policy.legal_action.action import LegalFile, Listed
from policy.legal_action.courts import (
    breach_is_said,
    court_is_said,
    listed_for,
    no_breach_is_meant,
    of_appeal,
    of_the_one_in_court,
)
from policy.legal_action.deadlines import BEFORE_COURT
from policy.legal_action.ends import ends_as_it_can
from policy.legal_action.facts import CourtOutcome, LegalEntry, OfCourt, Order
from policy.legal_action.limits import INJUNCTION_FROM_AGE, age_on, demoted_until, injunction_lasts_until
from policy.legal_action.stages import STAGES
from policy.legal_action.steps import DEMOTION, INJUNCTIONS, why_not
from policy.procedures.base import step_is_open
from policy.refusals.legal import (
    AnotherPersonMustReview,
    CourtHasNotDecided,
    DisabilityMeetingMissing,
    LegalStepNotOpen,
    OrderNotPossible,
    RemedyNotPossible,
    SolicitorMustAgree,
    WindowNotOpen,
)
from policy.refusals.timely import is_a_court_s, is_agreeable, not_in_the_future
from policy.working_days import day_in_words, london_day, moment_in_words

_S: Final = LegalStage
_OF_AN_ORDER: Final = (facts.OrderBreached, facts.OrderReviewed, facts.OrderVaried)
_ANY_TIME: Final = (DeadlineMissed, facts.CaseLearnt, facts.CaseTold)
"""What the system records of it."""


def check(file: LegalFile, entry: LegalEntry, edition: Edition) -> None:
    """Raises a Refused that names the row and what is missing; otherwise the entry may be folded."""
    not_in_the_future(entry.at, entry.recorded_at)
    kind = type(entry.fact)
    may_be_recorded(file, kind, entry.by, edition, entry.at)
    if file.seq == 0 or kind not in _ANY_TIME:
        _not_too_early(file, entry)
    if isinstance(entry.fact, OfCourt):
        court_is_said(file, entry.fact)
    _content(file, entry, edition)


def may_be_recorded(
    file: LegalFile, kind: type[Fact], by: Actor, edition: Edition, at: datetime | None = None
) -> None:
    """What must hold whatever a fact of this kind says, where it happened `at` a moment or now."""
    if kind is facts.PapersIssued and file.seq:
        _solicitor_has_agreed(file)
    if kind is facts.CourtDecided:
        no_breach_is_meant(file)
    if file.seq == 0 or kind not in _ANY_TIME:
        step_is_open(
            file,
            kind,
            STAGES,
            begins=facts.LegalActionBegun,
            called="legal action",
            refusal=LegalStepNotOpen,
        )
        _there_is_such_a_breach(file, kind)
    if kind is facts.TeamReviewed:
        _somebody_else_reviews(file, by)
    if kind in {facts.SolicitorInstructed, facts.PapersIssued}:
        may_act(file, at)
    if kind is facts.PapersIssued:
        _some_notice_stands(file, edition)


def _not_too_early(file: LegalFile, entry: LegalEntry) -> None:
    """What is dated before the step that came before it is a slip; what happens while an order holds may be learnt
    of in any order. Nor is a day agreed that has passed.
    """
    first = _first_day(file, entry.fact)
    if first is not None and london_day(entry.at) < first:
        raise LegalStepNotOpen(f"What came before this was on {day_in_words(first)}: check the date.")


def _first_day(file: LegalFile, fact: Fact) -> date | None:
    """On which it can have happened."""
    if isinstance(fact, facts.CourtListed) and listed_for(file, fact) is not None:
        return None
    breached = file.breached[:1]
    match fact:
        case facts.BreachAnswered() if breached and not of_the_one_in_court(file, fact):
            return london_day(breached[0])
        case facts.BreachAnswered() if file.in_court is not None:
            return london_day(file.in_court.since)
        case facts.CourtListed() if breached and file.in_court is None and not of_appeal(file, fact):
            return london_day(breached[0])
    if file.order is not None and not isinstance(fact, facts.AppealDecided):
        return file.decided_on
    return london_day(file.reached_at) if file.reached_at is not None else None


def _content(file: LegalFile, entry: LegalEntry, edition: Edition) -> None:
    is_agreeable(getattr(entry.fact, "by_when", None), entry.at, edition)
    match fact := entry.fact:
        case facts.LegalActionBegun():
            remedy_exists(fact, edition)
        case facts.BreachAnswered():
            breach_is_said(file, fact)
        case facts.CourtListed():
            is_a_court_s(fact.on, entry, file.closure_days, edition)
        case facts.PapersIssued():
            _may_be_issued(file, fact, edition)
        case facts.CourtDecided():
            _order_is_said(file, fact)
        case facts.AppealDecided():
            _was_lodged(file, fact)
            _was_heard(file.appeal_hearing, fact, appeal=True)
        case facts.OrderVaried():
            _held_then(file, fact)
            _is_possible(file, fact.order, fact)
        case facts.OrderBreached() | facts.OrderReviewed():
            _held_then(file, fact)
        case facts.LegalActionEnded():
            ends_as_it_can(file, fact)


def remedy_exists(fact: facts.LegalActionBegun, edition: Edition) -> None:
    """For the tenure, on that day; an injunction from the age of ten. (legal-remedies)"""
    day = london_day(fact.at)
    step = edition.legal.step(fact.remedy)
    if step is None or step.kind != "remedy":
        known = choices(one for one in edition.legal.steps if one.kind == "remedy")
        raise RemedyNotPossible(
            f"{edition.legal.called(fact.remedy)} is not one of these: {known}.",
            missing=("a remedy that there is",),
        )
    if why := why_not(edition, fact.remedy, fact.tenure, day):
        raise RemedyNotPossible(why, missing=("a remedy that there is",))
    if fact.born is not None and fact.remedy in INJUNCTIONS and age_on(fact.born, day) < INJUNCTION_FROM_AGE:
        raise RemedyNotPossible(f"No injunction is made against a child under {INJUNCTION_FROM_AGE}.")
    if step.after and fact.known.window is None:
        notices = " or ".join(one.name.lower() for one in edition.legal.steps if one.key in step.after)
        raise RemedyNotPossible(
            f"{step.name} needs a {notices} that was served and has not lapsed.",
            missing=("a served notice",),
            missing_facts=("notice_proposed",),
        )


def _there_is_such_a_breach(file: LegalFile, kind: type[Fact]) -> None:
    if kind in _OF_AN_ORDER and file.order is None:
        raise LegalStepNotOpen("No order is in force.")
    if kind is facts.CourtListed and file.stage in {_S.IN_FORCE, _S.REFUSED} and not _some_decided_unheard(file):
        raise LegalStepNotOpen("No court is to hear us now.")
    if kind is facts.LegalActionEnded and file.stage is _S.APPEALED and file.order is None:
        raise LegalStepNotOpen("An appeal against the court's refusal is open. Record what was decided first.")
    if kind is facts.BreachAnswered and not file.breached and file.in_court is None:
        raise LegalStepNotOpen("There is no breach that is to be answered for. Record the breach first.")
    if kind in {facts.CourtAdjourned, facts.CourtAsked} and file.stage is _S.BREACHED and not file.in_court:
        raise LegalStepNotOpen("No court deals with this breach yet. Say first what follows it.")


def _some_decided_unheard(file: LegalFile) -> bool:
    """Without a day, as far as we know."""
    return any(one.off_at is not None for one in (file.hearing, file.appeal_hearing))


def _somebody_else_reviews(file: LegalFile, by: Actor) -> None:
    if by.id == file.proposed_by:
        raise AnotherPersonMustReview("You proposed this. Somebody else must review it.")
    if by.role not in {Role.SUPERVISOR, Role.MANAGER}:
        raise AnotherPersonMustReview("A supervisor must review it for the community safety team.")


def may_act(file: LegalFile, at: datetime | None = None) -> None:
    """What was done `at` a moment, before we knew, is recorded as it was. (disability-meeting, section 6)"""
    if (why := file.known.why_not(at)) is None:
        return
    who = called(file.person)
    raise DisabilityMeetingMissing(
        f"The meeting about {who} decided against legal action. If things have changed, hold another."
        if why is WhyNot.DECIDED_AGAINST
        else f"There may be a disability of {who}: first a meeting answers the policy's questions.",
        missing=("meeting about a disability",),
        missing_facts=("disability_meeting_held",),
    )


def _solicitor_has_agreed(file: LegalFile) -> None:
    """(solicitor-gate, section 5)"""
    if file.stage in BEFORE_COURT - {_S.READY}:
        raise SolicitorMustAgree("Nothing is issued before the solicitor says that there is enough evidence.")


def _some_notice_stands(file: LegalFile, edition: Edition) -> None:
    step = edition.legal.step(file.remedy)
    if step is not None and step.after and file.known.window is None:
        raise WindowNotOpen(
            "No notice stands now that this could be issued on. Serve one, or wait until the appeal is over."
        )


def _may_be_issued(file: LegalFile, fact: facts.PapersIssued, edition: Edition) -> None:
    """On a day on which the law has the remedy, in the window of its notice. What began while the law had such
    tenancies is taken to its end after it has ended them: transitional, our reading, check with your solicitor.
    (legal-remedies)
    """
    day, window, step = london_day(fact.at), file.known.window, edition.legal.step(file.remedy)
    if why := step and step.why_not_on(day):
        raise RemedyNotPossible(why)
    if window is not None and day < window.opens:
        raise WindowNotOpen(f"Proceedings may begin from {day_in_words(window.opens)} ({window.statute}).")
    if window is not None and day > window.closes:
        raise WindowNotOpen(
            f"The notice lapsed on {day_in_words(window.closes)} ({window.statute}). Serve another first."
        )


def _order_is_said(file: LegalFile, fact: facts.CourtDecided) -> None:
    """(court-decides, section 5)"""
    if fact.outcome in {CourtOutcome.GRANTED, CourtOutcome.REFUSED}:
        _was_heard(file.hearing, fact)
    if fact.outcome is CourtOutcome.GRANTED:
        if fact.order is None:
            raise OrderNotPossible(
                "Say what the court ordered: until which day it holds, where it ends by itself, and whether it has"
                " an exclusion or a power of arrest.",
                missing=("the court's order",),
            )
        _is_possible(file, fact.order, fact)
    elif fact.order is not None:
        raise OrderNotPossible("Only what a court grants is an order.", missing=("what the court decided",))


def _was_heard(listed: Listed, fact: Fact, *, appeal: bool = False) -> None:
    """A court that has set a day decides on it, or later."""
    day, what = listed.ahead, "the appeal" if appeal else "us"
    if day is not None and london_day(fact.at) < day:
        raise CourtHasNotDecided(
            f"The court hears {what} on {day_in_words(day)}. If that was brought forward, record its new day"
            " first; if it was decided without a hearing, that the day was taken away.",
            missing=("the day of the hearing",),
            missing_facts=("court_listed", "court_adjourned"),
        )


def _was_lodged(file: LegalFile, fact: facts.AppealDecided) -> None:
    """Also on that day no appeal is decided before it was."""
    if file.reached_at is not None and fact.at < file.reached_at:
        raise LegalStepNotOpen(f"The appeal was lodged on {moment_in_words(file.reached_at)}: check the time.")


def _held_then(file: LegalFile, fact: Fact) -> None:
    """What has run out is neither kept, breached nor varied."""
    until = file.order.until if file.order is not None else None
    if until is not None and london_day(fact.at) > until:
        raise OrderNotPossible(
            f"The order held until {day_in_words(until)}. If the court made it longer before that, record this"
            " first; else that it has expired.",
            missing=("an order that held then",),
            missing_facts=("order_varied", "legal_action_ended"),
        )


def _is_possible(file: LegalFile, order: Order, fact: Fact) -> None:
    day = london_day(fact.at)
    if order.until is not None and order.until < day:
        raise OrderNotPossible(
            "An order does not end before it is made.", missing=("the day on which the order ends",)
        )
    if (order.exclusion or order.power_of_arrest) and file.remedy not in INJUNCTIONS:
        raise OrderNotPossible("Only an injunction has an exclusion or a power of arrest.")
    made = file.decided_on or day
    if file.remedy == DEMOTION:
        _ends_by(order.until or demoted_until(made), demoted_until(made), "A demoted tenancy lasts")
    if file.remedy in INJUNCTIONS and file.born is not None:
        last = injunction_lasts_until(file.born, made)
        if last is not None:
            _ends_by(order.until, last, "Against somebody under 18 it lasts")


def _ends_by(until: date | None, last: date, what: str) -> None:
    if until is None or until > last:
        raise OrderNotPossible(
            f"{what} until {day_in_words(last)} at the latest.", missing=("the day on which the order ends",)
        )
