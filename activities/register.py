"""Enters what a case has accepted into the store."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from temporalio import activity

from policy.facts import Entry
from policy.frozen import Frozen
from policy.procedures.kinds import KINDS
from store import recording, recording_beside
from store.sessions import Store

log = structlog.get_logger()


class Batch(Frozen):
    """Entries of one case in order; `first` is the sequence number of the first."""

    ref: str
    first: int
    entries: tuple[Entry, ...]


class BesideBatch(Frozen):
    """The same of what is carried on beside a case: of which kind, and its entries as they travel."""

    kind: str
    ref: str
    first: int
    entries: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Register:
    store: Store

    @activity.defn
    async def enter(self, batch: Batch) -> int:
        """Returns the number of entries now in the store: all. Safe to repeat: the sequence number is the key."""
        async with self.store.writing() as db:
            await recording.record(db, batch.ref, batch.first, batch.entries, datetime.now(UTC))
        log.info("facts_written", case=batch.ref, first=batch.first, keys=[entry.id for entry in batch.entries])
        return len(batch.entries)

    @activity.defn
    async def enter_beside(self, batch: BesideBatch) -> int:
        """The same for what is carried on beside a case."""
        kind = KINDS[batch.kind].rulebook
        entries = [kind.entry.model_validate(entry) for entry in batch.entries]
        async with self.store.writing() as db:
            await recording_beside.record(db, kind, batch.ref, batch.first, entries)
        return len(batch.entries)
