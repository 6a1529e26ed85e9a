"""Object storage in a folder, and in a bucket as moto has it."""

import logging
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from gateways.evidence_files import EvidenceStoreAway, FileMissing, KeptAlready, StoredFiles, opened
from runtime.embedded.processes import LOOPBACK, free_port

MEGABYTE = 1024 * 1024
KEYS = {"access_key": "testing", "secret_key": "testing", "region": "eu-west-2"}


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def read(files: StoredFiles, key: str) -> bytes:
    return b"".join([piece async for piece in await files.read(key)])


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address=LOOPBACK, port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    s3 = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",  # noqa: S106 - moto takes any
        region_name="eu-west-2",
    )
    s3.create_bucket(Bucket="evidence", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    s3.close()
    yield endpoint
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> StoredFiles:
    if request.param == "folder":
        return opened((tmp_path / "evi dence").as_uri())
    endpoint = request.getfixturevalue("bucket")
    return opened(f"s3://evidence/{tmp_path.name}", endpoint=endpoint, **KEYS)


@pytest.mark.parametrize("size", [1, 6 * MEGABYTE])
async def test_what_came_in_is_kept_and_read_as_it_came(files: StoredFiles, size: int) -> None:
    said = os.urandom(size)
    await files.take_in("a", pieces(said[: size // 2], said[size // 2 :]))
    await files.keep("a")
    await files.settle("a")
    assert await read(files, "a") == said
    assert await files.incoming(datetime.now(UTC) + timedelta(hours=1)) == []


async def test_nothing_that_is_kept_is_overwritten(files: StoredFiles) -> None:
    for said in (b"first", b"second"):
        await files.take_in("a", pieces(said))
        if said == b"first":
            await files.keep("a")
    with pytest.raises(KeptAlready):
        await files.keep("a")
    assert await read(files, "a") == b"first"


async def test_what_breaks_off_leaves_nothing_and_says_why(files: StoredFiles) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield os.urandom(6 * MEGABYTE)
        raise LookupError("the line went dead")

    with pytest.raises(LookupError, match="went dead"):
        await files.take_in("a", broken())
    assert await files.incoming(datetime.now(UTC) + timedelta(hours=1)) == []
    with pytest.raises(FileMissing):
        await files.keep("a")


async def test_what_is_on_its_way_is_known_by_when_it_began(files: StoredFiles) -> None:
    await files.take_in("a", pieces(b"x"))
    assert await files.incoming(datetime.now(UTC) + timedelta(hours=1)) == ["a"]
    assert await files.incoming(datetime.now(UTC) - timedelta(hours=1)) == []


async def test_what_is_kept_is_listed_with_its_size_and_what_is_on_its_way_is_not(files: StoredFiles) -> None:
    for key in ("a", "b"):
        await files.take_in(key, pieces(b"xyz"))
    await files.keep("a")
    assert await files.kept() == {"a": 3}


async def test_what_is_removed_is_gone_and_may_be_removed_again(files: StoredFiles) -> None:
    await files.take_in("a", pieces(b"x"))
    await files.keep("a")
    await files.remove("a")
    await files.remove("a")
    with pytest.raises(FileMissing):
        await files.read("a")


async def test_what_was_erased_is_noted_once_beside_the_files_and_is_no_file(files: StoredFiles) -> None:
    """What is decided of together has a colon in its reference."""
    first = datetime(2026, 5, 4, 3, tzinfo=UTC)
    refs = {"CW-2642-000001", "evidence:2026-05-01"}
    for at in (first, first + timedelta(days=1)):
        for ref in refs:
            await files.note_erased(ref, at)
    assert await files.erased() == refs
    assert await read(files, "erased/CW-2642-000001") == first.isoformat().encode()
    assert await files.kept() == {}


async def test_a_bucket_that_does_not_answer_is_away() -> None:
    nowhere = opened("s3://evidence", endpoint=f"http://{LOOPBACK}:{free_port()}", **KEYS)
    doing: list[Any] = [nowhere.take_in("a", pieces(b"x")), nowhere.read("a"), nowhere.keep("a")]
    for one in doing:
        with pytest.raises(EvidenceStoreAway):
            await one


async def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    files, piece = opened(tmp_path.as_uri()), os.urandom(64 * 1024)
    await files.take_in("warm", pieces(piece))
    before = most = resident()

    async def many() -> AsyncIterator[bytes]:
        nonlocal most
        for _ in range(96 * 16):
            yield bytes(bytearray(piece))
            most = max(most, resident())

    await files.take_in("a", many())
    assert (tmp_path / "incoming" / "a").stat().st_size == 96 * MEGABYTE
    assert most - before < 32 * MEGABYTE


def resident() -> int:
    """Bytes, of which Rust's are some that Python does not count."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_the_folder_is_for_this_account_alone(tmp_path: Path) -> None:
    opened((tmp_path / "evidence").as_uri())
    assert (tmp_path / "evidence").stat().st_mode & 0o777 == 0o700
