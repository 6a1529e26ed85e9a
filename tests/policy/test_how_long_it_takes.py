"""policy-simulation: how long it takes follows from what was told first, no more exactly than is known."""

from datetime import timedelta

import pytest

from policy.simulation.ahead import Far, in_words

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_what_is_left_takes_as_long_for_each_fact_as_what_is_told() -> None:
    """A tenth of the cases, with a quarter of the facts."""
    assert Far(10, 100, 250, 1000, 20 * SECOND).left == 60 * SECOND


def test_nothing_is_said_while_too_little_is_told() -> None:
    assert Far(0, 100, 0, 1000, MINUTE).left is None
    assert Far(10, 100, 250, 1000, 9 * SECOND).left is None


def test_it_never_takes_less_than_no_time_and_is_not_done_before_it_is_kept() -> None:
    """Somebody records on a case meanwhile."""
    far = Far(100, 100, 1200, 1000, MINUTE)
    assert (far.left, far.percent) == (timedelta(), 99)
    assert Far(0, 0, 0, 0, MINUTE).percent == 0


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (0 * MINUTE, "less than a minute"),
        (59 * SECOND, "less than a minute"),
        (MINUTE, "about a minute"),
        (MINUTE + SECOND, "about 2 minutes"),
        (9 * MINUTE, "about 9 minutes"),
        (11 * MINUTE, "about 15 minutes"),
        (115 * MINUTE, "about 115 minutes"),
        (115 * MINUTE + SECOND, "about 2 hours"),
        (10 * 60 * MINUTE + SECOND, "about 11 hours"),
    ],
)
def test_it_is_said_no_more_exactly_than_it_is_known(left: timedelta, words: str) -> None:
    assert in_words(left) == words
