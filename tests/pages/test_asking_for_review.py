"""Anybody asks for a case review on a page, also without a link."""

import re
from typing import Any
from uuid import uuid4

import pytest
from looking_at import is_right
from playwright.async_api import Page, expect
from sqlalchemy import select

from store.applications import applications
from tests.api.product import Product

HERE = {"Sec-Fetch-Site": "same-origin"}
ASKED = {
    "asked_by": "victim",
    "district": "sevenoaks",
    "words": "Nothing has come of it.",
    "email": "rowan@example.org",
    "ref": "cw-2065-000123",
}


async def said(site: Product, **form: str) -> tuple[int, str]:
    answer = await site.http.post("/ask-for-review", data=ASKED | form, headers=HERE)
    return answer.status_code, answer.text


async def test_whoever_asks_gets_a_reference_and_days_at_once_and_once(site: Product) -> None:
    key = str(uuid4())
    shown = [await said(site, key=key) for _ in range(2)]
    assert [status for status, _ in shown] == [200, 200]
    [ref] = {found for _, text in shown for found in re.findall("CR-[0-9]{4}-[0-9]{6}", text)}
    assert "within 3 working days" in shown[0][1]
    async with site.records.reading() as db:
        kept = await db.connection.scalar(select(applications.c.entry).where(applications.c.ref == ref))
    fact: dict[str, Any] = (kept or {})["fact"]
    assert (fact["claimed"], fact["cases"], fact["asker"]["email"]) == (
        ["CW-2065-000123"],
        [],
        "rowan@example.org",
    )


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"email": ""}, "Give an e-mail address or a postal address"),
        ({"asked_by": "friend"}, "We can only take this if they agree"),
        ({"asked_by": "friend", "agrees": "no"}, "We can only take this if they agree"),
        ({"ref": "mine"}, "Write the reference as it is in our letters"),
        ({"district": "paris"}, "Choose from the list"),
    ],
)
async def test_what_is_missing_is_said_and_what_was_typed_stays(
    site: Product, form: dict[str, str], why: str
) -> None:
    status, text = await said(site, **form)
    assert (status, why in text, "Nothing has come of it." in text) == (422, True, True)


async def test_somebody_asks_for_a_friend_who_agrees(page: Page) -> None:
    await page.goto("/ask-for-review")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_contain_text("Choose the district")
    await is_right(page)
    for label in ("A friend or a neighbour", "Yes, they agree", "Sevenoaks"):
        await page.get_by_label(label, exact=True).check()
    await page.get_by_label("Why do you ask?").fill("She rings, and nobody comes.")
    await page.get_by_label("Your e-mail address").fill("friend@example.org")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("heading", name="Thank you. We have it")).to_be_visible()
    await is_right(page)
