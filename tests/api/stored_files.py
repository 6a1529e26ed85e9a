"""Files of evidence in a storage of their own, and what became of them."""

from collections.abc import AsyncIterator
from datetime import datetime

from sqlalchemy import text

from gateways.evidence_files import FileMissing, StoredFiles
from store import evidence_custody, evidence_files
from store.evidence_custody import CustodyLine
from store.evidence_files import EvidenceLine, FileState
from store.sessions import Store
from tests.store.erasing import OVER
from tests.store.test_evidence_kept import added


async def kept(
    store: Store,
    files: StoredFiles,
    content: bytes,
    state: FileState = FileState.QUARANTINED,
    ref: str | None = None,
) -> str:
    line = await added(store, ref, state=state)
    await put(files, line.id, content)
    return line.id


async def put(files: StoredFiles, key: str, content: bytes) -> None:
    await files.take_in(key, piece(content))
    await files.keep(key)
    await files.settle(key)


async def piece(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def found(store: Store, id_: str) -> tuple[EvidenceLine, tuple[CustodyLine, ...]]:
    async with store.reading() as db:
        lines = await evidence_files.by_ids(db, [id_])
        custody = await evidence_custody.of_files(db, [id_])
    return lines[id_], custody[id_]


async def erase(store: Store) -> None:
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE evidence_files SET state = 'erased', sha256 = '', name = ''"))


async def in_storage(files: StoredFiles, *keys: str) -> set[str]:
    there = set(await files.incoming(datetime.max.replace(tzinfo=OVER.tzinfo)))
    for key in keys:
        try:
            await files.read(key)
        except FileMissing:
            continue
        there.add(key)
    return there
