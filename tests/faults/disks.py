"""Small disks in memory, which can be filled. Where the machine lets us mount none, no disk ever is full."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final


def _may_mount() -> bool:
    """Tried where nobody else sees it."""
    if not all(map(shutil.which, ("unshare", "mount", "umount"))):
        return False
    probe = ["unshare", "--mount", "mount", "-t", "tmpfs", "casework-test", "/mnt"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


SMALL_DISKS: Final[Mapping[str, int]] = {"postgres": 768, "evidence": 64} if _may_mount() else {}
"""Megabytes, by the folder that each is."""


@contextmanager
def small_disks(folder: Path) -> Iterator[None]:
    with ExitStack() as stack:
        for name, megabytes in SMALL_DISKS.items():
            stack.enter_context(_mounted(folder / name, megabytes))
        yield


@contextmanager
def _mounted(where: Path, megabytes: int) -> Iterator[None]:
    where.mkdir(mode=0o711)
    options = f"size={megabytes}m,mode=0711"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "casework-test", where], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", where], check=True)
