"""A report from figures, worked out by hand."""

from collections.abc import Mapping
from datetime import date

import pytest

from policy.measures import MEASURES
from policy.measures.base import Figure, Unit, figure
from policy.measures.period import Period
from policy.reports.contents import ReadBy
from policy.reports.kinds import ReportKind
from policy.reports.labels import in_words
from policy.reports.report import Asking, Figures, Report, Told, asked, months, read_by, report, year_before
from policy.reports.shown import shown
from tests.given import london

KNOWN = london(2026, 10, 6)
HALF = Period(first=date(2026, 4, 1), last=date(2026, 9, 30))
HALF_BEFORE = Period(first=date(2025, 4, 1), last=date(2025, 9, 30))


Given = Mapping[tuple[str, ...], int]
"""How many were counted, by what stands under the dimensions."""


def found(wanted: Mapping[Asking, tuple[str, ...]], given: Mapping[str, Given]) -> dict[Asking, Figures]:
    """Nothing was counted but what is `given`, by measure, in this year."""
    return {
        asking: {name: _counted(asking, name, given.get(name)) for name in wanted[asking]} for asking in wanted
    }


def _counted(asking: Asking, name: str, counts: Given | None) -> Mapping[tuple[str, ...], Figure]:
    if counts is None or asking.period.first.year != HALF.first.year:
        return {(): figure(MEASURES[name].unit, {})}
    sorts = {of: number for of, number in counts.items() if len(of) in {0, len(asking.by)}}
    return {of: Figure(number=number, value=number) for of, number in sorts.items()}


def made(kind: ReportKind = ReportKind.SIX_MONTHLY, homes: int | None = None, **given: Given) -> Report:
    return report(kind, HALF, KNOWN, found(asked(kind, HALF, KNOWN), given), homes)


def test_a_figure_stands_beside_that_of_the_same_time_a_year_before() -> None:
    told = made(opened={(): 30, ("noise",): 20, ("drugs",): 10})
    by_type = next(one for one in told.tables if one.section == "New cases by type")
    assert [(row.of, row.figure.value) for row in by_type.rows] == [(("noise",), 20), (("drugs",), 10)]
    assert by_type.whole.figure.value == 30
    assert by_type.whole.before is not None
    assert (by_type.whole.before.number, by_type.rows[0].before and by_type.rows[0].before.value) == (0, 0)


def test_of_new_cases_about_hate_all_are_those_about_hate() -> None:
    told = made(ReportKind.NEW_CASES, came_in={(): 20}, came_in_hate={(): 3, ("race",): 2})
    by_section = {one.section: [(row.of, row.figure.value) for row in one.rows] for one in told.tables}
    assert by_section["New cases about hate"] == [(("race",), 2)]
    wholes = {(one.section, one.measure): one.whole.figure.value for one in told.tables}
    assert wholes["New cases", "came_in"] == 20
    assert wholes["New cases", "came_in_hate"] == wholes["New cases about hate", "came_in_hate"] == 3


def test_what_is_measured_together_is_asked_for_once() -> None:
    wanted = asked(ReportKind.SIX_MONTHLY, HALF, KNOWN)
    assert wanted[Asking(HALF, ("ward",))] == ("opened",)
    assert set(wanted[Asking(HALF, ())]) == {
        "opened",
        "closed",
        "open",
        "hate",
        "repeat_victims",
        "repeat_perpetrators",
    }
    assert {one.period for one in wanted} >= {HALF, HALF_BEFORE, Period.month(2026, 9), Period.month(2025, 4)}


def test_months_stand_in_order_with_the_same_month_of_the_year_before() -> None:
    counted = found(asked(ReportKind.SIX_MONTHLY, HALF, KNOWN), {"opened": {(): 7}})
    counted[Asking(Period.month(2026, 9), ())] = {"opened": {(): Figure(number=9, value=9)}}
    told = report(ReportKind.SIX_MONTHLY, HALF, KNOWN, counted)
    by_month = next(one for one in told.tables if one.by == ("month",))
    assert [row.of for row in by_month.rows] == [(f"2026-{number:02}",) for number in range(4, 10)]
    assert [row.figure.value for row in by_month.rows] == [7, 7, 7, 7, 7, 9]
    assert all(row.before is not None and row.before.value == 0 for row in by_month.rows)


def test_of_a_time_that_is_not_over_only_the_days_that_came_are_told() -> None:
    known = london(2026, 6, 10)
    wanted = asked(ReportKind.SIX_MONTHLY, HALF, known)
    told = report(ReportKind.SIX_MONTHLY, HALF, known, found(wanted, {}))
    assert told.period == Period(first=date(2026, 4, 1), last=date(2026, 6, 10))
    assert Asking(Period(first=date(2025, 4, 1), last=date(2025, 6, 10)), ()) in wanted
    assert Asking(Period(first=date(2026, 6, 1), last=date(2026, 6, 10)), ()) in wanted
    with pytest.raises(ValueError, match="a period ends"):
        asked(ReportKind.SIX_MONTHLY, HALF, london(2026, 3, 31))


def test_the_regulator_s_cases_are_told_for_each_thousand_homes_where_it_is_known_how_many_there_are() -> None:
    told = made(ReportKind.REGULATOR, 8000, nm01_cases={(): 100})
    assert [one.whole.figure.for_homes for one in told.tables] == [12.5, 0, None]
    assert made(ReportKind.REGULATOR, None, nm01_cases={(): 100}).tables[0].whole.figure.for_homes is None
    [cases, hate] = shown(told)[0].tables[0].rows
    assert cases == ("Cases of anti-social behaviour that were opened", "100", "12.5", "0 (0.0)")
    assert hate[1:3] == ("0", "0.0")


def test_figures_by_officer_are_left_out_for_others_than_managers() -> None:
    told = made(ReportKind.MONTHLY)
    assert any("officer" in one.by for one in read_by(told, ReadBy.MANAGERS).tables)
    assert not any("officer" in one.by for one in read_by(told, ReadBy.READERS).tables)


def test_a_report_is_the_same_after_it_was_kept() -> None:
    told = made(ReportKind.YEARLY, opened={(): 3, ("noise",): 3})
    assert Report.model_validate_json(told.model_dump_json()) == told


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), (date(2023, 2, 1), date(2023, 2, 28))),
        (date(2025, 2, 1), date(2025, 2, 28), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2024, 2, 29), date(2024, 2, 29), (date(2023, 2, 28), date(2023, 2, 28))),
        (date(2024, 2, 28), date(2024, 2, 28), (date(2023, 2, 28), date(2023, 2, 28))),
        (date(2025, 4, 1), date(2026, 3, 31), (date(2024, 4, 1), date(2025, 3, 31))),
    ],
)
def test_the_year_before_is_of_the_same_days(first: date, last: date, before: tuple[date, date]) -> None:
    told = year_before(Period(first=first, last=last))
    assert (told.first, told.last) == before


def test_months_of_a_time_that_begins_and_ends_within_one() -> None:
    told = list(months(Period(first=date(2025, 12, 30), last=date(2026, 2, 2))))
    assert [(one.first.isoformat(), one.last.isoformat()) for one in told] == [
        ("2025-12-30", "2025-12-31"),
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-02"),
    ]


def test_a_row_of_figures_in_words() -> None:
    told = made(ReportKind.QUARTERLY, answers={(): 2, ("satisfied", "very"): 2})
    answers = next(
        one for section in shown(told) for one in section.tables if section.title == "Answers to our questions"
    )
    assert answers.columns == ("Question", "Answer", "Number")
    assert answers.rows[-1] == ("All", "", "2")
    assert answers.rows[0][0].endswith("?")
    assert MEASURES["answers"].unit is Unit.NUMBER


@pytest.mark.parametrize(
    ("unit", "told", "words"),
    [
        (Unit.NUMBER, Told(number=3000, value=3000), "3,000"),
        (Unit.SHARE, Told(number=5, value=0.4), "40% of 5"),
        (Unit.SHARE, Told(number=0), "None"),
        (Unit.SHARE, Told(hidden=True), "Not shown"),
        (Unit.WORKING_DAYS, Told(number=5, value=2, nine_in_ten=7), "half within 2, nine in ten within 7, of 5"),
    ],
)
def test_a_figure_in_words(unit: Unit, told: Told, words: str) -> None:
    assert in_words(unit, told) == words
