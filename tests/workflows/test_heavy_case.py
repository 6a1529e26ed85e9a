"""A case of two thousand facts: it continues as new again and again and no clock is lost on the way."""

import asyncio
from datetime import timedelta

from policy import folding
from policy.case_file import CaseFile
from policy.deadlines import Deadline, deadlines
from policy.editions import of
from policy.facts import Entry
from policy.facts.promising import ActionDone, ActionPlanned, Chased, PromiseKept, PromiseMade, PromiseMoved
from policy.standing import standing
from store import cases
from store import deadlines as ledger
from tests.given import assessed, contact, entry
from tests.workflows.running import Case, Cases

WRITERS = 4
ROUNDS = 62
A_ROUND = 8


async def a_round(case: Case, number: int) -> None:
    """Something promised, moved and kept, something planned and done, a contact, and being asked again."""
    day = case.now.date() + timedelta(days=3 + number % 20)
    promise = f"promise-{await case.record(PromiseMade(at=case.now, words='We will ring.', by_when=day))}"
    action = f"action-{await case.record(ActionPlanned(at=case.now, words='Talk to both.', by_when=day))}"
    await case.record(Chased(at=case.now, words="Nobody rang.", matter=promise))
    await case.record(
        PromiseMoved(at=case.now, matter=promise, words="Told her.", by_when=day + timedelta(days=1))
    )
    await case.record(contact(case.now))
    if number % 20:
        await case.record(PromiseKept(at=case.now, matter=promise, words="Rang."))
        await case.record(ActionDone(at=case.now, matter=action, words="Talked."))
    await case.door.incident(case.ref, case_incident(case))


def case_incident(case: Case) -> Entry:
    return entry(case.again(), recorded_at=case.now)


async def test_two_thousand_facts_continue_as_new_and_lose_no_clock(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(contact(case.now))
    await case.record(assessed(case.now))
    first_run = (await case.handle.describe()).run_id

    async def write(writer: int) -> None:
        for number in range(ROUNDS):
            await a_round(case, writer + number)

    await asyncio.gather(*(write(n) for n in range(WRITERS)))
    told = 4 + sum(A_ROUND - 2 * ((w + n) % 20 == 0) for w in range(WRITERS) for n in range(ROUNDS))
    assert told > 1_900
    lines = await case.until_recorded(told)
    assert [line.seq for line in lines] == list(range(1, told + 1))
    live = await case.standing()
    assert (await case.handle.describe()).run_id != first_run

    file = await opening(case)
    occurrences: dict[tuple[str, int], Deadline] = {}
    for line in lines:
        file = folding.after(file, line.entry(), of(file.edition))
        occurrences |= {(d.key, d.since): d for d in deadlines(file, of(file.edition))}
    assert live == standing(file, of(file.edition))
    assert sum(d.key.startswith("promise-") for d in live.deadlines) >= WRITERS
    async with case.store.reading() as db:
        kept = await ledger.endings(db, case.ref)
    assert {(line["key"], line["since"]): line["due"] for line in kept} == {
        place: d.due for place, d in occurrences.items()
    }
    still_open = {(line["key"], line["since"]) for line in kept if line["ending"] is None}
    assert still_open == {(d.key, d.since) for d in live.deadlines}


async def opening(case: Case) -> CaseFile:
    async with case.store.reading() as db:
        return await cases.opening_of(db, case.ref)
