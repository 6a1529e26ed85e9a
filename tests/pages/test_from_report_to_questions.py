"""One whole way: a report on our page, its acknowledgement by e-mail, a diary with a recording, the officer who
listens to it, the closing letter, and our questions answered.
"""

import re
from email import message_from_bytes
from email.policy import default
from typing import Any

from behind_links import WAV, diary_on, facts, press, small
from looking_at import is_right
from playwright.async_api import Browser, Page, expect
from test_told_by_link import closed_with_letter

from tests.api.product import Product, until

PATIENCE = 20


async def mailed(product: Product, heading: str) -> str:
    """The private link that an e-mail with that heading brought."""

    async def link() -> str:
        assert product.mailbox is not None
        for one in product.mailbox.messages():
            body = message_from_bytes(one.file.read_bytes(), policy=default).get_body(("plain",))
            text = str(body.get_content()) if body is not None else ""
            if heading in text and (found := re.search(r"http://\S+/l/\S+", text)):
                return found[0]
        return ""

    address: str = await until(link, PATIENCE)
    return address


async def reported(page: Page) -> str:
    """By somebody who asks to be written to by e-mail. The reference."""
    answers = {"who": "Me, or somebody I live with", "what": "Noise", "because": "No", "close": "No"}
    typed = {
        "What happened?": "Music through the wall.",
        "Your name": "Rowan Example",
        "Telephone number": "01632 960001",
        "E-mail address": "rowan@example.org",
    }
    await page.goto("/report")
    await press(page, "Begin")
    while not page.url.endswith("/check"):
        if (answer := answers.get(page.url.rpartition("/")[2])) is not None:
            await page.get_by_label(answer, exact=True).check()
        for label, said in typed.items():
            if await page.get_by_label(label).count():
                await page.get_by_label(label).fill(said)
        if await page.get_by_label("Write me an e-mail").count():
            await page.get_by_label("Write me an e-mail").check()
        await press(page, "Continue")
    await press(page, "Send")
    return await page.locator(".reference").inner_text()


async def enter_by(page: Page, link: str) -> None:
    await page.goto(link)
    await is_right(page)
    await page.get_by_role("textbox").fill("0001")
    await press(page, "Continue")
    await is_right(page)


async def test_from_a_report_to_our_questions(browser: Browser, lived_in: Product) -> None:
    page, officer = await small(browser, lived_in), lived_in.officer
    ref = await reported(page)
    await enter_by(page, await mailed(lived_in, "See where things stand"))
    await expect(page.get_by_text(ref)).to_be_visible()
    await expect(page.get_by_text("You told us about this.")).to_be_visible()

    matter = await diary_on(lived_in, ref)
    await enter_by(page, await mailed(lived_in, "Or write on a page of ours"))
    await page.get_by_role("button", name="Write something down").click()
    await page.get_by_label("What happened?").fill("Shouting until three.")
    await page.get_by_label("A photo, a recording or a letter").set_input_files([WAV])
    await press(page, "Keep this")
    await press(page, "Send it to us")
    await expect(page.get_by_role("heading", name="Thank you. We have it")).to_be_visible()

    [entry] = (await officer.get(f"/api/cases/{ref}/diaries/{matter}")).json()["entries"]
    [came] = await facts(lived_in, ref, "evidence_received")
    heard = await officer.get(f"/api/cases/{ref}/evidence/{entry['files'][0]}/file")
    assert heard.content == WAV["buffer"]
    read: dict[str, Any] = {"matter": matter, "also": [f"evidence-{came['seq']}"], "words": "Shouting at three."}
    await officer.recorded(ref, "evidence_read", **read)

    await closed_with_letter(lived_in, ref)
    await enter_by(page, await mailed(lived_in, "How did we do?"))
    await page.get_by_label("very easy", exact=False).first.check()
    await press(page, "Send")
    await expect(page.get_by_role("heading", name="Thank you for your answers")).to_be_visible()
    assert len(await facts(lived_in, ref, "questionnaire_answered")) == 1
    sent = [one["content"]["key"] for one in await facts(lived_in, ref, "letter_sent")]
    assert len(sent) == len(set(sent)) == 3
    assert lived_in.mailbox is not None
    assert len(lived_in.mailbox.messages()) == 3
