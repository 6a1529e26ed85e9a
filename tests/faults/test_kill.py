"""Kill any process at any moment: nothing acknowledged is lost or doubled, and each letter goes once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from rich.progress import Progress

from cli.verify import verify
from runtime.database import working_engine
from store import cases, timeline
from store.sessions import Store
from tests.faults.load import Load
from tests.faults.stack import Stack, running_stack
from tests.scale import some

CASES = some(80, in_all=200)
LETTER_SECONDS = 180
"""A letter that was under way in a killed worker is taken up again when its two minutes are over."""
IN_TURN = ("worker", "api", "worker", "temporal", "postgres", "worker", "relay", "worker")


async def kill_in_turn(stack: Stack, load: Load) -> None:
    """Each while the load is under way: after the same share of its answers."""
    answers = CASES * 5
    for place, name in enumerate(IN_TURN, start=1):
        while load.answers < answers * place / (len(IN_TURN) + 1):
            await asyncio.sleep(0.05)
        await stack.kill(name)


async def recorded(store: Store) -> dict[str, list[str]]:
    async with store.reading() as db:
        rows = await db.connection.execute(
            timeline.timeline.select().order_by(timeline.timeline.c.case_ref, timeline.timeline.c.seq)
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.case_ref, []).append(row.fact_id)
        return found


async def until_all_is_recorded(store: Store, load: Load) -> dict[str, list[str]]:
    """The relay and the cases' writers may still be carrying what was acknowledged as kept."""
    async with asyncio.timeout(60):
        while True:
            found = await recorded(store)
            if all(ids <= set(found.get(ref, ())) for ref, ids in load.acknowledged.items()):
                return found
            await asyncio.sleep(0.5)


@pytest.mark.timeout(600)
async def test_killing_each_process_in_turn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with running_stack(tmp_path / "stack") as stack:
        load = Load(stack.api, stack.settings)
        await asyncio.gather(load.run(CASES, at_once=8), kill_in_turn(stack, load))
        database = working_engine(stack.settings)
        store = Store(database)
        found = await until_all_is_recorded(store, load)
        assert load.refused_for_now > 0, "the kills did not hit the load"

        assert set(found) == set(load.acknowledged), "a report was doubled or lost"
        for ref, ids in found.items():
            assert max(Counter(ids).values()) == 1, f"{ref} has a fact twice"
            told = {fact for fact in ids if ":" not in fact}
            assert told == load.acknowledged[ref], f"{ref} has more or less than was told"

        await letters_went_once_or_are_in_doubt(stack, store, found)
        with Progress(disable=True) as progress:
            findings = await verify(stack.settings, progress)
        assert findings.clean, (findings.faults[:5], findings.unanswered[:5])
        assert findings.cases == CASES
        await database.dispose()


async def letters_went_once_or_are_in_doubt(stack: Stack, store: Store, found: dict[str, list[str]]) -> None:
    """Each acknowledgement reached the mail server once; one of which nobody can know is named as such."""
    async with asyncio.timeout(LETTER_SECONDS):
        while not all(any("acknowledgement" in fact for fact in ids) for ids in found.values()):
            await asyncio.sleep(0.5)
            found = await recorded(store)
    doubtful = [ref for ref, ids in found.items() if any(fact.startswith("letter_in_doubt") for fact in ids)]
    delivered = Counter(mail.subject.rpartition(" ")[2] for mail in stack.mailbox.messages())
    assert max(delivered.values()) == 1
    assert set(found) - set(doubtful) <= set(delivered)
    assert len(doubtful) < 5, doubtful
    async with store.reading() as db:
        for ref in doubtful:
            file = await cases.file_of(db, ref)
            assert file is not None
            assert "acknowledgement" in file.letters
