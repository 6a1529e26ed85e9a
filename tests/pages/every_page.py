"""Every page that there is, and how somebody comes to it."""

from collections.abc import Awaitable, Callable
from typing import Final

from behind_links import enter
from own_link import NOW, case_of, link_to
from playwright.async_api import Page
from referred_here import answer_path, sent_to_agency

from api.page_actions import OF_PAGES
from policy.editions import released
from policy.facts.evidence import DiaryIssued
from tests.api.product import Product
from tests.given import assessed
from tests.policy import happenings as h

Way = Callable[[Page, Product], Awaitable[str]]
"""Leaves the browser with what the page asks for, and says its address."""

NO_PAGES: Final = {
    "/",
    "/static/{version}/{name}",
    "/leave",
    "/our-policy.pdf",
    "/our-policy/{edition}.pdf",
}
"""Files, and the way out."""


def at(address: str) -> Way:
    async def way(_: Page, __: Product) -> str:
        return address

    return way


async def _begun(page: Page, _: Product) -> str:
    await page.goto("/report")
    await page.get_by_role("button", name="Begin").click()
    return page.url


async def _as_far_as_checking(page: Page, site: Product) -> str:
    await _begun(page, site)
    answers = {"who": "Other people: I saw or heard it", "what": "Noise", "because": "No", "close": "No"}
    for _ in range(20):
        if page.url.endswith("/check"):
            break
        about = page.url.rpartition("/")[2]
        if about in answers:
            await page.get_by_label(answers[about], exact=True).check()
        if about == "words":
            await page.get_by_label("What happened?").fill("It was loud.")
        await page.get_by_role("button", name="Continue").click()
    return page.url


async def _sent(page: Page, site: Product) -> str:
    await _as_far_as_checking(page, site)
    await page.get_by_role("button", name="Send").click()
    return page.url


async def _link(_: Page, site: Product) -> str:
    return (await link_to(site, await case_of(site)))[1]


async def _my_case(page: Page, site: Product) -> str:
    await enter(page, site, await case_of(site), "my-case")
    return page.url


def _behind(about: str) -> Way:
    async def way(page: Page, site: Product) -> str:
        await _my_case(page, site)
        return f"/my-case/{about}"

    return way


async def _diary(page: Page, site: Product) -> str:
    ref = await case_of(site, DiaryIssued(at=NOW, words="Please write down each night."))
    await enter(page, site, ref, "diary", "diary-2")
    return page.url


async def _entry(page: Page, site: Product) -> str:
    await _diary(page, site)
    await page.get_by_role("button", name="Write something down").click()
    return page.url


async def _deleting(page: Page, site: Product) -> str:
    entry = await _entry(page, site)
    await page.get_by_label("What happened?").fill("Shouting until three.")
    await page.get_by_role("button", name="Keep this").click()
    return f"{entry}/delete"


async def _questions(page: Page, site: Product) -> str:
    told = assessed(NOW), h.proposal(NOW), h.sent(NOW, "closing-letter-3"), h.closed(NOW)
    await enter(page, site, await case_of(site, *told), "questionnaire")
    return page.url


async def _answer(_: Page, site: Product) -> str:
    return answer_path(site, await sent_to_agency(site))


WAYS: Final[dict[str, Way]] = {
    "/our-policy": at("/our-policy"),
    "/our-policy/{edition}": at(f"/our-policy/{released()[0].name}"),
    "/accessibility": at("/accessibility"),
    "/signed-out": at("/signed-out"),
    "/privacy": at("/privacy"),
    "/report": at("/report"),
    "/report/check": _as_far_as_checking,
    "/report/sent": _sent,
    "/report/{question}": _begun,
    "/ask-for-review": at("/ask-for-review"),
    "/l/{token}": _link,
    "/my-case": _my_case,
    "/my-case/file": _behind("file"),
    "/my-case/{about}": _behind("need"),
    "/diary": _diary,
    "/diary/{entry}": _entry,
    "/diary/{entry}/delete": _deleting,
    "/questions": _questions,
    "/answer/{link}": _answer,
}


def every_page() -> list[str]:
    return sorted({path for method, path in OF_PAGES if method == "GET"} - NO_PAGES)
