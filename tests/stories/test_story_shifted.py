"""Moving a story by 28 years keeps what its dates mean."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cli.story.shifted import differences, moment_shifted, shifted
from policy.facts import Entry
from policy.facts.contact import AppointmentOffered
from policy.facts.people import Means
from policy.working_days import LONDON
from tests.given import empty_file, entry, london


@given(st.datetimes(datetime(2000, 1, 1), datetime(2070, 12, 31)))  # noqa: DTZ001 - made aware below
def test_after_28_years_weekday_and_london_time_are_the_same(wall: datetime) -> None:
    moment = wall.replace(tzinfo=UTC)
    moved = moment_shifted(moment, 28)
    before, after = moment.astimezone(LONDON), moved.astimezone(LONDON)
    assert (before.weekday(), before.utcoffset()) == (after.weekday(), after.utcoffset())
    assert (before.month, before.day, before.time()) == (after.month, after.day, after.time())
    assert moment_shifted(moved, -28) == moment


def test_every_date_in_a_value_moves() -> None:
    offered = AppointmentOffered(
        at=london(2024, 2, 29), means=Means.PHONE, appointment_at=london(2024, 3, 4), words="Monday?"
    )
    moved = shifted(entry(offered), 28)
    assert isinstance(moved, Entry)
    assert isinstance(moved.fact, AppointmentOffered)
    assert [moved.at, moved.recorded_at, moved.fact.appointment_at] == [
        london(2052, 2, 29),
        london(2052, 2, 29),
        london(2052, 3, 4),
    ]
    file = empty_file(london(2024, 2, 29).date())
    closed = shifted(file, 28).closure_days
    assert closed.known_until.year == 2055
    assert list(closed.days.values()) == list(file.closure_days.days.values())
    assert {d.year - 28 for d in closed.days} == {d.year for d in file.closure_days.days}
    assert shifted(shifted(file, 28), -28) == file


def test_a_moment_may_differ_by_what_a_server_takes_and_by_no_more() -> None:
    at = london(2024, 6, 3)
    assert list(differences("fact", {"at": at}, {"at": at + timedelta(seconds=1)})) == []
    assert list(differences("fact", {"at": at}, {"at": at + timedelta(minutes=1)})) == [
        "fact, at: 2024-06-03T09:00:00+01:00 simulated, 2024-06-03T09:01:00+01:00 live"
    ]


def test_everything_else_may_not_differ_at_all() -> None:
    assert list(differences("fact", [1, 2], [1, 3])) == ["fact 2: 2 simulated, 3 live"]
    assert list(differences("fact", [1], [1, 2])) == ["fact: [1] simulated, [1, 2] live"]
    assert list(differences("fact", {"key": "a"}, {})) == ["fact, key: a simulated, None live"]
    assert list(differences("fact", {}, {"key": "a"})) == ["fact, key: None simulated, a live"]
