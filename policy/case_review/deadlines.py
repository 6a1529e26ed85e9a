"""What is owed in a case review, by when and why. Nothing that was agreed is left without a day."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from policy.case_review import facts
from policy.case_review.review import ReviewFile, ReviewStage
from policy.case_review.stages import ENDING, LISTENING, ROW, STAGES
from policy.deadlines.base import Deadline, owed
from policy.editions import Edition
from policy.facts.base import Fact, Role
from policy.procedures.base import in_order, stage_owed
from policy.working_days import Due, listed, on_the_day, working_days_after

KEYS: Final = frozenset(
    {stage.key for stage in STAGES.values()} | {"case", "voice", "refusal", "partner", "recommendation"}
)
"""What a deadline of a case review may be called, without the agency or the number behind it."""


def deadlines(file: ReviewFile, edition: Edition) -> list[Deadline]:
    return in_order(file, () if file.over else _all(file, edition), edition)


def _all(file: ReviewFile, edition: Edition) -> Iterator[Deadline]:
    if file.since is None or file.listening_since is None:
        return
    days, stage = edition.case_reviews.days, STAGES[file.stage]
    if file.stage not in ENDING:
        yield stage_owed(file, stage, edition)
    elif (since := may_end_from(file, edition)) is not None:
        yield _owed(file, stage.key, _after(file, since, days.end, edition), stage.owed, *stage.steps)
    if not file.cases and file.stage is not ReviewStage.WITHDRAWN:
        since = file.asked_at or file.since
        claimed = f" (they name {listed(file.claimed)})" if file.claimed else ""
        what = f"Find the case that this is about, or open one{claimed}"
        yield _owed(file, "case", _after(file, since, days.find_case, edition), what, facts.CaseBroughtIn)
    if file.voice is None and file.stage in LISTENING:
        yield _owed(
            file,
            "voice",
            _after(file, file.listening_since, days.voice, edition),
            "Hear the victim, or record in their words that they would rather not be heard",
            facts.VictimHeard,
            facts.HearingDeclined,
        )
    if file.stage is ReviewStage.GATHERING:
        yield from _partners(file, edition)
    yield from _recommendations(file, edition)
    yield from _refusals(file, edition)


def _refusals(file: ReviewFile, edition: Edition) -> Iterator[Deadline]:
    """They were told against somebody's word there: a supervisor's to see to. (information-sharing)"""
    moments = [one.since for one in file.to_tell if one.since is not None]
    if not moments:
        return
    names = listed(list(dict.fromkeys(called(one.agency, edition) for one in file.to_tell)))
    cases = listed(list(dict.fromkeys(one.case for one in file.to_tell)))
    yield owed(
        file,
        "refusal",
        _after(file, min(moments), edition.consents.withdrawal_working_days, edition),
        row="information-sharing",
        what=f"Tell these agencies that somebody on {cases} does not agree to their being told: {names}",
        met_by=(facts.AgenciesToldOfRefusal.model_fields["fact"].default,),
        by=Role.SUPERVISOR,
    )


def _partners(file: ReviewFile, edition: Edition) -> Iterator[Deadline]:
    for key, partner in file.partners.items():
        if not partner.answered:
            closes, days = edition.office.closes, edition.case_reviews.days.answers
            named = on_the_day(partner.until, closes) if partner.until is not None else None
            yield _owed(
                file,
                f"partner-{key}",
                named or _after(file, partner.asked_at, days, edition),
                f"Get an answer, or ask again ({called(key, edition)})",
                facts.PartnerAnswered,
                facts.PartnerChased,
            )


def _recommendations(file: ReviewFile, edition: Edition) -> Iterator[Deadline]:
    for key, one in file.open_recommendations().items():
        if one.by_when is not None:
            whose = "for us" if one.to == facts.US else called(one.to, edition)
            yield _owed(
                file,
                key,
                on_the_day(one.by_when, edition.office.closes),
                f"See that {key.replace('-', ' ')} ({whose}) is carried out, or say why not",
                facts.RecommendationCarriedOut,
                facts.RecommendationMoved,
                facts.RecommendationRefused,
            )


def called(key: str, edition: Edition) -> str:
    """An agency, by its name."""
    return next((one.name for one in edition.agencies if one.key == key), key)


def may_end_from(file: ReviewFile, edition: Edition) -> datetime | None:
    """None while a recommendation is open. Before that moment the applicant may still ask for another look."""
    if file.since is None or file.open_recommendations():
        return None
    moments = (file.since, file.last_followed_at(), may_dispute_until(file, edition))
    return max(moment for moment in moments if moment is not None)


def may_dispute_until(file: ReviewFile, edition: Edition) -> datetime | None:
    """None where it was answered already, or there is nothing to ask about."""
    if file.stage is not ReviewStage.TOLD or file.answered or file.since is None:
        return None
    return _after(file, file.since, edition.case_reviews.days.dispute, edition).moment


def _after(file: ReviewFile, since: datetime, days: int, edition: Edition) -> Due:
    return working_days_after(since, days, file.closure_days, edition.office.closes)


def _owed(file: ReviewFile, key: str, due: Due, what: str, *met_by: type[Fact]) -> Deadline:
    kinds = tuple(kind.model_fields["fact"].default for kind in met_by)
    return owed(file, key, due, row=ROW, what=what, met_by=kinds, stage=file.stage if key == "end" else None)
