"""retention: what was erased is noted beside the files, so no restore of the records brings it back unseen."""

from datetime import timedelta
from pathlib import Path

import pytest

from activities.retention import Keeper, Turn
from cli.came_back import came_back
from gateways.evidence_files import EvidenceStoreAway, StoredFiles, opened
from runtime.embedded.processes import LOOPBACK, free_port
from store import retention
from store.sessions import Store
from tests.store.erasing import DAY, OVER, approved, carried_out, everything_of_somebody

NIGHT = OVER + 15 * DAY


@pytest.fixture
def files(tmp_path: Path) -> StoredFiles:
    return opened((tmp_path / "evidence").as_uri())


def nowhere() -> StoredFiles:
    endpoint = f"http://{LOOPBACK}:{free_port()}"
    return opened("s3://evidence", endpoint=endpoint, region="eu-west-2", access_key="k", secret_key="s")  # noqa: S106 - nobody listens


async def test_the_night_notes_what_it_erased_and_a_later_one_what_was_missed(
    store: Store, working_store: Store, files: StoredFiles
) -> None:
    held = await everything_of_somebody(store)
    await approved(store, held.case)
    with pytest.raises(EvidenceStoreAway):
        await nowhere().erased()
    assert (await Keeper(working_store, nowhere()).erase(Turn(at=NIGHT))).done == 1
    assert await files.erased() == set()
    assert (await Keeper(working_store, files).erase(Turn(at=NIGHT + DAY))).done == 0
    assert await files.erased() == {held.case}
    async with store.reading() as db:
        assert await retention.erased_at(db) == {held.case: NIGHT}


async def test_what_was_erased_and_came_back_with_the_records_is_named_until_it_is_erased_again(
    store: Store, working_store: Store, files: StoredFiles
) -> None:
    held = await everything_of_somebody(store)
    month = f"evidence:{OVER.date()}"
    for ref in (held.case, month):
        await files.note_erased(ref, OVER + timedelta(hours=1))
    named = f"{held.case}: it was erased, and is in the records again: see that it is erased again"
    assert await came_back(working_store, files) == [named]
    await approved(store, held.case)
    assert await came_back(working_store, files) == [named]
    assert await carried_out(working_store, held.case)
    assert await came_back(working_store, files) == []


async def test_where_storage_is_away_nobody_says_that_nothing_came_back(working_store: Store) -> None:
    (said,) = await came_back(working_store, nowhere())
    assert "nobody knows" in said
