"""A report for programs: one figure a line, and nothing in it that a spreadsheet would run."""

import csv
import io

import pytest
from openpyxl import load_workbook

from letters.spreadsheets import as_csv, as_xlsx
from policy.reports.kinds import ReportKind
from policy.reports.suppression import published
from tests.policy.reports.test_reports_told import made


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_each_figure_stands_on_a_line_with_its_measure_and_version() -> None:
    told = made(opened={(): 23, ("noise",): 20, ("drugs",): 3})
    by_type = [one for one in lines(as_csv(told)) if one["section"] == "New cases by type"]
    assert [(one["of"], one["number"], one["version"], one["number_year_before"]) for one in by_type] == [
        ("", "23", "1", "0"),
        ("noise", "20", "1", "0"),
        ("drugs", "3", "1", "0"),
    ]
    assert {one["first"] for one in by_type} == {"2026-04-01"}
    assert by_type[1]["in_words"].startswith("Noise")
    hidden = [one for one in lines(as_csv(published(told))) if one["of"] == "drugs"]
    assert {(one["number"], one["value"], one["hidden"]) for one in hidden} == {("", "", "yes")}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_somebody_called_a_ward_is_no_formula(start: str) -> None:
    ward = f"{start}HYPERLINK(1)"
    told = made(opened={(): 6, (ward,): 6})
    assert f"'{ward}" in [one["of"] for one in lines(as_csv(told))]
    book = load_workbook(io.BytesIO(as_xlsx(told)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'") and "HYPERLINK" in str(cell.value) for cell in cells)


def test_a_sheet_for_each_section_with_numbers_as_numbers() -> None:
    told = made(opened={(): 23, ("noise",): 20, ("drugs",): 3})
    book = load_workbook(io.BytesIO(as_xlsx(told)))
    assert len(book.sheetnames) == 1 + len({one.section for one in told.tables})
    rows = list(book["2 New cases by type"].iter_rows(values_only=True))
    assert rows[0][0] == "Cases that were reported (opened, version 1)"
    assert [row[1] for row in rows[2:5]] == [20, 3, 23]


def test_a_sheet_s_name_is_as_short_as_spreadsheets_want_it() -> None:
    names = load_workbook(io.BytesIO(as_xlsx(made(ReportKind.MONTHLY)))).sheetnames
    assert all(len(name) <= 31 for name in names)
    assert len(names) == len(set(names))
