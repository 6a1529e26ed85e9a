"""How many cases there are: opened, closed, open, about hate, and of people to whom it happened before.
What joined another case is part of that one. (section 7)
"""

from collections.abc import Callable, Iterator
from typing import Final

from policy.consents import victims_agree
from policy.facts.base import Fact
from policy.facts.closing import Closing, ClosureProposed
from policy.facts.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.measures.base import Counted, Measure, Unit, counted
from policy.measures.history import CaseHistory
from policy.measures.interventions import interventions
from policy.measures.others import Others
from policy.working_days import london_day

_SAID: Final = {True: "given", False: "refused", None: "not_known"}
Answer = ConsentGiven | ConsentRefused | ConsentWithdrawn
_ANSWERS: Final[dict[type[Fact], str]] = {
    ConsentGiven: "given",
    ConsentRefused: "refused",
    ConsentWithdrawn: "withdrawn",
}
_ASKED, _NOT_ASKED = "asked", "not_asked"
NO_OUTCOME: Final = "none"


Of = Callable[[CaseHistory, Others], Iterator[Counted]]


def of_itself(counting: Callable[[CaseHistory], Iterator[Counted]]) -> Of:
    """Of cases that are no part of another, each without regard to the rest."""

    def of(case: CaseHistory, _others: Others) -> Iterator[Counted]:
        return counting(case) if stands_alone(case) else iter(())

    return of


def stands_alone(case: CaseHistory) -> bool:
    return case.file.joined is None and case.file.reported_at is not None


def _reported(case: CaseHistory, value: float = 1) -> Iterator[Counted]:
    if case.file.reported_at is not None:
        yield counted(case, case.file.reported_at, value)


def _came_in(case: CaseHistory, _others: Others) -> Iterator[Counted]:
    """When its report was recorded, however late that was, and also where it joined another since: by any other
    day it would be new on a day that nobody looks at any more.
    """
    if case.entries:
        yield counted(case, case.entries[0].recorded_at)


def _came_in_hate(case: CaseHistory, others: Others) -> Iterator[Counted]:
    """With a strand or none, as known when it is counted: what is perceived only later is not in the daily report
    that was made before. The other reports count it as `hate`, from the day on which it was perceived.
    """
    return _came_in(case, others) if case.file.hate is not None else iter(())


def _closed(case: CaseHistory) -> Iterator[Counted]:
    if case.file.closed_at is not None and case.file.closing is not None:
        yield counted(
            case,
            case.file.closed_at,
            closing=case.file.closing.value,
            outcome=outcome_of(case),
            intervention=interventions(case),
        )


def outcome_of(case: CaseHistory) -> str:
    """As the closure was proposed that it was closed by; where it closed at once it has none."""
    proposed = [one.fact.outcome for one in case.entries if isinstance(one.fact, ClosureProposed)]
    return proposed[-1].value if proposed and case.file.closing is Closing.WITH_LETTER else NO_OUTCOME


def _open(case: CaseHistory) -> Iterator[Counted]:
    closed_at = case.file.closed_at
    for one in _reported(case):
        yield one._replace(until=closed_at and london_day(closed_at))


def _hate(case: CaseHistory) -> Iterator[Counted]:
    hate = case.file.hate
    if hate is not None:
        police = _SAID[victims_agree(case.file, Purpose.POLICE)]
        yield counted(
            case,
            hate.since,
            perceived_by=hate.perceived_by.value,
            police_consent=police,
            police_answers=_police_answers(case),
        )


def _police_answers(case: CaseHistory) -> tuple[str, ...]:
    """Each that was ever given to whether the police may be told; where none was, whether anybody asked."""
    told = [one.fact for one in case.entries if isinstance(one.fact, Answer | ConsentAsked)]
    kinds = dict.fromkeys(type(fact) for fact in told if fact.purpose is Purpose.POLICE)
    return tuple(_ANSWERS[kind] for kind in kinds if kind in _ANSWERS) or (_ASKED if kinds else _NOT_ASKED,)


def _repeat_victims(case: CaseHistory) -> Iterator[Counted]:
    return _reported(case, float(case.file.repeat_victim))


def _repeat_perpetrators(case: CaseHistory) -> Iterator[Counted]:
    return _reported(case, float(case.file.repeat_perpetrator))


OF_CASELOAD: Final = (
    Measure("opened", 1, "counts-six-monthly", "Cases that were reported", Unit.NUMBER, of_itself(_reported)),
    Measure("came_in", 1, "new-cases-daily", "Cases whose report was recorded", Unit.NUMBER, _came_in),
    Measure(
        "came_in_hate",
        1,
        "new-cases-daily",
        "Cases whose report was recorded, about hate",
        Unit.NUMBER,
        _came_in_hate,
    ),
    Measure(
        "closed",
        1,
        "counts-six-monthly",
        "Cases that were closed",
        Unit.NUMBER,
        of_itself(_closed),
        ("closing", "outcome", "intervention"),
    ),
    Measure(
        "open",
        1,
        "review-meetings",
        "Cases that were open at the end",
        Unit.NUMBER,
        of_itself(_open),
        stands=True,
    ),
    Measure(
        "hate",
        1,
        "hate-monitoring",
        "Cases in which hate was perceived",
        Unit.NUMBER,
        of_itself(_hate),
        ("perceived_by", "police_consent", "police_answers"),
    ),
    Measure(
        "repeat_victims",
        1,
        "repeat-victims",
        "Of the cases that were reported, those whose victim, or their household, was one before",
        Unit.SHARE,
        of_itself(_repeat_victims),
    ),
    Measure(
        "repeat_perpetrators",
        1,
        "repeat-victims",
        "Of the cases that were reported, those about somebody of a household that was complained about before",
        Unit.SHARE,
        of_itself(_repeat_perpetrators),
    ),
)
