"""What the night's check reads of open cases: the same as their entries say, without the words."""

from collections.abc import Sequence

import asyncpg

from policy import audit
from policy.facts import Entry
from policy.facts import promising as p
from policy.facts.closing import CaseClosed, Closing
from policy.facts.reviewing import CaseReviewed
from policy.facts.ruling import DeadlineMissed
from runtime.database import dsn
from store import cases, open_cases, recording
from store.sessions import Store
from tests.given import BY_POST, EDITION, SUPERVISOR, assessed, contact, empty_file, entry, london, report
from tests.policy.happenings import CASEWORK

MONDAY = london(2023, 6, 5)


async def recorded(store: Store, ref: str, entries: Sequence[Entry]) -> None:
    async with store.writing() as db:
        await cases.register(db, ref, EDITION.ref, empty_file(MONDAY.date()).closure_days, MONDAY)
    async with store.writing() as db:
        await recording.record(db, ref, 1, entries, MONDAY)


def life() -> list[Entry]:
    due = london(2023, 6, 12, 17)
    missed = DeadlineMissed(at=due, key="first-contact", row="contact-5-working-days", due=due)
    wait = p.WaitBegun(at=london(2023, 6, 14), waiting_for=p.WaitingFor.POLICE, words="A statement.")
    longer = p.WaitExtended(at=london(2023, 6, 15), matter="wait-4", words="Rang.")
    review = CaseReviewed(at=london(2023, 6, 16), policy_followed=False, words="No plan.")
    return [
        entry(report(MONDAY, complainant=BY_POST)),
        entry(missed, CASEWORK, recorded_at=due),
        entry(contact(london(2023, 6, 13)), recorded_at=london(2023, 6, 20)),
        entry(wait, recorded_at=london(2023, 6, 20)),
        entry(longer, recorded_at=london(2023, 6, 20)),
        entry(review, SUPERVISOR, recorded_at=london(2023, 6, 20)),
    ]


async def test_a_timeline_from_the_store_is_the_one_that_its_entries_make(store: Store) -> None:
    entries = life()
    await recorded(store, "CW-2023-000001", entries)
    async with store.reading() as db:
        [case] = await open_cases.page(db, "", 10)
    assert case.timeline.facts == [audit.told(n, one) for n, one in enumerate(entries, start=1)]
    assert case.case_file().seq == len(entries)
    told = [one.codes for one in case.timeline.facts]
    assert told[0] == {}
    assert told[-1] == {"policy_followed": "false", "powers": "0"}


async def test_content_that_retention_erased_leaves_the_dates(store: Store, database: str) -> None:
    await recorded(store, "CW-2023-000001", life())
    owner = await asyncpg.connect(dsn(database))
    await owner.execute("SET session_replication_role = replica; DELETE FROM timeline_content")
    await owner.close()
    async with store.reading() as db:
        [case] = await open_cases.page(db, "", 10)
    assert [one.codes for one in case.timeline.facts] == [{}] * 6
    assert [one.at for one in case.timeline.facts] == [one.at for one in life()]


async def test_pages_follow_each_other_and_leave_out_what_is_closed(store: Store) -> None:
    closed = CaseClosed(at=london(2023, 6, 8), closing=Closing.DEALT_WITH, reasons="Done.")
    for number in range(1, 6):
        more = [entry(assessed(london(2023, 6, 7))), entry(closed)] if number == 2 else []
        await recorded(store, f"CW-2023-00000{number}", [entry(report(MONDAY)), *more])
    async with store.reading() as db:
        first = await open_cases.page(db, "", 2)
        rest = await open_cases.page(db, first[-1].ref, 9)
        named = await open_cases.page(db, "", 9, ("CW-2023-000002", "CW-2023-000004"))
    assert [case.ref[-1] for case in first + rest] == ["1", "3", "4", "5"]
    assert [case.ref[-1] for case in named] == ["4"]
