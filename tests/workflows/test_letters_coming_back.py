"""A letter that came back reaches its case once, also one that was over."""

import asyncio

import pytest

from gateways.bounces import Bounce
from policy.facts.closing import CaseClosed, Closing, ClosureProposed, Outcome
from policy.facts.letters import LetterCameBack, LetterSent
from policy.facts.people import Means
from store import letters, timeline
from store.letters import letter_id
from tests.given import ROWAN, assessed, contact
from tests.workflows.running import Case, Cases
from workflows.case_door import CaseNotRunning
from workflows.returning import CameOf, Returns

BOTH = ROWAN.model_copy(update={"address": ("2 Invented Row", "Sevenoaks")})


async def came_back(case: Case, key: str) -> CameOf:
    return await Returns(case.store, case.door).take(Bounce(letter_id(case.ref, key), for_good=True), case.now)


async def until_last(case: Case, fact: str) -> list[str]:
    async with asyncio.timeout(60):
        while (facts := await case.facts())[-1] != fact:
            await asyncio.sleep(0.02)
    return facts


async def test_it_is_recorded_once_and_goes_by_post(cases_here: Cases) -> None:
    case = await cases_here.open(complainant=BOTH)
    await case.until_recorded(2)
    assert await came_back(case, "acknowledgement") is CameOf.RECORDED
    facts = await until_last(case, "letter_ready_to_post")
    assert await came_back(case, "acknowledgement") is CameOf.KNOWN
    assert await case.facts() == facts
    async with case.store.reading() as db:
        kept = {line.key: line.state for line in await letters.of_case(db, case.ref)}
        told = [line.entry().fact for line in await timeline.entries_of(db, case.ref)]
    assert isinstance(told[1], LetterSent)
    assert isinstance(told[2], LetterCameBack)
    assert told[2].went_at == told[1].at
    assert kept == {"acknowledgement": "came_back", "acknowledgement-3": "to_post"}
    assert await came_back(case, "acknowledgement-3") is CameOf.UNKNOWN


async def test_one_that_is_delayed_or_that_nobody_knows_changes_nothing(cases_here: Cases) -> None:
    case = await cases_here.open(complainant=BOTH)
    await case.until_recorded(2)
    returns = Returns(case.store, case.door)
    delayed = Bounce(letter_id(case.ref, "acknowledgement"), for_good=False)
    assert await returns.take(delayed, case.now) is CameOf.DELAYED
    assert await came_back(case, "another") is CameOf.UNKNOWN
    assert len(await case.facts()) == 2


async def test_a_case_that_was_over_goes_on_until_the_letter_is_posted(cases_here: Cases) -> None:
    case = await cases_here.open(complainant=BOTH)
    await case.until_recorded(2)
    await case.record(contact(case.now))
    await case.record(assessed(case.now))
    proposed = await case.record(ClosureProposed(at=case.now, outcome=Outcome.STOPPED, explanation="It stopped."))
    await case.until_recorded(proposed + 1)
    await case.record(CaseClosed(at=case.now, closing=Closing.WITH_LETTER, reasons="Done."))
    while (await case.standing()).letters_waiting or await case.door.running(case.ref):
        seen = await case.standing()
        due = [one.due for one in seen.deadlines]
        await case.until(min(due)) if due else await asyncio.sleep(0.05)
    over = await case.facts()
    with pytest.raises(CaseNotRunning):
        await case.door.live(case.ref)

    assert await came_back(case, f"closing-letter-{proposed}") is CameOf.RECORDED
    facts = await until_last(case, "letter_ready_to_post")
    assert facts == [*over, "letter_came_back", "letter_ready_to_post"]
    standing = await case.door.live(case.ref)
    assert standing.closed_at is not None if hasattr(standing, "closed_at") else standing.stage == "closed"
    key = f"closing-letter-{proposed}-{len(over) + 1}"
    await case.record(LetterSent(at=case.now, key=key, means=Means.POST))
    async with asyncio.timeout(60):
        while await case.door.running(case.ref):
            await asyncio.sleep(0.05)
