"""Work that is about no case: how much of it began, where, and what came of it. (prevention-work)"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from policy.measures.base import Counted, Measure, Unit
from policy.measures.history import CaseHistory
from policy.measures.others import Others

NOT_TOLD_YET: Final = "not_told_yet"


class Begun(NamedTuple):
    """As told by now; `result` is None until what came of it is told."""

    kind: str
    ward: str | None
    starts: date
    result: str | None


def began(works: Iterable[Begun]) -> Iterator[Counted]:
    """Each on the day on which it started, also where it was called off."""
    for one in works:
        ward = (one.ward,) if one.ward else ()
        yield Counted(
            "", 1, {"work": (one.kind,), "result": (one.result or NOT_TOLD_YET,), "ward": ward}, one.starts
        )


def _of_no_case(_case: CaseHistory, _others: Others) -> Iterator[Counted]:
    return iter(())


PREVENTION: Final = Measure(
    "prevention",
    1,
    "prevention-work",
    "Prevention work that began",
    Unit.NUMBER,
    _of_no_case,
    ("work", "result"),
)
