"""A letter that waits to be posted, when what it tells was handed over or no longer stands."""

import pytest

from policy.facts import CaseFact
from policy.facts.letters import LetterKind
from policy.facts.people import Means
from store import letters
from store.letters import LetterState
from store.sessions import Store
from tests.given import SUPERVISOR, entry, report
from tests.policy import happenings as h
from tests.policy.warned import MONDAY, PAT, POSTED, agreed, letter, served, taken_back, told_so
from tests.store.test_recording import NOW, REF, recorded, registered

TO_POST = [
    report(MONDAY, about=PAT),
    h.effect(MONDAY),
    letter(MONDAY),
    agreed(MONDAY, "warning-3"),
    h.ready_to_post(MONDAY, POSTED),
]


async def waits(store: Store, key: str, kind: LetterKind) -> None:
    async with store.writing() as db:
        await letters.keep(db, REF, key, kind, Means.POST, subject="", body="", pdf=b"%PDF-", now=NOW)
        await letters.turn(db, letters.letter_id(REF, key), LetterState.TO_POST, NOW)


async def shown(store: Store, *more: CaseFact, known: int = 0) -> dict[str, str]:
    await recorded(store, [entry(one, SUPERVISOR) for one in more], first=known + 1)
    async with store.reading() as db:
        return {line.key: line.state for line in await letters.of_case(db, REF)}


@pytest.mark.parametrize(
    ("what", "state"),
    [(served, LetterState.HANDED_OVER), (taken_back, LetterState.NOT_SENT)],
    ids=["served", "taken back"],
)
async def test_a_warning_that_was_served_by_hand_or_taken_back_is_not_shown_as_to_be_posted(
    store: Store, what: object, state: LetterState
) -> None:
    assert callable(what)
    await registered(store)
    await shown(store, *TO_POST)
    await waits(store, POSTED, LetterKind.WARNING)
    assert await shown(store, what(MONDAY, "warning-3"), known=5) == {POSTED: state}


async def test_that_it_no_longer_stands_is_not_posted_as_well_once_they_were_told(store: Store) -> None:
    await registered(store)
    await shown(store, *TO_POST, h.sent(MONDAY, POSTED), taken_back(MONDAY, "warning-3"))
    key = "warning-taken-back-7"
    await shown(store, h.ready_to_post(MONDAY, key), known=7)
    await waits(store, key, LetterKind.WARNING_TAKEN_BACK)
    assert await shown(store, told_so(MONDAY, "warning-3"), known=8) == {key: LetterState.NOT_SENT}
