"""Somebody affected writes a diary behind their link and sends it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from behind_links import PROGRAM, ROWAN, WAV, diary_on, enter, facts, press, small, visiting
from looking_at import is_right
from playwright.async_api import Browser, Page, expect
from sqlalchemy import update

from store.private_links import visits
from tests.api.product import Product

LONG_AGO = datetime.now(UTC) - timedelta(minutes=21)


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
async def test_a_diary_with_a_recording_is_kept_sent_and_read(
    browser: Browser, lived_in: Product, script: bool
) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    matter = await diary_on(lived_in, ref)
    page = await small(browser, lived_in, scripts=script)
    look: Callable[[Page], Any] = is_right if script else _nothing
    await enter(page, lived_in, ref, "diary", matter)
    assert page.url.endswith("/diary")
    await look(page)
    await page.get_by_role("button", name="Write something down").click()
    await look(page)
    await page.get_by_label("On which day?").or_(page.get_by_label("Day", exact=True)).first.fill("1")
    await press(page, "Keep this")
    await expect(page.get_by_role("alert")).to_contain_text("Say what happened")
    await look(page)
    await page.get_by_label("What happened?").fill("Shouting until three.")
    await page.get_by_label("Month").fill("6")
    await page.get_by_label("Year").fill("2026")
    await page.get_by_label("A photo, a recording or a letter").set_input_files([WAV, PROGRAM])
    await press(page, "Keep this")
    await expect(page.get_by_role("alert")).to_contain_text("a program.exe: We do not take files of this kind")
    await expect(page.get_by_label("What happened?")).to_have_value("Shouting until three.")
    await expect(page.get_by_text("1 file is kept with this.")).to_be_visible()
    await look(page)
    await press(page, "Keep this")
    await expect(page.get_by_text("Shouting until three.")).to_be_visible()
    await look(page)
    unsent = (await lived_in.officer.get(f"/api/cases/{ref}/diaries/{matter}")).json()["entries"]
    assert unsent == []
    await press(page, "Send it to us")
    await expect(page.get_by_role("heading", name="Thank you. We have it")).to_be_visible()
    await look(page)
    [entry] = (await lived_in.officer.get(f"/api/cases/{ref}/diaries/{matter}")).json()["entries"]
    assert (entry["words"], entry["day"]) == ("Shouting until three.", "2026-06-01")
    [sent] = await facts(lived_in, ref, "evidence_received")
    assert (sent["content"]["kind"], sent["content"]["files"]) == ("recording", entry["files"])
    assert sent["by_role"] == "resident"
    assert sent["by_id"].startswith("link:")
    assert len(await facts(lived_in, ref, "diary_returned")) == 1
    heard = await lived_in.officer.get(f"/api/cases/{ref}/evidence/{entry['files'][0]}/file")
    assert heard.content == WAV["buffer"]
    await lived_in.officer.recorded(ref, "evidence_read", matter=matter, words="Shouting at three.")
    assert (await page.goto("/diary")).status == 404


async def _nothing(_: Page) -> None:
    """Axe is a script."""


async def test_what_cannot_be_sent_is_not_lost_without_a_word(browser: Browser, lived_in: Product) -> None:
    """Too large, sent twice, from a page that has closed, and a file of nothing."""
    ref = await lived_in.public.reported(complainant=ROWAN)
    matter = await diary_on(lived_in, ref)
    page = await small(browser, lived_in)
    await enter(page, lived_in, ref, "diary", matter)
    await page.get_by_role("button", name="Write something down").click()
    entry = page.url
    most = lived_in.settings.evidence_sizes["document"]
    large = {"name": "log.txt", "mimeType": "text/plain", "buffer": b"a" * (most + 1)}
    empty = {"name": "nothing.txt", "mimeType": "text/plain", "buffer": b""}
    await page.get_by_label("What happened?").fill("Shouting.")
    await page.get_by_label("A photo, a recording or a letter").set_input_files([large, empty])
    await press(page, "Keep this")
    await expect(page.get_by_role("alert")).to_contain_text("log.txt: The file is larger than")
    await expect(page.get_by_role("alert")).to_contain_text("nothing.txt: There is nothing in this file")
    for _ in range(2):
        await page.goto(entry)
        await expect(page.get_by_label("What happened?")).to_have_value("Shouting.")
        await page.get_by_label("A photo, a recording or a letter").set_input_files([WAV])
        await press(page, "Keep this")
    await expect(page.get_by_role("listitem").filter(has_text="1 file")).to_be_visible()
    await page.goto(entry)
    await page.get_by_label("What happened?").fill("Shouting, and then much more that took me long to write.")
    async with lived_in.resources.everything.writing() as db:
        await db.connection.execute(update(visits).values(used_at=LONG_AGO))
    await press(page, "Keep this")
    await expect(page.get_by_role("heading", name="This page has closed")).to_be_visible()
    await expect(page.get_by_role("textbox").first).to_have_value(
        "Shouting, and then much more that took me long to write."
    )
    await is_right(page)
    [file] = (await lived_in.officer.get("/api/evidence/unmatched")).json()["files"]
    assert file["name"] == "through the wall.wav"


async def test_an_entry_is_kept_once_and_a_diary_is_sent_once(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    matter = await diary_on(lived_in, ref)
    async with visiting(lived_in, ref, "diary", matter) as http:
        id_ = uuid4()
        for _ in range(2):
            answer = await http.post(f"/diary/{id_}", files={"words": (None, "Shouting.")})
            assert answer.status_code == 303, answer.text
        both = await asyncio.gather(*(http.post("/diary") for _ in range(2)))
        assert [one.status_code for one in both] == [303, 303]
        assert len(await facts(lived_in, ref, "diary_returned")) == 1
        changed = await http.post(f"/diary/{id_}", files={"words": (None, "Something else.")})
        assert changed.status_code == 404
        assert "Something else." in changed.text
        [entry] = (await lived_in.officer.get(f"/api/cases/{ref}/diaries/{matter}")).json()["entries"]
        assert entry["words"] == "Shouting."


async def test_nobody_writes_in_the_diary_of_another(lived_in: Product) -> None:
    ref, other = [await lived_in.public.reported(complainant=ROWAN) for _ in range(2)]
    here, there = await diary_on(lived_in, ref), await diary_on(lived_in, other)
    async with visiting(lived_in, ref, "diary", here) as mine, visiting(lived_in, other, "diary", there) as theirs:
        id_ = uuid4()
        await mine.post(f"/diary/{id_}", files={"words": (None, "Mine.")})
        assert (await theirs.post(f"/diary/{id_}", files={"words": (None, "Theirs.")})).status_code == 404
        assert "Mine." not in (await theirs.get(f"/diary/{id_}")).text
        assert "Mine." in (await mine.get(f"/diary/{id_}")).text
        for path in ("/my-case", "/questions", "/my-case/call-back", "/my-case/file"):
            assert (await mine.get(path)).status_code == 404, path
        answer = await lived_in.officer.post(
            f"/api/cases/{ref}/private-links", {"purpose": "diary", "matter": "diary-99"}
        )
        assert answer.status_code == 409
        assert (await lived_in.public.get(f"/api/cases/{ref}/diaries/{here}")).status_code == 401


async def test_nothing_is_read_before_they_send_it_also_where_the_diary_came_back_otherwise(
    lived_in: Product,
) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    matter = await diary_on(lived_in, ref)

    async def read() -> list[str]:
        answer = await lived_in.officer.get(f"/api/cases/{ref}/diaries/{matter}")
        return [one["hour"] for one in answer.json()["entries"]]

    async with visiting(lived_in, ref, "diary", matter) as http:
        for hour in ("22:30", "9.05"):
            form = {"words": (None, "Shouting."), "hour": (None, hour)}
            assert (await http.post(f"/diary/{uuid4()}", files=form)).status_code == 303
        await lived_in.officer.recorded(ref, "diary_returned", matter=matter, words="Sheets came by post.")
        shown = await http.get("/diary")
        assert "This was not sent yet" in shown.text
        assert "Write something down" not in shown.text
        assert await read() == []
        assert (await http.post("/diary")).status_code == 303
        assert await read() == ["09:05", "22:30"]
        assert "Thank you. We have it" in (await http.get("/diary")).text
        assert len(await facts(lived_in, ref, "diary_returned")) == 1


async def test_whoever_adds_a_file_is_told_that_it_is_not_kept_back(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    async with visiting(lived_in, ref, "diary", await diary_on(lived_in, ref)) as http:
        assert "we may look at a file before you send your diary" in (await http.get(f"/diary/{uuid4()}")).text


async def test_a_file_that_they_had_sent_before_is_the_diary_s_as_well(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    sound = {"files": ("wall.wav", WAV["buffer"], "audio/wav")}
    async with visiting(lived_in, ref, "my-case") as http:
        assert (await http.post("/my-case/file", files=sound)).status_code == 303
    matter = await diary_on(lived_in, ref)
    async with visiting(lived_in, ref, "diary", matter) as http:
        entry = f"/diary/{uuid4()}"
        form = {"words": (None, "Shouting."), "others": (None, "My sister"), "felt": (None, "I was afraid")}
        assert (await http.post(entry, files=form | sound)).status_code == 303
        shown = (await http.get("/diary")).text
        for words in ("1 file", "Who else saw or heard it: My sister", "How it affected you: I was afraid"):
            assert words in shown
        assert "How did it affect you?" in (await http.get(entry)).text
        assert (await http.post("/diary")).status_code == 303
    sent = await facts(lived_in, ref, "evidence_received")
    [read] = (await lived_in.officer.get(f"/api/cases/{ref}/diaries/{matter}")).json()["entries"]
    assert read["files"] == sent[-1]["content"]["files"], (
        "by another link it is taken anew: links do not tell of each other"
    )


async def test_what_we_take_is_said_once_with_its_size_and_what_to_do_with_the_rest(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    async with visiting(lived_in, ref, "my-case") as http:
        program = {"files": (PROGRAM["name"], PROGRAM["buffer"], "application/octet-stream")}
        shown = (await http.post("/my-case/file", files=program)).text
    assert shown.count("HEIC") == 1
    assert "a program.exe: We do not take files of this kind." in shown
    assert "documents (PDF, plain text) of up to 1 MB" in shown
    assert "Word file, save it as a PDF" in shown
