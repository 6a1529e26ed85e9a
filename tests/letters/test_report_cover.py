"""What the readers of a report are told."""

from datetime import date

import pytest

from letters.compose import DEMO_LANDLORD
from letters.report_cover import check_cover, cover
from policy.reports.kinds import ReportKind
from tests.letters.test_wording import reading_grade

LINK = "https://casework.example/figures/0f9e9c9a-6b0c-5c39-9b1d-0d2f6a1b7c11"


def test_it_says_which_report_of_which_days_and_where_it_stands() -> None:
    check_cover()
    subject, text = cover(ReportKind.MONTHLY, date(2026, 10, 1), date(2026, 10, 31), LINK, DEMO_LANDLORD)
    assert subject == "A report has been made"
    said = " ".join(text.split())
    assert "Monthly report, from Thursday 1 October 2026 to Saturday 31 October 2026." in said
    assert f"\n{LINK}\n" in text
    assert DEMO_LANDLORD.phone in text


@pytest.mark.parametrize("kind", ReportKind)
def test_it_is_easy_to_read(kind: ReportKind) -> None:
    _, text = cover(kind, date(2026, 10, 1), date(2026, 10, 31), LINK, DEMO_LANDLORD)
    assert reading_grade(text.replace(LINK, "")) < 7
