"""What is carried on beside a case, as the store keeps it."""

from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from policy.facts import SYSTEM
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import LegalEntry
from policy.legal_action.procedure import LEGAL_ACTION
from store import cases, deadlines, live_counts, procedures, recording_beside, timeline
from store.approvals import ANSWERS
from store.cases import Filter
from store.procedures import ProcedureFilter
from store.recording import GapInTimeline, record
from store.recording_beside import NotRegistered
from store.sessions import Store
from tests.given import EDITION, SUPERVISOR, empty_file, entry, london, report
from tests.policy.legal_action.acting import REVIEWED, proposed

CASE: Final = "CW-2023-000001"
REF: Final = f"{CASE}-7"
DAY: Final = london(2023, 6, 5)


@pytest.fixture
async def registered(store: Store) -> LegalFile:
    known = empty_file(DAY.date()).closure_days
    opening = LegalFile(ref=REF, case=CASE, edition=EDITION.ref, closure_days=known)
    async with store.writing() as db:
        await cases.register(db, CASE, EDITION.ref, known, DAY)
        await record(db, CASE, 1, [entry(report(DAY))], DAY)
        await procedures.register(db, LEGAL_ACTION.name, opening)
    return opening


BEGUN: Final = LegalEntry(id="begun:7", by=SYSTEM, recorded_at=DAY, fact=proposed())
SECOND: Final = LegalEntry(id="second", by=SUPERVISOR, recorded_at=REVIEWED.at, fact=REVIEWED)


async def entered(store: Store, first: int, *entries: LegalEntry) -> int:
    async with store.writing() as db:
        return await recording_beside.record(db, LEGAL_ACTION, REF, first, entries)


async def test_entries_are_recorded_once_however_often_they_are_brought(
    store: Store, registered: LegalFile
) -> None:
    assert await entered(store, 1, BEGUN) == 1
    assert await entered(store, 1, BEGUN, SECOND) == 2
    assert await entered(store, 1, BEGUN, SECOND) == 2
    async with store.reading() as db:
        lines = await timeline.entries_of(db, REF)
        kept = await procedures.kept_of(db, REF)
    assert [line.fact for line in lines] == ["legal_action_begun", "team_reviewed"]
    assert timeline.faults(lines) == []
    assert kept is not None
    assert (kept.opening, kept.seq, kept.file.stage) == (registered, 2, "reviewed")


async def test_a_gap_and_what_nobody_registered_are_refused(store: Store, registered: LegalFile) -> None:
    with pytest.raises(GapInTimeline):
        await entered(store, 2, SECOND)
    async with store.writing() as db:
        with pytest.raises(NotRegistered):
            await recording_beside.record(db, LEGAL_ACTION, f"{registered.ref}0", 1, [BEGUN])


async def test_registering_it_again_changes_nothing(store: Store, registered: LegalFile) -> None:
    await entered(store, 1, BEGUN)
    async with store.writing() as db:
        await procedures.register(db, LEGAL_ACTION.name, registered)
    async with store.reading() as db:
        (line,) = await procedures.of_case(db, CASE)
    assert (line.ref, line.kind, line.stage, line.finished) == (REF, "legal-action", "proposed", False)


async def test_a_rebuild_gives_what_was_there(store: Store, registered: LegalFile) -> None:
    await entered(store, 1, BEGUN, SECOND)
    async with store.reading() as db:
        before = await procedures.kept_of(db, registered.ref), await deadlines.endings(db, REF)
    async with store.writing() as db:
        await recording_beside.rebuild(db, REF)
    async with store.reading() as db:
        assert (await procedures.kept_of(db, REF), await deadlines.endings(db, REF)) == before


@pytest.mark.usefixtures("registered")
async def test_a_case_is_late_when_something_beside_it_is(store: Store) -> None:
    """On a day on which nothing is late on the case itself."""
    await entered(store, 1, BEGUN.model_copy(update={"fact": proposed(at=DAY - timedelta(days=1))}))
    own, beside = london(2023, 6, 12, 17), london(2023, 6, 9, 17)
    for moment, found in (
        (beside, []),
        (beside + timedelta(minutes=1), [CASE]),
        (own - timedelta(hours=1), [CASE]),
    ):
        async with store.reading() as db:
            late = await cases.page(db, Filter(late=True), moment, 10)
            in_time = await cases.page(db, Filter(late=False), moment, 10)
        assert [row.ref for row in late] == found
        assert [row.ref for row in in_time] == [ref for ref in [CASE] if ref not in found]


@pytest.mark.usefixtures("registered")
async def test_a_case_waits_for_a_leader_who_is_asked_beside_it(store: Store) -> None:
    await entered(store, 1, BEGUN)
    for waiting, answer in ((1, [SECOND]), (0, [])):
        async with store.reading() as db:
            [found] = await live_counts.counts(db, None, DAY, DAY, ANSWERS)
        assert (found.open, found.waiting) == (1, waiting)
        await entered(store, 2, *answer)


async def test_they_are_listed_by_their_numbers_and_a_page_begins_behind_any_of_them(store: Store) -> None:
    known = empty_file(DAY.date()).closure_days
    cases_ = ("CW-2023-000001", "CW-2023-000002")
    async with store.writing() as db:
        for case in cases_:
            await cases.register(db, case, EDITION.ref, known, DAY)
            await record(db, case, 1, [entry(report(DAY))], DAY)
            for number in (6, 26, 126):
                opening = LegalFile(ref=f"{case}-{number}", case=case, edition=EDITION.ref, closure_days=known)
                await procedures.register(db, LEGAL_ACTION.name, opening)
    in_order = [f"{case}-{number}" for case in reversed(cases_) for number in (126, 26, 6)]
    async with store.reading() as db:

        async def listed(before: str | None) -> list[str]:
            page = await procedures.page(db, LEGAL_ACTION.name, ProcedureFilter(), None, DAY, 9, before)
            return [line.ref for line in page]

        assert await listed(None) == in_order
        for place, ref in enumerate(in_order, start=1):
            assert await listed(ref) == in_order[place:]


@pytest.mark.parametrize(
    ("wanted", "which", "index"),
    [
        (ProcedureFilter(), None, "procedures_kind_ref_idx"),
        (ProcedureFilter(finished=False, stage="sent"), None, "procedures_open_idx"),
        (ProcedureFilter(), "education", "procedures_which_idx"),
    ],
)
async def test_a_list_of_them_is_found_by_its_index(
    store: Store, wanted: ProcedureFilter, which: str | None, index: str
) -> None:
    query = procedures.query("referral", wanted, which, DAY, 50, before=REF)
    asked = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    async with store.reading() as db:
        await db.connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join((await db.connection.scalars(text(f"EXPLAIN {asked}"))).all())
    assert index in plan, plan
