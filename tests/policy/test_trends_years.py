"""trends-yearly: the same months of other years, all that is counted, and nothing that tells of whom."""

from datetime import date
from itertools import pairwise

import pytest

from policy.measures.period import Period
from policy.trends.compared import in_place
from policy.trends.counts import ALL, HATE, Cell, before
from policy.trends.words import as_expected, change, how_many_times, how_often_chance, year_on_year
from policy.trends.years import Trends, Year, each_month, same_months, trends

TIMES = same_months(date(2026, 11, 30), 3)
A_YEAR = same_months(date(2026, 11, 30), 12)


def test_a_season_is_compared_with_its_own_kind() -> None:
    assert [(one.first, one.last) for one in TIMES] == [
        (date(2026, 8, 1), date(2026, 10, 31)),
        (date(2025, 8, 1), date(2025, 10, 31)),
        (date(2024, 8, 1), date(2024, 10, 31)),
    ]


def test_months_that_lie_across_the_turn_of_the_year() -> None:
    assert [one.first for one in same_months(date(2026, 2, 1), 3)] == [
        date(2025, 11, 1),
        date(2024, 11, 1),
        date(2023, 11, 1),
    ]
    assert [one.first for one in each_month(date(2026, 2, 14), 3)] == [
        date(2026, 2, 1),
        date(2026, 1, 1),
        date(2025, 12, 1),
    ]


def test_the_past_is_whole_windows_that_follow_on_each_other() -> None:
    past = before(date(2026, 8, 31), 91, 3)
    assert len(past) == 12
    assert past[0].last == date(2026, 8, 30)
    assert all((one.last - one.first).days == 90 for one in past)
    assert all((later.first - one.last).days == 1 for later, one in pairwise(past))


def cells(
    *counts: int, ward: str | None = "Seal", category: str | None = "noise", hate: bool = False
) -> list[Cell]:
    return [Cell(time, ward, category, hate, number) for time, number in enumerate(counts)]


def test_by_ward_the_most_first_and_by_kind_with_all_of_them_first() -> None:
    told = [*cells(9, 4, 5), *cells(12, 11, 10, ward="Hextable", category="drugs"), *cells(3, 0, 0, ward=None)]
    found = trends(told, TIMES, 5)
    assert [(one.what, one.numbers) for one in found.kinds] == [
        (ALL, (24, 15, 15)),
        ("drugs", (12, 11, 10)),
        ("noise", (12, 4, 5)),
        (HATE, ()),
    ]
    assert [(one.what, one.numbers) for one in found.wards] == [("Hextable", (12, 11, 10)), ("Seal", (9, 4, 5))]
    assert found.nowhere == 3
    of_seal = trends(told, TIMES, 5, "Seal")
    assert [one.what for one in of_seal.kinds] == [ALL, "noise", HATE]
    assert of_seal.kinds[0].numbers == (9, 4, 5)
    assert of_seal.wards == found.wards


@pytest.mark.parametrize(("numbers", "told"), [((5, 6, 0), True), ((4, 9, 9), False), ((9, 9, 1), False)])
def test_few_hate_cases_are_not_told(numbers: tuple[int, int, int], told: bool) -> None:
    counted = [*cells(50, 50, 50), *cells(*numbers, hate=True)]
    found = {one.what: one for one in trends(counted, A_YEAR, 5).kinds}
    assert found[HATE].told is told
    assert found[HATE].numbers == (numbers if told else ())
    assert found["noise"].told
    for over, ward in ((TIMES, None), (A_YEAR, "Seal")):
        assert trends(counted, over, 5, ward).kinds[-1].told is False


@pytest.mark.parametrize("over", [TIMES, A_YEAR], ids=["three months", "a year"])
def test_nothing_that_is_told_beside_it_changes_with_who_was_hated(over: list[Period]) -> None:
    """Whatever is taken from whatever: all from their kinds, every ward from each, a place in the order."""
    quiet = [*cells(9, 8, 7), *cells(6, 6, 6, ward="Hextable"), *cells(2, ward=None)]
    as_hate = [*cells(3, 0, 1, category=HATE, hate=True), *cells(2, ward=None, category=HATE, hate=True)]
    among_noise = [
        *cells(7, 8, 6),
        *cells(2, 0, 1, hate=True),
        *cells(6, 6, 6, ward="Hextable"),
        *cells(2, ward=None, hate=True),
    ]
    new_there = cells(1, ward="Bluebell", category=HATE, hate=True)
    for ward in (None, "Seal", "Hextable", "Bluebell"):
        told = trends([*quiet, *cells(9, 9, 9, category=HATE, hate=True)], over, 5, ward)
        for more in (as_hate, new_there):
            assert _beside_hate(trends([*quiet, *more], over, 5, ward)) == _beside_hate(told)
        assert _beside_hate(trends(among_noise, over, 5, ward)) == _beside_hate(told)


def _beside_hate(told: Trends) -> tuple[object, ...]:
    return told.kinds[:-1], told.wards, told.nowhere, [one.what for one in told.kinds]


def test_the_days_of_a_leap_year_count() -> None:
    february = [Period.month(2024, 2), Period.month(2023, 2)]
    (one,) = trends(cells(29, 28), february, 5).wards
    assert one.times == pytest.approx(1)


def test_what_cannot_be_a_number_is_none() -> None:
    (one,) = trends(cells(3, 0, 0), TIMES, 5).wards
    assert (one.times, one.high) == (None, None)
    assert one.low is not None
    assert Year.model_validate_json(one.model_dump_json()) == one


def test_a_place_against_its_past_and_the_rest() -> None:
    times = [TIMES[0], *before(TIMES[0].first, 91, 3)]
    told = [*cells(3, *[6] * 12), *cells(60, *[60] * 12, ward="Elsewhere")]
    found = in_place(told, times, "Seal", ALL)
    assert found is not None
    assert (found.observed, found.past, found.first) == (3, 72, TIMES[0].first)
    assert 6 < found.expected < 6.2
    assert 0.4 < found.ratio < 0.6
    assert found.may_be_chance
    assert in_place(told, times, "Seal", "drugs") is None
    assert in_place(cells(3, *[6] * 12), times, "Seal", ALL) is None


def test_what_it_says_is_plain() -> None:
    times = [Period(first=date(2026, 6, 1), last=date(2026, 8, 30)), *before(date(2026, 6, 1), 91, 3)]
    told = [*cells(20, *[5] * 12), *cells(*[100] * 13, ward="Elsewhere")]
    found = in_place(told, times, "Seal", ALL)
    assert found is not None
    assert as_expected(found) == (
        "5.1 were to be expected: there were 60 before, since Monday 5 June 2023, and we looked at other places"
        " in the same days"
    )
    assert how_many_times(found) == (
        "3.9 times as many as expected, or anything from 2.4 to 7.0 times. That is more than chance explains"
    )
    quiet = found.model_copy(update={"ratio": 0.8, "low": 0.5, "high": 1.3})
    assert how_many_times(quiet).endswith("from 0.50 to 1.3 times. That may be chance")
    fewer = found.model_copy(update={"ratio": 0.3, "low": 0.1, "high": 0.7})
    assert how_many_times(fewer).endswith("That is fewer than chance explains")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.02, "about 1 in 50 such finds is chance"),
        (0.0011, "about 1 in 909 such finds is chance"),
        (0.0004, "fewer than 1 in 1,000 such finds are chance"),
    ],
)
def test_how_often_a_proposal_is_chance(share: float, said: str) -> None:
    assert how_often_chance(share) == f"we look so that {said}"


@pytest.mark.parametrize(
    ("times", "said"),
    [(1.204, "20% more"), (0.65, "35% fewer"), (1.0, "as many"), (3.14, "3.1 times as many"), (0, "100% fewer")],
)
def test_a_change_in_words(times: float, said: str) -> None:
    assert change(times) == said


def test_year_on_year_in_words() -> None:
    found = {
        one.what: year_on_year(one) for one in trends([*cells(40, 15), *cells(3, 0, ward="New")], TIMES, 5).wards
    }
    assert found["Seal"] == (
        "2.7 times as many (from 44% more to 5.2 times as many):"
        " more than cases that have nothing to do with each other would vary"
    )
    assert found["New"] == "none the year before (from 59% fewer to any number more): may be chance"
    none = Year(what="Seal", numbers=(0, 0, 4), times=None, low=None, high=None)
    assert year_on_year(none) == "none in either year"
