"""Files that were sent to us are taken in whole or not at all, and once."""

import asyncio
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update

from gateways.evidence_files import EvidenceFiles, StoredFiles, opened
from runtime.embedded.processes import LOOPBACK, free_port
from store.cases import cases
from tests.api.product import Product, problem
from tests.api.sent_files import folder, in_storage, listed, new_case, send, taken
from tests.evidence_samples import NOT_TAKEN, SAMPLES, photo

MEGABYTE = 1024 * 1024


@pytest.fixture
async def ref(door: Product) -> str:
    return await new_case(door)


@pytest.fixture
def photo_of_its_own() -> bytes:
    """Of which no other test has the bytes."""
    return photo() + os.urandom(16)


async def test_a_file_is_kept_as_it_came_with_who_added_it(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    said = await taken(door.officer, ref, photo_of_its_own, name="../../the door.jpg")
    assert said["sha256"] == hashlib.sha256(photo_of_its_own).hexdigest()
    assert (said["media_type"], said["size"]) == ("image/jpeg", len(photo_of_its_own))
    assert (said["state"], said["kept_before"]) == ("not_scanned", False)
    (file,) = await listed(door.officer, ref)
    assert (file["id"], file["name"], file["kind"], file["matter"]) == (said["id"], "the door.jpg", "photo", None)
    assert [(line["what"], line["by_id"]) for line in file["custody"]] == [("added", "officer-1")]
    assert (folder(door) / said["id"]).read_bytes() == photo_of_its_own
    assert not any("incoming" in path for path in in_storage(door))


async def test_the_same_key_gives_the_same_answer_and_another_file_under_it_is_refused(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    key = str(uuid4())
    first = await taken(door.officer, ref, photo_of_its_own, key=key)
    assert await taken(door.officer, ref, photo_of_its_own, key=key) == first
    other = await send(door.officer, f"/api/cases/{ref}/evidence", SAMPLES["application/pdf"], key=key)
    problem(other, 409, "key-used-for-another-body")
    assert len(await listed(door.officer, ref)) == 1
    assert not any("incoming" in path for path in in_storage(door))


async def test_the_same_bytes_again_are_said_to_be_there_and_not_kept_twice(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    first = await taken(door.officer, ref, photo_of_its_own)
    sent = [send(door.officer, f"/api/cases/{ref}/evidence", photo_of_its_own) for _ in range(3)]
    for again in await asyncio.gather(*sent):
        assert again.status_code == 200
        assert again.json() == first | {"kept_before": True}
    assert len(await listed(door.officer, ref)) == 1


@pytest.mark.parametrize("what", list(NOT_TAKEN))
async def test_another_type_is_refused_naming_what_is_taken(door: Product, ref: str, what: str) -> None:
    answer = await send(door.officer, f"/api/cases/{ref}/evidence", NOT_TAKEN[what], name="cat.jpg")
    assert "JPEG" in problem(answer, 415, "type-not-taken")["detail"]
    assert await listed(door.officer, ref) == []


async def test_a_form_is_told_to_send_the_bytes_alone(door: Product, ref: str) -> None:
    form = {"content-type": "multipart/form-data; boundary=x"}
    for path in (f"/api/cases/{ref}/evidence", "/api/evidence"):
        answer = await send(door.officer, path, b"--x\r\n", **form)
        assert "bytes of the file alone" in problem(answer, 415, "not-a-form")["detail"]


async def test_a_text_that_is_none_further_on_is_refused(door: Product, ref: str) -> None:
    for ending in (b"\0\x01\x02", b"\xff\xfe", b"\xc3"):
        answer = await send(door.officer, f"/api/cases/{ref}/evidence", b"words " * 20_000 + ending)
        problem(answer, 415, "type-not-taken")
    assert await listed(door.officer, ref) == []


async def begun(door: Product, ref: str, declared: int, content: bytes) -> tuple[bytes, asyncio.StreamWriter]:
    """What is answered to the beginning of a file, while the rest of it has not been sent."""
    host, port = door.base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    said = door.officer.headers() | {"Idempotency-Key": str(uuid4()), "Content-Length": str(declared), "Host": "x"}
    head = f"POST /api/cases/{ref}/evidence HTTP/1.1\r\n"
    writer.write((head + "".join(f"{name}: {value}\r\n" for name, value in said.items()) + "\r\n").encode())
    writer.write(content)
    await writer.drain()
    try:
        async with asyncio.timeout(3):
            return await reader.read(4096), writer
    except TimeoutError:
        return b"", writer


@pytest.mark.parametrize(
    ("declared", "content"),
    [
        (10**12, b""),
        (190 * MEGABYTE, photo() + b"\0" * (26 * MEGABYTE)),
        (190 * MEGABYTE, b"PK\x03\x04" + b"\0" * 5000),
    ],
    ids=["as it says", "as it turns out", "of another type"],
)
async def test_what_is_not_taken_is_refused_before_all_of_it_has_come(
    door: Product, ref: str, declared: int, content: bytes
) -> None:
    answer, writer = await begun(door, ref, declared, content)
    writer.close()
    assert answer.startswith((b"HTTP/1.1 413 ", b"HTTP/1.1 415 "))
    assert await listed(door.officer, ref) == []
    assert not any("incoming" in path for path in in_storage(door))


async def test_an_empty_file_and_a_name_that_cannot_be_seen_are_refused(door: Product, ref: str) -> None:
    problem(await send(door.officer, f"/api/cases/{ref}/evidence", b""), 422, "empty-file")
    for name in ("a\0b.jpg", "a\nb.jpg", "gpj.\u202eexe"):
        answer = await send(door.officer, f"/api/cases/{ref}/evidence", photo(), name=name)
        problem(answer, 422, "not-understood")
    assert await listed(door.officer, ref) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("C:\\fakepath\\x.jpg", "x.jpg"),
        ("/etc/passwd", "passwd"),
        ("..", ""),
        ("a/", ""),
        ("e\u0301.jpg", "é.jpg"),
        ("\U0001f469\u200d\U0001f467.jpg", "\U0001f469\u200d\U0001f467.jpg"),
    ],
)
async def test_of_a_name_only_its_last_part_is_kept(door: Product, ref: str, said: str, kept: str) -> None:
    await taken(door.officer, ref, os.urandom(0) + photo(), name=said)
    assert [one["name"] for one in await listed(door.officer, ref)] == [kept]


async def test_a_sender_who_goes_away_half_way_leaves_nothing(door: Product, ref: str) -> None:
    before = in_storage(door)
    said, writer = await begun(door, ref, 7_000_000, photo() + os.urandom(6_000_000))
    assert said == b""
    writer.close()
    await asyncio.sleep(0.3)
    assert in_storage(door) == before
    assert await listed(door.officer, ref) == []


async def with_storage(door: Product, files: EvidenceFiles, doing: Any) -> Any:
    was = door.resources.evidence
    object.__setattr__(door.resources, "evidence", files)
    try:
        return await doing()
    finally:
        object.__setattr__(door.resources, "evidence", was)


async def test_where_storage_is_away_nothing_is_kept_and_the_same_key_works_later(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    nowhere = opened(
        "s3://evidence",
        endpoint=f"http://{LOOPBACK}:{free_port()}",
        access_key="x",
        secret_key="x",  # noqa: S106 - of nobody
    )
    key = str(uuid4())
    answer = await with_storage(
        door, nowhere, lambda: send(door.officer, f"/api/cases/{ref}/evidence", photo_of_its_own, key=key)
    )
    problem(answer, 503, "evidence-store-away")
    assert int(answer.headers["retry-after"]) > 0
    assert await listed(door.officer, ref) == []
    said = await taken(door.officer, ref, photo_of_its_own, key=key)
    path = f"/api/cases/{ref}/evidence/{said['id']}/file"
    problem(await with_storage(door, nowhere, lambda: door.officer.get(path)), 503, "evidence-store-away")
    assert (await door.officer.get(path)).content == photo_of_its_own


@dataclass(frozen=True)
class _Watched(StoredFiles):
    """Notes how many connections to PostgreSQL are taken while it keeps a file."""

    taken: Callable[[], int] = lambda: 0
    seen: list[int] = field(default_factory=list)

    async def keep(self, id_: str) -> None:
        self.seen.append(self.taken())
        await super().keep(id_)


async def test_no_connection_waits_for_storage_and_what_is_not_taken_leaves_nothing_there(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    """A bucket that is slow would keep everybody else from PostgreSQL."""
    pool: Any = door.resources.everything.engine.pool
    stored = opened(door.settings.evidence_url)
    files = _Watched(stored.store, pool.checkedout)
    said = await with_storage(door, files, lambda: taken(door.officer, ref, photo_of_its_own))
    before = in_storage(door)
    again = await with_storage(
        door, files, lambda: send(door.officer, f"/api/cases/{ref}/evidence", photo_of_its_own)
    )
    assert again.json()["id"] == said["id"]
    problem(
        await send(door.officer, "/api/cases/CW-2021-999999/evidence", photo_of_its_own), 404, "case-not-found"
    )
    assert in_storage(door) == before
    assert set(files.seen) == {0}


async def test_a_case_that_is_closed_takes_no_more(door: Product, ref: str) -> None:
    async with door.records.writing() as db:
        closed = update(cases).where(cases.c.ref == ref)
        await db.connection.execute(
            closed.values(
                closed_at=datetime.now(UTC),
                file=cases.c.file.op("||")({"closed_at": datetime.now(UTC).isoformat()}),
            )
        )
    problem(await send(door.officer, f"/api/cases/{ref}/evidence", photo()), 409, "case-is-closed")


async def test_nobody_takes_in_a_file_without_signing_in(door: Product, ref: str) -> None:
    for path in (f"/api/cases/{ref}/evidence", "/api/evidence"):
        problem(await send(door.public, path, photo()), 401, "not-signed-in")
