"""What belongs to no case is set aside with a reason: then nobody is asked about it any more."""

import os
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text

from policy.evidence_queue import SetAside, WhyAside
from store import evidence_custody, evidence_files, tasks
from store.away import StoreRefused
from store.sessions import Store
from tests.api.product import Caller, Product, problem
from tests.api.sent_files import new_case, send, taken
from tests.evidence_samples import photo
from tests.given import OFFICER
from tests.store.erasing import OVER, approved, carried_out, objection_days_are_over
from tests.store.test_evidence_kept import MONDAY, added, received

LEAFLET = {"why": "not_meant_for_us", "words": "A leaflet of a pizza shop."}


@pytest.fixture
def photo_of_its_own() -> bytes:
    """Of which no other test has the bytes."""
    return photo() + os.urandom(16)


async def waiting(door: Product, content: bytes) -> str:
    answer = await send(door.officer, "/api/evidence", content)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


async def queued(who: Caller, id_: str, **asked: Any) -> list[dict[str, Any]]:
    page = (await who.get("/api/evidence/unmatched", limit=200, **asked)).json()
    return [one for one in page["files"] if one["id"] == id_]


async def asked_about(who: Caller) -> set[str]:
    return {one["about"] for one in await who.tasks()}


async def aside(who: Caller, id_: str, **said: str) -> httpx2.Response:
    return await who.post(f"/api/evidence/{id_}/set-aside", LEAFLET | said)


async def test_a_supervisor_sets_a_stray_file_aside_and_nobody_is_asked_about_it_any_more(
    door: Product, photo_of_its_own: bytes
) -> None:
    id_ = await waiting(door, photo_of_its_own)
    assert id_ in await asked_about(door.officer)
    problem(await aside(door.officer, id_), 403, "not-yours-to-do")
    answer = await aside(door.supervisor, id_)
    assert answer.status_code == 200, answer.text
    assert id_ not in await asked_about(door.officer)
    assert await queued(door.officer, id_) == []
    [file] = await queued(door.officer, id_, set_aside="true")
    assert file == answer.json()
    assert (file["set_aside"], file["set_aside_words"]) == (LEAFLET["why"], LEAFLET["words"])
    assert [(one["what"], one["by_id"]) for one in file["custody"]] == [
        ("added", "officer-1"),
        ("set_aside", "supervisor-1"),
    ]
    assert (await door.officer.get(f"/api/evidence/{id_}/file")).content == photo_of_its_own


async def test_it_is_set_aside_once_and_only_what_has_no_case(door: Product, photo_of_its_own: bytes) -> None:
    id_ = await waiting(door, photo_of_its_own)
    first = (await aside(door.supervisor, id_)).json()
    assert (await aside(door.supervisor, id_)).json() == first
    problem(await aside(door.supervisor, id_, why="cannot_be_used"), 409, "set-aside-already")
    for wrong in ({"why": "because"}, {"words": ""}):
        problem(await aside(door.supervisor, id_, **wrong), 422, "not-understood")
    of_a_case = (await taken(door.officer, await new_case(door), photo_of_its_own))["id"]
    for unknown in (of_a_case, str(uuid4())):
        problem(await aside(door.supervisor, unknown), 404, "file-not-found")


async def test_what_was_set_aside_is_looked_at_anew_where_it_is_sent_again_and_can_come_to_a_case(
    door: Product, photo_of_its_own: bytes
) -> None:
    id_, ref = await waiting(door, photo_of_its_own), await new_case(door)
    await aside(door.supervisor, id_)
    assert await waiting(door, photo_of_its_own) != id_
    async with door.records.writing() as db:
        await evidence_files.name_on(db, ref, {"evidence-2": received(id_)})
    assert await queued(door.officer, id_, set_aside="true") == []
    [file] = (await door.officer.get(f"/api/cases/{ref}/evidence")).json()["files"]
    assert (file["id"], file["matter"]) == (id_, "evidence-2")


async def test_its_reason_is_never_changed_and_goes_when_it_is_erased(store: Store, working_store: Store) -> None:
    file = await added(store, None, at=OVER - timedelta(days=500))
    said = SetAside(why=WhyAside.NOBODY_KNOWS_WHOSE, words="Asked at Quillon Court.")
    async with store.writing() as db:
        assert await evidence_files.set_aside(db, file.id, said, OFFICER, MONDAY)
        assert not await evidence_files.set_aside(db, file.id, said, OFFICER, MONDAY)
        assert await tasks.owed_by(db, "supervisor", None, 100) == []
    with pytest.raises(StoreRefused):
        async with store.writing() as db:
            await db.connection.execute(text("UPDATE evidence_files SET set_aside_words = 'x'"))
    ref = "evidence:2023-09-01"
    await approved(store, ref)
    await objection_days_are_over(store)
    assert await carried_out(working_store, ref) is not None
    async with store.reading() as db:
        line = (await evidence_files.by_ids(db, [file.id]))[file.id]
        custody = await evidence_custody.of_files(db, [file.id])
    assert (line.state, line.set_aside, line.set_aside_words) == ("erased", said.why, None)
    assert [one.what for one in custody[file.id]] == ["added", "set_aside"]
