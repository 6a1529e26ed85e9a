"""What came of it: which interventions a case had, how long there was peace, what agencies and courts answered,
and what people thought of us. (interventions-that-work, customer-feedback, partner-referrals, section 7)
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from policy.facts.proceedings import (
    Heard,
    LegalActionFinished,
    LegalActionProposed,
    LegalActionStopped,
    LegalOrderMade,
    LegalStage,
)
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.referring import ReferralFinished, ReferralProposed, ReferralTakenUp
from policy.measures.base import Counted, Measure, Unit, counted
from policy.measures.caseload import NO_OUTCOME, outcome_of, stands_alone
from policy.measures.history import CaseHistory
from policy.measures.interventions import interventions
from policy.measures.others import InShort, Others
from policy.working_days import london_day, working_days_between

HALF_A_YEAR: Final = timedelta(days=183)
"""Our reading: peace is what has lasted for so long."""
_SATISFIED: Final = {"satisfied": frozenset({"very", "fairly"})}
"""Our reading: which answers to which question of the questionnaire say that somebody is."""


def _peace(case: CaseHistory, others: Others) -> Iterator[Counted]:
    """On the day on which the half year after closing ends: whether nobody reported the same party, or the same
    thing again, until then.
    """
    if case.file.closed_at is not None and stands_alone(case):
        held = float(_broken(case, others) is None)
        ends = case.file.closed_at + HALF_A_YEAR
        yield counted(case, ends, held, intervention=interventions(case), outcome=outcome_of(case))


def _days_of_peace(case: CaseHistory, others: Others) -> Iterator[Counted]:
    """On the day on which it was broken."""
    closed_at, again = case.file.closed_at, _broken(case, others)
    if closed_at is not None and again is not None and stands_alone(case):
        days = (london_day(again) - london_day(closed_at)).days
        yield counted(case, again, days, intervention=interventions(case), outcome=outcome_of(case))


def _broken(case: CaseHistory, others: Others) -> datetime | None:
    """When the peace after closing was, within half a year."""
    closed_at = case.file.closed_at
    if closed_at is None:
        return None
    again = others.reported_again(InShort.of(case))
    return min((at for at in again if closed_at < at <= closed_at + HALF_A_YEAR), default=None)


def _referrals(case: CaseHistory, _others: Others) -> Iterator[Counted]:
    """Those that ended: working days from the day on which we proposed them."""
    for one in case.entries:
        if isinstance(one.fact, ReferralFinished):
            begun = case.beginning_of(one.fact.matter)
            if begun is not None and isinstance(begun.fact, ReferralProposed):
                days = working_days_between(london_day(begun.at), london_day(one.at), case.file.closure_days)
                outcome = one.fact.outcome.value if one.fact.outcome else NO_OUTCOME
                yield counted(case, one.at, days, agency=begun.fact.agency, outcome=outcome)


def _answered_referrals(case: CaseHistory, _others: Others) -> Iterator[Counted]:
    """Working days from the day on which we proposed one until the agency took it up, or ended it at once."""
    answered = set[str]()
    for one in case.entries:
        fact = one.fact
        if isinstance(fact, ReferralTakenUp | ReferralFinished) and fact.matter not in answered:
            begun = case.beginning_of(fact.matter)
            if begun is not None and isinstance(begun.fact, ReferralProposed):
                answered.add(fact.matter)
                days = working_days_between(london_day(begun.at), london_day(one.at), case.file.closure_days)
                yield counted(case, one.at, days, agency=begun.fact.agency)


def _legal_actions(case: CaseHistory, _others: Others) -> Iterator[Counted]:
    """Those that ended."""
    for one in case.entries:
        if isinstance(one.fact, LegalActionFinished | LegalActionStopped):
            begun = case.beginning_of(one.fact.matter)
            if begun is not None and isinstance(begun.fact, LegalActionProposed):
                outcome = _legal_outcome(case, one.fact)
                yield counted(case, one.at, remedy=begun.fact.remedy, outcome=outcome)


def _legal_outcome(case: CaseHistory, end: LegalActionFinished | LegalActionStopped) -> str:
    """`order_made`, `set_aside`, `refused` by the court, `stopped` here, or `ended` before a court decided."""
    if isinstance(end, LegalActionStopped):
        return "stopped"
    if end.set_aside:
        return "set_aside"
    heard = [one.fact for one in case.entries if isinstance(one.fact, Heard) and one.fact.matter == end.matter]
    if any(isinstance(one, LegalOrderMade) for one in heard):
        return "order_made"
    return "refused" if any(one.stage is LegalStage.REFUSED for one in heard) else "ended"


def _answers(case: CaseHistory, _others: Others) -> Iterator[Counted]:
    for fact in _answered(case):
        for question, answer in fact.answers.items():
            yield counted(case, fact.at, question=question, answer=answer)


def _satisfied(case: CaseHistory, _others: Others) -> Iterator[Counted]:
    for fact in _answered(case):
        for question, meaning in _SATISFIED.items():
            if question in fact.answers:
                yield counted(case, fact.at, float(fact.answers[question] in meaning))


def _answered(case: CaseHistory) -> Iterator[QuestionnaireAnswered]:
    return (one.fact for one in case.entries if isinstance(one.fact, QuestionnaireAnswered))


OF_OUTCOMES: Final = (
    Measure(
        "peace_held",
        1,
        "interventions-that-work",
        "Of closed cases, those in which nothing was reported again for half a year",
        Unit.SHARE,
        _peace,
        ("intervention", "outcome"),
    ),
    Measure(
        "days_of_peace",
        1,
        "interventions-that-work",
        "Days from closing until something was reported again, of what was within half a year",
        Unit.DAYS,
        _days_of_peace,
        ("intervention", "outcome"),
    ),
    Measure(
        "referrals_answered",
        1,
        "partner-referrals",
        "Working days from a referral until the agency took it up or ended it",
        Unit.WORKING_DAYS,
        _answered_referrals,
        ("agency",),
    ),
    Measure(
        "referrals",
        1,
        "partner-referrals",
        "Working days from a referral to its end, of those that ended",
        Unit.WORKING_DAYS,
        _referrals,
        ("agency", "outcome"),
    ),
    Measure(
        "legal_actions",
        1,
        "legal-remedies",
        "Legal actions that ended",
        Unit.NUMBER,
        _legal_actions,
        ("remedy", "outcome"),
    ),
    Measure(
        "answers",
        1,
        "customer-feedback",
        "Answers to our questions, each by itself",
        Unit.NUMBER,
        _answers,
        ("question", "answer"),
    ),
    Measure(
        "satisfied",
        1,
        "customer-feedback",
        "Of those who answered, who is very or fairly happy with what we did",
        Unit.SHARE,
        _satisfied,
    ),
)
