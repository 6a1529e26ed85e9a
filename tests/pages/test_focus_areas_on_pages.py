"""Focus areas and trends on pages: decided on by forms, in plain words, and found from where the team begins."""

from html import unescape
from uuid import uuid4

from own_link import NOW
from playwright.async_api import Browser, expect
from signed_in import signed_in

from tests.api.product import Product
from tests.store.a_focus_area import focus_area

KEY = {"idempotency-key": "", "do": "record"}


async def sent(site: Product, role: str, address: str, **form: str) -> tuple[int, str, str]:
    """What came of a form: its status, where it leads, and the page."""
    who = site.as_(role)
    told = KEY | {"idempotency-key": str(uuid4())} | form
    answer = await site.http.post(address, data=told, headers=who.headers())
    return answer.status_code, answer.headers.get("location", ""), unescape(answer.text)


async def seen(site: Product, role: str, address: str) -> str:
    answer = await site.as_(role).get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


async def test_a_proposal_says_why_in_plain_words_and_becomes_a_focus_area(site: Product) -> None:
    area = await focus_area(site.records, NOW)
    page = await seen(site, "community_safety", "/focus-areas")
    assert "20 new cases about noise from Monday 20 February 2023 to Sunday 21 May 2023." in page
    assert "5.1 were to be expected: there were 60 before, since Monday 24 February 2020" in page
    assert "3.9 times as many as expected, or anything from 2.4 to 7.0 times. That is more than chance" in page
    assert "we look so that about 1 in 250 such finds is chance." in page
    there = f"/focus-areas/{area}"
    assert f'href="{there}/record/focus_area_accepted"' in page
    assert f'href="{there}/record/focus_area_refused"' in page
    status, _, wrong = await sent(
        site, "community_safety", f"{there}/record/focus_area_accepted", every_working_days="5"
    )
    assert (status, "What is to be done there" in wrong) == (422, True)
    status, to, _ = await sent(
        site,
        "community_safety",
        f"{there}/record/focus_area_accepted",
        words="We walk there.",
        every_working_days="5",
    )
    assert (status, to) == (303, there)
    page = await seen(site, "officer", there)
    assert "A focus area since" in page
    assert "It is community_safety-1's." in page
    assert "Review the focus area by" in page
    assert "We walk there." in page
    assert f'href="{there}/record/focus_area_reviewed"' in page
    assert f'href="{there}/record/focus_area_ended"' not in page
    status, to, _ = await sent(site, "officer", f"{there}/record/focus_area_reviewed", words="It goes on.")
    assert (status, to) == (303, there)
    status, _, _ = await sent(
        site, "supervisor", f"{there}/record/focus_area_ended", words="Quiet.", result="quieter"
    )
    assert status == 303
    assert "quieter" in await seen(site, "community_safety", "/focus-areas")


async def test_one_that_is_refused_says_so_and_no_more_can_be_done(site: Product) -> None:
    area = await focus_area(site.records, NOW)
    there = f"/focus-areas/{area}"
    status, to, _ = await sent(
        site, "supervisor", f"{there}/record/focus_area_refused", why="one_dispute", reasons="One household."
    )
    assert (status, to) == (303, there)
    page = await seen(site, "supervisor", there)
    assert "one dispute" in page
    assert "One household." in page
    assert 'class="press"' not in page
    status, _, wrong = await sent(site, "supervisor", f"{there}/record/focus_area_accepted", words="After all.")
    assert (status, "This was decided on" in wrong) == (409, True)


async def test_who_does_not_decide_is_not_asked(site: Product) -> None:
    area = await focus_area(site.records, NOW)
    there = f"/focus-areas/{area}"
    for step in ("accepted", "refused", "ended"):
        assert (await site.officer.get(f"{there}/record/focus_area_{step}")).status_code == 403
        assert (await sent(site, "officer", f"{there}/record/focus_area_{step}", words="x"))[0] == 403
    assert (await site.officer.get("/focus-areas")).status_code == 403
    assert (await site.officer.get("/trends")).status_code == 403
    assert (await site.supervisor.get(f"{there}/record/magic")).status_code == 404
    assert (await site.supervisor.get(f"/focus-areas/{uuid4()}")).status_code == 404
    assert "/focus-areas" not in await seen(site, "officer", "/safety")


async def test_a_task_leads_to_it(site: Product) -> None:
    area = await focus_area(site.records, NOW)
    assert f'href="/focus-areas/{area}"' in await seen(site, "community_safety", "/today")


async def test_prevention_work_says_how_it_is_set_against_the_trend(site: Product) -> None:
    work = {"kind": "campaign", "title": "Walks", "words": "Two walks.", "starts": "2026-01-05"}
    for more, said in (
        ({}, "Put in its ward, and we can set it against the trend there."),
        (
            {"ward": "Nowhere", "starts": "1999-01-04", "ends": "1999-02-01"},
            "It is too early to say, or there are",
        ),
    ):
        id_ = (await site.officer.post("/api/prevention", work | more)).json()["id"]
        assert said in await seen(site, "officer", f"/prevention/{id_}")


async def test_the_team_finds_both_and_picks_how_long_and_where(site: Product, browser: Browser) -> None:
    async with signed_in(browser, site, "community_safety-5") as page:
        await page.goto("/safety")
        await page.get_by_role("link", name="New cases year on year").click()
        await expect(page.get_by_role("heading", name="New cases year on year", level=1)).to_be_visible()
        await page.get_by_label("How long").select_option("3")
        await page.get_by_role("button", name="Show").click()
        await expect(page.get_by_label("How long")).to_have_value("3")
        await expect(page.get_by_role("table", name="By kind, in every ward")).to_be_visible()
        await page.get_by_role("link", name="Community safety").last.click()
        await page.get_by_role("link", name="Focus areas").click()
        await expect(page.get_by_role("heading", name="Focus areas", level=1)).to_be_visible()
