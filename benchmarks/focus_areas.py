"""`python -m benchmarks.focus_areas`: how often a place is proposed by chance, and how often one is found in which
cases cluster, on made-up caseloads of which that is known.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policy.editions import released
from policy.measures.period import Period
from policy.trends.counts import ALL, Tally, before
from policy.trends.focus import clusters

EDITION: Final = released()[-1].focus_areas
WARDS, KINDS = 25, 15
_NOW: Final = Period(first=date(2026, 8, 1), last=date(2026, 8, 1) + timedelta(days=EDITION.days - 1))
TIMES: Final = (_NOW, *before(_NOW.first, EDITION.days, EDITION.years_of_past))
_QUARTERS: Final = 365 / EDITION.days


@dataclass(frozen=True)
class Shape:
    """A landlord's caseload: `yearly` cases, up and down by `season`, `growth` a year. `brings` is how many others
    come with a case on average, `wavers` the relative variance of a ward's rate from window to window, `past` how
    many windows of it are known, `new` how many wards have none. In `planted` wards there are `times` as many now.
    """

    name: str
    yearly: float = 900
    season: float = 0.3
    growth: float = 0.0
    brings: float = 0.0
    wavers: float = 0.0
    past: int = len(TIMES) - 1
    new: int = 0
    times: float = 1.0
    planted: int = 0


class Made(NamedTuple):
    """`true` are the places in which cases cluster, with how many are to be expected there without that."""

    told: Tally
    true: dict[str, float]


@dataclass
class Measured:
    """Over so many looks: in how many any place was proposed, how many were, the share of those by chance (0 in a
    look without any), and by how many were to be expected in a true one whether it was found.
    """

    looks: int = 0
    with_any: int = 0
    proposed: int = 0
    false: float = 0.0
    found: list[tuple[float, bool]] = field(default_factory=list)

    def detected(self, least: float = 0, most: float = float("inf")) -> float | None:
        among = [hit for mean, hit in self.found if least <= mean < most]
        return sum(among) / len(among) if among else None


def made(random: np.random.Generator, shape: Shape) -> Made:
    size = random.lognormal(0, 0.6, WARDS)
    kinds = random.dirichlet(np.full(KINDS, 0.8))
    ago = np.arange(len(TIMES))
    course = 1 + shape.season * np.cos(2 * np.pi * ago / _QUARTERS)
    course = course * (1 + shape.growth) ** (-ago / _QUARTERS)
    mean = np.einsum("k,w,t->kwt", kinds, size / size.sum(), course) * shape.yearly / _QUARTERS
    if shape.wavers:
        mean = mean * random.gamma(1 / shape.wavers, shape.wavers, (1, WARDS, len(TIMES)))
    true = {f"w{ward:02}": float(mean[:, ward, 0].sum()) for ward in random.choice(WARDS, shape.planted, False)}
    for ward in true:
        mean[:, int(ward[1:]), 0] *= shape.times
    mean[:, :, 1 + shape.past :] = 0
    mean[:, : shape.new, 1:] = 0
    return Made(_told(_drawn(random, mean, shape.brings)), true)


def _drawn(random: np.random.Generator, mean: NDArray[Any], brings: float) -> NDArray[Any]:
    """Each case alone, or with others that it brings: a geometric number of them."""
    if not brings:
        return random.poisson(mean)
    first = random.poisson(mean / (1 + brings))
    more = random.negative_binomial(np.maximum(first, 1), 1 / (1 + brings))
    return first + np.where(first > 0, more, 0)


def _told(counts: NDArray[Any]) -> Tally:
    kinds = {ALL: counts.sum(axis=0)} | {f"kind{number:02}": rows for number, rows in enumerate(counts)}
    return {
        kind: {f"w{ward:02}": tuple(map(int, row)) for ward, row in enumerate(rows)}
        for kind, rows in kinds.items()
    }


def measured(shape: Shape, looks: int, seed: int) -> Measured:
    random, told = np.random.default_rng(seed), Measured()
    for _ in range(looks):
        there = made(random, shape)
        places = {one.place for one in clusters(there.told, TIMES, EDITION)}
        told.looks += 1
        told.with_any += bool(places)
        told.proposed += len(places)
        told.false += len(places - there.true.keys()) / max(1, len(places))
        told.found += [(mean, ward in places) for ward, mean in there.true.items()]
    return told


NOTHING: Final = (
    Shape("cases by themselves"),
    Shape("300 a year", yearly=300),
    Shape("9,000 a year", yearly=9000),
    Shape("strong season, 30% more each year", season=0.7, growth=0.3),
    Shape("each third case brings another", brings=1 / 3),
    Shape("each case brings another", brings=1.0),
    Shape("rates that waver by a third", wavers=0.1),
    Shape("the same, 9,000 a year", wavers=0.1, yearly=9000),
    Shape("one year of past", past=4),
    Shape("two windows of past", past=2),
    Shape("five wards without a past", new=5),
)
CLUSTERS: Final = tuple(
    replace(shape, times=times, planted=planted)
    for times in (1.5, 2.0, 3.0)
    for shape, planted in (
        (NOTHING[0], 1),
        (NOTHING[0], 3),
        (NOTHING[2], 1),
        (NOTHING[3], 1),
        (NOTHING[4], 1),
        (NOTHING[6], 1),
        (NOTHING[8], 1),
    )
)


def table(looks: int = 400, seed: int = 2613) -> Iterator[str]:
    yield "| without any cluster | looks with a proposal | proposals a look |"
    yield "|---|---|---|"
    for shape in NOTHING:
        one = measured(shape, looks, seed)
        yield f"| {shape.name} | {one.with_any / one.looks:.1%} | {one.proposed / one.looks:.3f} |"
    yield ""
    yield "| caseload | times as many, in | found | fewer than 8 expected | 8 to 20 | 20 and more | by chance |"
    yield "|---|---|---|---|---|---|---|"
    for shape in CLUSTERS:
        one = measured(shape, looks, seed)
        sizes = [one.detected(), one.detected(0, 8), one.detected(8, 20), one.detected(20)]
        wards = "1 ward" if shape.planted == 1 else f"{shape.planted} wards"
        cells = [f"{shape.times:g}, {wards}", *map(_percent, sizes), f"{one.false / one.looks:.1%}"]
        yield f"| {shape.name} | {' | '.join(cells)} |"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def main(words: Sequence[str] = sys.argv[1:]) -> None:
    for line in table(*map(int, words)):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
