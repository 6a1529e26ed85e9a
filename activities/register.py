"""Enters what a case has accepted into the store."""

from dataclasses import dataclass
from datetime import UTC, datetime

from temporalio import activity

from policy.facts import Entry
from policy.frozen import Frozen
from store import recording
from store.sessions import Store


class Batch(Frozen):
    """Entries of one case in order; `first` is the sequence number of the first."""

    ref: str
    first: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Register:
    store: Store

    @activity.defn
    async def enter(self, batch: Batch) -> int:
        """Returns the number of entries now in the store: all. Safe to repeat: the sequence number is the key."""
        async with self.store.writing() as db:
            await recording.record(db, batch.ref, batch.first, batch.entries, datetime.now(UTC))
        return len(batch.entries)
