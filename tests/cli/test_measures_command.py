"""`casework measures`: what it prints, for people and for programs, and what it refuses."""

import asyncio
import json
from datetime import date

import pytest
from rich.progress import Progress
from typer.testing import CliRunner

from cli.main import app
from cli.measures import Wanted, as_json, in_words, measured
from policy.measures import MEASURES
from runtime.settings import Settings
from store import cases, recording
from store.sessions import Store
from tests.given import EDITION, contact, empty_file, entry, london, report

MONDAY = london(2023, 10, 2)


async def test_each_figure_comes_with_its_definition_and_sorted_as_asked(store: Store, settings: Settings) -> None:
    ref = "CW-2073-000001"
    async with store.writing() as db:
        await cases.register(db, ref, EDITION.ref, empty_file(MONDAY.date()).closure_days, MONDAY)
    async with store.writing() as db:
        told = [entry(report(MONDAY)), entry(contact(london(2023, 10, 4)))]
        await recording.record(db, ref, 1, told, MONDAY)
    wanted = Wanted.of(date(2023, 10, 1), date(2023, 10, 31), "category,seriousness")
    with Progress(disable=True) as progress:
        found = await measured(settings, wanted, progress)
    said = list(in_words(found))
    assert said[0] == "Sunday 1 October 2023 to Tuesday 31 October 2023, from 1 cases."
    assert "Cases that were reported (opened, version 1): 1" in said
    assert "  noise, ordinary: 1" in said
    days = "Working days from the report to our first contact (days_to_contact, version 1): "
    assert f"{days}half within 2, nine in ten within 2, of 1" in said
    figures = json.loads(as_json(found))["figures"]
    assert figures.keys() == MEASURES.keys()
    assert figures["opened"]["lines"][1] == {
        "of": ["noise", "ordinary"],
        "number": 1,
        "value": 1.0,
        "nine_in_ten": None,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2023-10-31", "2023-10-01"], "Sunday 1 October 2023 is before Tuesday 31 October 2023"),
        (
            ["2023-10-01", "2023-10-31", "--by", "ward,colour"],
            "Nothing is sorted by colour. Choose from: category",
        ),
        (["yesterday", "2023-10-31"], "does not match the"),
        (["2199-10-01", "2199-10-31"], "Tuesday 1 October 2199 is still to come"),
    ],
)
async def test_what_cannot_be_meant_is_refused_before_anything_is_read(arguments: list[str], said: str) -> None:
    ended = await asyncio.to_thread(CliRunner().invoke, app, ["measures", *arguments])
    assert ended.exit_code == 2
    assert said in " ".join(ended.output.split())
