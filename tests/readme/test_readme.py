"""The README's commands, as written, on `casework run`."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.readme.shell import Shell, blocks

BEFORE_THE_KILL = 10
"""Blocks of commands up to the one that reports what is about to be late."""


@asynccontextmanager
async def casework_run(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`casework run`, from when it has said where to look until Ctrl-C."""
    casework = Path(sys.executable).parent / "casework"
    with (folder / "run.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            str(casework), "run", cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
    try:
        await said(process, folder / "run.log", "Ctrl-C stops all of it.")
        yield process
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            async with asyncio.timeout(60):
                await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def said(process: asyncio.subprocess.Process, log: Path, words: str) -> None:
    earlier = log.read_text().count(words)
    async with asyncio.timeout(90):
        while log.read_text().count(words) == earlier:
            assert process.returncode is None, log.read_text()
            await asyncio.sleep(0.2)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


@pytest.fixture
def clone(tmp_path: Path, repository: Path) -> Path:
    """A folder in which the README's paths are right."""
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    (tmp_path / "stories").symlink_to(repository / "stories")
    return tmp_path


@pytest.mark.timeout(400)
async def test_a_new_user_gets_from_report_to_closing_letter_and_over_a_kill(
    clone: Path, repository: Path
) -> None:
    readme = (repository / "README.md").read_text()
    commands = blocks(readme, "sh")
    shell = await Shell.opened(clone)
    async with casework_run(clone) as running:
        told = [await shell.run(block) for block in commands[:BEFORE_THE_KILL]]
        pids = [int(pid) for pid in (clone / ".casework" / "pids").read_text().split()]
        [kill] = [block for block in blocks(readme, "") if "kill -9" in block]
        await shell.run(kill.replace("make run", ""))
        await running.wait()
    assert not any(alive(pid) for pid in pids)
    ref = told[1].strip()
    assert "Contact the complainant, by" in told[2]
    assert "working days after" in told[2]
    assert told[3].count('"seq"') == 2
    for missing in (
        "advice to ring the police",
        "offer of an appointment",
        "supervisor's review",
        "proposed closure",
    ):
        assert missing in told[4]
    assert told[5].count('"seq"') == 3
    assert f"Your reference {ref}" in told[6]
    assert told[6].count("everything holds") == 2
    assert told[7].count('"seq"') == 2
    assert told[8].count('"seq"') == 5
    assert "Nothing is issued before the solicitor says" in told[8]
    assert "- Record what the court decided, or the next day, by" in told[8]
    assert (clone / f"{ref}-closing-letter.pdf").read_bytes().startswith(b"%PDF")

    async with casework_run(clone) as again:
        late = await shell.run(commands[BEFORE_THE_KILL])
        assert "ring the police" in late
        assert "noticed as missed" in late
        officer, lists, supervisor, operator, story = [
            await shell.run(block) for block in commands[BEFORE_THE_KILL + 1 :]
        ]
        assert "Advise the victim to ring the police, by" in officer
        assert "is reported after" in officer
        assert "listed" in lists, "the legal action"
        assert "- injunction " in lists
        assert "Review the case" in supervisor
        assert "Missed by then: 0 deadlines" in supervisor
        assert "cases rebuilt" in operator
        assert "everything holds" in operator
        assert "2 June 2023" in story
    assert again.returncode == 0
    await shell.close()


async def test_everything_ends_when_the_parent_is_killed(clone: Path) -> None:
    async with casework_run(clone) as running:
        pids = [int(pid) for pid in (clone / ".casework" / "pids").read_text().split()]
        running.kill()
        await running.wait()
        async with asyncio.timeout(30):
            while any(alive(pid) for pid in pids):
                await asyncio.sleep(0.2)
