"""`python -m ops.screenshots docs/screenshots`: the main pages, of a demonstration on servers of their own."""

import asyncio
import io
import json
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from runtime.embedded.mailbox import kept_mail, printed
from runtime.embedded.processes import LOOPBACK, start_child

_HOME: Final = Path(".casework")
_LOG: Final = Path("run.log")
CHROMIUM: Final = Path("/usr/bin/chromium")
DESK, PHONE = 1000, 390
_TALLEST: Final = 1500
_COLOURS: Final = 64
_PATIENCE: Final = 240
_LINK: Final = re.compile(r"To: \S+\.(\d+)@example\.org.*?(http\S+/l/\S+)", re.DOTALL)

Way = Callable[[Page], Awaitable[object]]


@dataclass(frozen=True)
class Shot:
    """`who` signs in, where somebody does; `way` leads to what is shown."""

    name: str
    way: Way
    who: str | None = None
    width: int = DESK


def _to(address: str) -> Way:
    return lambda page: page.goto(address)


async def _the_board(page: Page) -> None:
    """Before the running cases have answered, which would fill the picture."""
    await page.route("**/board/live", lambda asked: asked.abort())
    await page.goto("/board")


async def _a_case(page: Page) -> None:
    """The newest open one of theirs about hate."""
    await page.goto("/cases?open=yes&hate=yes&mine=yes")
    await page.locator("main a[href^='/cases/CW-']").first.click()
    await page.wait_for_url("**/cases/CW-*")


async def _a_preview(page: Page) -> None:
    await _a_case(page)
    await page.goto(f"{page.url}/record/contact_made")
    await page.get_by_label("phone", exact=False).first.check()
    await page.locator("textarea").first.fill("Rang as agreed. Nothing since Monday; the new letterbox is in.")
    await page.get_by_role("button", name="See first what it does").click()
    await page.locator(".preview").wait_for()


async def _a_question(page: Page) -> None:
    await page.goto("/report")
    await page.locator("main form button").first.click()
    await page.wait_for_url("**/report/*")


async def _own_case(page: Page) -> None:
    """By the link in the first mail that has one; its reader's telephone number ends as their address does."""
    number, link = await asyncio.to_thread(_link_in_the_mail)
    await page.goto(link)
    await page.locator("input[name=answer]").fill(f"0{int(number):03}")
    await page.locator("main form button").first.click()
    await page.goto("/my-case")


def _link_in_the_mail() -> tuple[str, str]:
    found = (_LINK.search(printed(mail)) for mail in kept_mail(_HOME / "mail"))
    return next((one[1], one[2]) for one in found if one)


SHOTS: Final = (
    Shot("today", _to("/today"), "officer-1"),
    Shot("today-phone", _to("/today"), "officer-1", PHONE),
    Shot("case", _a_case, "officer-2"),
    Shot("case-phone", _a_case, "officer-2", PHONE),
    Shot("record", _a_preview, "officer-2"),
    Shot("cases", _to("/cases?open=yes"), "officer-1"),
    Shot("take-a-report", _to("/reports/new/violence"), "officer-1"),
    Shot("board", _the_board, "supervisor-1"),
    Shot("approvals", _to("/approvals"), "supervisor-1"),
    Shot("one-to-one", _to("/one-to-one?officer=officer-1"), "supervisor-1"),
    Shot("safety", _to("/safety/legal-actions"), "community_safety-1"),
    Shot("report", _to("/report"), width=PHONE),
    Shot("report-question", _a_question, width=PHONE),
    Shot("my-case", _own_case, width=PHONE),
)


async def take(into: Path) -> None:
    """Raises TimeoutError where a server or a page does not come."""
    async with _product() as base, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for shot in SHOTS:
            async with _opened(browser, base, shot) as page:
                await shot.way(page)
                taken = await _taken(page, shot.width)
                await asyncio.to_thread((into / f"{shot.name}.png").write_bytes, taken)
                sys.stdout.write(f"{shot.name}\n")
        await browser.close()


@asynccontextmanager
async def _product() -> AsyncIterator[str]:
    """Its address. Everything runs in the folder that is the current one, for as long as the block does."""
    child = start_child("casework", [sys.executable, "-m", "cli.main", "run"], log=_LOG)
    try:
        async with asyncio.timeout(_PATIENCE):
            while not await asyncio.to_thread(_runs):  # noqa: ASYNC110 - a process of its own
                await asyncio.sleep(0.2)
            told = await asyncio.create_subprocess_exec(sys.executable, "-m", "cli.main", "demonstrate")
            if await told.wait():
                raise SystemExit("The demonstration was not taken.")
        ports = json.loads(await asyncio.to_thread((_HOME / "ports.json").read_text))
        yield f"http://{LOOPBACK}:{ports['api']}"
    finally:
        await child.stop()


def _runs() -> bool:
    return "Casework is running" in _LOG.read_text()


@asynccontextmanager
async def _opened(browser: Browser, base: str, shot: Shot) -> AsyncIterator[Page]:
    context: BrowserContext = await browser.new_context(
        base_url=base,
        viewport={"width": shot.width, "height": 800},
        reduced_motion="reduce",
        color_scheme="light",
        timezone_id="Europe/London",
        locale="en-GB",
    )
    page = await context.new_page()
    if shot.who:
        await page.goto("/sign-in")
        await page.locator(f"button[value='{shot.who}']").click()
        await page.wait_for_url("**/today")
    yield page
    await context.close()


async def _taken(page: Page, width: int) -> bytes:
    """From the top, no taller than a reader would scroll in a guide, in few colours."""
    whole = Image.open(io.BytesIO(await page.screenshot(full_page=True)))
    small = io.BytesIO()
    shown = whole.crop((0, 0, width, min(whole.height, _TALLEST))).convert("RGB")
    shown.quantize(_COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    into = Path(sys.argv[1]).absolute()
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="casework-screenshots-") as folder, chdir(folder):
        asyncio.run(take(into))


if __name__ == "__main__":
    main()
