"""What each kind of report says: its sections, each of measures sorted by one thing. (reports, section 7)"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from policy.reports.kinds import ReportKind

MONTH: Final = "month"
"""In place of a dimension: each month of the time, measured by itself."""


class Chart(StrEnum):
    BARS = "bars"
    LINES = "lines"


class ReadBy(IntEnum):
    """Who reads a section; each also reads what stands before it here."""

    EVERYBODY = 0
    """Also whoever reads what we publish."""
    READERS = 1
    """Whoever sees reports."""
    MANAGERS = 2


@dataclass(frozen=True)
class Section:
    """`by` is what its measures are sorted by, nothing being one figure each. `for_homes`: also for each 1,000."""

    title: str
    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    chart: Chart | None = None
    read_by: ReadBy = ReadBy.EVERYBODY
    for_homes: bool = False


@dataclass(frozen=True)
class Contents:
    """`beside_last_year`: each figure beside that of the same time a year before. `publishes`: there is a version
    for everybody.
    """

    sections: tuple[Section, ...]
    beside_last_year: bool = False
    publishes: bool = False


_BARS: Final = Chart.BARS
_CASELOAD: Final = Section("Cases", ("opened", "closed", "open", "hate"))
_NEW_BY_CATEGORY: Final = Section("New cases by type", ("opened",), ("category",), _BARS)
_NEW_BY_WARD: Final = Section("New cases by ward", ("opened",), ("ward",), _BARS)
_NEW_BY_MONTH: Final = Section("New cases by month", ("opened",), (MONTH,), Chart.LINES)
_CAME_IN: Final = (
    Section("New cases", ("came_in", "came_in_hate")),
    Section("New cases about hate", ("came_in_hate",), ("strand",), _BARS),
    Section("New cases by type", ("came_in",), ("category",), _BARS),
    Section("New cases by ward", ("came_in",), ("ward",), _BARS),
)
"""By the day on which they came, as the list of new cases has them."""
_HATE: Final = Section("Hate, by what it was about", ("hate",), ("strand",), _BARS)
_AGAIN: Final = Section("Happened before", ("repeat_victims", "repeat_perpetrators"))
_WAITS: Final = Section("How long people waited", ("days_to_contact", "days_to_assessment", "days_to_closure"))
_IN_TIME: Final = Section("Done in time", ("kept",))
_EACH_IN_TIME: Final = Section(
    "Contacts, promises, risk and reviews",
    ("contacts_kept", "promises_kept", "risk_assessed", "reviews_held"),
    read_by=ReadBy.READERS,
)
_EACH_ROW: Final = Section("Done in time, by what was owed", ("kept",), ("row",), read_by=ReadBy.READERS)
_HOW: Final = Section("In time, recorded late, or not done", ("kept",), ("how",), read_by=ReadBy.READERS)
_BY_CATEGORY: Final = Section("Done in time, by type", ("kept",), ("category",), _BARS, ReadBy.READERS)
_BY_WARD: Final = Section("Done in time, by ward", ("kept",), ("ward",), _BARS, ReadBy.READERS)
_BY_TEAM: Final = Section("Done in time, by team", ("kept",), ("team",), _BARS, ReadBy.READERS)
_BY_OFFICER: Final = Section("Done in time, by officer", ("kept",), ("officer",), None, ReadBy.MANAGERS)
_OPEN_BY_TEAM: Final = Section("Open cases by team", ("open",), ("team",), _BARS, ReadBy.READERS)
_WORKED: Final = Section("Interventions after which it stayed quiet", ("peace_held",), ("intervention",), _BARS)
_SATISFIED: Final = Section("Satisfied with what we did", ("satisfied",))
_BY_TEAM_AND_TYPE: Final = tuple(
    Section(f"Satisfied, by {called}", ("satisfied",), (dimension,), _BARS, ReadBy.READERS)
    for dimension, called in (("team", "team"), ("category", "type"))
)
_ANSWERS: Final = Section("Answers to our questions", ("answers",), ("question", "answer"), read_by=ReadBy.READERS)
_AGENCIES: Final = Section("Referrals, by agency", ("referrals",), ("agency",), read_by=ReadBy.READERS)
_LEGAL: Final = Section(
    "Legal actions and what came of them", ("legal_actions",), ("remedy", "outcome"), read_by=ReadBy.READERS
)
_PREVENTION: Final = Section(
    "Prevention work, and what came of it", ("prevention",), ("work", "result"), read_by=ReadBy.READERS
)
_FOR_REGULATOR: Final = Section("Cases and hate cases", ("nm01_cases", "nm01_hate"), chart=None, for_homes=True)

CONTENTS: Final[Mapping[ReportKind, Contents]] = {
    ReportKind.NEW_CASES: Contents(_CAME_IN),
    ReportKind.MONTHLY: Contents(
        (
            *(_CASELOAD, _NEW_BY_CATEGORY, _IN_TIME, _EACH_IN_TIME, _EACH_ROW, _HOW),
            *(_BY_CATEGORY, _BY_WARD, _BY_TEAM, _BY_OFFICER, _WAITS),
        )
    ),
    ReportKind.QUARTERLY: Contents(
        (
            *(_CASELOAD, _NEW_BY_CATEGORY, _NEW_BY_WARD, _OPEN_BY_TEAM, _IN_TIME, _BY_WARD, _BY_TEAM, _WAITS),
            *(_SATISFIED, *_BY_TEAM_AND_TYPE, _ANSWERS, _AGENCIES, _LEGAL, _PREVENTION),
        ),
        publishes=True,
    ),
    ReportKind.SIX_MONTHLY: Contents(
        (_CASELOAD, _NEW_BY_CATEGORY, _NEW_BY_WARD, _NEW_BY_MONTH, _HATE, _AGAIN),
        beside_last_year=True,
        publishes=True,
    ),
    ReportKind.YEARLY: Contents(
        (
            *(_CASELOAD, _NEW_BY_CATEGORY, _NEW_BY_WARD, _NEW_BY_MONTH, _HATE, _AGAIN, _WAITS, _IN_TIME),
            *(_WORKED, _SATISFIED, *_BY_TEAM_AND_TYPE, _ANSWERS, _AGENCIES, _LEGAL, _PREVENTION),
        ),
        beside_last_year=True,
        publishes=True,
    ),
    ReportKind.REGULATOR: Contents((_FOR_REGULATOR, _SATISFIED), beside_last_year=True, publishes=True),
}
