"""Timeline, register, ledger and people stay one truth."""

from datetime import timedelta

import asyncpg
import pytest
from sqlalchemy import event, select, text

from policy.deadlines import deadlines
from policy.facts import Entry
from policy.facts.contact import ComplainantDetailsTold
from policy.facts.letters import LetterKind, LetterReadyToPost, LetterSent
from policy.facts.needs import DomesticAbuseRecognised
from policy.facts.people import Means
from policy.facts.ruling import DeadlineMissed
from runtime.database import dsn
from store import cases, letters, mentions, recording, timeline
from store import deadlines as ledger
from store.away import StoreRefused
from store.letters import LetterState
from store.recording import CaseNotRegistered, record
from store.sessions import Store
from tests.given import (
    BY_POST,
    EDITION,
    OFFICER,
    ROWAN,
    SUPERVISOR,
    assessed,
    contact,
    empty_file,
    entry,
    london,
    report,
)
from tests.policy.happenings import review

REF = "CW-2023-000001"
NOW = london(2023, 7, 1)


async def registered(store: Store) -> None:
    day = london(2023, 5, 25)
    async with store.writing() as db:
        await cases.register(db, REF, EDITION.ref, empty_file(day.date()).closure_days, day)


def life() -> list[Entry]:
    """A report, a missed first contact, a late record of one made in time, an assessment, a review."""
    due = london(2023, 6, 2, 17)
    return [
        entry(report(london(2023, 5, 25), complainant=BY_POST)),
        entry(DeadlineMissed(at=due, key="first-contact", row="contact-5-working-days", due=due), recorded_at=due),
        entry(contact(london(2023, 6, 1)), recorded_at=london(2023, 6, 5)),
        entry(assessed(london(2023, 6, 5), serious=True), OFFICER),
        entry(review(london(2023, 6, 6)), SUPERVISOR),
    ]


async def recorded(store: Store, entries: list[Entry], first: int = 1) -> int:
    async with store.writing() as db:
        return await record(db, REF, first, entries, NOW)


async def everything(store: Store) -> tuple[object, ...]:
    async with store.reading() as db:
        rows = await db.connection.execute(text("SELECT * FROM mentions ORDER BY 1, 2, 3"))
        left = await db.connection.execute(text("SELECT * FROM disclosures ORDER BY seq"))
        return (
            [tuple(row) for row in left],
            await cases.file_of(db, REF),
            await ledger.endings(db, REF),
            [tuple(row) for row in rows],
            (await db.connection.execute(select(cases.cases))).one()._asdict() | {"file": None},
        )


async def test_a_rebuild_gives_what_was_there(store: Store) -> None:
    await registered(store)
    for place, one in enumerate(life(), start=1):
        await recorded(store, [one], place)
    before = await everything(store)
    async with store.writing() as db:
        await db.connection.execute(
            text("UPDATE cases SET stage = 'closed', hate = true, next_due = NULL, ward = 'x', file = opening")
        )
        await db.connection.execute(text("DELETE FROM deadlines WHERE key = 'review'"))
        await recording.rebuild(db, REF)
    after = await everything(store)
    assert after == before


async def test_one_batch_gives_the_same_as_one_by_one(store: Store) -> None:
    await registered(store)
    entries = life()
    await recorded(store, entries)
    at_once = await everything(store)
    async with store.writing() as db:
        await recording.rebuild(db, REF)
    assert await everything(store) == at_once


async def test_an_ordinary_fact_is_written_with_five_questions(store: Store) -> None:
    """Its case's row, its late deadlines, itself with what it says, the ledger, and the row again."""
    await registered(store)
    await recorded(store, life()[:1])
    said: list[str] = []

    def heard(*told: object) -> None:
        said.append(str(told[2]).split(maxsplit=1)[0])

    event.listen(store.engine.sync_engine, "before_cursor_execute", heard)
    async with Store(store.engine).writing() as db:
        await record(db, REF, 2, [entry(contact(london(2023, 6, 1)))], NOW)
    event.remove(store.engine.sync_engine, "before_cursor_execute", heard)
    assert said == ["SELECT", "SELECT", "WITH", "UPDATE", "INSERT"]


async def test_an_unregistered_case_is_refused(store: Store) -> None:
    with pytest.raises(CaseNotRegistered):
        await recorded(store, life())


async def test_the_ledger_tells_a_contact_that_was_made_in_time_and_written_down_late(store: Store) -> None:
    await registered(store)
    await recorded(store, life())
    async with store.reading() as db:
        [line] = [row for row in await ledger.endings(db, REF) if row["key"] == "first-contact"]
    assert line["ending"] == "recorded_late"
    assert line["noticed_at"] == london(2023, 6, 2, 17)
    assert line["ended_at"] == london(2023, 6, 1)


async def test_the_register_knows_the_next_due_moment(store: Store) -> None:
    await registered(store)
    await recorded(store, life())
    async with store.reading() as db:
        file = await cases.file_of(db, REF)
        [row] = await cases.page(db, cases.Filter(), NOW, 10)
    assert file is not None
    assert row.next_due == deadlines(file, EDITION)[0].due


@pytest.mark.parametrize(
    "statement", ["UPDATE timeline SET seq = 9", "DELETE FROM timeline", "TRUNCATE timeline CASCADE"]
)
async def test_nobody_changes_the_timeline(store: Store, database: str, statement: str) -> None:
    """Neither the role that appends nor the one that owns it."""
    await registered(store)
    await recorded(store, life())
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with store.writing() as db:
            await db.connection.execute(text(statement))
    owner = await asyncpg.connect(dsn(database))
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await owner.execute(statement)
    await owner.close()


CHANGES = [
    "UPDATE timeline SET at = at - interval '1 day' WHERE seq = 3",
    "UPDATE timeline SET by_id = 'somebody-else' WHERE seq = 2",
    "DELETE FROM timeline_content WHERE seq = 4; DELETE FROM timeline WHERE seq = 4",
    """UPDATE timeline_content SET content = jsonb_set(content, '{words}', '"Other words"') WHERE seq = 1""",
]


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_behind_our_back_is_found(store: Store, database: str, change: str) -> None:
    await registered(store)
    await recorded(store, life())
    assert await faults_of(store) == []
    owner = await asyncpg.connect(dsn(database))
    for table in ("timeline", "timeline_content"):
        await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    await owner.execute(change)
    await owner.close()
    assert await faults_of(store)


async def faults_of(store: Store) -> list[timeline.Fault]:
    async with store.reading() as db:
        return timeline.faults(await timeline.entries_of(db, REF))


async def test_erased_content_leaves_the_chain_verifiable(store: Store, database: str) -> None:
    await registered(store)
    await recorded(store, life())
    owner = await asyncpg.connect(dsn(database))
    await owner.execute("DELETE FROM timeline_content WHERE seq = 1")
    await owner.close()
    async with store.reading() as db:
        entries = await timeline.entries_of(db, REF)
    assert timeline.faults(entries) == []
    with pytest.raises(timeline.ContentErased):
        entries[0].entry()


async def test_people_are_found_by_name_and_address(store: Store) -> None:
    await registered(store)
    await recorded(store, life())
    async with store.reading() as db:
        for words in ("ashley", "Invented Row", "cw-2023-000001"):
            assert [row.ref for row in await cases.page(db, cases.Filter(words=words), NOW, 10)] == [REF]
        assert await cases.page(db, cases.Filter(words="nobody"), NOW, 10) == []
        assert await mentions.complainant(db, REF) == BY_POST


async def test_pages_follow_each_other_without_gaps(store: Store) -> None:
    async with store.writing() as db:
        for n in range(7):
            at = london(2023, 5, 25) + timedelta(hours=n // 2)
            await cases.register(db, f"CW-2023-{n:06d}", EDITION.ref, empty_file(at.date()).closure_days, at)
    seen: list[str] = []
    after = None
    async with store.reading() as db:
        while rows := await cases.page(db, cases.Filter(), NOW, 3, after):
            seen += [row.ref for row in rows]
            after = (rows[-1].reported_at, rows[-1].ref)
    assert seen == [f"CW-2023-{n:06d}" for n in reversed(range(7))]


async def test_a_letter_s_row_follows_what_somebody_recorded_of_it(store: Store) -> None:
    await registered(store)
    entries = [
        entry(report(london(2023, 5, 25), complainant=BY_POST)),
        entry(LetterReadyToPost(at=london(2023, 5, 25), key="acknowledgement"), SUPERVISOR),
        entry(LetterSent(at=london(2023, 5, 26), key="acknowledgement", means=Means.POST)),
    ]
    await recorded(store, entries[:2])
    async with store.writing() as db:
        words = {"subject": "Your reference", "body": "Dear", "pdf": b"%PDF", "now": NOW}
        await letters.keep(db, REF, "acknowledgement", LetterKind.ACKNOWLEDGEMENT, Means.POST, **words)
        await letters.turn(db, letters.letter_id(REF, "acknowledgement"), LetterState.TO_POST, NOW)
    await recorded(store, entries)
    async with store.reading() as db:
        (line,) = await letters.of_case(db, REF)
    assert (line.state, line.means) == ("sent", "post")


async def test_the_complainant_is_reached_as_told_last(store: Store) -> None:
    await registered(store)
    told = ComplainantDetailsTold(at=london(2023, 5, 26), complainant=ROWAN)
    await recorded(store, [entry(report(london(2023, 5, 25), complainant=BY_POST)), entry(told)])
    async with store.reading() as db:
        assert await mentions.complainant(db, REF) == ROWAN
        assert [row.ref for row in await cases.page(db, cases.Filter(words="Ashley"), NOW, 10)] == [REF]


async def test_an_older_address_written_down_late_does_not_replace_the_newer_one(store: Store) -> None:
    """What is safe to write to would be another's otherwise."""
    await registered(store)
    newer = ComplainantDetailsTold(at=london(2023, 5, 27), complainant=ROWAN)
    older = ComplainantDetailsTold(at=london(2023, 5, 26), complainant=BY_POST)
    told = report(london(2023, 5, 25), complainant=BY_POST)
    await recorded(store, [entry(told), entry(newer), entry(older)])
    async with store.reading() as db:
        assert await mentions.complainant(db, REF) == ROWAN


async def test_a_letter_for_the_post_is_not_posted_once_the_post_is_not_safe(store: Store) -> None:
    await registered(store)
    told = [entry(report(NOW, complainant=BY_POST)), entry(LetterReadyToPost(at=NOW, key="acknowledgement"))]
    await recorded(store, told)
    async with store.writing() as db:
        kind = LetterKind.ACKNOWLEDGEMENT
        await letters.keep(db, REF, kind, kind, Means.POST, subject="", body="", pdf=b"%PDF-", now=NOW)
        await letters.turn(db, letters.letter_id(REF, kind), LetterState.TO_POST, NOW)
    await recorded(store, [entry(DomesticAbuseRecognised(at=NOW, words="He reads her post."))], first=3)
    async with store.reading() as db:
        (line,) = await letters.of_case(db, REF)
    assert line.state == LetterState.NOT_SENT
