"""Makes a pack in the background."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from letters.pack import made
from letters.typesetting import NotTypeset
from policy.frozen import Frozen
from policy.packs.pack import pack
from store import packs
from store.sessions import Store

READ, CHOSEN = 20, 40
"""Percent of the way: typesetting takes the rest."""

log = structlog.get_logger()


class Packing(Frozen):
    """Which pack is to be made. What it says is in PostgreSQL alone."""

    id: str


@dataclass(frozen=True)
class Packer:
    store: Store
    landlord: str

    @activity.defn
    @beating
    async def make(self, packing: Packing) -> None:
        """Safe to repeat: the same facts give the same bytes. Raises an error that is not tried again where it
        cannot be typeset.
        """
        id_ = packing.id
        async with self.store.reading() as db:
            asked = await packs.asked(db, id_)
        if asked is None:
            return
        await self._progressed(id_, READ)
        line = asked.line
        chosen = await asyncio.to_thread(
            pack,
            line.reader,
            line.about,
            asked.case,
            asked.beside,
            letters=asked.letters,
            known=asked.known,
            files=asked.files,
            diaries=asked.diaries,
        )
        await self._progressed(id_, CHOSEN)
        try:
            pdf = await asyncio.to_thread(made, chosen, self.landlord)
        except NotTypeset:
            log.error("pack_not_typeset", pack=id_)  # noqa: TRY400 - a trace may quote
            raise ApplicationError("It cannot be typeset.", type="PackNotTypeset", non_retryable=True) from None
        async with self.store.writing() as db:
            await packs.made(db, id_, pdf, datetime.now(UTC))
        log.info("pack_made", pack=id_, entries=len(chosen.chronology))

    @activity.defn
    async def give_up(self, packing: Packing) -> None:
        """So that whoever asked need not wait for it any longer. Safe to repeat."""
        async with self.store.writing() as db:
            await packs.failed(db, packing.id)
        log.error("pack_given_up", pack=packing.id)

    async def _progressed(self, id_: str, percent: int) -> None:
        async with self.store.writing() as db:
            await packs.progressed(db, id_, percent)
