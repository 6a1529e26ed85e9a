"""What must be so once faults are over: nothing lost, nothing doubled, and what was late is known to be late."""

import asyncio
from collections import Counter
from typing import Final

import structlog
from rich.progress import Progress
from sqlalchemy import text

from cli.verify import verify
from policy.facts.ruling import DeadlineMissed
from runtime.database import working_engine
from store import cases, deadlines, evidence_files, timeline
from store.sessions import EVERYTHING, Store
from store.timeline import TimelineEntry
from tests.faults.lives import Lives
from tests.faults.stack import Stack

log = structlog.get_logger()

_SETTLED_SECONDS: Final = 150
"""A letter that was under way in a killed worker is taken up again when its two minutes are over."""
_CAME_OF_THE_LETTER: Final = ("letter_sent:acknowledgement", "letter_in_doubt:acknowledgement")
_DEADLINE: Final = "emergency-accommodation:complainant"


async def nothing_is_lost_or_doubled(stack: Stack, lives: Lives) -> None:
    database = working_engine(stack.settings)
    store = Store(database, EVERYTHING)
    try:
        found = await _settled(store, lives)
        _all_is_there_once(lives, found)
        await _files_are_there(store, lives)
        _each_deadline_passed_once(lives, found)
        await _what_was_late_is_known(store, lives)
        await _letters_went_once_or_are_in_doubt(stack, store, found)
        with Progress(disable=True) as progress:
            findings = await verify(stack.settings, progress, whole_files=True)
        assert findings.clean, (findings.faults[:5], findings.unanswered[:5], findings.files)
        assert findings.cases == len(lives.load.acknowledged)
    finally:
        await database.dispose()


async def _settled(store: Store, lives: Lives) -> dict[str, list[TimelineEntry]]:
    """The relay and the cases' writers may still be carrying what was acknowledged; letters may be under way."""
    waiting: list[str] = []
    try:
        async with asyncio.timeout(_SETTLED_SECONDS):
            while True:
                found = await _timelines(store)
                told = lives.load.acknowledged
                waiting = [ref for ref, ids in told.items() if not _is_settled(ids, found.get(ref, []))]
                if not waiting:
                    return found
                await asyncio.sleep(0.5)
    except TimeoutError:
        raise AssertionError(f"still waited for: {waiting[:5]} of {len(waiting)}") from None


def _is_settled(told: set[str], entries: list[TimelineEntry]) -> bool:
    ids = {entry.fact_id for entry in entries}
    return told <= ids and any(one.startswith(_CAME_OF_THE_LETTER) for one in ids)


async def _timelines(store: Store) -> dict[str, list[TimelineEntry]]:
    async with store.reading() as db:
        refs = await db.connection.scalars(text("SELECT ref FROM cases"))
        return {ref: await timeline.entries_of(db, ref) for ref in refs}


def _all_is_there_once(lives: Lives, found: dict[str, list[TimelineEntry]]) -> None:
    acknowledged = lives.load.acknowledged
    assert set(found) == set(acknowledged), "a report was doubled or lost"
    for ref, entries in found.items():
        ids = Counter(entry.fact_id for entry in entries)
        assert max(ids.values()) == 1, f"{ref} has a fact twice"
        told = {fact for fact in ids if ":" not in fact}
        assert told == acknowledged[ref], f"{ref} has more or less than was told"


async def _files_are_there(store: Store, lives: Lives) -> None:
    async with store.reading() as db:
        kept = {line.id: line.case_ref for line in await evidence_files.every(db)}
    assert kept == lives.files


def _each_deadline_passed_once(lives: Lives, found: dict[str, list[TimelineEntry]]) -> None:
    for ref, due in lives.due.items():
        missed = [entry.entry() for entry in found[ref]]
        passed = [one for one in missed if isinstance(one.fact, DeadlineMissed) and one.fact.due == due]
        assert [one.fact.key for one in passed] == [_DEADLINE], (ref, passed)
        assert passed[0].at == due <= passed[0].recorded_at, ref


async def _what_was_late_is_known(store: Store, lives: Lives) -> None:
    async with store.reading() as db:
        for ref, ending in lives.endings.items():
            ended = {row["key"]: row for row in await deadlines.endings(db, ref)}[_DEADLINE]
            assert (ended["ending"], ended["due"]) == (ending, lives.due[ref]), ref
            assert ended["noticed_at"] >= ended["due"], ref
            assert ended["ended_recorded_at"] > ended["due"], ref


async def _letters_went_once_or_are_in_doubt(
    stack: Stack, store: Store, found: dict[str, list[TimelineEntry]]
) -> None:
    """Each reached the mail server once; one of which nobody can know is named as such."""
    doubtful = [
        ref for ref, entries in found.items() if any(one.fact_id.startswith("letter_in_doubt") for one in entries)
    ]
    delivered = Counter((mail.to, mail.subject) for mail in stack.mailbox.messages())
    assert max(delivered.values()) == 1
    refs = {subject.rpartition(" ")[2] for _, subject in delivered}
    assert set(found) - set(doubtful) <= refs
    async with store.reading() as db:
        for ref in doubtful:
            file = await cases.file_of(db, ref)
            assert file is not None
            assert "acknowledgement" in file.letters
    log.info("looked", cases=len(found), entries=sum(map(len, found.values())), letters_in_doubt=len(doubtful))
