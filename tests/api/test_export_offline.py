"""verifiable-timeline: an export is checked by somebody who has neither our database nor any of our settings."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from policy.facts import Entry
from store import recording, timeline
from tests.api.product import Product
from tests.given import contact, entry

Lines = list[dict[str, Any]]


async def exported(door: Product, ref: str) -> Lines:
    async with door.records.reading() as db:
        told = await db.connection.scalar(text("SELECT entry FROM reports WHERE case_ref = :ref"), {"ref": ref})
    first, now = Entry.model_validate(told), datetime.now(UTC)
    async with door.records.writing() as db:
        await recording.record(db, ref, 1, [first, *(entry(contact(now)) for _ in range(3))], now)
    answer = await door.supervisor.get(f"/api/cases/{ref}/timeline.jsonl")
    return [json.loads(line) for line in answer.text.splitlines()]


def verified(lines: Lines, folder: Path) -> tuple[int, str]:
    """In a folder and an environment where there is nothing of ours but the program itself."""
    file = folder / "export.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    command = [sys.executable, "-m", "cli.main", "verify", "--file", str(file)]
    here = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""}
    done = subprocess.run(command, cwd=folder, env=here, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


async def test_an_export_holds_and_says_where_it_ends_as_a_pack_does(
    door: Product, ref: str, tmp_path: Path
) -> None:
    lines = await exported(door, ref)
    code, told = verified(lines, tmp_path)
    assert code == 0, told
    assert "1 case, 4 entries: everything holds." in told
    assert f"{ref} ends with entry 4, hash {lines[-1]['hash']}" in told
    code, told = verified(lines[:-1], tmp_path)
    assert code == 0
    assert f"{ref} ends with entry 3, hash {lines[2]['hash']}" in told


def _chained_anew(lines: Lines) -> None:
    """By somebody who knows how, from the second entry on: the end is another then."""
    lines[1]["at"] = "2020-01-01T00:00:00Z"
    head = bytes.fromhex(lines[0]["hash"])
    for line in lines[1:]:
        one = timeline.TimelineEntry.model_validate(line).model_dump()
        line["previous"] = head.hex()
        head = timeline.chained(head, one | {"commitment": bytes.fromhex(line["commitment"])})
        line["hash"] = head.hex()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[0]["content"].update(words="Other words."), "says something else"),
        (lambda lines: lines[1].update(at="2020-01-01T00:00:00Z"), "does not match its hash"),
        (lambda lines: lines[1].update(by_id="somebody-else"), "does not match its hash"),
        (lambda lines: lines.pop(1), "is not chained to the entry before"),
        (lambda lines: lines.reverse(), "is not chained to the entry before"),
    ],
)
async def test_whatever_is_changed_in_it_is_named(
    door: Product, ref: str, tmp_path: Path, change: Callable[[Lines], object], said: str
) -> None:
    lines = await exported(door, ref)
    change(lines)
    code, told = verified(lines, tmp_path)
    assert code == 1
    assert said in told


async def test_a_chain_that_was_made_anew_ends_otherwise(door: Product, ref: str, tmp_path: Path) -> None:
    lines = await exported(door, ref)
    end = lines[-1]["hash"]
    _chained_anew(lines)
    code, told = verified(lines, tmp_path)
    assert code == 0
    assert end not in told
