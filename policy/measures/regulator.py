"""What the Regulator of Social Housing is told each year, from April to March, for each 1,000 homes. (reports)

Tenant satisfaction measures NM01: cases that were opened, and those of hate among them. What the definition leaves
open is our reading: several reports about the same party count once while a case about them is open, also where
two people each have a case; a report after it is closed is a new case; a hate case counts in both, and among hate
cases once for each party.
"""

from collections.abc import Iterator
from typing import Final

from policy.measures.base import Counted, Measure, Unit, counted
from policy.measures.caseload import stands_alone
from policy.measures.history import CaseHistory
from policy.measures.others import InShort, Others

A_THOUSAND: Final = 1000


def each_thousand(cases: float, homes: int) -> float:
    """Refuses a landlord without homes (ValueError)."""
    if homes < 1:
        raise ValueError("a landlord has at least one home")
    return cases * A_THOUSAND / homes


def _cases(case: CaseHistory, others: Others) -> Iterator[Counted]:
    return _once(case, others)


def _hate(case: CaseHistory, others: Others) -> Iterator[Counted]:
    """A hate case is one whatever else is open about the party."""
    return _once(case, others, hate=True) if case.file.hate is not None else iter(())


def _once(case: CaseHistory, others: Others, *, hate: bool = False) -> Iterator[Counted]:
    if not stands_alone(case) or case.file.reported_at is None:
        return
    short = InShort.of(case)
    same = (one for one in others.about_the_same(short) if not one.joined and (one.hate or not hate))
    if not any(one.came_before(short) for one in same):
        yield counted(case, case.file.reported_at)


FOR_THE_REGULATOR: Final = (
    Measure("nm01_cases", 1, "reports", "Cases of anti-social behaviour that were opened", Unit.NUMBER, _cases),
    Measure("nm01_hate", 1, "reports", "Hate cases that were opened", Unit.NUMBER, _hate),
)
