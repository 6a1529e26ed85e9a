"""Runs the release before on the database of this one, by its own tests: `python -m ops.release_before [TEST…]`.

That release is the newest tag; where there is none, what brought the newest migration that it has. Both want the
repository's history: a shallow clone has none, and then it says so and ends with 2.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

RELEASED: Final = "d7f1a6"
"""The newest migration of the release before this one. Each release moves it on."""

_ROOT: Final = Path(__file__).parent.parent
_TESTS: Final = ("tests/store", "tests/api")
_OF_THE_SCHEMA_ITSELF: Final = ("--deselect", "tests/store/test_migrations_only_add.py")


class NoHistory(LookupError):
    """The repository does not hold the release before."""


def revision(root: Path = _ROOT) -> str:
    """Raises NoHistory."""
    migration = f"migrations/versions/*_{RELEASED}_*"
    for asked in (
        ("describe", "--tags", "--abbrev=0"),
        ("log", "-1", "--diff-filter=A", "--format=%H", "--", migration),
    ):
        if found := _git(root, *asked):
            return found
    raise NoHistory(f"Neither a tag nor the commit that brought migration {RELEASED} is here: fetch the history.")


def on_this_database(revision: str, folder: Path, tests: Sequence[str], root: Path = _ROOT) -> int:
    """The exit code of those tests of that revision, with our migrations in place of its own."""
    archive = subprocess.run(["git", "-C", root, "archive", revision], capture_output=True, check=True)  # noqa: S603, S607 - git as it is found, and a revision that it named
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)  # noqa: S603, S607 - as above
    shutil.rmtree(folder / "migrations")
    shutil.copytree(root / "migrations", folder / "migrations")
    options = ["-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile", *_OF_THE_SCHEMA_ITSELF]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    return subprocess.run(command, cwd=folder, check=False).returncode  # noqa: S603 - our own arguments


def _git(root: Path, *asked: str) -> str:
    ended = subprocess.run(["git", "-C", root, *asked], capture_output=True, text=True, check=False)  # noqa: S603, S607 - as above
    return ended.stdout.strip() if ended.returncode == 0 else ""


if __name__ == "__main__":
    try:
        before = revision()
    except NoHistory as none:
        sys.stderr.write(f"{none}\n")
        sys.exit(2)
    with TemporaryDirectory(prefix="release-before-") as made:
        sys.stderr.write(f"The tests of {before} on this database:\n")
        sys.exit(on_this_database(before, Path(made), sys.argv[1:] or _TESTS))
