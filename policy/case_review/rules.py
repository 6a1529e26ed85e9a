"""May this fact be recorded on this case review now? Nobody is told no unheard, and nothing agreed is dropped."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from policy.case_review import facts
from policy.case_review.asking import can_be_answered
from policy.case_review.deadlines import called, may_dispute_until
from policy.case_review.facts import ReviewEntry
from policy.case_review.follow_up import may_be_followed, may_be_recommended
from policy.case_review.review import ReviewFile, ReviewStage
from policy.case_review.stages import FOLLOW_UP, STAGES
from policy.case_review.telling import are_to_hear, every_agency_has_heard, may_be_asked, some_agency_is_to_hear
from policy.case_review.weighing import follows_from_the_reports
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts.base import Actor, Fact, Role
from policy.facts.people import Means
from policy.facts.ruling import DeadlineMissed
from policy.procedures.base import step_is_open
from policy.refusals import FactBeforeTheReport
from policy.refusals.case_review import (
    AnotherLookNotNamed,
    AnotherLookNotOpen,
    AnotherPersonMustDecide,
    DistrictUnknown,
    NotInWriting,
    PartnersNotChased,
    RecommendationNotOpen,
    ReviewAgencyUnknown,
    ReviewNotReadyToEnd,
    ReviewStepNotOpen,
    VictimMustAgree,
    VictimNotHeard,
)
from policy.refusals.timely import is_agreeable, not_in_the_future
from policy.working_days import day_in_words, listed, london_day, moment_in_words

_ANY_TIME: Final = (
    DeadlineMissed,
    facts.CaseToldOfReview,
    facts.CaseBroughtIn,
    facts.AgenciesToldOfRefusal,
    *FOLLOW_UP,
)


def check(file: ReviewFile, entry: ReviewEntry, edition: Edition) -> None:
    """Raises a Refused that names the row and what is missing; otherwise the entry may be folded."""
    not_in_the_future(entry.at, entry.recorded_at)
    if not isinstance(entry.fact, FOLLOW_UP):
        may_be_recorded(file, type(entry.fact), entry.by, edition)
    _comes_after_what_came_before(file, entry)
    if isinstance(entry.fact, facts.InWriting):
        _is_in_writing(entry.fact)
    _asked_and_decided(file, entry, edition)
    _gathered_and_followed(file, entry, edition)


def may_be_recorded(file: ReviewFile, kind: type[Fact], by: Actor, edition: Edition) -> None:
    """What must hold whatever a fact of this kind says. What is followed says which recommendation that is."""
    if file.seq == 0 or kind not in _ANY_TIME:
        step_is_open(
            file,
            kind,
            STAGES,
            begins=facts.CaseReviewAsked,
            called="case review",
            refusal=ReviewStepNotOpen,
        )
    if kind in {facts.ThresholdDecided, facts.ReviewDecided}:
        _by_another_supervisor(file, by)
    if kind is facts.ReviewMeetingHeld:
        _was_heard(file)
        _partners_have_been_chased(file, edition)
    if kind is facts.CaseReviewEnded:
        _every_recommendation_is_followed(file)
        every_agency_has_heard(file)
    if kind is facts.AgenciesToldOfRefusal:
        some_agency_is_to_hear(file)
    _is_still_possible(file, kind)


def _is_still_possible(file: ReviewFile, kind: type[Fact]) -> None:
    if kind is facts.CaseBroughtIn and file.over:
        raise ReviewStepNotOpen("This case review is over.")
    if kind in {facts.PartnerAnswered, facts.PartnerChased} and not file.partners:
        raise ReviewAgencyUnknown("No agency has been asked.", missing=("which agency",))
    if kind in FOLLOW_UP and not file.open_recommendations():
        raise RecommendationNotOpen("No recommendation of this review is open.")
    if kind is facts.ReviewDisputed and file.answered:
        raise AnotherLookNotOpen(
            "They have had their answer. They can still complain to the Ombudsman, or ask for a new review."
        )


def _asked_and_decided(file: ReviewFile, entry: ReviewEntry, edition: Edition) -> None:
    match fact := entry.fact:
        case facts.CaseReviewAsked():
            _may_be_asked(fact, edition)
        case facts.ThresholdDecided():
            follows_from_the_reports(file, fact, edition)
            if not fact.met:
                _was_heard(file)
        case facts.ThresholdTold() if not file.met:
            _another_look_is_named(file, fact, edition)
        case facts.ReviewDecided():
            _are_agencies([one.to for one in fact.recommendations if one.to != facts.US], edition)
            may_be_recommended(fact, edition)
        case facts.ReviewOutcomeTold():
            _another_look_is_named(file, fact, edition)


def _gathered_and_followed(file: ReviewFile, entry: ReviewEntry, edition: Edition) -> None:
    match fact := entry.fact:
        case facts.PartnersAsked():
            _may_be_partners(file, fact, edition)
            may_be_asked(fact, entry, edition)
        case facts.PartnerAnswered() | facts.PartnerChased() if fact.agency not in file.partners:
            raise ReviewAgencyUnknown("This agency has not been asked.", missing=("which agency",))
        case facts.PartnerAnswered():
            _was_asked_by_then(file, fact)
        case facts.PartnerChased():
            _was_asked_by_then(file, fact)
            is_agreeable(fact.by_when, fact.at, edition)
        case facts.ReviewMeetingHeld():
            _are_agencies(fact.attended, edition)
        case facts.AgenciesToldOfRefusal():
            are_to_hear(file, fact, edition)
        case facts.RecommendationCarriedOut() | facts.RecommendationMoved() | facts.RecommendationRefused():
            may_be_followed(file, fact, edition)
        case facts.DisputeAnswered():
            _is_answered_by_somebody_else(file, fact, entry, edition)
        case facts.CaseReviewEnded():
            _may_end(file, entry, edition)


def _comes_after_what_came_before(file: ReviewFile, entry: ReviewEntry) -> None:
    first = _not_before(file, type(entry.fact))
    if first is not None and entry.at < first:
        raise FactBeforeTheReport(
            f"This is dated before {moment_in_words(first)}, which is when the step before it was taken.",
            missing=("a later time",),
        )


def _not_before(file: ReviewFile, kind: type[Fact]) -> datetime | None:
    """Each step is dated after the one before it, a decision is told after it was made, and who leaves after the
    outcome was told may have said so once it was decided; everything else comes after the application.
    """
    if kind in {facts.VictimHeard, facts.HearingDeclined}:
        return file.listening_since
    if kind is facts.CaseReviewWithdrawn and file.stage is ReviewStage.TOLD and not file.answered:
        return file.decided_at
    stage, no_more = STAGES.get(file.stage), file.stage in {ReviewStage.TOLD, ReviewStage.DISPUTED}
    follows = kind in {facts.ThresholdDecided, facts.ReviewDisputed} or (stage is not None and kind in stage.steps)
    if follows or (kind is facts.CaseReviewWithdrawn and no_more):
        return max((at for at in (file.since, file.decided_at) if at is not None), default=None)
    return file.asked_at


def _may_be_asked(fact: facts.CaseReviewAsked, edition: Edition) -> None:
    if edition.case_reviews.district(fact.district) is None:
        known = choices(edition.case_reviews.districts)
        raise DistrictUnknown(f"{fact.district} is not one of these: {known}.", missing=("the district",))
    if fact.asked_by is not facts.Asker.VICTIM and fact.victim_agrees is not True:
        raise VictimMustAgree(
            "Somebody else may ask for the victim once the victim agrees. Ask them first."
            if fact.victim_agrees is None
            else "The victim said no to it. Respect that: somebody else asks only once the victim wants it.",
            missing=("the victim's agreement",),
        )
    can_be_answered(fact)


def _is_in_writing(fact: facts.InWriting) -> None:
    if fact.means not in {Means.EMAIL, Means.POST}:
        raise NotInWriting(
            "This is told in writing, by e-mail or by post; ring them as well if that helps.",
            missing=("a letter or an e-mail",),
        )


def by_somebody_else(file: ReviewFile, by: Actor) -> None:
    if by.id in file.handled_by:
        raise AnotherPersonMustDecide(
            "You have worked on this case, or decided what is looked at again. Somebody else must do this."
        )


def _is_answered_by_somebody_else(
    file: ReviewFile, fact: facts.DisputeAnswered, entry: ReviewEntry, edition: Edition
) -> None:
    """What others have answered anybody may write down."""
    route = edition.case_reviews.route_in(file.district)
    if fact.answered_by == facts.US:
        by_somebody_else(file, entry.by)
    elif fact.answered_by != route.key:
        raise AnotherLookNotNamed(
            f"Say who gave the answer: {route.name} ({route.key}), or one of us ({facts.US}).",
            missing=("who gave the answer",),
            missing_facts=(fact.fact,),
        )


def _by_another_supervisor(file: ReviewFile, by: Actor) -> None:
    by_somebody_else(file, by)
    if by.role not in {Role.SUPERVISOR, Role.MANAGER}:
        raise AnotherPersonMustDecide("A supervisor who has not worked on the case must decide.")


def _was_heard(file: ReviewFile) -> None:
    if file.voice is None:
        raise VictimNotHeard(
            "First hear the victim, or record in their words that they would rather not be heard.",
            missing=("what the victim says",),
            missing_facts=("victim_heard", "hearing_declined"),
        )


def _another_look_is_named(
    file: ReviewFile, fact: facts.ThresholdTold | facts.ReviewOutcomeTold, edition: Edition
) -> None:
    """(2014 Act, Schedule 4, paragraph 3)"""
    route = edition.case_reviews.route_in(file.district)
    if fact.route != route.key:
        raise AnotherLookNotNamed(
            f"Tell them, too, whom to ask if they are not satisfied: {route.name}.",
            missing=("whom to ask for another look",),
            missing_facts=(fact.fact,),
        )


def _may_be_partners(file: ReviewFile, fact: facts.PartnersAsked, edition: Edition) -> None:
    if not fact.agencies:
        raise ReviewAgencyUnknown("Say which agencies were asked.", missing=("which agency",))
    _are_agencies(fact.agencies, edition)
    is_agreeable(fact.by_when, fact.at, edition)
    if again := [called(key, edition) for key in fact.agencies if key in file.partners]:
        raise ReviewStepNotOpen(f"Asked already, and to be chased or answered now: {', '.join(again)}.")


def _was_asked_by_then(file: ReviewFile, fact: facts.PartnerAnswered | facts.PartnerChased) -> None:
    if fact.at < (first := file.partners[fact.agency].first_at):
        raise FactBeforeTheReport(
            f"They were asked on {moment_in_words(first)}: this is dated before that.", missing=("a later time",)
        )


def _are_agencies(keys: Collection[str], edition: Edition) -> None:
    known = {agency.key for agency in edition.agencies}
    if unknown := [key for key in keys if key not in known]:
        raise ReviewAgencyUnknown(
            f"{', '.join(unknown)}: not one of these: {choices(edition.agencies)}.", missing=("which agency",)
        )


def _partners_have_been_chased(file: ReviewFile, edition: Edition) -> None:
    silent = [called(key, edition) for key, one in file.partners.items() if not one.answered and not one.chased]
    if silent:
        raise PartnersNotChased(
            f"Neither answered nor asked again: {', '.join(silent)}. Ask them again before the meeting.",
            missing=("an answer, or that they were asked again",),
            missing_facts=("partner_answered", "partner_chased"),
        )


def _may_end(file: ReviewFile, entry: ReviewEntry, edition: Edition) -> None:
    until = may_dispute_until(file, edition)
    if until is not None and entry.at <= until:
        raise ReviewNotReadyToEnd(
            f"Until {day_in_words(london_day(until))} they may ask for another look. It can end after that."
        )


def _every_recommendation_is_followed(file: ReviewFile) -> None:
    if still := file.open_recommendations():
        names = listed([key.replace("-", " ") for key in still])
        raise ReviewNotReadyToEnd(
            f"Still to be followed to the end: {names}.",
            missing=("what came of each recommendation",),
            missing_facts=tuple(kind.model_fields["fact"].default for kind in FOLLOW_UP),
        )
