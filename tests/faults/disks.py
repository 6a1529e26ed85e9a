"""Small disks in memory, which can be filled. Only root may mount them: for anybody else no disk ever is full."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

SMALL_DISKS: Final[Mapping[str, int]] = {"postgres": 768, "evidence": 64} if os.geteuid() == 0 else {}
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
