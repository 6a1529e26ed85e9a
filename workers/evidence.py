"""Looks after files that were sent to us: scans them, makes copies without what the device wrote into them,
removes what was erased and sweeps up what was broken off. Whatever is away is asked again and again.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from prometheus_client import Counter
from sqlalchemy import ColumnElement

from gateways.evidence_files import EvidenceFiles, EvidenceStoreAway, FileMissing, KeptAlready
from gateways.scanner import NotScanned, Scanner, ScannerAway
from gateways.stripping import FORMATS, CannotBeStripped, TooLargeToStrip, stripped
from policy.facts.base import SYSTEM
from runtime.ending import pause
from store import evidence_custody, evidence_files, evidence_tended
from store.away import StoreAway, StoreRefused
from store.evidence_custody import CustodyLine, Handled
from store.evidence_files import FileState, NotStripped, shared_key
from store.evidence_tended import TO_REMOVE, TO_SCAN, TO_STRIP
from store.sessions import Store

TENDED = Counter("casework_evidence_tended_total", "What was done with files that were sent to us", ["what"])

BATCH: Final = 10
OURS: Final = timedelta(minutes=10)
"""For so long a file is left to whoever took it; then it is taken for one whose worker died."""
BROKEN_OFF: Final = timedelta(hours=6)
"""Longer than a file may be on its way."""
_SWEPT: Final = timedelta(hours=1)
_CLEAN: Final = "clean"

log = structlog.get_logger()


@dataclass(frozen=True)
class Caretaker:
    """Looks every `rest_seconds`. Without a `scanner` nothing is scanned."""

    store: Store
    files: EvidenceFiles
    scanner: Scanner | None
    rest_seconds: float

    async def run(self, stopping: asyncio.Event) -> None:
        swept = datetime.min.replace(tzinfo=UTC)
        while not stopping.is_set():
            try:
                if datetime.now(UTC) - swept > _SWEPT:
                    await self.sweep()
                    swept = datetime.now(UTC)
                done = await self.look()
            except (StoreAway, StoreRefused) as away:
                log.warning("evidence_waits", why=f"{type(away).__name__}: {away}")
                done = 0
            if done < BATCH:
                await pause(stopping, self.rest_seconds)

    async def look(self) -> int:
        """Once through. How many files were tended to. Raises StoreAway."""
        done = await self._tended(TO_REMOVE, self._remove)
        if self.scanner is not None:
            done += await self._tended(TO_SCAN, self._scan)
        done += await self._tended(TO_STRIP, self._strip)
        return done

    async def _tended(self, wanted: ColumnElement[bool], tend: Callable[[str], Awaitable[None]]) -> int:
        """Where something is away the one and the rest of them are given back, for the next time. Whatever else is
        wrong with one is tried again later: a caretaker that ends takes its worker along.
        """
        now = datetime.now(UTC)
        async with self.store.writing() as db:
            ids = await evidence_tended.take(db, wanted, now, now - OURS, BATCH)
        for done, id_ in enumerate(ids):
            try:
                await tend(id_)
            except (EvidenceStoreAway, ScannerAway) as away:
                log.warning("evidence_waits", why=f"{type(away).__name__}: {away}")
                async with self.store.writing() as db:
                    await evidence_tended.give_back(db, ids[done:], now - OURS)
                return done
            except (FileMissing, KeptAlready, NotScanned, StoreRefused, OSError) as fault:
                log.error("evidence_not_tended", file=id_, why=type(fault).__name__)  # noqa: TRY400 - no folders
        return len(ids)

    async def _scan(self, id_: str) -> None:
        """What cannot be scanned whole stays in quarantine, and is tried again now and then."""
        if self.scanner is None:
            return
        found = await self.scanner.found_in(await self.files.read(id_))
        state = FileState.CLEAN if found is None else FileState.INFECTED
        if found is not None:
            log.warning("malware_found", file=id_)
        async with self.store.writing() as db:
            if await evidence_tended.keep(db, id_, TO_SCAN, {"state": state}):
                line = CustodyLine.of(Handled.SCANNED, SYSTEM, datetime.now(UTC), found or _CLEAN)
                await evidence_custody.handled(db, id_, line)
        TENDED.labels("scanned").inc()

    async def _strip(self, id_: str) -> None:
        async with self.store.reading() as db:
            file = (await evidence_files.by_ids(db, [id_])).get(id_)
        if file is None:
            return
        if file.media_type not in FORMATS:
            await self._not_stripped(id_, NotStripped.KIND)
            return
        picture = b"".join([piece async for piece in await self.files.read(id_)])
        try:
            copy = await stripped(picture, file.media_type)
        except CannotBeStripped as cannot:
            large = isinstance(cannot, TooLargeToStrip)
            await self._not_stripped(id_, NotStripped.TOO_LARGE if large else NotStripped.NOT_READABLE)
            return
        await self._keep_copy(id_, copy)

    async def _not_stripped(self, id_: str, why: NotStripped) -> None:
        async with self.store.writing() as db:
            await evidence_tended.keep(db, id_, TO_STRIP, {"not_stripped": why})
        TENDED.labels("stripped").inc()

    async def _keep_copy(self, id_: str, copy: bytes) -> None:
        """It comes in as a file does, so that it is swept up wherever we break off; it is kept while its row is
        ours, so that nobody keeps another one or has it erased meanwhile.
        """
        key = shared_key(id_)
        values = {"shared_sha256": hashlib.sha256(copy).hexdigest(), "shared_size": len(copy)}
        await self.files.take_in(key, _whole(copy))
        async with self.store.writing() as db:
            if await evidence_tended.keep(db, id_, TO_STRIP, values):
                await self._kept(key)
        await self.files.settle(key)
        TENDED.labels("stripped").inc()

    async def _kept(self, key: str) -> None:
        """In place of one that a worker left behind before it was written down."""
        try:
            await self.files.keep(key)
        except KeptAlready:
            await self.files.remove(key)
            await self.files.keep(key)

    async def _remove(self, id_: str) -> None:
        """What was erased in the records."""
        for key in (id_, shared_key(id_)):
            await self.files.remove(key)
            await self.files.settle(key)
        now = datetime.now(UTC)
        async with self.store.writing() as db:
            await evidence_tended.removed(db, id_, now)
            await evidence_custody.handled(db, id_, CustodyLine.of(Handled.REMOVED, SYSTEM, now))
        TENDED.labels("removed").inc()
        log.info("evidence_removed", file=id_)

    async def sweep(self) -> None:
        """What was broken off before it had a row goes, and what came in late of a file that was erased. What has
        a row is whole, and stays, as does what is no file of ours. Raises StoreAway.
        """
        try:
            left = await self.files.incoming(datetime.now(UTC) - BROKEN_OFF)
            ours = {key: id_ for key in left if (id_ := evidence_files.file_of(key))}
            async with self.store.reading() as db:
                known = await evidence_files.by_ids(db, set(ours.values()))
            for key, id_ in ours.items():
                if id_ not in known or known[id_].state is FileState.ERASED:
                    await self.files.remove(key)
                await self.files.settle(key)
        except EvidenceStoreAway as away:
            log.warning("evidence_waits", why=f"{type(away).__name__}: {away}")


async def _whole(copy: bytes) -> AsyncIterator[bytes]:
    yield copy
