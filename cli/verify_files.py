"""Checks that each file that was sent to us is in storage, and that storage holds nothing else."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from rich.progress import Progress

from gateways.evidence_files import EvidenceFiles, EvidenceStoreAway, FileMissing
from store import evidence_files, evidence_tended
from store.evidence_files import EvidenceLine, FileState, file_of, shared_key
from store.sessions import Store
from store.timeline import Fault

_FILE: Final = "its file"
_COPY: Final = "its copy to pass on"
_WHENEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass
class FilesFound:
    """How many files should be there, whether each was read, and what is wrong with which. Where storage is `away`
    nobody knows.
    """

    read: bool
    files: int = 0
    faults: list[Fault] = field(default_factory=list)
    away: bool = False


@dataclass(frozen=True)
class _Object:
    """What storage should hold under `key`."""

    of: EvidenceLine
    what: str
    key: str
    size: int | None
    sha256: str


async def check_files(store: Store, storage: EvidenceFiles, progress: Progress, *, whole: bool) -> FilesFound:
    """Each is there and as large as it was; with `whole` it is read, and has the SHA-256 that it had. What comes
    or goes meanwhile is looked at again. Raises StoreAway.
    """
    found = FilesFound(read=whole)
    try:
        await _check(store, storage, progress, found)
    except EvidenceStoreAway:
        found.away = True
    return found


async def _check(store: Store, storage: EvidenceFiles, progress: Progress, found: FilesFound) -> None:
    there = await storage.kept()
    async with store.reading() as db:
        lines = await evidence_files.every(db)
        removed = await evidence_tended.all_removed(db)
    wanted = [one for line in lines if line.state is not FileState.ERASED for one in _objects(line)]
    found.files = sum(line.state is not FileState.ERASED for line in lines)
    bar = progress.add_task("Files", total=len(wanted))
    for one in wanted:
        if (why := await _wrong(storage, one, there.get(one.key), whole=found.read)) and await _still(store, one):
            found.faults.append(_fault(one.of.id, why, one.of.case_ref))
        progress.advance(bar)
    known = {line.id: line.case_ref for line in lines}
    left = there.keys() - {one.key for one in wanted} - set(await storage.incoming(_WHENEVER))
    for key in sorted(left):
        id_ = file_of(key)
        if id_ is not None and (why := await _left_over(store, storage, key, id_, removed)):
            found.faults.append(_fault(id_, why, known.get(id_)))
    if strange := sum(file_of(key) is None for key in left):
        found.faults.append(Fault("storage", 0, f"what is no file of ours is in it: {strange}"))


def _objects(line: EvidenceLine) -> list[_Object]:
    its = [_Object(line, _FILE, line.id, line.size, line.sha256)]
    if line.shared_sha256 is not None:
        its.append(_Object(line, _COPY, shared_key(line.id), line.shared_size, line.shared_sha256))
    return its


async def _wrong(storage: EvidenceFiles, one: _Object, size: int | None, *, whole: bool) -> str | None:
    """What is wrong with it. What was not there when storage was listed may have come since."""
    try:
        if (whole or size != one.size) and await _sha256(storage, one.key) != one.sha256:
            return f"{one.what} is not as it was"
    except FileMissing:
        return f"{one.what} is not in storage"
    return None


async def _sha256(storage: EvidenceFiles, key: str) -> str:
    passed = hashlib.sha256()
    async for piece in await storage.read(key):
        passed.update(piece)
    return passed.hexdigest()


async def _still(store: Store, one: _Object) -> bool:
    """Not erased meanwhile."""
    async with store.reading() as db:
        line = (await evidence_files.by_ids(db, [one.of.id])).get(one.of.id)
    return line is not None and one in _objects(line)


async def _left_over(store: Store, storage: EvidenceFiles, key: str, id_: str, removed: set[str]) -> str | None:
    """Why it should not be there, where it should not be and still is."""
    async with store.reading() as db:
        line = (await evidence_files.by_ids(db, [id_])).get(id_)
    what = _FILE if key == id_ else _COPY
    if line is None:
        why = f"{what} is in storage, and no record tells of it"
    elif id_ in removed:
        why = f"it was erased and removed, and {what} is in storage still"
    else:
        return None
    try:
        await storage.read(key)
    except FileMissing:
        return None
    return why


def _fault(id_: str, why: str, ref: str | None) -> Fault:
    return Fault(f"{ref} file {id_}" if ref else f"file {id_}", 0, why)
