"""Who may see a case comes with it, in one step with the case itself."""

from pathlib import Path
from uuid import uuid4

import pytest
from rich.progress import Progress

from cli.exporting.run import export
from cli.importing.report import told
from policy.access.facts import AccessOpened
from policy.access.file import AccessFile
from policy.permissions import Relation
from runtime.settings import Settings
from store import access, journal
from store.away import StoreRefused
from store.sessions import Store, Viewer
from tests.cli.brought import CLOSED, OPEN, brought, of_case, refs, written

RESTRICTED = {
    "case": "ASB/1",
    "happened": "access_restricted",
    "at": "2019-03-08",
    "by": "manager-9",
    "role": "manager",
    "why": "staff_involved",
    "named": "officer-3;officer-4",
    "words": "Somebody of ours lives there.",
}
CONNECTED = {
    "case": "ASB/1",
    "happened": "conflict_declared",
    "at": "2019-03-09",
    "who": "officer-5",
    "why": "lives_there",
    "words": "Next door.",
}
SHUT = (*OPEN, RESTRICTED, CONNECTED)
ANYBODY = Viewer("officer-6", (), (Relation.OTHERS, Relation.TEAM, Relation.MINE))


async def access_told(store: Store, ref: str) -> AccessFile:
    async with store.reading() as db:
        file = await access.file_of(db, ref)
    assert file is not None
    return file


async def test_a_case_that_few_may_see_is_here_as_one(
    settings: Settings, store: Store, app_store: Store, tmp_path: Path
) -> None:
    found = await brought(settings, written(tmp_path / "cases.csv", [*SHUT, *of_case("ASB/2", OPEN)]))
    assert found.outcome.rejected == []
    assert "1 are open to fewer people than the others" in "\n".join(told(found))
    [shut, other] = await refs(store)
    file = await access_told(store, shut)
    assert (file.restricted, file.restricted_by, file.admitted) == (
        "staff_involved",
        "manager-9",
        ("officer-3", "officer-4"),
    )
    assert file.conflicts == {"officer-5": "lives_there"}
    assert await refs(app_store.seen_by(ANYBODY)) == [other]
    admitted = Viewer("officer-3", (), (Relation.MINE,))
    assert await refs(app_store.seen_by(admitted)) == [shut]


async def test_only_the_import_itself_writes_it_down(
    settings: Settings, store: Store, working_store: Store, tmp_path: Path
) -> None:
    await brought(settings, written(tmp_path / "cases.csv", SHUT))
    [ref] = await refs(store)
    file = await access_told(store, ref)
    async with store.reading() as db:
        [restricted, _] = await access.notes_of(db, ref)
    opened = restricted.model_copy(
        update={"id": str(uuid4()), "fact": AccessOpened(at=restricted.at, words="So.")}
    )
    with pytest.raises(StoreRefused):
        async with working_store.writing() as db:
            await journal.append(db, file.id, file.seq + 1, opened)


async def test_somebody_else_still_has_to_look_at_it_unless_it_is_over(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    over = of_case("ASB/3", [*SHUT, {**CLOSED, "at": "2019-05-01"}])
    looked = {"happened": "restriction_reviewed", "at": "2019-03-10", "agreed": "yes", "words": "So it is."}
    seen = of_case("ASB/2", [*SHUT, looked])
    found = await brought(settings, written(tmp_path / "cases.csv", [*SHUT, *seen, *over]))
    assert found.outcome.rejected == []
    owed = [[*(await access_told(store, ref)).owed] for ref in await refs(store)]
    assert owed == [["restriction-review"], [], []]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({**RESTRICTED, "at": "2019-03-10", "named": "officer-5"}, "connected with it"),
        ({**CONNECTED, "who": ""}, "nobody is named in by"),
        ({"happened": "emergency_access_taken", "at": "2019-03-10", "words": "Now."}, "no kind of fact"),
    ],
)
async def test_what_makes_no_sense_rejects_the_whole_case(
    settings: Settings, store: Store, tmp_path: Path, row: dict[str, str], why: str
) -> None:
    found = await brought(settings, written(tmp_path / "cases.csv", [*SHUT, {**row, "case": "ASB/1"}]))
    assert why in found.outcome.rejected[0].reason
    assert len(found.outcome.rejected) == len(SHUT) + 1
    assert await refs(store) == []


async def test_a_restriction_that_was_looked_at_is_not_ended_by_another_look(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    looked = {"case": "ASB/1", "happened": "restriction_reviewed", "words": "So it is."}
    twice = [{**looked, "at": "2019-03-10", "agreed": "yes"}, {**looked, "at": "2019-03-11", "agreed": "yes"}]
    ended = {**looked, "at": "2019-03-12", "agreed": "no"}
    found = await brought(settings, written(tmp_path / "cases.csv", [*SHUT, *twice, ended]))
    assert "had looked at already" in found.outcome.rejected[0].reason
    found = await brought(settings, written(tmp_path / "cases.csv", [*SHUT, *twice]))
    assert found.outcome.rejected == []
    assert found.outcome.unusual["NoRestrictionToLookAt"] == 1
    [ref] = await refs(store)
    assert (await access_told(store, ref)).restricted


async def test_rows_of_which_not_all_are_numbered_go_by_their_dates(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    opened = {"case": "ASB/1", "happened": "access_opened", "at": "2019-03-10", "words": "Over.", "order": "9"}
    again = {**RESTRICTED, "at": "2019-03-11"}
    await brought(settings, written(tmp_path / "cases.csv", [*SHUT, opened, again]))
    [ref] = await refs(store)
    assert (await access_told(store, ref)).restricted


async def test_a_case_that_follows_a_shut_one_goes_out_as_shut(
    settings: Settings, store: Store, working_store: Store, tmp_path: Path
) -> None:
    await brought(settings, written(tmp_path / "cases.csv", [*SHUT, *of_case("ASB/2", OPEN)]))
    shut, follower = await refs(store)
    async with working_store.writing() as db:
        await access.follow(db, shut, follower)
    with Progress(disable=True) as progress:
        await export(settings, tmp_path / "export", [follower], progress)
    folder = tmp_path / "export"
    found = await brought(settings, folder / "cases.csv", people=folder / "people.csv", source="Us")
    assert found.outcome.rejected == []
    [*_, back] = await refs(store)
    assert (await access_told(store, back)).open_to_the_same(await access_told(store, shut))


async def test_it_goes_out_and_comes_back_as_it_was(settings: Settings, store: Store, tmp_path: Path) -> None:
    await brought(settings, written(tmp_path / "cases.csv", [*SHUT, *of_case("ASB/2", OPEN)]))
    with Progress(disable=True) as progress:
        await export(settings, tmp_path / "export", [], progress)
    found = await brought(
        settings, tmp_path / "export/cases.csv", people=tmp_path / "export/people.csv", source="Us"
    )
    assert (found.outcome.rejected, found.outcome.shut) == ([], 1)
    before, _, after, _ = await refs(store)
    there, back = await access_told(store, before), await access_told(store, after)
    of_its_own = {"ref", "id"}
    assert back.model_dump(exclude=of_its_own) == there.model_dump(exclude=of_its_own)
    async with store.reading() as db:
        assert [one.fact for one in await access.notes_of(db, after)] == [
            one.fact for one in await access.notes_of(db, before)
        ]
