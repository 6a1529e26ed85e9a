"""`casework verify` looks whether what was sent to us is there, as it came, and nothing else is."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from rich.progress import Progress
from sqlalchemy import text

from cli.verify import Findings, told, verify
from cli.verify_files import check_files
from gateways.evidence_files import StoredFiles, opened
from runtime.embedded.processes import LOOPBACK, free_port
from store.evidence_files import shared_key
from store.sessions import Store
from tests.api.product import Product, elsewhere
from tests.api.sent_files import folder, looked_after, send
from tests.evidence_samples import photo
from tests.store.test_evidence_kept import added


async def verified(product: Product, *, whole_files: bool = False) -> Findings:
    with Progress(disable=True) as progress:
        return await verify(product.settings, progress, whole_files=whole_files)


async def lines(product: Product, *, whole_files: bool = False) -> list[str]:
    return list(told(await verified(product, whole_files=whole_files), of_a_file=False))


@pytest.fixture
async def sent(product: Product) -> str:
    """The id of a photo, of which there is a copy to pass on."""
    answer = await send(product.officer, "/api/evidence", photo() + os.urandom(16), name="Rowan.jpg")
    await looked_after(product)
    id_: str = answer.json()["id"]
    return id_


def _shorter(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _other(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"?")


async def test_what_is_there_as_it_came_is_found_to_be(product: Product, sent: str) -> None:
    assert (folder(product) / shared_key(sent)).exists()
    for whole in (False, True):
        assert await lines(product, whole_files=whole) == [
            "0 cases, 0 entries: everything holds.",
            f"Files that were sent to us: 1 looked for{' and read' if whole else ''}.",
        ]


@pytest.mark.parametrize("copy", [False, True], ids=["file", "copy"])
@pytest.mark.parametrize(
    ("change", "said", "whole"),
    [
        (Path.unlink, "is not in storage", False),
        (_shorter, "is not as it was", False),
        (_other, "is not as it was", True),
    ],
)
async def test_what_is_not_there_as_it_came_is_named(  # noqa: PLR0913, PLR0917 - each is one thing about it
    product: Product, sent: str, change: Callable[[Path], None], said: str, whole: bool, copy: bool
) -> None:
    change(folder(product) / (shared_key(sent) if copy else sent))
    found = await lines(product, whole_files=whole)
    assert found[0] == f"file {sent}: its {'copy to pass on' if copy else 'file'} {said}"
    assert found[1] == "0 cases, 0 entries: NOT everything holds."
    assert "Rowan" not in str(found)


async def test_what_no_record_tells_of_is_named_and_what_is_on_its_way_is_not(product: Product) -> None:
    stray, coming = str(uuid4()), str(uuid4())
    for path in (stray, coming, f"incoming/{coming}", "erased/CW-2061-000001", "Rowan's notes.txt"):
        (folder(product) / path).parent.mkdir(exist_ok=True)
        (folder(product) / path).write_bytes(b"x")
    assert (await lines(product))[:3] == [
        f"file {stray}: its file is in storage, and no record tells of it",
        "storage: what is no file of ours is in it: 1",
        "0 cases, 0 entries: NOT everything holds.",
    ]


async def test_what_was_erased_and_is_there_still_is_named_once_it_should_be_gone(
    product: Product, sent: str, store: Store
) -> None:
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE evidence_files SET state = 'erased', sha256 = '', name = ''"))
    assert (await verified(product)).clean
    await looked_after(product)
    assert (await verified(product)).clean
    (folder(product) / shared_key(sent)).write_bytes(b"x")
    why = "it was erased and removed, and its copy to pass on is in storage still"
    assert (await lines(product))[0] == f"file {sent}: {why}"


async def test_a_file_of_a_case_is_named_with_it(product: Product, store: Store) -> None:
    line = await added(store, "CW-2061-000001")
    assert (await lines(product))[0] == f"CW-2061-000001 file {line.id}: its file is not in storage"


async def test_where_storage_is_away_it_is_not_said_to_hold(product: Product) -> None:
    settings = elsewhere(
        product.settings, evidence_url="s3://evidence", evidence_s3_endpoint=f"http://{LOOPBACK}:{free_port()}"
    )
    with Progress(disable=True) as progress:
        found = list(told(await verify(settings, progress), of_a_file=False))
    assert found == [
        "0 cases, 0 entries: NOT everything holds.",
        "Files: their storage did not answer, so nobody knows whether they are there.",
    ]


@dataclass(frozen=True)
class _Meanwhile(StoredFiles):
    """Something happens once storage has been listed, or before a file is read."""

    listed: Callable[[], Awaitable[object]] | None = None
    reading: Callable[[], Awaitable[object]] | None = None

    async def kept(self) -> dict[str, int]:
        there = await super().kept()
        if self.listed is not None:
            await self.listed()
        return there

    async def read(self, key: str) -> AsyncIterator[bytes]:
        if self.reading is not None:
            await self.reading()
        return await super().read(key)


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("when", ["listed", "reading"])
async def test_what_comes_and_goes_meanwhile_is_no_fault(product: Product, store: Store, when: str) -> None:
    async def one_goes_and_another_comes() -> None:
        async with store.writing() as db:
            await db.connection.execute(text("UPDATE evidence_files SET state = 'erased', sha256 = '', name = ''"))
        await looked_after(product)
        await send(product.officer, "/api/evidence", photo() + os.urandom(16))

    files = _Meanwhile(opened(product.settings.evidence_url).store, **{when: one_goes_and_another_comes})
    with Progress(disable=True) as progress:
        found = await check_files(product.records, files, progress, whole=True)
    assert found.faults == []
