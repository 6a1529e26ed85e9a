"""Typesets a report: one tagged PDF. The same report gives the same bytes."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from letters.typesetting import typeset
from policy.reports.charts import drawing
from policy.reports.kinds import KINDS
from policy.reports.labels import days_of, title_of
from policy.reports.report import Report
from policy.reports.shown import HELD_BACK, ShownTable, shown
from policy.working_days import london_day, moment_in_words

TEMPLATE: Final = Path(__file__).parent / "report.typ"

FOR_US: Final = (
    "For people who work here. Some of these figures are about very few people: show them to nobody else."
)
FOR_EVERYBODY: Final = (
    "This may be published. Small numbers are not shown, nor what they could be worked out from. They still could"
    " be from another report of some of the same days, so publish only reports whose days do not overlap."
)


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
            {
                "title": section.title,
                "tables": [_table(one) for one in section.tables],
            }
            for section in shown(told)
        ],
        "held-back": HELD_BACK,
        "stories": told.stories,
    }
    return typeset(json.dumps(page, ensure_ascii=False), london_day(told.known_at), TEMPLATE)[0]


def _table(one: ShownTable) -> dict[str, Any]:
    """With its chart, if it has one."""
    drawn = drawing(one.of)
    return asdict(one) | {"of": None, "held-back": one.held_back, "chart": drawn and asdict(drawn)}
