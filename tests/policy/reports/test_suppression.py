"""Small numbers are not published, and nobody works them out, also not who knows the rule."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import pytest

from policy.measures.base import Unit
from policy.reports.contents import ReadBy
from policy.reports.kinds import ReportKind
from policy.reports.report import Row, Table, Told
from policy.reports.suppression import HIDDEN, published, suppressed
from tests.policy.reports.test_reports_told import made

Seen = tuple[int | None, tuple[int | None, ...] | None]


def number(count: int) -> Told:
    return Told(number=count, value=count)


def share(did: int, of_all: int) -> Told:
    return Told(number=of_all, value=did / of_all if of_all else None)


def days(count: int) -> Told:
    return Told(number=count, value=3, nine_in_ten=9)


def table(whole: Told, *rows: Told, unit: Unit = Unit.NUMBER, before: Sequence[Told] | None = None) -> Table:
    """`before` is the year before: the whole, then each row."""
    nothing: list[Told | None] = [None] * (len(rows) + 1)
    whole_before, *rows_before = before or nothing
    return Table(
        section="Some",
        measure="opened",
        version=1,
        unit=unit,
        says="Some",
        by=("ward",),
        chart=None,
        read_by=ReadBy.EVERYBODY,
        whole=Row(of=(), figure=whole, before=whole_before),
        rows=tuple(
            Row(of=(str(place),), figure=one, before=then)
            for place, (one, then) in enumerate(zip(rows, rows_before, strict=True))
        ),
    )


def seen(counts: Sequence[int], in_no_row: int = 0) -> Seen:
    """What everybody sees of a table of counts."""
    told = in_public(counts, in_no_row)
    of = {row.of: row.figure.number for row in told.rows}
    return told.whole.figure.number, None if told.held_back else tuple(of[(str(n),)] for n in range(len(counts)))


def in_public(counts: Sequence[int], in_no_row: int = 0) -> Table:
    """As a report is made: the most first, and of those that are as many by name."""
    ours = table(number(sum(counts) + in_no_row), *map(number, counts))
    ranked = sorted(ours.rows, key=lambda row: (-(row.figure.number or 0), row.of))
    return suppressed(ours.model_copy(update={"rows": tuple(ranked)}))


def read_by_everybody(counts: Sequence[int], in_no_row: int = 0) -> tuple[Seen, tuple[str, ...]]:
    """And in which order."""
    return seen(counts, in_no_row), tuple(row.of[0] for row in in_public(counts, in_no_row).rows)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((9, 7, 5), (21, (9, 7, 5))),
        ((9, 7, 0), (16, (9, 7, 0))),
        ((9, 7, 4), (20, (9, None, None))),
        ((9, 4, 2), (15, (9, None, None))),
        ((9, 1, 1), (11, (None, None, None))),
        ((9, 4, 4), (17, (None, None, None))),
        ((3, 1, 0), (None, (None, None, 0))),
        ((3, 5), (8, None)),
        ((1, 1, 1, 1, 1), (5, None)),
    ],
)
def test_a_low_count_is_hidden_with_another_so_that_the_whole_does_not_tell_it(
    counts: tuple[int, ...], shown: Seen
) -> None:
    assert seen(counts) == shown


def test_what_stands_in_no_row_is_not_told_by_the_whole_either() -> None:
    assert seen((9, 7), in_no_row=3) == (19, (9, None))
    assert seen((9, 7), in_no_row=30) == (46, (9, 7))


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("in_no_row", [(0,), range(17)])
def test_who_knows_the_rule_and_the_whole_knows_no_low_count(rows: int, in_no_row: Sequence[int]) -> None:
    """All tables of so many rows whose whole is sixteen at most, by what is seen of them, and in which order: each
    count that is not shown could be another.
    """
    alike = defaultdict[tuple[Seen, tuple[str, ...]], set[tuple[int, ...]]](set)
    for rest, counts in product(in_no_row, product(range(17), repeat=rows)):
        if sum(counts) + rest <= 16:
            alike[read_by_everybody(counts, rest)].add(counts)
    assert len(alike) > rows
    for ((_, shown), _), tables in alike.items():
        for row in range(rows):
            could_be = {counts[row] for counts in tables}
            hidden = shown is None or shown[row] is None
            if could_be & {1, 2, 3, 4}:
                assert hidden, shown
                assert len(could_be) > 1, shown


@pytest.mark.parametrize(
    ("told", "is_shown"),
    [
        (share(20, 40), True),
        (share(0, 40), True),
        (share(40, 40), True),
        (share(3, 40), False),
        (share(37, 40), False),
        (share(5, 9), False),
        (share(0, 0), True),
        (share(5, 10), True),
    ],
)
def test_a_share_of_few_or_in_which_few_did_or_did_not_is_hidden(told: Told, is_shown: bool) -> None:
    assert suppressed(table(told, unit=Unit.SHARE)).whole.figure == (told if is_shown else HIDDEN)


def test_a_share_that_is_hidden_takes_others_with_it_until_together_they_tell_nothing() -> None:
    told = suppressed(table(share(41, 71), share(20, 30), share(1, 10), share(20, 31), unit=Unit.SHARE))
    assert {row.of[0]: row.figure.hidden for row in told.rows} == {"0": True, "1": True, "2": False}
    even = suppressed(table(share(41, 70), share(20, 30), share(1, 10), share(20, 30), unit=Unit.SHARE))
    assert all(row.figure.hidden for row in even.rows), "which of two that are as many goes with it would tell"
    few = suppressed(table(share(52, 110), share(50, 100), share(2, 10), unit=Unit.SHARE))
    assert [row.figure.hidden for row in few.rows] == [True, True]


def test_a_time_of_fewer_than_ten_is_hidden() -> None:
    assert suppressed(table(days(10), unit=Unit.WORKING_DAYS)).whole.figure == days(10)
    assert suppressed(table(days(9), unit=Unit.WORKING_DAYS)).whole.figure == HIDDEN


def test_the_year_before_is_looked_at_by_itself() -> None:
    before = [number(30), number(20), number(8), number(2)]
    told = suppressed(table(number(30), number(10), number(10), number(10), before=before))
    assert [row.figure.hidden for row in told.rows] == [False] * 3
    assert [row.before is not None and row.before.hidden for row in told.rows] == [False, True, True]
    few = suppressed(table(number(30), number(30), before=[number(3), number(3)]))
    assert (few.whole.figure, few.whole.before) == (number(30), HIDDEN)


def test_nothing_of_what_is_hidden_is_left_for_anybody_to_read() -> None:
    told = made(ReportKind.QUARTERLY, opened={(): 23, ("noise",): 20, ("drugs",): 3})
    everybody = published(told.model_copy(update={"cases": 4321, "erased": 4322}))
    assert everybody.published
    said = everybody.model_dump_json()
    assert "4321" not in said
    assert "4322" not in said
    by_type = next(one for one in everybody.tables if one.section == "New cases by type")
    assert [row.figure for row in by_type.rows] == [HIDDEN, HIDDEN]
    assert not [one for one in everybody.tables if one.read_by is not ReadBy.EVERYBODY]


def test_what_is_sorted_by_several_things_is_refused() -> None:
    with pytest.raises(ValueError, match="sorted by"):
        suppressed(table(number(9)).model_copy(update={"by": ("ward", "team")}))
