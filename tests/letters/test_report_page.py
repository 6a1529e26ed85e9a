"""A report on paper: tagged, with what it says, and what is published without what it must not say."""

import pytest
from printed_page import alternatives_of, opened, structure_of, text_of

from letters.report import made
from policy.measures.base import Unit
from policy.reports.contents import ReadBy
from policy.reports.report import Report, Row, Table, Told
from policy.reports.suppression import published
from tests.policy.reports.test_reports_told import made as reported

WORDS = "Music kept a street awake. We asked them to stop, and they did."


@pytest.fixture(scope="module")
def told() -> Report:
    report = reported(opened={(): 4723, ("noise",): 4720, ("drugs",): 3})
    return report.model_copy(update={"stories": (WORDS,), "cases": 4999})


def test_it_is_tagged_as_the_standard_wants_and_the_same_each_time(told: Report) -> None:
    pdf = made(told, "Invented Homes")
    assert pdf == made(told, "Invented Homes")
    with opened(pdf) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("en")
        assert "pdfuaid:part" in document.Root.Metadata.read_bytes().decode()


def test_it_says_its_days_and_its_figures(told: Report) -> None:
    said = text_of(made(told, "Invented Homes"))
    for words in ("Wednesday1April2026toWednesday30September2026", "4,720", "opened,version1", "Notshown"):
        assert (words in said) is (words != "Notshown"), words


def test_each_chart_is_a_figure_that_says_what_it_shows_and_its_table_stands_below(told: Report) -> None:
    pdf = made(told, "Invented Homes")
    by_type, by_ward, by_month = alternatives_of(pdf)
    assert by_type.endswith(". The longest is Noise that the average person would find unreasonable: 4,720.")
    assert by_month.startswith("Cases that were reported. From April 2026 to September 2026.")
    assert by_ward
    structure = structure_of(pdf)
    for place in (place for place, name in enumerate(structure) if name == "Figure"):
        assert "Table" in structure[place : place + 40]
    assert "4,720" not in " ".join(alternatives_of(made(published(told), "Invented Homes")))


def test_what_is_published_shows_no_small_number(told: Report) -> None:
    said = text_of(made(published(told), "Invented Homes"))
    assert "4,723" in said
    assert "4,720" not in said
    assert "Notshown" in said
    assert WORDS.replace(" ", "") in said


def test_a_table_that_cannot_be_shown_sorted_says_so() -> None:
    one = Told(number=1, value=1)
    table = Table(
        section="Some",
        measure="opened",
        version=1,
        unit=Unit.NUMBER,
        says="Some cases",
        by=("ward",),
        chart=None,
        read_by=ReadBy.EVERYBODY,
        whole=Row(of=(), figure=Told(number=5, value=5)),
        rows=tuple(Row(of=(f"Ward {number}",), figure=one) for number in range(5)),
    )
    told = published(reported().model_copy(update={"tables": (table,)}))
    said = text_of(made(told, "Invented Homes"))
    assert "Sortedso,thenumbersaretoosmalltobeshown." in said
    assert "Ward" not in said.replace("Ward" + "Number", "")
