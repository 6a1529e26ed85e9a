"""Servers started by another process than the test's own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

NOBODY = 65534
HERE = Path(__file__).parent
ENVIRONMENT = {
    "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), str(Path(asyncpg.__file__).parents[1])]),
    "PYTHONDONTWRITEBYTECODE": "1",
}
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can start something as somebody else")


@dataclass(frozen=True)
class Parent:
    """Another process that has started a server; `where` is its address, `child` its process id."""

    process: subprocess.Popen[str]
    where: str
    child: int

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def started_elsewhere(
    kind: str, folder: Path, user: int | None = None, python: str = sys.executable
) -> Iterator[Parent]:
    """A "postgres" or a "temporal" in `folder`, started by another process: as `user`, if one is given."""
    with subprocess.Popen(
        [python, HERE / "parent.py", kind, folder],
        stdout=subprocess.PIPE,
        text=True,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        env=os.environ | ENVIRONMENT,
    ) as process:
        try:
            assert process.stdout is not None
            yield Parent(process, **json.loads(process.stdout.readline()))
        finally:
            process.kill()


def python_for(user: int) -> str:
    """A Python that this user may run and that can read our packages; skips the test if there is none."""
    same_version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, shutil.which(same_version, path="/usr/local/bin:/usr/bin")):
        if python and _runs(python, user):
            return python
    return pytest.skip(f"user {user} may not run this Python, or not read this checkout")


def _runs(python: str, user: int) -> bool:
    probe = [python, "-c", "import asyncpg, temporalio.client, runtime.embedded"]
    try:
        done = subprocess.run(
            probe, user=user, group=user, extra_groups=[], env=ENVIRONMENT, capture_output=True, check=False
        )
    except PermissionError:
        return False
    return done.returncode == 0
