"""What a lock file names: packages, their versions, and the digests of the files that may be installed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PACKAGE: Final = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", re.MULTILINE
)


@dataclass(frozen=True)
class Package:
    """`marker` says where it is installed; empty is everywhere."""

    name: str
    version: str
    marker: str
    sha256: tuple[str, ...]


def packages(lock: Path) -> Iterator[Package]:
    for found in _PACKAGE.finditer(lock.read_text()):
        name, version, marker, hashes = found.groups()
        yield Package(name, version, marker or "", tuple(re.findall("sha256:([0-9a-f]+)", hashes)))
