"""`casework import`: what is brought is a case like any other, comes once, and writes nothing when it is tried."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, make_url, text

from cli.importing.carrying import OTHERWISE
from cli.importing.histories import WAITS
from cli.importing.report import told
from cli.importing.table import TableNotUnderstood
from runtime.settings import Settings
from store import cases, deadlines, finding, people, timeline
from store.away import StoreAway
from store.sessions import Store
from tests.api.product import elsewhere
from tests.cli.brought import (
    ASSESSED,
    CLOSED,
    CONTACT,
    OPEN,
    OVER,
    REPORT,
    brought,
    claimed,
    holds,
    of_case,
    refs,
    written,
)
from tests.store.erasing import approved, carried_out, objection_days_are_over
from tests.store.erasing import found as found_in


async def test_a_case_that_is_over_is_history_by_the_same_rules(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    found = await brought(settings, written(tmp_path / "cases.csv", OVER))
    assert (found.outcome.over, found.outcome.open, found.outcome.rejected) == (1, 0, [])
    [ref] = await refs(store)
    async with store.reading() as db:
        file = await cases.file_of(db, ref)
        entries = await timeline.entries_of(db, ref)
        ledger = await deadlines.endings(db, ref)
    assert file is not None
    assert file.finished
    assert file.imported is not None
    assert (file.imported.source, file.imported.reference, file.imported.entries) == ("another system", "ASB/1", 4)
    kinds = ["report_received", "contact_made", "assessed", "case_closed", "person_identified", "case_imported"]
    assert [one.fact for one in entries] == kinds
    assert {one.by_id for one in entries[:4]} == {"imported"}
    assert not [line for line in ledger if line["ending"] is None or line["noticed_at"]]
    assert {line["ending"] for line in ledger if line["key"] == "first-contact"} == {"kept"}
    assert await holds(settings)


async def test_nothing_is_sent_and_nothing_waits_because_of_history(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    found = await brought(settings, written(tmp_path / "cases.csv", OVER))
    async with store.reading() as db:
        letters = await db.connection.scalar(text("SELECT count(*) FROM letters"))
        reports = await db.connection.scalar(text("SELECT count(*) FROM reports"))
    assert (letters, reports, found.waiting) == (0, 0, 0)


async def test_an_open_case_keeps_what_was_done_and_owes_what_was_not(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    found = await brought(settings, written(tmp_path / "cases.csv", OPEN))
    assert (found.outcome.over, found.outcome.open, found.waiting) == (0, 1, 1)
    [ref] = await refs(store)
    async with store.reading() as db:
        file = await cases.file_of(db, ref)
        owed = {line["key"] for line in await deadlines.endings(db, ref) if line["ending"] is None}
    assert file is not None
    assert file.letters == {}
    assert {"regular-contact", "allocation"} <= owed
    assert not {"first-contact", "assessment", "letter:acknowledgement"} & owed


async def test_the_same_file_again_changes_nothing(settings: Settings, store: Store, tmp_path: Path) -> None:
    file = written(tmp_path / "cases.csv", [*OVER, *of_case("ASB/2", OPEN)])
    await brought(settings, file)
    before = await refs(store)
    again = await brought(settings, file)
    assert (again.outcome.here_already, again.outcome.over, again.outcome.open) == (2, 0, 0)
    assert await refs(store) == before
    assert len(before) == 2


async def test_a_case_that_says_something_else_now_is_rejected(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    await brought(settings, written(tmp_path / "cases.csv", OVER))
    other = await brought(
        settings, written(tmp_path / "cases.csv", [*OVER[:2], {**ASSESSED, "limb": "a"}, CLOSED])
    )
    assert {one.reason for one in other.outcome.rejected} == {OTHERWISE}
    assert len(await refs(store)) == 1


async def test_the_same_reference_of_another_system_is_another_case(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    file = written(tmp_path / "cases.csv", OVER)
    await brought(settings, file, source="Orchard")
    await brought(settings, file, source="Harbour")
    assert len(await refs(store)) == 2


async def test_trying_writes_nothing_and_says_what_would_be(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    file = written(tmp_path / "cases.csv", [*OVER, {**REPORT, "case": "ASB/2", "category": "opera"}])
    found = await brought(settings, file, dry_run=True)
    said = "\n".join(told(found))
    assert "Would be brought: 1 cases with 4 facts." in said
    assert "1 has a category that the policy does not know (line 6)" in said
    assert "Columns understood: case, happened, at" in said
    assert not {"Rowan", "rowan@example.org", "ASB/1", "Music"} & set(said.replace(",", " ").split())
    assert await refs(store) == []
    assert await claimed(store) == 0
    async with store.reading() as db:
        assert await people.called(db, "Rowan") == []


async def test_rejected_rows_are_mended_in_their_file_and_come(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    wrong = of_case("ASB/2", [REPORT, {**CONTACT, "means": "pigeon"}, CLOSED])
    rejects = tmp_path / "rejects.csv"
    found = await brought(settings, written(tmp_path / "cases.csv", [*OVER, *wrong]), rejects=rejects)
    assert [one.line for one in found.outcome.rejected] == [7, 6, 8]
    assert [one.reason for one in found.outcome.rejected][1:] == [WAITS, WAITS]
    assert rejects.stat().st_mode & 0o777 == 0o600
    text_ = rejects.read_text(encoding="utf-8-sig")
    assert "means: Input should be" in text_
    assert text_.count("ASB/2") == 3
    assert "ASB/1" not in text_
    mended = tmp_path / "mended.csv"
    mended.write_text(text_.replace("pigeon", "post"), encoding="utf-8")
    again = await brought(settings, mended)
    assert (again.outcome.over, again.outcome.rejected) == (1, [])
    assert len(await refs(store)) == 2
    assert (await brought(settings, mended)).outcome.here_already == 1


async def test_rejects_never_take_the_place_of_what_is_read_nor_come_in_part(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    file = written(tmp_path / "rejects.csv", [*OVER, {**CONTACT, "means": "pigeon"}])
    before = file.read_bytes()
    (tmp_path / "same.csv").symlink_to(file)
    for rejects in (file, tmp_path / "same.csv"):
        with pytest.raises(TableNotUnderstood, match="name another file"):
            await brought(settings, file, rejects=rejects)
    other = tmp_path / "other.csv"
    other.write_text("mended by hand\n")
    nowhere = make_url(settings.database_url.get_secret_value()).set(port=1).render_as_string(hide_password=False)
    with pytest.raises(StoreAway):
        await brought(elsewhere(settings, worker_database_url=nowhere), file, rejects=other)
    assert (file.read_bytes(), other.read_text()) == (before, "mended by hand\n")
    assert {path.name for path in tmp_path.iterdir()} == {"rejects.csv", "same.csv", "other.csv"}
    assert await refs(store) == []


async def test_the_old_reference_is_found(settings: Settings, store: Store, tmp_path: Path) -> None:
    await brought(settings, written(tmp_path / "cases.csv", [*OVER, *of_case("KX-77451", OVER)]))
    async with store.reading() as db:
        found = await finding.on_cases(db, "KX-77451")
        by_name = await finding.on_cases(db, "Rowan Example")
        [known] = {one.ref: one for one in found}.values()
        file = await cases.file_of(db, known.ref)
    assert file is not None
    assert file.imported is not None
    assert file.imported.reference == "KX-77451"
    assert len(by_name) == 2


async def test_a_person_is_one_only_where_the_other_system_says_so(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    rows = [
        *of_case("ASB/1", [{**REPORT, "complainant.person": "P9"}, *OVER[1:]]),
        *of_case("ASB/2", [{**REPORT, "complainant.person": "P9"}, *OVER[1:]]),
        *of_case("ASB/3", OVER),
    ]
    await brought(settings, written(tmp_path / "cases.csv", rows))
    async with store.reading() as db:
        found = await people.called(db, "Rowan Example")
        on = await db.connection.execute(text("SELECT count(DISTINCT person_id), count(*) FROM case_people"))
    assert len(found) == 2
    assert tuple(on.one()) == (2, 3)


async def test_many_processes_bring_the_same_as_one(settings: Settings, store: Store, tmp_path: Path) -> None:
    rows = [row for n in range(120) for row in of_case(f"ASB/{n}", OVER)]
    found = await brought(settings, written(tmp_path / "cases.csv", rows), processes=2)
    assert (found.outcome.over, found.outcome.facts.total(), found.outcome.rejected) == (120, 480, [])
    assert len(await refs(store)) == 120
    assert await holds(settings)


@pytest.mark.parametrize("number", ["2", "003"])
async def test_rows_are_taken_as_they_are_numbered(
    settings: Settings, store: Store, tmp_path: Path, number: str
) -> None:
    promised = {"happened": "promise_made", "at": "2019-03-08", "words": "We ring.", "order": number, "id": "P-1"}
    kept = {"happened": "promise_kept", "at": "2019-03-08", "words": "Rang.", "order": "4", "matter": "P-1"}
    rows = of_case("ASB/1", [{**REPORT, "order": "1"}, kept, promised])
    found = await brought(settings, written(tmp_path / "cases.csv", rows))
    assert found.outcome.rejected == []
    [ref] = await refs(store)
    async with store.reading() as db:
        file = await cases.file_of(db, ref)
    assert file is not None
    assert file.matters == {}


async def test_what_retention_erases_is_gone_and_does_not_come_back(
    settings: Settings, store: Store, working_store: Store, tmp_path: Path
) -> None:
    file = written(tmp_path / "cases.csv", of_case("KX-77451", OVER))
    await brought(settings, file)
    [ref] = await refs(store)
    needles = ("Rowan Example", "KX-77451", "Music every night")
    assert all([await found_in(store, needle) for needle in needles])
    later = datetime.now(UTC) + timedelta(days=1)
    await approved(store, ref, later)
    await objection_days_are_over(store)
    assert await carried_out(working_store, ref, later + timedelta(days=15))
    assert {needle: await found_in(store, needle) for needle in needles} == {one: set() for one in needles}
    assert await holds(settings)
    again = await brought(settings, file)
    assert (again.outcome.here_already, again.outcome.over) == (1, 0)
    assert {needle: await found_in(store, needle) for needle in needles} == {one: set() for one in needles}


async def test_a_lot_of_cases_is_written_with_no_more_statements_than_one(
    settings: Settings, tmp_path: Path
) -> None:
    """PostgreSQL plans for each statement what the indexes ask of its rows."""
    said: list[int] = []

    def heard(_1: object, _2: object, statement: str, *_: object) -> None:
        said[-1] += "json_populate_recordset" in statement

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        for many in (1, 7):
            said.append(0)
            rows = [row for n in range(many) for row in of_case(f"ASB/{many}/{n}", OVER)]
            found = await brought(settings, written(tmp_path / "cases.csv", rows))
            assert found.outcome.over == many
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    assert said == [8, 8]
