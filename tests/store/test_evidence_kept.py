"""Files on their way through the records: named by facts, waiting, erased with their case, never changed."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text, update

from gateways.calendar import closure_days
from policy.estates.file import Counting
from policy.evidence_queue import MATCH, MATCH_LATE, owed
from policy.facts.evidence import EvidenceKind, EvidenceReceived
from store import evidence_custody, evidence_files, evidence_tended, recording, tasks
from store.away import StoreRefused
from store.erasure import left_of
from store.evidence_files import Added, EvidenceLine, FileState, NotStripped
from store.evidence_tended import TO_STRIP
from store.sessions import Store
from tests.given import EDITION, OFFICER, entry, london, report
from tests.store.erasing import OVER, approved, carried_out, everything_of_somebody, objection_days_are_over
from tests.store.test_recording import REF, recorded, registered

MONDAY = london(2023, 6, 5)
COUNTING = Counting(edition=EDITION, closure_days=closure_days(MONDAY.date(), {}))


async def added(
    store: Store,
    ref: str | None,
    at: datetime = MONDAY,
    name: str = "door.jpg",
    state: FileState = FileState.CLEAN,
) -> EvidenceLine:
    id_ = str(uuid4())
    file = Added(
        id=id_,
        key=str(uuid4()),
        case_ref=ref,
        name=name,
        media_type="image/jpeg",
        size=7,
        sha256=id_.replace("-", ""),
        state=state,
        added_at=at,
        by=OFFICER,
        owed=owed(at, COUNTING),
    )
    async with store.writing() as db:
        line = await evidence_files.add(db, file)
    assert line is not None
    return line


def received(*files: str) -> EvidenceReceived:
    return EvidenceReceived(at=MONDAY, kind=EvidenceKind.PHOTO, words="The door.", files=files)


async def test_the_fact_that_names_a_file_puts_it_on_its_case(store: Store, working_store: Store) -> None:
    await registered(store)
    here, nowhere = await added(store, REF), await added(store, None)
    await recorded(working_store, [entry(report(MONDAY)), entry(received(here.id, nowhere.id))])
    async with store.reading() as db:
        files = await evidence_files.of_case(db, REF)
        waiting = await evidence_files.unmatched(db, 100)
    assert {(file.id, file.matter) for file in files} == {(here.id, "evidence-2"), (nowhere.id, "evidence-2")}
    assert waiting == []
    async with working_store.writing() as db:
        await recording.rebuild(db, REF)
    async with store.reading() as db:
        assert await evidence_files.of_case(db, REF) == files


async def test_the_first_fact_that_names_a_file_has_it(store: Store) -> None:
    await registered(store)
    file = await added(store, REF)
    others = await added(store, "CW-2023-000777")
    facts = [entry(report(MONDAY)), entry(received(file.id)), entry(received(file.id, others.id))]
    await recorded(store, facts)
    async with store.reading() as db:
        known = await evidence_files.by_ids(db, [file.id, others.id])
    assert known[file.id].matter == "evidence-2"
    assert (known[others.id].case_ref, known[others.id].matter) == ("CW-2023-000777", None)


async def test_a_file_that_waits_is_a_task_of_officers_and_once_late_of_supervisors_too(
    store: Store,
) -> None:
    old = await added(store, None, at=MONDAY)
    today = await _now(store)
    new = await added(store, None, at=today)
    async with store.reading() as db:
        officers = [(one.about, one.key) for one in await tasks.owed_by(db, "officer", None, 100)]
        supervisors = [(one.about, one.key) for one in await tasks.owed_by(db, "supervisor", None, 100)]
    assert officers == [(old.id, MATCH), (new.id, MATCH)]
    assert supervisors == [(old.id, MATCH_LATE)]


async def _now(store: Store) -> datetime:
    async with store.reading() as db:
        now = await db.connection.scalar(text("SELECT now()"))
    assert isinstance(now, datetime)
    return now


def test_both_days_are_the_edition_s() -> None:
    both = owed(london(2023, 5, 25), COUNTING)
    assert both[MATCH].due == london(2023, 5, 30, 17)
    assert both[MATCH_LATE].due == london(2023, 6, 2, 17)


async def test_what_was_taken_in_and_who_did_what_is_never_changed(store: Store, working_store: Store) -> None:
    file = await added(store, None)
    where = f"WHERE id = '{file.id}'"
    for statement in (
        "DELETE FROM evidence_files",
        f"UPDATE evidence_files SET size = 8 {where}",
        f"UPDATE evidence_files SET sha256 = 'x' {where}",
        f"UPDATE evidence_files SET name = 'x' {where}",
        "UPDATE evidence_custody SET by_id = 'x'",
        "DELETE FROM evidence_custody",
        "TRUNCATE evidence_custody",
    ):
        with pytest.raises(StoreRefused):
            async with store.writing() as db:
                await db.connection.execute(text(statement))
    with pytest.raises(StoreRefused):
        async with working_store.writing() as db:
            await db.connection.execute(update(evidence_files.evidence_files).values(state="erased"))


async def test_the_api_adds_files_and_changes_none(app_store: Store) -> None:
    file = await added(app_store, None)
    with pytest.raises(StoreRefused):
        async with app_store.writing() as db:
            await evidence_tended.keep(db, file.id, TO_STRIP, {"not_stripped": NotStripped.KIND})


async def test_a_file_is_erased_with_its_case_and_only_then(store: Store, working_store: Store) -> None:
    held = await everything_of_somebody(store)
    file, other = await added(store, held.case, name="Quillon.jpg"), await added(store, None)
    await approved(store, held.case)
    async with store.reading() as db:
        assert "evidence_files" in await left_of(db, held.case)
    await objection_days_are_over(store)
    erased = await carried_out(working_store, held.case)
    assert erased is not None
    assert erased.others == 1
    async with store.reading() as db:
        known = await evidence_files.by_ids(db, [file.id, other.id])
        assert await left_of(db, held.case) == []
        custody = await evidence_custody.of_files(db, [file.id])
    assert (known[file.id].state, known[file.id].name, known[file.id].sha256) == (FileState.ERASED, "", "")
    assert known[other.id].state is FileState.CLEAN
    assert len(custody[file.id]) == 1


async def test_files_that_no_case_was_found_for_go_together_and_a_hold_keeps_them(
    store: Store, working_store: Store
) -> None:
    file = await added(store, None, at=OVER - timedelta(days=500))
    late = await added(store, None, at=OVER - timedelta(days=20))
    ref = "evidence:2023-09-01"
    await approved(store, ref)
    await objection_days_are_over(store)
    assert await carried_out(working_store, ref) is not None
    async with store.reading() as db:
        known = await evidence_files.by_ids(db, [file.id, late.id])
    assert known[file.id].state is FileState.ERASED
    assert known[late.id].state is FileState.CLEAN
