"""An entry that was not sent is deleted by whoever keeps it, with what nothing else has."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest
from behind_links import WAV, diary_on, facts, visiting
from sqlalchemy import Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from gateways.evidence_files import opened
from pages.private import attaching, diary
from policy.facts.base import SYSTEM, Role
from store import diaries, evidence_custody, evidence_files
from store.diaries import diary_entries
from store.evidence_custody import CustodyLine, Handled
from store.evidence_files import EvidenceLine, FileState
from store.sessions import Store
from tests.api.product import Product
from tests.store.test_evidence_kept import added
from workers.evidence import Caretaker

ROWAN = {"name": "Rowan Example", "phone": "01632 960001", "email": "rowan@example.org", "prefers": "email"}
SOUND = ("wall.wav", WAV["buffer"], "audio/wav")


def note(words: str) -> tuple[str, bytes, str]:
    return (f"{words}.txt", words.encode(), "text/plain")


async def keep(http: httpx2.AsyncClient, words: str, *files: tuple[str, bytes, str]) -> str:
    """Its address."""
    entry = f"/diary/{uuid4()}"
    sent: list[tuple[str, Any]] = [("words", (None, words)), *(("files", file) for file in files)]
    answer = await http.post(entry, files=sent)
    assert answer.status_code == 303, answer.text
    return entry


async def delete(http: httpx2.AsyncClient, entry: str) -> None:
    answer = await http.post(f"{entry}/delete")
    assert (answer.status_code, answer.headers["location"]) == (303, "/diary")


async def files_of(product: Product, ref: str) -> dict[str, EvidenceLine]:
    """By the number of their bytes: one that was erased has no name."""
    async with product.resources.everything.reading() as db:
        return {str(one.size): one for one in await evidence_files.of_case(db, ref)}


async def custody_of(product: Product, file: EvidenceLine) -> list[tuple[str, str]]:
    async with product.resources.everything.reading() as db:
        lines = (await evidence_custody.of_files(db, [file.id]))[file.id]
    return [(line.what, line.by_role) for line in lines]


async def test_it_is_gone_with_its_files_and_what_something_else_has_stays(
    lived_in: Product, working_store: Store
) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    matter = await diary_on(lived_in, ref)
    alone, taken, passed_on = note("a"), note("bb"), note("ccc")
    async with visiting(lived_in, ref, "diary", matter) as http:
        first = await keep(http, "Shouting until three.", SOUND, alone)
        second = await keep(http, "And again.", SOUND)
        third = await keep(http, "Somebody else knows.", taken, passed_on)
        asked = (await http.get(f"{first}/delete")).text
        assert "Delete this entry?" in asked
        assert "We keep nothing of it." in asked
        assert "Shouting until three." in asked
        assert "Shouting until three." in (await http.get("/diary")).text, "looking deletes nothing"
        files = await files_of(lived_in, ref)
        sound, of_first, of_fact, shared = (files[str(n)] for n in (len(WAV["buffer"]), 1, 2, 3))
        await lived_in.officer.recorded(
            ref, "evidence_received", kind="other", words="A note.", files=[of_fact.id]
        )
        async with lived_in.resources.everything.writing() as db:
            line = CustodyLine.of(Handled.SHARED, SYSTEM, shared.added_at)
            await evidence_custody.handled(db, shared.id, line)
        for entry in (first, first, third):
            await delete(http, entry)
        now = await files_of(lived_in, ref)
        assert now["1"].state is FileState.ERASED
        assert (now["1"].name, now["1"].sha256, now["1"].shared_sha256) == ("", "", None)
        assert now[str(len(WAV["buffer"]))] == sound, "another entry has it"
        assert now["2"].state is not FileState.ERASED, "a fact names it"
        assert now["3"] == shared, "somebody outside has a copy"
        await delete(http, second)
        assert (await files_of(lived_in, ref))[str(len(WAV["buffer"]))].state is FileState.ERASED
        assert "Nothing yet." in (await http.get("/diary")).text
        gone = await http.get(f"{first}/delete")
        assert (gone.status_code, gone.headers["location"]) == (303, "/diary")
    assert await _kept(lived_in, ref) == 0
    assert await custody_of(lived_in, of_first) == [("added", "resident"), ("deleted", "resident")]
    storage = opened(lived_in.settings.evidence_url)
    await Caretaker(working_store, storage, None, 0.1).look()
    assert not {of_first.id, sound.id} & (await storage.kept()).keys()
    assert {of_fact.id, shared.id} <= (await storage.kept()).keys()
    assert await custody_of(lived_in, of_first) == [
        ("added", "resident"),
        ("deleted", "resident"),
        ("removed", "system"),
    ]
    shown = await lived_in.http.get(f"/cases/{ref}/evidence", headers=lived_in.officer.headers())
    assert "deleted by" in shown.text


async def test_what_is_held_keeps_its_files(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    async with visiting(lived_in, ref, "diary", await diary_on(lived_in, ref)) as http:
        entry = await keep(http, "Shouting until three.", note("a"))
        hold = {"fact": "hold_placed", "reason": "court"}
        placed = await lived_in.as_("data_protection").post(f"/api/retention/{ref}/facts", hold)
        assert placed.status_code == 201, placed.text
        await delete(http, entry)
    assert (await files_of(lived_in, ref))["1"].state is not FileState.ERASED
    assert await _kept(lived_in, ref) == 0


async def _kept(product: Product, ref: str) -> int:
    async with product.resources.everything.reading() as db:
        query = select(func.count()).where(diary_entries.c.case_ref == ref)
        return await db.connection.scalar(query) or 0


async def test_also_of_one_that_came_back_not_once_it_is_sent_and_not_another_s(lived_in: Product) -> None:
    ref, other = [await lived_in.public.reported(complainant=ROWAN) for _ in range(2)]
    here, there = await diary_on(lived_in, ref), await diary_on(lived_in, other)
    async with visiting(lived_in, ref, "diary", here) as mine, visiting(lived_in, other, "diary", there) as theirs:
        entries = [await keep(mine, words) for words in ("One.", "Two.")]
        await delete(theirs, entries[0])
        assert "One." in (await mine.get("/diary")).text
        assert (await theirs.get(f"{entries[0]}/delete")).status_code == 303
        await lived_in.officer.recorded(ref, "diary_returned", matter=here, words="Sheets came by post.")
        assert f"{entries[0]}/delete" in (await mine.get("/diary")).text
        await delete(mine, entries[0])
        assert (await mine.post("/diary")).status_code == 303
        await delete(mine, entries[1])
    read = (await lived_in.officer.get(f"/api/cases/{ref}/diaries/{here}")).json()["entries"]
    assert [one["words"] for one in read] == ["Two."]
    async with lived_in.resources.everything.writing() as db:
        gone = await db.connection.execute(diary_entries.delete().where(diary_entries.c.case_ref == ref))
        assert gone.rowcount == 0, "PostgreSQL keeps what was sent"


async def test_a_file_that_comes_after_its_entry_was_deleted_goes_after_it(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    matter = await diary_on(lived_in, ref)
    async with visiting(lived_in, ref, "diary", matter) as http:
        entry, other = await keep(http, "Shouting.", note("a")), await keep(http, "More.", note("bb"))
        files, which = await files_of(lived_in, ref), diaries.Diary(case_ref=ref, matter=matter)
        line = CustodyLine(at=files["1"].added_at, what=Handled.DELETED, by_id="link:x", by_role=Role.RESIDENT)
        await delete(http, entry)
        async with lived_in.resources.everything.writing() as db:
            wanted = [which, other.rpartition("/")[2]]
            assert not await diaries.attach(db, *wanted, files["1"].id, line), "it went meanwhile"
            assert await diaries.attach(db, *wanted, files["2"].id, line)
            await db.connection.execute(diary_entries.update().values(files=[]))
            assert await diaries.attach(db, which, entry.rpartition("/")[2], files["2"].id, line)
    assert (await files_of(lived_in, ref))["2"].state is FileState.ERASED


async def test_postgresql_erases_no_other_file_that_way(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    everything = lived_in.resources.everything
    of_officers = await added(everything, ref)
    async with visiting(lived_in, ref, "my-case") as http:
        assert (await http.post("/my-case/file", files={"files": note("a")})).status_code == 303
    async with everything.writing() as db:
        files = [one.id for one in await evidence_files.of_case(db, ref)]
        asked = func.erase_files_of_diaries(cast(files, ARRAY(Uuid(as_uuid=False))))
        assert (await db.connection.scalars(select(asked))).all() == []
    assert of_officers.id in files
    assert len(files) == 2


async def test_so_many_files_go_with_an_entry_and_by_a_link(
    lived_in: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MOST_BY_LINK", 3)
    monkeypatch.setattr(diary, "MOST_OF_ENTRY", 2)
    ref = await lived_in.public.reported(complainant=ROWAN)
    matter = await diary_on(lived_in, ref)
    async with visiting(lived_in, ref, "diary", matter) as http:
        entry = f"/diary/{uuid4()}"
        sent = [("words", (None, "Much.")), *(("files", note("a" * n)) for n in (1, 2, 3, 4))]
        full = await http.post(entry, files=sent)
        assert full.status_code == 422
        assert "Write down the rest as another, or ring us." in full.text
        assert "2 files are kept with this." in full.text
        another = f"/diary/{uuid4()}"
        over = await http.post(another, files=[("words", (None, "More.")), *sent[3:]])
        assert "Please ring us, and we say how the rest can come to us." in over.text
        assert "1 file is kept with this." in over.text
        await delete(http, entry)
        still = await http.post(another, files=[("words", (None, "More.")), sent[4]])
        assert still.status_code == 422, "what was deleted counts, too"
    assert len(await files_of(lived_in, ref)) == 3
    answer = await lived_in.officer.get(f"/api/cases/{ref}/evidence")
    assert len(answer.json()["files"]) == 3
    assert await facts(lived_in, ref, "evidence_received") == []
