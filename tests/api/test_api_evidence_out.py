"""Files that were sent to us are handed out to those who may see the case, and that is written down."""

import os
from datetime import UTC, datetime
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import update

from policy.facts.evidence import EvidenceKind, EvidenceReceived
from store import disclosures
from store import evidence_files as evidence_kept
from store.disclosures import Wanted
from store.evidence_files import FileState, evidence_files
from tests.api.product import Product, problem
from tests.api.sent_files import folder, listed, looked_after, new_case, send, taken
from tests.evidence_samples import GPS, SAMPLES, photo


@pytest.fixture
async def ref(door: Product) -> str:
    return await new_case(door)


@pytest.fixture
def photo_of_its_own() -> bytes:
    """Of which no other test has the bytes."""
    return photo() + os.urandom(16)


async def test_the_original_is_handed_out_to_be_saved_and_that_is_written_down(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    said = await taken(door.officer, ref, photo_of_its_own, name="Rowan at the door.jpg")
    answer = await door.supervisor.get(f"/api/cases/{ref}/evidence/{said['id']}/file")
    assert answer.content == photo_of_its_own
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{ref}-evidence-')
    assert "Rowan" not in str(answer.headers)
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    (file,) = await listed(door.officer, ref)
    assert [(one["what"], one["by_id"]) for one in file["custody"]] == [
        ("added", "officer-1"),
        ("opened", "supervisor-1"),
    ]
    looked = (await door.as_("data_protection").get("/api/lookings", about=ref)).json()["lookings"]
    assert "supervisor-1" in {one["who"] for one in looked}


async def test_what_was_changed_in_storage_is_not_handed_out_whole(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    said = await taken(door.officer, ref, photo_of_its_own)
    (folder(door) / said["id"]).write_bytes(photo_of_its_own[:-1] + b"?")
    with pytest.raises(httpx2.HTTPError):
        await door.officer.get(f"/api/cases/{ref}/evidence/{said['id']}/file")


@pytest.mark.parametrize(("state", "called"), [("quarantined", "quarantined"), ("infected", "malware-found")])
async def test_what_is_not_known_to_be_harmless_is_kept_and_not_shown(
    door: Product, ref: str, photo_of_its_own: bytes, state: str, called: str
) -> None:
    said = await taken(door.officer, ref, photo_of_its_own)
    async with door.records.writing() as db:
        await db.connection.execute(
            update(evidence_files).where(evidence_files.c.id == said["id"]).values(state=FileState(state))
        )
    here = f"/api/cases/{ref}/evidence/{said['id']}"
    problem(await door.officer.get(f"{here}/file"), 409, called)
    problem(await door.officer.post(f"{here}/shared-copy", {"to": "court"}), 409, called)
    (file,) = await listed(door.officer, ref)
    assert (file["state"], len(file["custody"])) == (state, 1)


async def test_a_copy_to_pass_on_has_no_place_in_it_and_is_entered_in_the_register(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    assert GPS in photo_of_its_own
    said = await taken(door.officer, ref, photo_of_its_own)
    path = f"/api/cases/{ref}/evidence/{said['id']}/shared-copy"
    problem(await door.officer.post(path, {"to": "court"}), 409, "copy-not-made-yet")
    await looked_after(door)
    problem(await door.officer.post(path, {}), 422, "not-understood")
    unknown = problem(await door.officer.post(path, {"to": "a newspaper"}), 422, "not-understood")
    assert "court, ombudsman" in unknown["detail"]
    assert "police" in unknown["detail"]
    assert (await door.officer.get(path, to="court")).status_code == 405, "what only looks takes nothing along"
    key = str(uuid4())
    copy, again = [await door.officer.post(path, {"to": "court"}, key) for _ in range(2)]
    assert copy.status_code == again.status_code == 200
    assert GPS not in copy.content
    assert again.content == copy.content
    named = f"{ref}-shared-copy-{said['id'][:8]}."
    assert named in copy.headers["content-disposition"], "a number would count the files of all cases"
    (file,) = await listed(door.officer, ref)
    assert [line["what"] for line in file["custody"]] == ["added", "shared"]
    async with door.records.reading() as db:
        register = await disclosures.page(db, Wanted(), 200)
    assert [(one.what, one.told) for one in register if one.case_ref == ref] == [("evidence_copied", ("court",))]
    other = await door.officer.post(path, {"to": "police"}, key)
    assert other.status_code == 200
    async with door.records.reading() as db:
        register = await disclosures.page(db, Wanted(), 200)
    assert {one.told for one in register if one.case_ref == ref} == {("court",), ("police",)}, "each its own line"


async def test_what_cannot_be_stripped_is_not_passed_off_as_stripped(door: Product, ref: str) -> None:
    said = await taken(door.officer, ref, SAMPLES["video/mp4"])
    await looked_after(door)
    answer = await door.officer.post(f"/api/cases/{ref}/evidence/{said['id']}/shared-copy", {"to": "solicitor"})
    assert "original may say where" in problem(answer, 409, "cannot-be-stripped")["detail"]
    (file,) = await listed(door.officer, ref)
    assert (file["shared_size"], file["not_stripped"]) == (None, "kind")


async def test_a_file_of_another_case_or_of_none_is_not_found_there(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    said = await taken(door.officer, ref, photo_of_its_own)
    other = await new_case(door)
    for path in (f"/api/cases/{other}/evidence/{said['id']}/file", f"/api/evidence/{said['id']}/file"):
        problem(await door.officer.get(path), 404, "file-not-found")
    problem(await send(door.officer, "/api/cases/CW-2021-999999/evidence", photo()), 404, "case-not-found")


async def test_a_file_without_a_case_waits_and_is_seen_by_those_who_take_reports(
    door: Product, photo_of_its_own: bytes
) -> None:
    answer = await send(door.officer, "/api/evidence", photo_of_its_own, name="who.jpg")
    assert answer.status_code == 201, answer.text
    id_ = answer.json()["id"]
    again = await send(door.supervisor, "/api/evidence", photo_of_its_own)
    assert (again.status_code, again.json()["id"]) == (200, id_)
    waiting = (await door.supervisor.get("/api/evidence/unmatched", limit=200)).json()["files"]
    assert [one["name"] for one in waiting if one["id"] == id_] == ["who.jpg"]
    assert waiting == sorted(waiting, key=lambda one: one["added_at"])
    assert (await door.supervisor.get(f"/api/evidence/{id_}/file")).content == photo_of_its_own
    problem(await door.lettings.get("/api/evidence/unmatched"), 403, "not-yours-to-do")


async def test_the_queue_is_read_in_pages(door: Product) -> None:
    sent = [await send(door.officer, "/api/evidence", photo() + os.urandom(16)) for _ in range(3)]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await door.officer.get("/api/evidence/unmatched", limit=2, **cursor)).json()
        seen += [one["id"] for one in page["files"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == len(set(seen))
    assert {one.json()["id"] for one in sent} <= set(seen)


async def named(door: Product, ref: str, *files: str) -> httpx2.Response:
    return await door.officer.fact(ref, "evidence_received", kind="photo", words="The door.", files=list(files))


async def test_a_fact_names_files_that_are_there_and_free(
    door: Product, ref: str, photo_of_its_own: bytes
) -> None:
    """There is no engine here, so what is not refused finds it away."""
    mine = (await taken(door.officer, ref, photo_of_its_own))["id"]
    another = (await taken(door.officer, await new_case(door), photo_of_its_own))["id"]
    waiting = (await send(door.officer, "/api/evidence", photo_of_its_own)).json()["id"]
    problem(await named(door, ref, mine, waiting), 503, "engine-away")
    for missing in (another, str(uuid4()), "no id", mine.upper()):
        said = problem(await named(door, ref, mine, missing), 422, "file-not-known")
        assert missing in said["detail"]
    async with door.records.writing() as db:
        at = datetime.now(UTC)
        fact = EvidenceReceived(at=at, kind=EvidenceKind.PHOTO, words="The door.", files=(mine,))
        await evidence_kept.name_on(db, ref, {"evidence-2": fact})
    assert "evidence-2" in problem(await named(door, ref, mine), 409, "file-named-already")["detail"]


async def test_a_file_comes_to_its_case_and_out_of_the_queue(product: Product, photo_of_its_own: bytes) -> None:
    ref = await product.officer.reported()
    here = await taken(product.officer, ref, photo_of_its_own)
    nowhere = (await send(product.officer, "/api/evidence", photo_of_its_own + b"2")).json()
    assert len((await product.officer.get("/api/evidence/unmatched")).json()["files"]) == 2
    owed = await product.officer.tasks()
    assert {one["about"] for one in owed if one["key"] == "match-evidence"} == {here["id"], nowhere["id"]}
    await product.officer.recorded(
        ref, "evidence_received", kind="photo", words="The door.", files=[here["id"], nowhere["id"]]
    )
    assert (await product.officer.get("/api/evidence/unmatched")).json()["files"] == []
    files = await listed(product.officer, ref)
    assert len({one["matter"] for one in files}) == 1
    assert files[0]["matter"].startswith("evidence-")
    live = (await product.officer.get(f"/api/cases/{ref}")).json()
    assert files[0]["matter"] in str(live)
