"""`casework report`: a report as a file, and what it refuses before anything is read."""

import asyncio
import csv
import io
from datetime import date
from pathlib import Path

import pytest
from rich.progress import Progress
from typer.testing import CliRunner

from cli.main import app
from cli.report import Wanted, written
from policy.reports.kinds import ReportKind
from runtime.settings import Settings
from store import cases, recording
from store.sessions import Store
from tests.given import EDITION, empty_file, entry, london, report

MONDAY = london(2023, 10, 2)
OCTOBER = (date(2023, 10, 1), date(2023, 10, 31))


async def a_case(store: Store) -> None:
    ref = "CW-2611-000901"
    async with store.writing() as db:
        await cases.register(db, ref, EDITION.ref, empty_file(MONDAY.date()).closure_days, MONDAY)
        await recording.record(db, ref, 1, [entry(report(MONDAY))], MONDAY)


async def of_october(settings: Settings, to: Path, *, for_everybody: bool = False) -> bytes:
    kind = ReportKind.QUARTERLY if for_everybody else ReportKind.MONTHLY
    with Progress(disable=True) as progress:
        await written(settings, Wanted.of(kind, *OCTOBER, to, for_everybody=for_everybody), progress)
    return to.read_bytes()


async def test_it_is_written_as_its_name_says(store: Store, settings: Settings, tmp_path: Path) -> None:
    await a_case(store)
    assert (await of_october(settings, tmp_path / "october.pdf")).startswith(b"%PDF")
    assert (await of_october(settings, tmp_path / "october.xlsx")).startswith(b"PK")
    lines = list(csv.DictReader(io.StringIO((await of_october(settings, tmp_path / "october.csv")).decode())))
    opened = [one for one in lines if one["measure"] == "opened" and not one["sorted_by"]]
    assert [one["value"] for one in opened] == ["1.0"]
    assert {one["sorted_by"] for one in lines} >= {"", "team", "ward"}
    assert "officer" not in {one["sorted_by"] for one in lines}


async def test_for_everybody_it_has_no_small_number(store: Store, settings: Settings, tmp_path: Path) -> None:
    await a_case(store)
    content = await of_october(settings, tmp_path / "october.csv", for_everybody=True)
    lines = list(csv.DictReader(io.StringIO(content.decode())))
    assert {(one["value"], one["hidden"]) for one in lines if one["measure"] == "opened"} == {("", "yes")}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["weekly", "--to", "a.pdf"], "'weekly' is not one of"),
        (["monthly", "--to", "a.doc"], "It is written as .pdf, .csv, .xlsx"),
        (["monthly", "--to", "a.pdf", "--publish"], "there is no version to publish"),
        (["monthly", "--to", "a.pdf", "--first", "2199-01-01", "--last", "2199-01-31"], "is still to come"),
        (
            ["monthly", "--to", "a.pdf", "--first", "2023-10-31", "--last", "2023-10-01"],
            "give the first day first",
        ),
    ],
)
async def test_what_cannot_be_meant_is_refused_before_anything_is_read(arguments: list[str], said: str) -> None:
    ended = await asyncio.to_thread(CliRunner().invoke, app, ["report", *arguments])
    assert ended.exit_code == 2
    assert said in " ".join(ended.output.split())


def test_without_days_it_is_of_the_last_whole_time(tmp_path: Path) -> None:
    wanted = Wanted.of(ReportKind.MONTHLY, None, None, tmp_path / "a.pdf", for_everybody=False)
    assert wanted.period.first.day == 1
    assert wanted.period.last < wanted.known_at.date()
    assert (wanted.period.last - wanted.period.first).days in {27, 28, 29, 30}
