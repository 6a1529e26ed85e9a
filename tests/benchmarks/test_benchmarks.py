"""The benchmarks run, and what they say of history holds however fast the machine is."""

import re

import pytest

from benchmarks.loaded import run_apis, run_herd, run_load
from benchmarks.results import Results, figures_table, import_table, pages_table
from benchmarks.run import TINY, run, run_figures, run_import, run_pages


@pytest.fixture(scope="module")
async def results() -> Results:
    return await run(TINY)


def test_every_operation_is_measured_against_its_contender(results: Results) -> None:
    measured = results.rates[2]
    assert all(measured[operation.name].rate > 0 for operation in results.operations)
    assert {operation.against for operation in results.operations} - {None} <= measured.keys()
    assert all(used["postgres"] >= 0 for used in (one.cpu for one in measured.values()))


def test_a_fact_costs_no_more_history_than_the_least_that_keeps_a_record(results: Results) -> None:
    case, minimal = results.events["case"], results.events["minimal recorder"]
    assert sum(case.values()) <= sum(minimal.values())
    assert not any(kind.startswith("TIMER") for kind in case)


def test_the_tables_name_what_was_compared(results: Results) -> None:
    tables = results.tables()
    for words in (
        "both, by a token: one question for each request",
        "fact without HTTP",
        "minimal recorded fact",
        "WORKFLOW_TASK_COMPLETED",
        "letters composed",
    ):
        assert words in tables


async def test_reports_lists_and_board_are_measured_over_historic_cases() -> None:
    table = figures_table(await run_figures(TINY))
    for words in ("Yearly report", "All measures of twenty years", "What is late", "Board: officers"):
        assert words in table


async def test_pages_and_an_import_are_measured_where_nothing_else_is_kept() -> None:
    pages = pages_table(await run_pages(TINY))
    assert "Today, a supervisor's" in pages
    assert "Board" in pages
    assert "closed cases of 8 facts into the store" in import_table(await run_import(TINY))


async def test_the_load_grows() -> None:
    tables = await run_load(TINY)
    for words in ("against 8 cases", "case read", "temporal, MB"):
        assert words in tables


async def test_no_deadline_of_one_second_is_lost() -> None:
    """It raises where one is."""
    tables = await run_herd(TINY)
    assert "beside bare timers" in tables
    for when in ("while nobody asks for anything", "while officers work"):
        assert re.search(rf"{when} +\|.*\| 5 +\|", tables)


async def test_two_apis_share_what_is_read() -> None:
    table = await run_apis(TINY)
    one, two = (re.search(rf"{name} +\| +([\d.]+)", table) for name in ("one API", "two"))
    assert one is not None
    assert two is not None
    assert float(one[1]) > 0 < float(two[1])
