"""Letters that come back after they had gone, on their way to their cases."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog

from gateways.bounces import Bounce
from policy.case import CASE
from policy.case_file import CaseFile
from policy.facts import Entry, digest
from policy.facts.base import SYSTEM
from policy.facts.letters import LetterCameBack, LetterSent
from policy.facts.people import Means
from policy.letters_owed import LetterOwed
from store import cases, timeline
from store import letters as kept
from store.sessions import Reading, Store
from workflows.case_door import CaseDoor

log = structlog.get_logger()


class CameOf(StrEnum):
    RECORDED = "recorded"
    KNOWN = "known"
    """It was recorded before."""
    DELAYED = "delayed"
    """The mail server still tries: nothing to do."""
    UNKNOWN = "unknown"
    """We keep no such letter, or did not send it by e-mail."""


class NotSentYet(LookupError):
    """That it went is not in our records yet: try again later."""


@dataclass(frozen=True)
class Returns:
    store: Store
    door: CaseDoor

    async def take(self, bounce: Bounce, now: datetime) -> CameOf:
        """Once, however often it comes. A case that was over goes on for it. Raises NotSentYet, CaseRefused and
        what keeps the engine and the store away.
        """
        if not bounce.for_good:
            log.info("letter_delayed", letter=bounce.letter)
            return CameOf.DELAYED
        async with self.store.reading() as db:
            found = await kept.whose(db, bounce.letter)
            if found is None:
                log.warning("bounce_of_no_letter", letter=bounce.letter)
                return CameOf.UNKNOWN
            ref, key = found
            id_ = kept.letter_id(ref, f"came-back/{key}")
            if await timeline.place_of(db, ref, id_) is not None:
                return CameOf.KNOWN
            letter, went_at = await _as_it_went(db, ref, key)
            file = await cases.file_of(db, ref)
        if file is None or letter is None:
            raise NotSentYet(f"{ref}: {key} has not gone by our records")
        if letter.means is not Means.EMAIL:
            return CameOf.UNKNOWN
        fact = LetterCameBack(
            at=now,
            key=key,
            kind=letter.kind,
            about=letter.about,
            to=letter.to,
            means=letter.means,
            went_at=went_at,
            worded=letter.worded,
            matter=letter.matter,
        )
        entry = Entry(id=id_, by=SYSTEM, recorded_at=now, fact=fact, digest=digest([bounce.letter]))
        await self._recorded(file, entry)
        log.info("letter_came_back", case=ref, key=key, letter=letter.kind)
        return CameOf.RECORDED

    async def _recorded(self, file: CaseFile, entry: Entry) -> None:
        if file.finished:
            await self.door.resume(file, entry)
        else:
            await self.door.record(file.ref, entry)


async def _as_it_went(db: Reading, ref: str, key: str) -> tuple[LetterOwed | None, datetime | None]:
    """What the case owed when the letter went, or still has in doubt; and when it went."""
    file = await cases.opening_of(db, ref)
    went: LetterOwed | None = None
    at: datetime | None = None
    for line in await timeline.entries_of(db, ref):
        entry = line.entry()
        if isinstance(entry.fact, LetterSent) and entry.fact.key == key and (owed := file.letters.get(key)):
            went, at = owed.model_copy(update={"means": entry.fact.means}), entry.fact.at
        file = CASE.after(file, entry)
    return went or file.letters.get(key), at
