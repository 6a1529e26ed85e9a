"""What came of all cases under a proposed edition, and of each that is worth naming. (policy-simulation)"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from policy.frozen import Frozen
from policy.simulation.compared import Handled


class Named(StrEnum):
    """Why a case is named."""

    DIFFERENT = "different"
    OTHER_DATES = "other_dates"
    WENT_OTHERWISE = "went_otherwise"
    CANNOT = "cannot"
    OVERDUE = "overdue"


class Example(Frozen):
    """A case, and in plain sentences what would be otherwise, or why it cannot be."""

    ref: str
    sentences: tuple[str, ...]


@dataclass
class Tally:
    """`alive` in the period; of these `erased` ones are in nothing else, nor are those that `went_otherwise` when
    they were told again under their own edition. With `different` ones something would have been done, owed,
    refused or sent otherwise; with `other_dates` the same by other dates. `sorted` are cases by dimension and what
    stands there, `sorted_different` those of them that are different.
    """

    alive: int = 0
    erased: int = 0
    went_otherwise: int = 0
    different: int = 0
    other_dates: int = 0
    own: Handled = field(default_factory=Handled)
    proposed: Handled = field(default_factory=Handled)
    sorted: Counter[tuple[str, str]] = field(default_factory=Counter)
    sorted_different: Counter[tuple[str, str]] = field(default_factory=Counter)
    open: int = 0
    cannot: Counter[str] = field(default_factory=Counter)
    overdue: Counter[str] = field(default_factory=Counter)
    overdue_cases: int = 0
    moved: Counter[tuple[str, int]] = field(default_factory=Counter)
    owed: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    named: dict[Named, list[Example]] = field(default_factory=dict)

    def add(self, other: "Tally", examples: int) -> None:
        """Together with the other; of each kind as many are named as there is room for, the lowest references."""
        for name, value in vars(other).items():
            if name != "named":
                setattr(self, name, getattr(self, name) + value)
        for kind, found in other.named.items():
            both = sorted((*self.named.get(kind, ()), *found), key=lambda one: one.ref)
            self.named[kind] = both[:examples]
