"""What each fact changes in a case review. Rules have had their say before; nothing is refused here."""

from functools import singledispatch

from policy.case_file import later
from policy.case_review import facts
from policy.case_review.deadlines import deadlines
from policy.case_review.facts import ReviewEntry
from policy.case_review.review import (
    AgenciesTold,
    Outcome,
    Partner,
    Recommendation,
    RecommendationEnd,
    ReviewFile,
    ReviewStage,
    Voice,
)
from policy.case_review.weighing import arithmetic
from policy.editions import Edition
from policy.facts.base import Fact
from policy.procedures.base import with_its_clocks


def after(file: ReviewFile, entry: ReviewEntry, edition: Edition) -> ReviewFile:
    """The file once the entry is recorded, with each of its clocks as it then stands."""
    folded = fold(entry.fact, file).with_(seq=file.seq + 1)
    if isinstance(entry.fact, facts.ThresholdDecided):
        folded = folded.with_(arithmetic=arithmetic(file, entry.fact, edition))
    if isinstance(entry.fact, facts.ThresholdDecided | facts.ReviewDecided):
        folded = folded.with_(decided_by=entry.by.id, decided_at=entry.at)
    return with_its_clocks(folded, entry, deadlines, edition)


@singledispatch
def fold(_fact: Fact, file: ReviewFile) -> ReviewFile:
    return file


def _at(file: ReviewFile, stage: ReviewStage, fact: Fact, **changes: object) -> ReviewFile:
    return file.with_(**{"stage": stage, "since": fact.at, "until": None} | changes)


@fold.register
def _(fact: facts.CaseReviewAsked, file: ReviewFile) -> ReviewFile:
    told = {"asked_by": fact.asked_by, "district": fact.district, "cases": tuple(dict.fromkeys(fact.cases))}
    told["claimed"] = tuple(dict.fromkeys(fact.claimed))
    file = _at(file, ReviewStage.ASKED, fact, asked_at=fact.at, listening_since=fact.at, **told)
    return file.with_(handled_by=tuple(dict.fromkeys(fact.handled_by)))


@fold.register
def _(fact: facts.CaseBroughtIn, file: ReviewFile) -> ReviewFile:
    return file.with_(
        tellings=tuple(one if one.cases else _told_of_it_too(one, fact) for one in file.tellings),
        cases=tuple(dict.fromkeys((*file.cases, fact.case))),
        handled_by=tuple(dict.fromkeys((*file.handled_by, *fact.handled_by))),
    )


def _told_of_it_too(told: AgenciesTold, fact: facts.CaseBroughtIn) -> AgenciesTold:
    """They hear of it from when the case is known."""
    objects = (one for one in fact.against if one.agency in told.to and not _is_decided(one, told))
    there = {(one.case, one.agency, one.who) for one in told.against}
    new = (one for one in objects if (one.case, one.agency, one.who) not in there)
    known = (one.model_copy(update={"since": max(one.since, fact.at)}) for one in new if one.since is not None)
    return told.model_copy(update={"against": (*told.against, *known)})


@fold.register
def _(fact: facts.CaseToldOfReview, file: ReviewFile) -> ReviewFile:
    """A case that is over sees to nothing any more: what was told against somebody's word there is owed here."""
    if fact.telling is None:
        return file.with_(told=tuple(dict.fromkeys((*file.told, fact.case))))
    told = file.tellings[fact.telling - 1]
    ours = () if fact.reached else (one for one in told.against if one.case == fact.case)
    to_tell = (one.model_copy(update={"since": max(told.at, one.since)}) for one in ours if one.since is not None)
    knows = file.knows | {fact.case: (*file.knows.get(fact.case, ()), fact.telling)}
    return file.with_(knows=knows, to_tell=tuple(dict.fromkeys((*file.to_tell, *to_tell))))


@fold.register
def _(fact: facts.CaseReviewAcknowledged, file: ReviewFile) -> ReviewFile:
    return _at(file, ReviewStage.ACKNOWLEDGED, fact)


@fold.register
def _(fact: facts.ThresholdDecided, file: ReviewFile) -> ReviewFile:
    """What nobody was told yet is put right: it does not count as a no, and its telling keeps its day."""
    anew = file.stage is ReviewStage.WEIGHED
    before = file.not_met_at[:-1] if anew and not file.met else file.not_met_at
    not_met = before if fact.met else (*before, fact.at)
    since = file.since if anew else fact.at
    return _at(file, ReviewStage.WEIGHED, fact, met=fact.met, not_met_at=not_met, since=since)


@fold.register
def _(fact: facts.ThresholdTold, file: ReviewFile) -> ReviewFile:
    return _at(file, ReviewStage.MET if file.met else ReviewStage.TOLD, fact)


@fold.register
def _(fact: facts.PartnersAsked, file: ReviewFile) -> ReviewFile:
    asked = {key: Partner(first_at=fact.at, asked_at=fact.at, until=fact.by_when) for key in fact.agencies}
    decided_at = fact.at if fact.lawful_reason is not None else None
    told = AgenciesTold(
        at=fact.at, to=fact.agencies, cases=file.cases, lawful_reason=fact.lawful_reason, decided_at=decided_at
    )
    file = file.with_(tellings=(*file.tellings, told), partners=file.partners | asked)
    return file if file.stage is ReviewStage.GATHERING else _at(file, ReviewStage.GATHERING, fact)


@fold.register
def _(fact: facts.PartnerAnswered, file: ReviewFile) -> ReviewFile:
    return _partner(file, fact.agency, answered=True)


@fold.register
def _(fact: facts.PartnerChased, file: ReviewFile) -> ReviewFile:
    chased = file.partners[fact.agency].chased + 1
    return _partner(file, fact.agency, asked_at=fact.at, until=fact.by_when, chased=chased)


def _partner(file: ReviewFile, key: str, **changes: object) -> ReviewFile:
    return file.with_(partners=file.partners | {key: file.partners[key].model_copy(update=changes)})


@fold.register
def _(_fact: facts.VictimHeard, file: ReviewFile) -> ReviewFile:
    return file.with_(voice=Voice.HEARD)


@fold.register
def _(_fact: facts.HearingDeclined, file: ReviewFile) -> ReviewFile:
    """What they said before is not unsaid."""
    return file.with_(voice=file.voice or Voice.DECLINED)


@fold.register
def _(fact: facts.ReviewMeetingHeld, file: ReviewFile) -> ReviewFile:
    """What was decided when an agency was asked holds for the meeting, of the noes that we knew of then."""
    told = []
    for agency in dict.fromkeys(fact.attended):
        before = next((one for one in file.tellings if agency in one.to and one.decided_at is not None), None)
        against = tuple(one for one in fact.against if one.agency == agency and not _is_decided(one, before))
        decided = {name: getattr(before, name) for name in ("lawful_reason", "decided_at")} if before else {}
        told.append(AgenciesTold(at=fact.at, to=(agency,), cases=file.cases, against=against, **decided))
    return _at(file.with_(tellings=(*file.tellings, *told)), ReviewStage.HELD, fact)


def _is_decided(one: facts.Against, before: AgenciesTold | None) -> bool:
    at = before.decided_at if before is not None else None
    return at is not None and (one.learnt_at is None or one.learnt_at <= at)


@fold.register
def _(fact: facts.AgenciesToldOfRefusal, file: ReviewFile) -> ReviewFile:
    """Of what they were to hear by then."""

    def heard(one: facts.Against) -> bool:
        return one.agency in fact.agencies and (one.since is None or one.since <= fact.at)

    return file.with_(to_tell=tuple(one for one in file.to_tell if not heard(one)))


@fold.register
def _(fact: facts.ReviewDecided, file: ReviewFile) -> ReviewFile:
    """What was not accepted is at its end, with the reason in the fact."""
    first = len(file.recommendations) + 1
    made = {
        f"recommendation-{number}": Recommendation(
            to=one.to,
            accepted=one.accepted,
            by_when=one.by_when,
            end=RecommendationEnd.REFUSED if one.accepted is False else None,
            ended_at=fact.at if one.accepted is False else None,
        )
        for number, one in enumerate(fact.recommendations, start=first)
    }
    outcome = Outcome(decided_at=fact.at, recommendations=len(made))
    return _at(
        file,
        ReviewStage.DECIDED,
        fact,
        outcomes=(*file.outcomes, outcome),
        recommendations=file.recommendations | made,
    )


@fold.register
def _(fact: facts.ReviewOutcomeTold, file: ReviewFile) -> ReviewFile:
    return _at(file, ReviewStage.TOLD, fact)


@fold.register
def _(fact: facts.RecommendationCarriedOut, file: ReviewFile) -> ReviewFile:
    end = {"end": RecommendationEnd.CARRIED_OUT, "ended_at": fact.at}
    return _recommendation(file, fact.recommendation, **end)


@fold.register
def _(fact: facts.RecommendationMoved, file: ReviewFile) -> ReviewFile:
    moved = file.recommendations[fact.recommendation].moved + 1
    return _recommendation(file, fact.recommendation, by_when=fact.by_when, moved=moved)


@fold.register
def _(fact: facts.RecommendationRefused, file: ReviewFile) -> ReviewFile:
    end = {"end": RecommendationEnd.REFUSED, "ended_at": fact.at, "accepted": False}
    return _recommendation(file, fact.recommendation, **end)


def _recommendation(file: ReviewFile, key: str, **changes: object) -> ReviewFile:
    changed = file.recommendations[key].model_copy(update=changes)
    return file.with_(recommendations=file.recommendations | {key: changed})


@fold.register
def _(fact: facts.ReviewDisputed, file: ReviewFile) -> ReviewFile:
    """Whoever decided it has worked on it from here on."""
    decided = (file.decided_by,) if file.decided_by else ()
    return _at(file, ReviewStage.DISPUTED, fact, handled_by=tuple(dict.fromkeys((*file.handled_by, *decided))))


@fold.register
def _(fact: facts.DisputeAnswered, file: ReviewFile) -> ReviewFile:
    """What is decided anew begins with hearing the victim, and a review also with asking the agencies."""
    if not fact.again:
        return _at(file, ReviewStage.TOLD, fact, answered=True)
    stage = ReviewStage.MET if file.met else ReviewStage.ACKNOWLEDGED
    return _at(file, stage, fact, listening_since=fact.at, voice=None, partners={})


@fold.register
def _(fact: facts.CaseReviewWithdrawn, file: ReviewFile) -> ReviewFile:
    """Without another look what was told stands. Learnt of once the outcome was told, it counts from then."""
    if file.stage is ReviewStage.DISPUTED:
        return _at(file, ReviewStage.TOLD, fact, answered=True)
    since = later(file.since, fact.at) if file.stage is ReviewStage.TOLD else fact.at
    return _at(file, ReviewStage.WITHDRAWN, fact, since=since)


@fold.register
def _(fact: facts.CaseReviewEnded, file: ReviewFile) -> ReviewFile:
    return _at(file, ReviewStage.OVER, fact)
