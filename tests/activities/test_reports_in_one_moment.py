"""A report is of one moment, its stories too, and costs a question for each way of sorting, not for each time."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event

from activities.report_figures import ReportFigures
from policy.measures.period import Period
from policy.reports.kinds import ReportKind
from policy.reports.report import asked
from store.sessions import Store

YEAR = Period.months(date(2030, 1, 1), 12)
LATER = datetime(2060, 1, 1, tzinfo=UTC)


async def test_a_yearly_report_asks_once_for_each_way_of_sorting_in_one_transaction(store: Store) -> None:
    begun: list[object] = []
    asked_in: list[int] = []
    stories_in: list[int] = []

    def heard(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM counted " in statement:
            asked_in.append(len(begun))
        if "NOT cases.domestic_abuse" in statement:
            stories_in.append(len(begun))

    event.listen(store.engine.sync_engine, "begin", begun.append)
    event.listen(store.engine.sync_engine, "before_cursor_execute", heard)
    await ReportFigures(store).of(ReportKind.YEARLY, YEAR, LATER)
    ways = {asking.by for asking in asked(ReportKind.YEARLY, YEAR, LATER)} - {()}
    assert len({*asked_in}) == 1
    assert stories_in == [asked_in[0]]
    assert len(asked_in) == len(ways) + len(("all of them", "what is open"))
