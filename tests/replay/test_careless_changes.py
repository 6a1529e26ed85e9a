"""A change that breaks what runs, made in a copy of the source, is caught by the check of the histories: by the
replay itself, or by the standing that a history leads to.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.another_tree import changed, copied

CHECK: Final = (
    "tests/replay/test_histories.py",
    "tests/replay/replaying.py",
    "tests/encrypted.py",
    "tests/keys.py",
)


class Careless(NamedTuple):
    """`caught` is what the check says of it, of that `life`: all of them take a minute."""

    file: str
    was: str
    now: str
    caught: str
    life: str = "0.1.0-hate"


CHANGES: Final = {
    "an activity is inserted": Careless(
        "workflows/loop.py",
        "            self._write_behind()\n",
        "            workflow.start_activity('look', start_to_close_timeout=datetime.resolution)\n"
        "            self._write_behind()\n",
        "NondeterminismError",
    ),
    "a timer is set before what came before it": Careless(
        "workflows/loop.py",
        "            self._write_behind()\n",
        "            self._set_alarm(deadlines)\n"
        "            await asyncio.sleep(0)\n"
        "            self._write_behind()\n",
        "NondeterminismError",
    ),
    "a signal is not listened to any more": Careless(
        "workflows/case.py",
        "    @workflow.signal\n    def incident(",
        "    def incident(",
        "NondeterminismError",
    ),
    "a field that could be left out is required": Careless(
        "policy/facts/reporting.py",
        "    told_on: Name | None = None\n    told_by",
        "    told_on: Name\n    told_by",
        "NondeterminismError",
    ),
    "a deadline is counted otherwise": Careless(
        "policy/working_days.py",
        "    return _counted(london_day(start), number, closures, closes)\n\n\ndef working_days_before",
        "    return _counted(london_day(start), number + 1, closures, closes)\n\n\ndef working_days_before",
        "AssertionError",
        "0.1.0-second-look",
    ),
    "what a run starts with needs something new": Careless(
        "workflows/case_kind.py",
        "class CaseStart(Start[CaseFile, Entry]):\n",
        "class CaseStart(Start[CaseFile, Entry]):\n    release: str\n\n",
        "release",
    ),
}


@pytest.fixture(scope="module")
def source(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = copied(repository, tmp_path_factory.mktemp("careless"), *CHECK, "pyproject.toml", "tests/__init__.py")
    (tree / "tests/replay/histories").symlink_to(repository / "tests/replay/histories")
    return tree


def checked(tree: Path, life: str) -> subprocess.CompletedProcess[str]:
    options = ["-x", "--noconftest", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", life]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, CHECK[0]],
        cwd=tree,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.mark.parametrize("careless", CHANGES.values(), ids=CHANGES)
def test_a_careless_change_to_the_source_is_caught(source: Path, careless: Careless) -> None:
    changed(source, careless.file, careless.was, careless.now)
    try:
        found = checked(source, careless.life)
    finally:
        changed(source, careless.file, careless.now, careless.was)
    assert found.returncode == 1, found.stdout
    assert careless.caught in found.stdout
