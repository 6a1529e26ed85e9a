"""How far store and engine have gone apart over one reference, and what brings them together again. The record is
the store's: what only the engine has is entered there, and what cannot stand beside it begins anew from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from temporalio.client import Client

from policy.facts.base import SYSTEM, Recorded
from policy.file import File
from policy.procedures.kinds import KINDS
from policy.rulebook import Rulebook
from store import cases, procedures, timeline
from store.sessions import Reading, Store
from workflows.remembered import RULEBOOKS, Numbered, Remembered, Run, remembered, runs_of


class Way(StrEnum):
    ENTER = "enter"
    """Facts that only the engine has go into the records."""
    ANEW = "anew"
    """What runs, if anything does, gives way to a run that begins with what is recorded."""
    END = "end"
    """What still runs though it is recorded as over ends."""
    TELL = "tell"
    """What people had brought to a run that was ended is told again."""


_FOUND_OUT_AGAIN: Final = {"deadline_missed", "pattern_found"}

WORDS: Final = {
    Way.ENTER: "{facts} only in the engine: entered in the records",
    Way.ANEW: "the engine is behind the records, or apart from them: begun anew from the records",
    Way.END: "over, and still running: ended",
    Way.TELL: "{facts} brought to a run that has been ended: told again",
}


@dataclass(frozen=True)
class Both:
    """What each has of one reference. `file` and `ids` (by number) are the store's; None: it does not know it."""

    rulebook: Rulebook[Any, Any]
    ref: str
    file: File | None
    ids: dict[int, str]
    engine: Remembered | None

    @property
    def only_in_engine(self) -> list[Numbered]:
        return [batch for batch in self.engine.batches if batch.last > len(self.ids)] if self.engine else []

    def brought(self) -> list[Recorded[Any]]:
        """Facts that people brought to the engine and that are not recorded, each once."""
        return self._people_s((*self.engine.numbered.values(), *self.engine.taken)) if self.engine else []

    def lost(self) -> list[Recorded[Any]]:
        """Those of them that nothing which runs will still record."""
        if self.engine is None:
            return []
        return self._people_s(self.engine.lost) + ([] if self.engine.running else self.brought())

    def own(self) -> list[Recorded[Any]]:
        """What the engine alone has that Casework recorded itself, and that no run finds out again."""
        known, numbered = set(self.ids.values()), self.engine.numbered.values() if self.engine else ()
        ours = (one for one in numbered if one.by == SYSTEM and one.id not in known)
        return [one for one in ours if one.fact.fact not in _FOUND_OUT_AGAIN]

    def _people_s(self, entries: Iterable[Recorded[Any]]) -> list[Recorded[Any]]:
        known = set(self.ids.values())
        return list({one.id: one for one in entries if one.by != SYSTEM and one.id not in known}.values())


@dataclass(frozen=True)
class Found:
    """One step. `gone` are the numbers of facts that neither has any more."""

    both: Both
    way: Way
    gone: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        numbered = self.both.engine.numbered if self.both.engine else {}
        facts = len([number for number in numbered if number > len(self.both.ids)])
        if self.way is Way.TELL:
            facts = len(self.both.lost())
        said = WORDS[self.way].format(facts=f"{facts} fact{'s' if facts != 1 else ''}")
        lost = f"; numbers {self.gone[0]} to {self.gone[-1]} are lost" if self.gone else ""
        return f"{self.both.ref}: {said}{lost}"


def compared(both: Both) -> Found | None:
    """What is to be done first; None where they agree."""
    engine, last = both.engine, len(both.ids)
    if engine is None:
        return Found(both, Way.ANEW) if both.file and both.file.seq and not both.file.finished else None
    numbered = engine.numbered
    agree = all(both.ids[number] == entry.id for number, entry in numbered.items() if number in both.ids)
    further = sorted(number for number in numbered if number > last)
    follows = not further or further[0] == last + 1
    if agree and further and follows:
        return Found(both, Way.ENTER)
    gone = () if follows else tuple(range(last + 1, further[0]))
    stands = agree and follows and engine.last >= last
    if both.file is None:
        return Found(both, Way.END, gone) if engine.running else None
    if both.file.finished:
        return None if stands or not engine.running else Found(both, Way.END)
    return None if (stands and engine.running) or not both.file.seq else Found(both, Way.ANEW, gone)


async def read(store: Store, client: Client, kind: str, ref: str, runs: Sequence[Run] | None = None) -> Both:
    """With its `runs` where they have been listed. The store first: a fact is there after it is in the engine, so
    what is on its way looks like what the engine alone has, and to enter it does no harm.
    """
    rulebook = RULEBOOKS[kind]
    async with store.reading() as db:
        file = await file_of(db, kind, ref)
        ids = await timeline.ids_of(db, ref)
    runs = await runs_of(client, rulebook, ref) if runs is None else runs
    return Both(rulebook, ref, file, ids, await remembered(client, rulebook, ref, len(ids), runs))


async def file_of(db: Reading, kind: str, ref: str) -> File | None:
    if kind in KINDS:
        return await procedures.file_of(db, ref)
    return await cases.file_of(db, ref)


def opening(both: Both) -> File | None:
    """As it was before its first fact; None where the engine does not have its beginning any more, or another file
    begins it.
    """
    if both.engine is None or not both.engine.numbered or min(both.engine.numbered) != 1:
        return None
    begins = both.engine.begins
    same = {"ref", "edition", "closure_days", "texts"} & set(type(begins).model_fields)
    empty = type(begins).model_validate({name: getattr(begins, name) for name in same})
    first = both.engine.numbered[1]
    return empty if both.rulebook.after(empty, first) == begins or begins.seq != 1 else None
