"""All cases in short, for what a measure must know of others than the one that it looks at."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Self

from policy.facts.parts import Part
from policy.facts.reporting import ReportReceived
from policy.measures.history import CaseHistory


class InShort(NamedTuple):
    """`parties` are who is complained about, by the id under which we know them, `follows` the case from which it
    was said to follow.
    """

    ref: str
    reported_at: datetime | None
    closed_at: datetime | None
    joined: bool
    hate: bool
    parties: frozenset[str]
    follows: str | None

    @classmethod
    def of(cls, case: CaseHistory) -> Self:
        file = case.file
        known = (one.person for one in file.people.values() if one.part is Part.PERPETRATOR)
        follows = (one.fact.follows for one in case.entries if isinstance(one.fact, ReportReceived))
        return cls(
            file.ref,
            file.reported_at,
            file.closed_at,
            file.joined is not None,
            file.hate is not None,
            frozenset(person for person in known if person is not None),
            next(follows, None),
        )

    def came_before(self, other: Self) -> bool:
        """It was open when the other was reported; of two of one moment it is the one of the lower number."""
        at = other.reported_at
        return at is not None and (self.was_open(at) or (self.reported_at == at and self.ref < other.ref))

    def was_open(self, moment: datetime) -> bool:
        """Just before it."""
        begun = self.reported_at is not None and self.reported_at < moment
        return begun and (self.closed_at is None or self.closed_at >= moment)


class Others:
    def __init__(self, cases: Iterable[InShort]) -> None:
        self._about: dict[str, list[InShort]] = defaultdict(list)
        self._following: dict[str, list[InShort]] = defaultdict(list)
        for case in cases:
            for party in case.parties:
                self._about[party].append(case)
            if case.follows is not None:
                self._following[case.follows].append(case)

    def about_the_same(self, case: InShort) -> Iterable[InShort]:
        """Other cases about somebody whom this one is about; one about two of them comes twice."""
        return (one for party in case.parties for one in self._about[party] if one.ref != case.ref)

    def reported_again(self, case: InShort) -> Iterable[datetime]:
        """When the same party was reported on another, or another was said to follow from this one."""
        told = (*self._following[case.ref], *self.about_the_same(case))
        return (one.reported_at for one in told if one.reported_at is not None)
