"""How long a simulation still takes, by the facts of its cases: some are told first. (policy-simulation)"""

from datetime import timedelta
from math import ceil
from typing import Final, NamedTuple

_SOME: Final = timedelta(seconds=10)
"""So long nothing is said: processes are still starting, and what is small is over by then."""
_TO_FIVE_FROM, _IN_HOURS_FROM = 10, 115
"""Above so many minutes they are told to the next five, and in hours."""


class Far(NamedTuple):
    """How many cases are told again `of_cases`, how many of their facts `of_facts`, and how long that `took`."""

    cases: int
    of_cases: int
    facts: int
    of_facts: int
    took: timedelta

    @property
    def percent(self) -> int:
        """99 until it is kept."""
        return min(99, 100 * self.facts // max(1, self.of_facts))

    @property
    def left(self) -> timedelta | None:
        """As long for each fact that is left as for those that are told. None while too few are."""
        if not self.facts or self.took < _SOME:
            return None
        return self.took * (max(0, self.of_facts - self.facts) / self.facts)


def in_words(left: timedelta) -> str:
    """No more exactly than it is known."""
    if left < timedelta(minutes=1):
        return "less than a minute"
    minutes = ceil(left / timedelta(minutes=1))
    if minutes > _IN_HOURS_FROM:
        return f"about {ceil(minutes / 60)} hours"
    if minutes > _TO_FIVE_FROM:
        return f"about {5 * ceil(minutes / 5)} minutes"
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"
