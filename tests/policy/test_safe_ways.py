"""How somebody is reached safely, of what was told on several cases."""

from datetime import time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policy.facts.people import Means
from policy.safe_ways import ToldWay, safe_way_of
from tests.given import london

THEN = london(2023, 6, 5)
PHONE, POST, EMAIL = Means.PHONE, Means.POST, Means.EMAIL


def way(
    *means: Means, day: int = 0, hours: tuple[int | None, int | None] = (None, None), over: bool = False
) -> ToldWay:
    start, end = (None if hour is None else time(hour) for hour in hours)
    return ToldWay(told_at=THEN + timedelta(days=day), means=means, from_time=start, until_time=end, over=over)


def allowed(*told: ToldWay) -> tuple[set[Means], time | None, time | None]:
    found = safe_way_of(told)
    assert found is not None
    return set(found.means), found.from_time, found.until_time


def test_what_is_not_told_is_not_known() -> None:
    assert safe_way_of([]) is None


def test_a_more_careful_way_is_lifted_by_no_other_case() -> None:
    narrow, wide = way(PHONE, hours=(9, 15)), way(PHONE, POST, EMAIL, day=3)
    assert allowed(narrow, wide) == allowed(wide, narrow) == ({PHONE}, time(9), time(15))
    assert safe_way_of([narrow, wide]).told_at == wide.told_at  # type: ignore[union-attr] # there is one


def test_while_none_is_known_on_an_open_case_none_is_safe() -> None:
    assert allowed(way(), way(PHONE, day=3)) == (set(), None, None)
    assert allowed(way(PHONE), way(EMAIL, day=3)) == (set(), None, None)
    assert allowed(way(PHONE, hours=(9, 12)), way(PHONE, EMAIL, hours=(13, 17))) == (set(), None, None)


def test_a_letter_is_read_at_any_hour() -> None:
    assert allowed(way(PHONE, POST, hours=(9, 12)), way(PHONE, POST, hours=(13, 17))) == ({POST}, None, None)


def test_what_can_be_changed_no_more_gives_way_only_where_nothing_would_be_left() -> None:
    closed = way(PHONE, hours=(9, 15), over=True)
    assert allowed(closed, way(PHONE, EMAIL, day=3)) == ({PHONE}, time(9), time(15))
    assert allowed(closed, way(EMAIL, day=3)) == ({EMAIL}, None, None)
    assert allowed(way(EMAIL), way(PHONE, day=3, over=True)) == (set(), None, None), (
        "the newest is no less careful"
    )
    assert allowed(closed, way(EMAIL, day=3, over=True)) == ({EMAIL}, None, None)


def test_hours_are_those_in_all_of_them_also_over_midnight() -> None:
    assert allowed(way(PHONE, hours=(22, 6)), way(PHONE, hours=(5, 8))) == ({PHONE}, time(5), time(6))
    assert allowed(way(PHONE, hours=(22, 6)), way(PHONE, hours=(20, 23))) == ({PHONE}, time(22), time(23))
    assert allowed(way(PHONE, hours=(9, None)), way(PHONE, hours=(None, 15))) == ({PHONE}, time(9), time(15))
    assert allowed(way(PHONE, hours=(20, 10)), way(PHONE, hours=(9, 22))) == ({PHONE}, time(20), time(22))


HOURS = st.none() | st.times().map(lambda one: one.replace(second=0, microsecond=0))
WAYS = st.builds(
    ToldWay,
    told_at=st.just(THEN),
    means=st.lists(st.sampled_from(Means), unique=True).map(tuple),
    from_time=HOURS,
    until_time=HOURS,
)


@given(st.lists(WAYS, min_size=1, max_size=4), st.integers(0, 24 * 60 - 1))
def test_nothing_is_allowed_that_any_open_case_does_not_allow(told: list[ToldWay], minute: int) -> None:
    found, at = safe_way_of(told), london(2023, 6, 5) + timedelta(minutes=minute)
    assert found is not None
    for means in Means:
        assert not found.allows(means, at) or all(one.allows(means, at) for one in told)
