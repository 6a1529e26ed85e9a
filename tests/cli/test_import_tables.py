"""What is read of a file, and what is said where it is none: no database is asked."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cli.importing.histories import made
from cli.importing.mapping import MappingNotUnderstood, TheirTable, read_mapping
from cli.importing.moments import NotAMoment, day, moment
from cli.importing.people import people_of
from cli.importing.rows import Case, Row, Source
from cli.importing.table import TableNotUnderstood, escaped, read_table, unescaped
from cli.importing.template import OF_THE_ROW, cells_of, columns_of
from policy.facts import FACT_TYPES
from policy.working_days import LONDON
from tests.cli.brought import CLOSED, CONTACT, OVER, REPORT, Rows

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HEADER = b"case,happened,at,words\n"
ONE = "ASB/1,report_received,2019-03-04,caf\u00e9 \u00a35\n"


def said(path: Path, content: bytes, encoding: str | None = None) -> str:
    """What is wrong with it."""
    path.write_bytes(content)
    with pytest.raises(TableNotUnderstood) as wrong:
        read_table(path, encoding=encoding)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (HEADER + ONE.encode(), None),
        (b"\xef\xbb\xbf" + HEADER + ONE.encode(), None),
        ((HEADER.decode() + ONE).encode("utf-16"), None),
        (HEADER + ONE.encode("cp1252"), "cp1252"),
        (HEADER.replace(b"\n", b"\r\n") + ONE.replace("\n", "\r\n").encode(), None),
    ],
)
def test_a_table_is_read_whatever_wrote_it(tmp_path: Path, content: bytes, encoding: str | None) -> None:
    file = tmp_path / "cases.csv"
    file.write_bytes(content)
    table = read_table(file, encoding=encoding)
    assert table.header == ("case", "happened", "at", "words")
    assert [line.cells["words"] for line in table.lines] == ["caf\u00e9 \u00a35"]
    assert table.lines[0].number == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (HEADER, "no row below"),
        (HEADER + ONE.encode("cp1252"), "line 2: this is not UTF-8"),
        (HEADER + ONE.encode("cp1252"), "--encoding cp1252"),
        (HEADER + b'ASB/1,report_received,2019,"never closed\n', "line 2: unexpected end of data"),
        (HEADER + b'a,b,c,"d"e\n', "line 2: "),
        (b"case,case\n1,2\n", "names a column twice: case"),
        (b"case;happened\n1;2\n", "has no commas"),
        (HEADER + b"a,b,c,\0\n", "NUL"),
    ],
)
def test_what_is_no_table_is_said_with_its_line(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in said(tmp_path / "cases.csv", content)


def test_an_encoding_that_is_not_known_or_not_the_one_is_said(tmp_path: Path) -> None:
    assert "No encoding is called klingon" in said(tmp_path / "a.csv", HEADER + b"x\n", "klingon")
    assert "line 2: this is not ascii" in said(tmp_path / "b.csv", HEADER + ONE.encode(), "ascii")


def test_lines_keep_their_number_over_empty_ones_and_line_breaks_in_a_cell(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text('case,words\n\n1,"two\nlines"\n,\n2,x,more\n3\n')
    lines = read_table(file).lines
    assert [line.number for line in lines] == [3, 6, 7]
    assert lines[0].cells["words"] == "two\nlines"
    assert [line.wrong is None for line in lines] == [True, False, False]


@pytest.mark.parametrize("cell", ["=1+1", "+44 1632", "-x", "@x", "'=x", "''x", "'x", "x", "\t=x", ""])
def test_what_a_spreadsheet_would_run_is_written_so_that_it_does_not(cell: str) -> None:
    assert unescaped(escaped(cell)) == cell
    assert not escaped(cell).startswith(("=", "+", "-", "@", "\t"))


def test_dates_are_of_the_zone_and_of_the_calendar() -> None:
    formats = ("%d/%m/%Y %H:%M", "%d/%m/%Y")
    assert moment("01/07/2019 09:30", formats, LONDON) == datetime(2019, 7, 1, 8, 30, tzinfo=UTC)
    assert moment("01/07/2019", formats, LONDON) == datetime(2019, 7, 1, 11, tzinfo=UTC)
    assert moment("2019-07-01T09:30:00+02:00", formats, LONDON) == datetime(2019, 7, 1, 7, 30, tzinfo=UTC)
    assert day("2019-07-01 09:30", formats) == date(2019, 7, 1)
    for impossible in ("31/02/2019", "2019-13-01", "yesterday", "1/7", "45000"):
        with pytest.raises(NotAMoment, match="no date that there is, written as %d/%m/%Y"):
            moment(impossible, formats, LONDON)
    with pytest.raises(NotAMoment, match="clocks went forward"):
        moment("31/03/2019 01:30", formats, LONDON)


def test_no_field_of_a_fact_is_called_as_a_column_of_every_row() -> None:
    for kind in FACT_TYPES.values():
        assert not set(OF_THE_ROW) & columns_of(kind).keys()


def source(table: TheirTable | None = None) -> Source:
    return Source("Orchard", table or TheirTable(), NOW, {}, {}, {})


def reasons(rows: Rows, table: TheirTable | None = None) -> set[str]:
    theirs = table or TheirTable()
    told = [Row(line, one) for line, row in enumerate(rows, 2) for one in theirs.told(row)]
    found = made(source(theirs), Case.of("ASB/1", "CW-2615-000001", told))
    assert (found.history is None) == bool(found.rejected)
    return {one.reason for one in found.rejected} - {"waits for another row of its case that is rejected"}


def also(**cells: str) -> list[Mapping[str, str]]:
    return [*OVER[:3], {"case": "ASB/1", "at": "2019-03-10"} | cells, CLOSED]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (OVER[1:], "its case has no report_received"),
        ([{**REPORT, "at": ""}, CLOSED], "at: is missing"),
        ([{**REPORT, "at": "30/02/2019"}, CLOSED], "at: is no date that there is, written as 2019-03-01"),
        ([{**REPORT, "at": "2031-01-01"}], "is dated in the future"),
        ([REPORT, {**CLOSED, "at": "2019-03-01"}], "closes its case before it was reported"),
        ([REPORT, {**CONTACT, "at": "2019-03-01"}], "is dated before the report of its case"),
        ([REPORT, {**CONTACT, "recorded_at": "2019-03-01"}], "recorded_at: is before it happened"),
        ([*OVER, {**CONTACT, "at": "2019-06-01"}], "is dated after its case was closed"),
        ([REPORT, {**REPORT, "at": "2019-03-09"}], "is a second report_received of its case"),
        ([{**REPORT, "happened": "tea_made"}], "happened: is no kind of fact"),
        ([{**REPORT, "category": "opera"}], "has a category that the policy does not know"),
        ([{**REPORT, "limb": "b"}], "limb: not something that report_received says"),
        ([{**REPORT, "channel": "pigeon"}], "channel: Input should be 'phone'"),
        ([{**REPORT, "words": ""}], "words: is missing"),
        ([{**REPORT, "complainant.email": "nowhere"}], "complainant.email: must be an e-mail address"),
        ([{**REPORT, "order": "first"}], "order: is no number"),
        ([{**REPORT, "by": "sam", "role": "boss"}], "role: is none of"),
        (also(happened="promise_kept", matter="P1", words="Rang."), "goes on with something that no earlier row"),
        (also(happened="person_joined", key="victim-1", part="victim", person="P1"), "person: is not in the file"),
        (also(happened="person_contacted", person="witness-1", means="phone", words="x"), "names somebody who is"),
        (also(happened="hate_perceived", hate="{", words="x"), "hate: is no JSON"),
        ([{**REPORT, "complainant": "[]"}], "complainant.email, complainant.name: a part of something"),
        (
            [REPORT, {**CONTACT, "id": "A"}, {**CONTACT, "id": "A", "at": "2019-03-08"}],
            "id: another row of its case",
        ),
    ],
)
def test_each_row_that_is_no_history_says_why(rows: Rows, reason: str) -> None:
    [found] = reasons(rows)
    assert found.startswith(reason) or reason in found


def test_no_reason_quotes_what_a_cell_says() -> None:
    name_ = "Zebedee"
    for name in ("at", "happened", "channel", "category", "complainant.email", "role", "order", "recorded_at"):
        for reason in reasons([{**REPORT, "by": "sam", name: name_}]):
            assert name_ not in reason, name


def test_what_was_done_otherwise_than_the_policy_asks_is_kept_as_it_was() -> None:
    told = [Row(line, one) for line, row in enumerate(OVER, 2) for one in TheirTable().told(row)]
    found = made(source(), Case.of("ASB/1", "CW-2615-000001", told))
    assert found.history is not None
    assert found.unusual == {"CaseNotReadyToClose": 1}


WIDE = """
source = "Orchard"
dates = ["%d/%m/%Y"]

[columns]
"Case No" = "case"
"Ward" = "place.ward"

[values.category]
"N1" = "noise"

[[happenings]]
happened = "report_received"
columns = { "Opened" = "at", "What" = "words", "Type" = "category" }
always = { channel = "phone" }

[[happenings]]
happened = "case_closed"
columns = { "Closed" = "at", "Why" = "reasons" }
always = { closing = "with_letter" }
"""
ROW = {
    "Case No": "7",
    "Ward": "Northgate",
    "Opened": "01/03/2019",
    "What": "Music.",
    "Type": "N1",
    "Closed": "01/05/2019",
    "Why": "Over.",
}


def mapping(path: Path, text: str) -> TheirTable:
    file = path / "mapping.toml"
    file.write_text(text)
    return read_mapping(file)


def test_a_row_may_tell_of_several_happenings(tmp_path: Path) -> None:
    theirs = mapping(tmp_path, WIDE)
    told = [Row(2, one) for one in theirs.told(ROW)]
    found = made(source(theirs), Case.of("7", "CW-2615-000001", told))
    assert found.history is not None, found.rejected
    kinds = [entry.fact.fact for entry in found.history.entries]
    assert kinds == ["report_received", "case_closed", "case_imported"]
    assert cells_of(found.history.entries[0].fact) == {
        "channel": "phone",
        "words": "Music.",
        "category": "noise",
        "place.ward": "Northgate",
    }
    assert not list(theirs.told({**ROW, "Opened": "", "Closed": " "}))


def test_of_several_happenings_the_id_of_their_row_names_none(tmp_path: Path) -> None:
    wide = WIDE.replace('"Ward" =', '"Row" = "id"\n"Ward" =').replace(
        '"Closed" = "at"', '"Closed" = "at", "Ward" = "id"'
    )
    ids = [one.cells.get("id") for one in mapping(tmp_path, wide).told({**ROW, "Row": "R-1"})]
    assert ids == [None, "Northgate"]


def test_codes_of_theirs_become_ours_or_leave_a_row_out(tmp_path: Path) -> None:
    theirs = mapping(
        tmp_path, '[columns]\n"Activity" = "happened"\n[values.happened]\n"TEL" = "contact_made"\n"NOTE" = ""\n'
    )
    [row] = theirs.told({"Activity": "TEL", "at": "2019-03-04", "rejected": "x", "Colour": "red"})
    assert row.cells == {"happened": "contact_made", "at": "2019-03-04"}
    [left] = theirs.told({"Activity": "NOTE"})
    assert left.left_out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("columns = 3", "columns: Input should be a valid dictionary"),
        ("colums = {}", "colums: Extra inputs are not permitted"),
        ("[columns", "is not TOML"),
        ('time_zone = "Europe/Atlantis"', "is no time zone"),
    ],
)
def test_a_mapping_that_is_none_says_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(MappingNotUnderstood, match=words):
        mapping(tmp_path, text)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",Rowan,,", "line 2: it has no person"),
        ("1,,,", "not as it should be: name"),
        ("1,Rowan,31/31/1999,", "a day is no date"),
        ("1,Rowan,,\n1,Ashley,,", "line 3: somebody else has that number"),
    ],
)
def test_a_file_of_people_says_what_is_wrong_with_it(tmp_path: Path, row: str, words: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"person,name,date_of_birth,address\n{row}\n")
    with pytest.raises(TableNotUnderstood, match=words):
        people_of(file, TheirTable(), None)
