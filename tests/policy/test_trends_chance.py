"""Statistics of trends: hand-worked figures, and intervals and chances that are what they say."""

from math import inf, isclose

import numpy as np
import pytest
from scipy import stats

from policy.trends.chance import (
    Spread,
    Table,
    Varied,
    against_elsewhere,
    by_chance,
    false_discoveries,
    spread,
    times,
    varied,
)

NO_MORE = Spread()


def test_what_is_expected_is_the_own_past_as_it_goes_elsewhere() -> None:
    """24 in the past; elsewhere there are now a tenth of the 200 before: 24.5 * 20.5 / 200.5."""
    assert isclose(Table(9, 24, 20, 200).expected, 2.50499, rel_tol=1e-5)


def test_a_season_that_all_share_is_expected() -> None:
    quiet, busy = Table(9, 24, 20, 200), Table(9, 24, 40, 200)
    assert busy.expected > 1.9 * quiet.expected


def test_a_short_past_leaves_more_in_doubt() -> None:
    assert Table(9, 2, 20, 200).doubt > Table(9, 24, 20, 200).doubt > Table(9, 24, 2000, 20000).doubt


def test_year_on_year_is_exact() -> None:
    """12 after 8. By the beta distribution, of which Clopper and Pearson's bounds are quantiles."""
    found = times(12, 8)
    assert found is not None
    low, high = stats.beta.ppf(0.025, 12, 9), stats.beta.ppf(0.975, 13, 8)
    assert isclose(found.value, 1.5)
    assert isclose(found.low, low / (1 - low), rel_tol=1e-9)
    assert isclose(found.high, high / (1 - high), rel_tol=1e-9)


def test_year_on_year_where_one_of_them_had_none() -> None:
    """Of none in five the bound is known without tables: 1 - 0.025 ** (1 / 5)."""
    share = 1 - 0.025 ** (1 / 5)
    fewer, more = times(0, 5), times(5, 0)
    assert fewer is not None
    assert more is not None
    assert (fewer.value, fewer.low) == (0, 0)
    assert isclose(fewer.high, share / (1 - share))
    assert (more.value, more.high) == (inf, inf)
    assert isclose(more.low, (1 - share) / share)
    assert times(0, 0) is None


def test_a_longer_time_may_hold_more() -> None:
    """29 days of February against 28."""
    longer, same = times(29, 28, 29 / 28), times(28, 28)
    assert longer is not None
    assert same is not None
    assert isclose(longer.value, same.value)


def test_independent_cases_vary_as_one() -> None:
    random = np.random.default_rng(2613)
    told = varied(random.poisson(7, (40, 12)).tolist())
    assert told.free == 39 * 11
    assert 0.85 < told.chi / told.free < 1.15
    assert abs(told.square) < 0.05


@pytest.mark.parametrize("windows", [[], [[]], [[0, 0], [0, 0]], [[3, 1]], [[3], [4]], [[0, 0], [3, 4]]])
def test_where_nothing_can_vary_nothing_is_said(windows: list[list[int]]) -> None:
    assert varied(windows) == Varied(0, 0, 0)


def test_a_hand_worked_variation() -> None:
    """Two places, two windows, 5 expected in each and 2 away from it: four times 4 / 5, one degree of freedom."""
    told = varied([[7, 3], [3, 7]])
    assert isclose(told.chi, 16 / 5)
    assert told.free == 1
    assert isclose(told.square, (16 - 4 * 5 / 4) / (25 * 4 / 4))


def test_few_cases_of_a_kind_vary_at_least_as_all_kinds_do() -> None:
    assert spread(Varied(5, 10, -1), [Varied(30, 10, 0), Varied(10, 10, 0)]) == Spread(2.0, 0.0)
    assert spread(Varied(30, 10, 0.1), [Varied(10, 10, 0)]) == Spread(3.0, 0.1)
    assert spread(Varied(0, 0, 0), []) == NO_MORE


def test_of_the_two_ways_to_vary_the_larger_counts() -> None:
    wavers = Spread(2.0, 0.1)
    assert (wavers.at(5), wavers.at(50)) == (2.0, 6.0)


def test_with_a_past_without_end_it_is_poisson() -> None:
    """Ten are expected and nothing is in doubt."""
    table = Table(18, 10**9, 10**8, 10**16)
    assert isclose(by_chance(table, NO_MORE), stats.poisson.sf(17, 10), rel_tol=1e-3)


def test_chance_explains_more_where_counts_vary_more_and_where_the_past_is_short() -> None:
    long, short = Table(18, 100, 1000, 10000), Table(18, 10, 1000, 1000)
    assert isclose(long.expected, short.expected, rel_tol=0.06)
    assert by_chance(long, NO_MORE) < by_chance(long, Spread(2.0)) < by_chance(long, Spread(4.0))
    assert by_chance(long, NO_MORE) < by_chance(short, NO_MORE)


@pytest.mark.parametrize("mean", [2, 8, 30])
def test_chances_are_as_common_as_they_say_or_rarer(mean: int) -> None:
    """Of counts that nothing is the matter with: one in twenty has a chance under a twentieth, and so on."""
    random = np.random.default_rng(mean)
    drawn = zip(
        random.poisson(mean, 4000),
        random.poisson(mean * 12, 4000),
        random.poisson(mean * 24, 4000),
        random.poisson(mean * 24 * 12, 4000),
        strict=True,
    )
    chances = [by_chance(Table(*map(int, one)), NO_MORE) for one in drawn]
    assert sum(one < 0.05 for one in chances) / len(chances) < 0.058
    assert sum(one < 0.01 for one in chances) / len(chances) < 0.014
    assert sum(one < 0.2 for one in chances) / len(chances) > 0.1


@pytest.mark.parametrize(("true", "step"), [(0.5, 1.0), (1.0, 1.0), (2.0, 1.0), (1.0, 2.0)])
def test_an_interval_holds_the_truth_nineteen_times_of_twenty(true: float, step: float) -> None:
    random = np.random.default_rng(2613)
    held = 0
    for _ in range(2000):
        means = (10 * true, 120, 240, 2880)
        if step == 1:
            counts = [int(random.poisson(one)) for one in means]
        else:
            counts = [int(random.negative_binomial(one / (step - 1), 1 / step)) for one in means]
        found = against_elsewhere(Table(*counts), Spread(step))
        held += found.low <= true <= found.high
    assert 0.94 < held / 2000 < 0.985


def test_false_discoveries_are_benjamini_and_hochberg_s() -> None:
    """Worked by hand: p * 4 / rank, and none above one that is less likely."""
    found = false_discoveries([0.01, 0.04, 0.03, 0.5])
    assert [round(one, 6) for one in found] == [0.04, 0.053333, 0.053333, 0.5]
    assert false_discoveries([]) == []
