"""Proposes what has been kept for its time, and erases what was approved, a page at a time."""

from dataclasses import dataclass
from typing import Final

import structlog
from pydantic import AwareDatetime, ValidationError
from temporalio import activity

from activities.beating import beating
from gateways.evidence_files import EvidenceFiles, EvidenceStoreAway
from policy.editions import in_force_on
from policy.frozen import Frozen
from policy.working_days import london_day
from store import drafts, erasure, keeping, packs, retention, simulations
from store.away import StoreRefused
from store.sessions import Store

RECORDS_A_PAGE: Final = 100

_OF_ONE_RECORD: Final = (StoreRefused, ValidationError)
"""It is refused, or its file can no longer be read."""

log = structlog.get_logger()


class Turn(Frozen):
    """Records behind `after`, as they are at the moment `at`."""

    at: AwareDatetime
    after: str = ""
    size: int = RECORDS_A_PAGE


class Done(Frozen):
    """`last` is the last record of the page, None when there are no further ones."""

    done: int = 0
    not_done: int = 0
    last: str | None = None


@dataclass(frozen=True)
class Keeper:
    store: Store
    files: EvidenceFiles

    @activity.defn
    @beating
    async def propose(self, turn: Turn) -> Done:
        """Safe to repeat: nothing is proposed twice. A record that cannot be read is named in the log and keeps no
        other from it.
        """
        today = london_day(turn.at)
        edition = in_force_on(today)
        async with self.store.reading() as db:
            refs = await keeping.candidates(db, today, edition, turn.after, turn.size)
            more = [] if turn.after else await erasure.together(db, turn.at, edition)
        done = 0
        for ref in (*more, *refs):
            try:
                async with self.store.writing() as db:
                    done += await erasure.propose(db, ref, turn.at, edition)
            except _OF_ONE_RECORD:
                log.error("not_proposed", record=retention.id_of(ref))  # noqa: TRY400 - a trace may quote
        return Done(done=done, last=refs[-1] if len(refs) == turn.size else None)

    @activity.defn
    @beating
    async def erase(self, turn: Turn) -> Done:
        """Safe to repeat: what is erased is no longer approved. A record that cannot be erased is named in the log
        and keeps no other from it. What is kept for some days alone goes by itself. After the last page each
        erasure is noted beside the files.
        """
        if not turn.after:
            async with self.store.writing() as db:
                await packs.forget(db, turn.at)
                await drafts.forget(db, turn.at)
                await simulations.forget(db, turn.at)
        edition = in_force_on(london_day(turn.at))
        async with self.store.reading() as db:
            refs = await retention.approved(db, turn.after, turn.size)
        done = not_done = 0
        for ref in refs:
            try:
                async with self.store.writing() as db:
                    erased = await erasure.carry_out(db, ref, turn.at, edition)
            except _OF_ONE_RECORD:
                log.error("not_erased", record=retention.id_of(ref))  # noqa: TRY400 - a trace may quote
                not_done += 1
            else:
                if erased is not None:
                    done += 1
                    log.info("erased", record=ref)
        last = refs[-1] if len(refs) == turn.size else None
        if last is None:
            await self._noted()
        return Done(done=done, not_done=not_done, last=last)

    async def _noted(self) -> None:
        """What was missed is noted on a later night."""
        async with self.store.reading() as db:
            erased = await retention.erased_at(db)
        try:
            for ref in sorted(erased.keys() - await self.files.erased()):
                await self.files.note_erased(ref, erased[ref])
        except EvidenceStoreAway as away:
            log.error("erasures_not_noted", error=str(away))  # noqa: TRY400 - its name says it
