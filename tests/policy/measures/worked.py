"""Cases of October 2023 whose figures are worked out by hand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from policy.facts import Actor, CaseFact
from policy.measures import MEASURES
from policy.measures.base import Counted, Figure, figures, sorted_out
from policy.measures.history import OF_EVERY_CASE, CaseHistory, history
from policy.measures.others import InShort, Others
from policy.measures.period import Period
from policy.simulation import simulate
from tests.given import OFFICER, empty_file, entry, london

OCTOBER = Period.month(2023, 10)
AFTERWARDS = london(2023, 11, 1, 0)


def case(
    number: int, *facts: CaseFact, by: Actor = OFFICER, until: datetime = AFTERWARDS, **more: Any
) -> CaseHistory:
    """As its workflow would have carried it on, letters sent and misses noticed; none of the facts was refused."""
    opening = empty_file(facts[0].at.date(), f"CW-2023-{number:06d}")
    played = simulate(opening, [entry(fact, by) for fact in facts], until=until)
    assert not played.refused, [one.refusal for one in played.refused]
    return history(opening, played.entries, until)._replace(**more)


def measured(name: str, *cases: CaseHistory, period: Period = OCTOBER) -> Figure:
    return figures(MEASURES[name].unit, sorted_out(counted(name, *cases, period=period)))[()]


def sorted_by(
    name: str, cases: tuple[CaseHistory, ...], *by: str, period: Period = OCTOBER
) -> dict[tuple[str, ...], float | None]:
    """Without the figure of all."""
    found = figures(MEASURES[name].unit, sorted_out(counted(name, *cases, period=period), by))
    return {place: one.value for place, one in found.items() if place}


def counted(name: str, *cases: CaseHistory, period: Period = OCTOBER) -> Iterator[Counted]:
    others, measure = Others(map(InShort.of, cases)), MEASURES[name]
    for case in cases:
        for one in measure.counts(case, period, others):
            assert one.by.keys() == {*OF_EVERY_CASE, *measure.more}, name
            yield one
