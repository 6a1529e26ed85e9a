"""May this fact be recorded on this legal action now? Nothing is issued without the solicitor."""

from typing import Final

from policy.company import called
from policy.editions import Edition
from policy.facts.base import Fact, Role
from policy.facts.proceedings import LegalStage
from policy.facts.ruling import DeadlineMissed
from policy.legal_action import facts
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import BEFORE_COURT
from policy.legal_action.facts import CourtOutcome, Ended, LegalEntry, Order
from policy.legal_action.limits import INJUNCTION_FROM_AGE, age_on, injunction_lasts_until
from policy.legal_action.stages import STAGES
from policy.legal_action.steps import INJUNCTION_WITH_MORE, INJUNCTIONS, why_not
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
from policy.refusals.timely import not_in_the_future
from policy.working_days import day_in_words, london_day

_S: Final = LegalStage
_ANY_TIME: Final = (DeadlineMissed, facts.MeetingTold, facts.CaseTold)
"""What the system records of it."""


def check(file: LegalFile, entry: LegalEntry, edition: Edition) -> None:
    """Raises a Refused that names the row and what is missing; otherwise the entry may be folded."""
    not_in_the_future(entry.at, entry.recorded_at)
    kind = type(entry.fact)
    if file.seq == 0 or kind not in _ANY_TIME:
        step_is_open(
            file,
            kind,
            STAGES,
            begins=facts.LegalActionBegun,
            called="legal action",
            refusal=LegalStepNotOpen,
        )
    _content(file, entry, edition)


def _content(file: LegalFile, entry: LegalEntry, edition: Edition) -> None:
    match fact := entry.fact:
        case facts.LegalActionBegun():
            remedy_exists(fact, edition)
        case facts.TeamReviewed():
            _somebody_else_reviews(file, entry)
        case facts.SolicitorInstructed():
            _meeting_was_held(file)
        case facts.PapersIssued():
            _may_be_issued(file, fact, edition)
        case facts.CourtDecided():
            _order_is_said(file, fact)
        case facts.OrderVaried():
            _is_possible(file, fact.order, fact)
        case facts.LegalActionEnded():
            _ends_as_it_can(file, fact)


def remedy_exists(fact: facts.LegalActionBegun, edition: Edition) -> None:
    """For the tenure, on that day; an injunction from the age of ten. (legal-remedies)"""
    day = london_day(fact.at)
    step = edition.legal.step(fact.remedy)
    if step is None or step.kind != "remedy":
        known = ", ".join(one.key for one in edition.legal.steps if one.kind == "remedy")
        raise RemedyNotPossible(
            f"{fact.remedy} is not one of these: {known}.", missing=("a remedy that there is",)
        )
    if why := why_not(edition, fact.remedy, fact.tenure, day):
        raise RemedyNotPossible(why, missing=("a remedy that there is",))
    if fact.born is not None and fact.remedy in INJUNCTIONS and age_on(fact.born, day) < INJUNCTION_FROM_AGE:
        raise RemedyNotPossible(f"No injunction is made against a child under {INJUNCTION_FROM_AGE}.")
    if step.after and fact.window is None:
        notices = " or ".join(one.name.lower() for one in edition.legal.steps if one.key in step.after)
        raise RemedyNotPossible(
            f"{step.name} needs a {notices} that was served and has not lapsed.",
            missing=("a served notice",),
            missing_facts=("notice_proposed",),
        )


def _somebody_else_reviews(file: LegalFile, entry: LegalEntry) -> None:
    if entry.by.id == file.proposed_by:
        raise AnotherPersonMustReview("You proposed this. Somebody else must review it.")
    if entry.by.role not in {Role.SUPERVISOR, Role.MANAGER}:
        raise AnotherPersonMustReview("A supervisor must review it for the community safety team.")


def _meeting_was_held(file: LegalFile) -> None:
    """(disability-meeting, section 6)"""
    if file.meeting_needed:
        raise DisabilityMeetingMissing(
            f"There may be a disability of {called(file.person)}: first a meeting answers the policy's questions.",
            missing=("meeting about a disability",),
            missing_facts=("disability_meeting_held",),
        )


def _may_be_issued(file: LegalFile, fact: facts.PapersIssued, edition: Edition) -> None:
    """(solicitor-gate, legal-remedies, disability-meeting)"""
    _meeting_was_held(file)
    if file.stage is not _S.READY:
        raise SolicitorMustAgree("Nothing is issued before the solicitor says that there is enough evidence.")
    day, window = london_day(fact.at), file.window
    if why := why_not(edition, file.remedy, file.tenure, day):
        raise RemedyNotPossible(why)
    if window is not None and day < window.opens:
        raise WindowNotOpen(f"Proceedings may begin from {day_in_words(window.opens)} ({window.statute}).")
    if window is not None and day > window.closes:
        raise WindowNotOpen(
            f"The notice lapsed on {day_in_words(window.closes)} ({window.statute}). Serve another first."
        )


def _order_is_said(file: LegalFile, fact: facts.CourtDecided) -> None:
    """(court-decides, section 5)"""
    if fact.outcome is not CourtOutcome.GRANTED:
        if fact.order is not None:
            raise OrderNotPossible("Only what a court grants is an order.", missing=("what the court decided",))
        return
    if fact.order is not None:
        _is_possible(file, fact.order, fact)


def _is_possible(file: LegalFile, order: Order, fact: Fact) -> None:
    day = london_day(fact.at)
    if order.until is not None and order.until < day:
        raise OrderNotPossible(
            "An order does not end before it is made.", missing=("the day on which the order ends",)
        )
    if (order.exclusion or order.power_of_arrest) and file.remedy != INJUNCTION_WITH_MORE:
        raise OrderNotPossible("Only the injunction that was asked for so has an exclusion or a power of arrest.")
    if file.remedy in INJUNCTIONS and file.born is not None:
        last = injunction_lasts_until(file.born, file.decided_on or day)
        if last is not None and (order.until is None or order.until > last):
            raise OrderNotPossible(
                f"Against somebody under 18 it lasts until {day_in_words(last)} at the latest.",
                missing=("the day on which the order ends",),
            )


def _ends_as_it_can(file: LegalFile, fact: facts.LegalActionEnded) -> None:
    before_the_end = file.stage in BEFORE_COURT | {_S.ISSUED, _S.LISTED, _S.REFUSED}
    if (fact.how is Ended.GIVEN_UP) is not before_the_end:
        said = "given up" if before_the_end else "expired, discharged, set aside or carried out"
        raise CourtHasNotDecided(f"At this point it can only be recorded as {said}.", missing=("how it ended",))
    until = file.order.until if file.order is not None else None
    if fact.how is Ended.EXPIRED and (until is None or london_day(fact.at) <= until):
        last = f" until {day_in_words(until)}" if until is not None else ""
        raise CourtHasNotDecided(f"The order still holds{last}.", missing=("how it ended",))
