"""Every page for staff is for everybody on it, in each state: by axe, by keyboard, large, narrow and printed."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import pytest
from beside_here import TO_ISSUED, case_review, legal_action, listed
from looking_at import is_right
from own_link import NOW, case_of
from playwright.async_api import Browser, Page
from referred_here import sent_to_agency
from signed_in import signed_in
from test_every_page import at_twice_the_size, by_keyboard

from api.actions import OF_STAFF_PAGES
from policy.facts.needs import DomesticAbuseRecognised, NeedTold, SafeContact
from policy.facts.people import Means
from policy.facts.promising import PromiseMade
from policy.facts.reviewing import CaseAllocated
from tests.api.product import Product
from tests.given import assessed, contact
from tests.policy import happenings as h

Way = Callable[[Product], Awaitable[str]]


async def _full(site: Product) -> str:
    """A case with something in each part of its page."""
    safe = SafeContact(means=(Means.PHONE,))
    return await case_of(
        site,
        CaseAllocated(at=NOW, officer="officer-5"),
        contact(NOW),
        h.hate(NOW),
        assessed(NOW),
        PromiseMade(at=NOW, words="We mend the lock."),
        NeedTold(at=NOW, kind="hearing", words="Large print, please.", safe_contact=safe),
        *(h.attempt(NOW) for _ in range(20)),
    )


def at(address: str) -> Way:
    async def way(site: Product) -> str:
        return address.format(ref=await _full(site))

    return way


async def _empty(site: Product) -> str:
    return f"/cases/{await case_of(site, person=None)}"


async def _abuse(site: Product) -> str:
    abuse = DomesticAbuseRecognised(at=NOW, words="By him.")
    return f"/cases/{await case_of(site, CaseAllocated(at=NOW, officer='officer-5'), abuse)}"


_REFERRALS: list[str] = []
"""That of all pages of the community safety team, once it is made."""


def _of_safety(address: str) -> Way:
    """With something of each kind that the community safety team sees to."""

    async def way(site: Product) -> str:
        if not _REFERRALS:
            ref = await _full(site)
            await legal_action(site, *TO_ISSUED, listed(21), case=ref)
            await case_review(site, int(ref[-6:]), ref)
            _REFERRALS.append((await sent_to_agency(site)).ref)
        return address.format(referral=_REFERRALS[0])

    return way


STATES: dict[str, tuple[str, Way]] = {
    "today": ("/today", at("/today")),
    "case": ("/cases/{ref}", at("/cases/{ref}")),
    "what a report is about": ("/reports/new", at("/reports/new")),
    "report": ("/reports/new/{category}", at("/reports/new/noise")),
    "incident": ("/cases/{ref}/incidents", at("/cases/{ref}/incidents")),
    "community safety": ("/safety", _of_safety("/safety")),
    "legal actions": ("/safety/legal-actions", _of_safety("/safety/legal-actions")),
    "hearings": ("/safety/hearings", _of_safety("/safety/hearings")),
    "hate cases": ("/safety/hate", _of_safety("/safety/hate")),
    "case reviews": ("/safety/case-reviews", _of_safety("/safety/case-reviews")),
    "agencies": ("/safety/partners", _of_safety("/safety/partners")),
    "referral": (
        "/referrals/{ref}/record/{fact}",
        _of_safety("/referrals/{referral}/record/referral_answered"),
    ),
    "board": ("/board", at("/board")),
    "register": ("/cases", at("/cases")),
    "register, nothing found": ("/cases", at("/cases?stage=closed&hate=yes")),
    "case, empty": ("/cases/{ref}", _empty),
    "case, domestic abuse": ("/cases/{ref}", _abuse),
    **{
        fact: ("/cases/{ref}/record/{fact}", at(f"/cases/{{ref}}/record/{fact}"))
        for fact in ("contact_made", "assessed", "need_told", "notice_proposed", "hate_perceived", "promise_kept")
    },
}


def test_every_page_for_staff_is_looked_at() -> None:
    assert {page for page, _ in STATES.values()} == {path for method, path in OF_STAFF_PAGES if method == "GET"}


@pytest.mark.parametrize("state", STATES)
async def test_it_is_for_everybody_who_works_here(state: str, site: Product, browser: Browser) -> None:
    said: list[str] = []
    async with signed_in(browser, site, "officer-5", width=320) as page:
        page.on("console", lambda one: said.append(one.text) if one.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        answer = await page.goto(await STATES[state][1](site))
        assert answer is not None
        assert answer.status == HTTPStatus.OK
        await _opened(page)
        await by_keyboard(page)
        await at_twice_the_size(page)
        await is_right(page, for_staff=True)
        assert not said


async def test_errors_on_a_form_are_for_everybody(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site, "officer-5", width=320) as page:
        await page.goto(f"/cases/{await _full(site)}/record/assessed")
        await page.get_by_role("button", name="Record", exact=True).click()
        await is_right(page, for_staff=True)


async def _opened(page: Page) -> None:
    """All that can be unfolded is."""
    await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
