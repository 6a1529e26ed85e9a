"""What was sent to us, on a page: taken in with its words, opened, and passed on by a copy that says to whom."""

from typing import Any
from uuid import uuid4

import httpx2
from own_link import case_of

from store.evidence_files import FileState
from tests.api.product import Product
from tests.api.sent_files import listed, looked_after
from tests.evidence_samples import GPS, SAMPLES, photo
from tests.store.test_evidence_kept import added

WORDS = "Rowan's neighbour brought it on a stick."


async def send(product: Product, ref: str, files: dict[str, bytes], **said: str) -> httpx2.Response:
    headers = product.officer.headers() | {"Origin": product.settings.public_origin}
    sent: list[Any] = [("files", (name, content)) for name, content in files.items()]
    form = {"words": WORDS, "idempotency-key": str(uuid4())} | said
    return await product.http.post(f"/cases/{ref}/evidence", data=form, files=sent, headers=headers)


async def press(product: Product, path: str, **said: str) -> httpx2.Response:
    headers = product.officer.headers() | {"Origin": product.settings.public_origin}
    return await product.http.post(path, data={"key": str(uuid4())} | said, headers=headers)


async def facts(product: Product, ref: str) -> list[dict[str, Any]]:
    entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
    return [one["content"] for one in entries if one["fact"] == "evidence_received"]


async def test_files_are_taken_in_with_words_opened_and_passed_on(lived_in: Product) -> None:
    ref = await lived_in.officer.reported()
    both = {"door.jpg": photo(), "lock.png": SAMPLES["image/png"]}
    answer = await send(lived_in, ref, both)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{ref}/evidence"), answer.text
    assert (await send(lived_in, ref, both)).status_code == 303, "sent twice"
    (told,) = await facts(lived_in, ref)
    ids = [one["id"] for one in await listed(lived_in.officer, ref)]
    assert (told["kind"], told["words"], sorted(told["files"])) == ("photo", WORDS, sorted(ids))
    page = (await lived_in.officer.get(f"/cases/{ref}/evidence")).text
    assert "from officer-1" in page
    assert "Say what it shows" in page
    opened = await lived_in.officer.get(f"/cases/{ref}/evidence/{ids[0]}/file")
    assert opened.content == both["door.jpg"]
    copies = f"/cases/{ref}/evidence/{ids[0]}/shared-copy"
    early = await press(lived_in, copies, to="court")
    assert early.status_code == 409
    assert "The copy is being made" in early.text
    await looked_after(lived_in)
    nobody = await press(lived_in, copies)
    assert "Say whom the copy is for" in nobody.text
    wrong = await press(lived_in, copies, to="a newspaper")
    assert wrong.status_code == 422
    bookmark = await lived_in.officer.get(copies, to="court")
    assert (bookmark.status_code, "attachment" in bookmark.headers.get("content-disposition", "")) == (200, False)
    assert '<option value="court" selected>' in bookmark.text
    assert "copy to pass on taken by" not in bookmark.text, "opening an address takes nothing"
    key = str(uuid4())
    copy = [await press(lived_in, copies, to="court", key=key) for _ in range(2)][-1]
    assert copy.status_code == 200
    assert "attachment" in copy.headers["content-disposition"]
    assert GPS in both["door.jpg"]
    assert GPS not in copy.content
    page = (await lived_in.officer.get(f"/cases/{ref}/evidence")).text
    assert "opened by officer-1" in page
    assert page.count("copy to pass on taken by officer-1") == 1, "pressed twice it is once"


async def test_what_is_wrong_is_said_and_the_words_stay(lived_in: Product) -> None:
    ref = await lived_in.officer.reported()
    none = await send(lived_in, ref, {"": b""})
    assert none.status_code == 422
    assert "Choose a file first" in none.text
    assert WORDS.replace("'", "&#39;") in none.text
    office = await send(lived_in, ref, {"diary.docx": b"PK\3\4" + b"\0" * 40})
    assert office.status_code == 422
    assert "diary.docx: We do not take files of this kind." in office.text
    wordless = await send(lived_in, ref, {"door.jpg": photo()}, words=" ")
    assert wordless.status_code == 422
    assert "The files are kept, and nobody has said what they are." in wordless.text
    (kept,) = await listed(lived_in.officer, ref)
    assert f"/cases/{ref}/record/evidence_received?files={kept['id']}" in wordless.text
    assert await facts(lived_in, ref) == []


async def test_what_may_not_be_shown_says_why_on_the_page(site: Product) -> None:
    ref = await case_of(site)
    infected = await added(site.resources.everything, ref, name="door.jpg", state=FileState.INFECTED)
    waits = await added(site.resources.everything, ref, name="lock.jpg", state=FileState.QUARANTINED)
    page = (await site.officer.get(f"/cases/{ref}/evidence")).text
    assert "malware was found: kept, and not handed out" in page
    assert "waits to be checked for malware" in page
    assert "Open it as it was sent" not in page
    for file, why in ((infected, "Malware was found"), (waits, "has not been checked")):
        here = f"/cases/{ref}/evidence/{file.id}"
        for answer in (
            await site.officer.get(f"{here}/file"),
            await press(site, f"{here}/shared-copy", to="court"),
        ):
            assert answer.status_code == 409
            assert why in answer.text
    case = (await site.officer.get(f"/cases/{ref}")).text
    assert "(2, 1 not checked yet, 2 of which nobody has said what it is)" in case


async def test_a_sign_in_that_ended_keeps_the_words(site: Product) -> None:
    ref = await case_of(site)
    form = {"words": WORDS, "idempotency-key": str(uuid4())}
    ours = {"Origin": site.settings.public_origin}
    files: list[Any] = [("files", ("door.jpg", photo()))]
    ended = await site.http.post(f"/cases/{ref}/evidence", data=form, files=files, headers=ours)
    assert ended.status_code == 401
    assert WORDS.replace("'", "&#39;") in ended.text
    again = await site.http.post(f"/cases/{ref}/evidence", data=form, headers=ours | site.officer.headers())
    assert again.status_code == 422
    assert "Choose the files once more" in again.text
    assert WORDS.replace("'", "&#39;") in again.text
