"""`casework export`: what belongs to a case beside its facts, and where its people lived."""

import csv
from datetime import date
from pathlib import Path

import pytest
from rich.progress import Progress

from cli.exporting.folder import ColumnMissing, Folder
from cli.exporting.run import export
from cli.exporting.tables import EXPORTED, case_columns
from runtime.settings import Settings
from store import people
from store.people import Moved
from store.sessions import Store
from tests.store.erasing import WORDS, everything_of_somebody

MOVED = date(2026, 6, 1)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


async def test_letters_diaries_messages_and_earlier_addresses_are_in_it(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    held = await everything_of_somebody(store)
    async with store.writing() as db:
        before = await people.lock(db, held.person)
        assert before is not None
        await people.move(
            db, before, Moved(address=("9 Elsewhere Road",), since=date(2026, 6, 1)), date(2026, 6, 1)
        )
    with Progress(disable=True) as progress:
        await export(settings, tmp_path / "export", [held.case], progress)
    folder = tmp_path / "export"
    assert WORDS in {row["words"] for row in rows(folder / "diaries.csv")}
    assert any(row["body"] for row in rows(folder / "letters.csv"))
    assert [row for row in rows(folder / "sendings.csv") if row["ref"] == held.action and row["body"]]
    homes = [row for row in rows(folder / "addresses.csv") if row["person"] == held.person]
    assert [row["until"] for row in homes][:2] == ["", "2026-06-01"]
    readme = (folder / "README.md").read_text()
    assert all(f"`{one.name}`" in readme for one in folder.glob("*.csv"))


def test_a_row_with_more_than_its_table_has_is_no_export(tmp_path: Path) -> None:
    with Folder(tmp_path / "export") as folder:
        table = folder.table("cases.csv", case_columns(["contact_made"]))
        table.add({"case": "CW-1", "words": "Spoke."})
        with pytest.raises(ColumnMissing, match=r"\(limb\)"):
            table.add({"case": "CW-1", "limb": "b"})


def test_no_private_link_stands_in_a_cell() -> None:
    [one] = [one for one in EXPORTED if one.file == "letters.csv"]
    assert one.cells({"body": "Answer at https://casework.example.org/l/opensesame today."}) == {
        "body": "Answer at (a private link) today."
    }
