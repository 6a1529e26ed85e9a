"""Going behind a private link, with a browser or without, and looking at what came of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any
from wave import open as wave

import httpx2
from playwright.async_api import Browser, Page

from tests.api.product import Product

ROWAN = {"name": "Rowan Example", "phone": "01632 960001", "email": "rowan@example.org", "prefers": "email"}


def recording() -> bytes:
    """A tenth of a second of silence."""
    made = BytesIO()
    with wave(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(800))
    return made.getvalue()


WAV = {"name": "through the wall.wav", "mimeType": "audio/wav", "buffer": recording()}
PROGRAM = {"name": "a program.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x90\x00" + bytes(2000)}


async def enter(page: Page, product: Product, ref: str, purpose: str, matter: str | None = None) -> None:
    """By a new link, with the second fact."""
    answer = await product.officer.post(
        f"/api/cases/{ref}/private-links", {"purpose": purpose} | ({"matter": matter} if matter else {})
    )
    assert answer.status_code == 201, answer.text
    await page.goto(answer.json()["link"])
    await page.get_by_role("textbox").fill("0001")
    await press(page, "Continue")


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def diary_on(product: Product, ref: str) -> str:
    told = await product.officer.recorded(ref, "diary_issued", words="Please write down each night.")
    return f"diary-{told['seq']}"


async def facts(product: Product, ref: str, kind: str) -> list[dict[str, Any]]:
    entries = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
    return [one for one in entries if one["fact"] == kind]


async def small(browser: Browser, product: Product, *, scripts: bool = True) -> Page:
    context = await browser.new_context(
        base_url=product.base, viewport={"width": 320, "height": 640}, java_script_enabled=scripts
    )
    context.set_default_timeout(15_000)
    return await context.new_page()


@asynccontextmanager
async def visiting(
    product: Product, ref: str, purpose: str, matter: str | None = None
) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser without a face, past the second fact."""
    answer = await product.officer.post(
        f"/api/cases/{ref}/private-links", {"purpose": purpose} | ({"matter": matter} if matter else {})
    )
    assert answer.status_code == 201, answer.text
    ours = {"Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=product.base, headers=ours, timeout=30) as http:
        assert (await http.post(answer.json()["link"], data={"answer": "0001"})).status_code == 303
        yield http
