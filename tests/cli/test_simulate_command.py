"""`casework simulate`: what it prints, for people and for programs, and what it refuses."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from activities.simulating import Simulating
from cli.main import app
from cli.simulate import account_in_words
from policy.measures.period import Period
from policy.simulation.account import Account, Done
from runtime.settings import Settings
from store import cases, recording
from store.sessions import Store
from tests.cli.brought import OVER, brought, written
from tests.keys import keys
from tests.policy.test_tried import HEAD, MONDAY, QUICKER, ROW, found, spoken_to_after

DAYS = ("--from", "2023-10-01", "--to", "2023-10-31")


def ran(tmp_path: Path, text: str | bytes, *more: str, days: tuple[str, ...] = DAYS) -> Result:
    file = tmp_path / "proposed.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(app, ["simulate", "--edition", str(file), *days, *more])


@pytest.fixture(scope="module")
def three() -> Account:
    return found([spoken_to_after(days, f"CW-2023-00000{days}") for days in (2, 4, 8)])


def test_it_is_told_in_plain_words(three: Account) -> None:
    told = "\n".join(account_in_words(three))
    assert "3 cases were open: 3 compared" in told
    assert "2 would have gone differently, 1 the same by other dates." in told
    assert [line.split() for line in told.splitlines() if "contact-5-working-days" in line] == [
        ["contact-5-working-days", "2,", "1,", "0", "1,", "2,", "0"]
    ]
    assert "  officer-1 2023-W40 " in told
    assert "If they went over now: of 3 open cases 0 cannot, and in 0 something is overdue at once." in told
    assert "  CW-2023-000004\n    Contact the complainant: by Thursday 5 October 2023 at 17:00, not" in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{HEAD}[first_contact]\nworking_days = 0\n", "line 6, first_contact.working_days: must be at least 1"),
        ("name = ", "line 1: this is not TOML"),
        (b"\xff", "is no text in UTF-8"),
    ],
)
def test_what_is_no_edition_is_refused_with_its_place(tmp_path: Path, text: str | bytes, why: str) -> None:
    answer = ran(tmp_path, text)
    assert answer.exit_code == 2
    assert why in answer.output
    assert "proposed.toml" in answer.output.replace("\n", "")


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [("2023-10-31", "2023-10-01", "give the first day first"), ("2999-01-01", "2999-01-02", "is still to come")],
)
def test_a_time_that_is_none_is_refused(tmp_path: Path, first: str, last: str, why: str) -> None:
    answer = ran(tmp_path, QUICKER, days=("--from", first, "--to", last))
    assert answer.exit_code == 2
    assert why in answer.output


async def kept(store: Store) -> None:
    case = spoken_to_after(4, "CW-2086-000001")
    async with store.writing() as db:
        await cases.register(db, case.opening.ref, case.opening.edition, case.opening.closure_days, MONDAY)
        await recording.record(db, case.opening.ref, 1, case.entries or (), MONDAY)


def typed(settings: Settings, folder: Path, repository: Path, *more: str) -> subprocess.CompletedProcess[str]:
    wanted = settings.worker_database_url
    assert wanted is not None
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "simulate", "--edition", "proposed.toml", *DAYS, *more],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(repository),
            "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
            "CASEWORK_WORKER_DATABASE_URL": wanted.get_secret_value(),
            "CASEWORK_TEMPORAL_ADDRESS": settings.temporal_address,
            "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
            "CASEWORK_EVIDENCE_URL": settings.evidence_url,
            "CASEWORK_ENCRYPTION_KEYS": keys("test-1"),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


async def test_a_case_that_was_brought_from_another_system_is_compared(
    settings: Settings, working_store: Store, tmp_path: Path
) -> None:
    """As it stands in the records: spoken to on the second day, closed by rules that are not ours."""
    outcome = (await brought(settings, written(tmp_path / "cases.csv", OVER))).outcome
    assert (outcome.over, outcome.rejected) == (1, [])
    now = datetime.now(UTC)
    told = await Simulating(working_store, 1).simulated(QUICKER, Period.month(2019, 3), now)
    assert (told.cases, told.went_otherwise, told.compared) == (1, 0, 1)
    assert next(one.own for one in told.rows if one.row == ROW) == Done(kept=1)


async def test_as_it_is_typed_it_reads_the_records_and_leaves_no_process_behind(
    settings: Settings, store: Store, tmp_path: Path, repository: Path
) -> None:
    await kept(store)
    (tmp_path / "proposed.toml").write_text(QUICKER)
    ended = typed(settings, tmp_path, repository, "--json", "--examples", "1")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["cases"], told["different"]) == (1, 1)
    assert [one["ref"] for one in told["named"]["different"]] == ["CW-2086-000001"]
    in_short = typed(settings, tmp_path, repository, "--examples", "0")
    assert "1 would have gone differently" in in_short.stdout
    assert "CW-2086-000001" not in in_short.stdout
