"""What chance explains. scipy is loaded where it is asked: its distributions take a second, and most never ask.

Sources: Clopper and Pearson 1934 (exact interval of a share); Farrington and others 1996, Noufaily and others 2013
(counts against earlier years with a negative binomial tail, as outbreaks of disease are looked for in England);
Benjamini and Hochberg 1995 (false discoveries).
"""

from collections.abc import Sequence
from math import exp, inf, log, sqrt
from typing import Final, NamedTuple

_OUTSIDE: Final = 0.05
"""In one of twenty intervals the truth lies outside."""
_NORMAL: Final = 1.959964
_HALF: Final = 0.5
"""Added to each count, so that none is nothing. (Jeffreys; Haldane and Anscombe)"""


class Ratio(NamedTuple):
    """How many times as many; in nineteen of twenty such cases the truth lies from `low` to `high`."""

    value: float
    low: float
    high: float

    @property
    def may_be_chance(self) -> bool:
        return self.low <= 1 <= self.high


class Table(NamedTuple):
    """New cases here and elsewhere, now and in the past before it."""

    here: int
    past: int
    elsewhere: int
    past_elsewhere: int

    @property
    def expected(self) -> float:
        """As many as its own past says, were it to go here now as it goes elsewhere in the same days."""
        season = (self.elsewhere + _HALF) / (self.past_elsewhere + _HALF)
        return (self.past + _HALF) * season

    @property
    def doubt(self) -> float:
        """The relative variance of `expected`: a short past says little."""
        return sum(1 / (one + _HALF) for one in (self.past, self.elsewhere, self.past_elsewhere))


class Spread(NamedTuple):
    """How much more counts vary than those of independent cases: `step` times as much where cases bring others,
    and by `square` more with each case that is expected where a rate wavers. The larger of the two counts.
    """

    step: float = 1.0
    square: float = 0.0

    def at(self, mean: float) -> float:
        return max(self.step, 1 + self.square * mean)


class Varied(NamedTuple):
    """What windows of the past say of it: Pearson's chi squared, its degrees of freedom, and `square`."""

    chi: float
    free: int
    square: float


def times(now: int, before: int, exposure: float = 1.0) -> Ratio | None:
    """Of two times, the later `exposure` times as long: exact, given how many there were in both (conditional
    binomial). None where there were none.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - see above

    if now + before == 0:
        return None
    low = float(betaincinv(now, before + 1, _OUTSIDE / 2)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - _OUTSIDE / 2)) if before else 1.0
    value = now / before / exposure if before else inf
    return Ratio(value, _odds(low) / exposure, _odds(high) / exposure)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def varied(windows: Sequence[Sequence[int]]) -> Varied:
    """One row a place, one column a window of time; what all places share is no variation."""
    of_place = [sum(row) for row in windows]
    of_window = [sum(column) for column in zip(*windows, strict=True)]
    total = sum(of_place)
    free = max(0, sum(map(bool, of_place)) - 1) * max(0, sum(map(bool, of_window)) - 1)
    if not free:
        return Varied(0, 0, 0)
    counted = [
        (count, mine * then / total)
        for row, mine in zip(windows, of_place, strict=True)
        for count, then in zip(row, of_window, strict=True)
        if mine and then
    ]
    lost = free / len(counted)
    chi = sum((count - mean) ** 2 / mean for count, mean in counted)
    more = sum((count - mean) ** 2 - lost * mean for count, mean in counted)
    return Varied(chi, free, more / (lost * sum(mean**2 for _, mean in counted)))


def spread(own: Varied, others: Sequence[Varied]) -> Spread:
    """Of one kind of case; few cases tell little of it, so it is at least that of all `others` together."""
    chi, free = sum(one.chi for one in others), sum(one.free for one in others)
    steps = (1.0, own.chi / own.free if own.free else 1.0, chi / free if free else 1.0)
    return Spread(max(steps), max(0.0, own.square))


def by_chance(table: Table, spread: Spread) -> float:
    """How likely so many or more are where nothing is the matter: the tail of a negative binomial, whose variance
    holds the spread and the doubt about what was expected.
    """
    from scipy.stats import nbinom  # noqa: PLC0415 - see above

    mean = table.expected
    variance = spread.at(mean) * mean * (1 + mean * table.doubt)
    return float(nbinom.sf(table.here - 1, mean * mean / (variance - mean), mean / variance))


def against_elsewhere(table: Table, spread: Spread) -> Ratio:
    """How many times as many as expected; as unsure as all four counts and the spread make it."""
    near = log((table.here + _HALF) / table.expected)
    wide = _NORMAL * sqrt(spread.at(table.expected) * (1 / (table.here + _HALF) + table.doubt))
    return Ratio(table.here / table.expected, exp(near - wide), exp(near + wide))


def false_discoveries(chances: Sequence[float]) -> list[float]:
    """Of each: what share would be chance if all that are no likelier were taken for true."""
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - see above

    return [float(one) for one in false_discovery_control(chances, method="bh")] if chances else []
