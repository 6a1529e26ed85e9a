"""Of which days a report is, worked out by hand."""

from datetime import date, datetime

import pytest

from policy.reports.kinds import KINDS, ReportKind
from policy.working_days import LONDON

NEW, MONTH, QUARTER, HALF, YEAR, REGULATOR = ReportKind


@pytest.mark.parametrize(
    ("kind", "made", "first", "last"),
    [
        (NEW, "2026-03-29T06:00", "2026-03-28", "2026-03-28"),
        (NEW, "2026-01-01T00:00", "2025-12-31", "2025-12-31"),
        (MONTH, "2026-03-01T00:00", "2026-02-01", "2026-02-28"),
        (MONTH, "2026-01-31T23:59", "2025-12-01", "2025-12-31"),
        (QUARTER, "2026-01-01T06:00", "2025-10-01", "2025-12-31"),
        (QUARTER, "2026-03-31T06:00", "2025-10-01", "2025-12-31"),
        (QUARTER, "2026-04-01T06:00", "2026-01-01", "2026-03-31"),
        (HALF, "2026-01-01T06:00", "2025-07-01", "2025-12-31"),
        (HALF, "2026-06-30T06:00", "2025-07-01", "2025-12-31"),
        (HALF, "2026-07-01T06:00", "2026-01-01", "2026-06-30"),
        (YEAR, "2026-12-31T06:00", "2025-01-01", "2025-12-31"),
        (YEAR, "2027-01-01T06:00", "2026-01-01", "2026-12-31"),
        (REGULATOR, "2026-03-31T06:00", "2024-04-01", "2025-03-31"),
        (REGULATOR, "2026-04-01T06:00", "2025-04-01", "2026-03-31"),
        (REGULATOR, "2027-01-15T06:00", "2025-04-01", "2026-03-31"),
    ],
)
def test_a_report_is_of_the_last_whole_time_before_it(kind: ReportKind, made: str, first: str, last: str) -> None:
    period = KINDS[kind].last_before(datetime.fromisoformat(made).replace(tzinfo=LONDON))
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))


def test_each_kind_says_what_it_is() -> None:
    assert {name: one.kind for name, one in KINDS.items()} == {name: name for name in ReportKind}
