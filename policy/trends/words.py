"""What the figures say, in plain words: how sure, and of what."""

from typing import Final

from policy.trends.compared import Compared
from policy.trends.years import Year
from policy.working_days import day_in_words

_SURE: Final = 0.001
_TWICE: Final = 2
_BY_THEMSELVES: Final = "more than cases that have nothing to do with each other would vary"


def how_often_chance(share: float) -> str:
    """`we look so that about 1 in 50 such finds is chance`"""
    if share < _SURE:
        return "we look so that fewer than 1 in 1,000 such finds are chance"
    return f"we look so that about 1 in {round(1 / share):,} such finds is chance"


def as_expected(one: Compared) -> str:
    """`5.4 were to be expected`, and from what."""
    past = f"there were {one.past} before, since {day_in_words(one.past_from)}"
    return f"{number(one.expected)} were to be expected: {past}, and we looked at other places in the same days"


def how_many_times(one: Compared) -> str:
    """`2.2 times as many as expected, or anything from 1.3 to 3.9 times`, and whether that may be chance."""
    told = f"{number(one.ratio)} times as many as expected, or anything from {number(one.low)} to"
    return f"{told} {number(one.high)} times{verdict(one.may_be_chance, more=one.ratio > 1)}"


def verdict(may_be_chance: bool, *, more: bool) -> str:
    if may_be_chance:
        return ". That may be chance"
    return f". That is {'more' if more else 'fewer'} than chance explains"


def year_on_year(one: Year) -> str:
    """`20% more (from 5% fewer to 50% more): may be chance`; where cases come together it is so more often."""
    if one.low is None:
        return "none in either year"
    most = "none the year before" if one.times is None else change(one.times)
    high = "any number more" if one.high is None else change(one.high)
    may_be_chance = one.low <= 1 and (one.high is None or one.high >= 1)
    return f"{most} (from {change(one.low)} to {high}): {'may be chance' if may_be_chance else _BY_THEMSELVES}"


def change(times: float) -> str:
    """`20% more`, `35% fewer`, `as many`, `3.1 times as many`"""
    if times >= _TWICE:
        return f"{number(times)} times as many"
    percent = round(abs(times - 1) * 100)
    return f"{percent}% {'more' if times > 1 else 'fewer'}" if percent else "as many"


def number(value: float) -> str:
    """With one digit behind the point, two where it is small."""
    return f"{value:,.2f}" if value < 1 else f"{value:,.1f}"
