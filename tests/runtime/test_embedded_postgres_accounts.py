import os
import pwd
import shutil
from pathlib import Path

import pytest
from elsewhere import NOBODY, needs_root, python_for, started_elsewhere
from postgres_client import asked, running

from runtime.embedded.postgres import PostgresDataNotMade, start_postgres
from runtime.embedded.postgres_binaries import NAMESPACE, PostgresRefusesRoot, account_for
from runtime.embedded.processes import sole_use

pytestmark = needs_root


@pytest.fixture
def no_namespaces(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose root may make no user namespaces: one without `unshare`."""
    programs = open_folder / "bin"
    programs.mkdir()
    for name in ("setpriv", "true"):
        (programs / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(programs))


def uid_map(process: int) -> list[str]:
    """Which user it takes itself for, which one it is, and for how many that holds."""
    return Path(f"/proc/{process}/uid_map").read_text().split()


def owner(process: int) -> int:
    return Path(f"/proc/{process}").stat().st_uid


async def test_root_keeps_its_data_and_leaves_the_users_of_the_machine_alone(tmp_path: Path) -> None:
    if account_for(tmp_path / "pg").within != NAMESPACE:
        pytest.skip("this machine's root may make no user namespaces")
    async with running(tmp_path / "pg") as server:
        assert await asked(server.url("postgres"), "SELECT 1") == 1
        assert (tmp_path / "pg" / "data").stat().st_uid == 0
        assert uid_map(server.child.process.pid) == ["65534", "0", "1"]


@pytest.mark.usefixtures("no_namespaces")
async def test_without_namespaces_root_runs_it_as_nobody_and_later_does_so_again(open_folder: Path) -> None:
    for _ in range(2):
        async with running(open_folder / "pg") as server:
            assert await asked(server.url("postgres"), "SELECT 1") == 1
            assert owner(server.child.process.pid) == NOBODY
    assert (open_folder / "pg" / "data").stat().st_uid == NOBODY
    assert (open_folder / "pg").stat().st_uid == 0
    assert (open_folder / "pg" / "password").stat().st_mode & 0o777 == 0o600


async def test_data_of_another_user_is_served_as_that_user_whatever_the_machine_allows(
    open_folder: Path,
) -> None:
    data = open_folder / "pg" / "data"
    data.mkdir(parents=True)
    daemon = pwd.getpwnam("daemon")
    os.chown(data, daemon.pw_uid, daemon.pw_gid)
    async with running(open_folder / "pg") as server:
        assert await asked(server.url("postgres"), "SELECT 1") == 1
        assert owner(server.child.process.pid) == daemon.pw_uid


@pytest.mark.usefixtures("no_namespaces")
async def test_a_folder_closed_to_nobody_stays_closed_and_the_error_says_so(open_folder: Path) -> None:
    folder = open_folder / "pg"
    folder.mkdir(mode=0o700)
    with pytest.raises(PostgresDataNotMade, match=r"(?s)initdb.log.*Permission denied"):
        await start_postgres(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_roots_data_without_namespaces_is_refused_and_not_given_away(
    open_folder: Path, request: pytest.FixtureRequest
) -> None:
    async with running(open_folder / "pg"):
        pass
    data = open_folder / "pg" / "data"
    os.chown(data, 0, 0)
    request.getfixturevalue("no_namespaces")
    with pytest.raises(PostgresRefusesRoot):
        await start_postgres(open_folder / "pg")
    assert data.stat().st_uid == 0


async def test_an_ordinary_user_runs_it_as_themselves_and_it_ends_with_their_program(
    open_folder: Path,
) -> None:
    theirs = open_folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, NOBODY, NOBODY)
    with started_elsewhere("postgres", theirs / "pg", NOBODY, python_for(NOBODY)) as parent:
        assert await asked(parent.where, "SELECT 1") == 1
        assert owner(parent.child) == NOBODY
        assert (theirs / "pg").stat().st_mode & 0o777 == 0o700
        parent.kill()
        async with sole_use(theirs / "pg", 5):
            pass
        with pytest.raises(ConnectionRefusedError):
            await asked(parent.where, "SELECT 1")
