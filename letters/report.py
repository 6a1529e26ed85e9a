"""Typesets a report: one tagged PDF. The same report gives the same bytes."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from letters.typesetting import typeset
from policy.reports.kinds import KINDS
from policy.reports.labels import days_of, dimension, for_homes_in_words, in_words, names, title_of
from policy.reports.report import Report, Row, Table, Told
from policy.working_days import london_day, moment_in_words

TEMPLATE: Final = Path(__file__).parent / "report.typ"

FOR_US: Final = (
    "For people who work here. Some of these figures are about very few people: show them to nobody else."
)
FOR_EVERYBODY: Final = (
    "This may be published. Small numbers are not shown, nor what they could be worked out from. They still could"
    " be from another report of some of the same days, so publish only reports whose days do not overlap."
)
HELD_BACK: Final = "Sorted so, the numbers are too small to be shown."
_WHOLE: Final = "All"


def made(told: Report, landlord: str) -> bytes:
    """Takes a moment: not for an event loop. Raises NotTypeset."""
    page: dict[str, Any] = {
        "title": title_of(told),
        "landlord": landlord,
        "days": days_of(told),
        "says": KINDS[told.kind].says,
        "known": f"As it was known on {moment_in_words(told.known_at)}.",
        "note": FOR_EVERYBODY if told.published else FOR_US,
        "sections": [
            {"title": title, "tables": [_table(one) for one in tables]}
            for title, tables in groupby(told.tables, lambda one: one.section)
        ],
        "stories": told.stories,
    }
    return typeset(json.dumps(page, ensure_ascii=False), london_day(told.known_at), TEMPLATE)[0]


def heads(table: Table) -> list[str]:
    """Of the columns, as they stand above what `cells` gives."""
    found = [*map(dimension, table.by)] if table.by else ["Of"]
    found.append("Number")
    if table.whole.now.for_homes is not None:
        found.append("For each 1,000 homes")
    if table.whole.before is not None:
        found.append("The year before")
    return found


def cells(table: Table, row: Row) -> list[str]:
    named = names(table, row) if row.of else (_WHOLE, *[""] * (len(table.by) - 1))
    found = [*named, in_words(table.unit, row.now)]
    if table.whole.now.for_homes is not None:
        found.append(for_homes_in_words(row.now))
    if row.before is not None:
        found.append(_before(table, row.before))
    return found


def _before(table: Table, told: Told) -> str:
    said = in_words(table.unit, told)
    return said if told.for_homes is None else f"{said} ({for_homes_in_words(told)})"


def _table(table: Table) -> dict[str, Any]:
    return {
        "says": table.says,
        "version": f"{table.measure}, version {table.version}",
        "heads": heads(table),
        "rows": [cells(table, row) for row in (*table.rows, table.whole)],
        "held-back": HELD_BACK if table.held_back else None,
    }
