"""A private link opens for whom it is, once they say what only they know, and for nobody else."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from looking_at import is_right
from own_link import NOBODY_SAFE, NOW, ROWAN, case_of, link_to, record, uses_of
from playwright.async_api import Page, expect
from sqlalchemy import update

from pages.app import with_pages
from policy.facts.closing import CaseClosed, Closing
from policy.facts.contact import ContactMade, PersonContacted
from policy.facts.needs import DomesticAbuseRecognised
from policy.facts.parts import Part
from policy.facts.people import Means, Person
from policy.facts.promising import PromiseMade
from runtime.tokens import issue_link, private_address
from store.private_links import private_links, visits
from tests.api.product import Product, elsewhere, serving
from tests.policy.happenings import taken_on


async def say(page: Page, answer: str) -> None:
    await page.get_by_role("textbox").fill(answer)
    await page.get_by_role("button", name="Continue").click()


async def answered(site: Product, path: str, answer: str) -> int:
    """As somebody answers who sits at our own page."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    return (await site.http.post(path, data={"answer": answer}, headers=headers)).status_code


async def test_it_asks_the_second_fact_and_then_shows_their_own_case(page: Page, site: Product) -> None:
    told = [
        ContactMade(at=NOW, means=Means.PHONE, words="SECRET: she says that flat 4 is dealing."),
        PromiseMade(at=NOW, words="We ring you on Tuesday.", person="complainant"),
        PersonContacted(at=NOW, person="perpetrator-1", means=Means.PHONE, words="SECRET"),
    ]
    ref = await case_of(site, *told)
    _, path = await link_to(site, ref)
    await page.goto(path)
    assert ref not in await page.content()
    await expect(page.get_by_text("stays in our e-mail to you and in the browser's history")).to_be_visible()
    await is_right(page)
    await say(page, "")
    await expect(page.get_by_role("alert")).to_contain_text("Write the last four digits")
    await expect(page.get_by_role("alert")).not_to_contain_text("not what we have")
    await say(page, "9999")
    await expect(page.get_by_role("alert")).to_contain_text("not what we have")
    await expect(page.get_by_role("alert")).to_contain_text("You can try 4 more times")
    await is_right(page)
    await say(page, "01632 960 001")
    await expect(page.get_by_role("heading", name="Where things stand")).to_be_visible()
    assert page.url.endswith("/my-case")
    await is_right(page)
    shown = await page.content()
    assert ref in shown
    assert "We ring you on Tuesday." in shown
    assert "We were in touch with you by telephone." in shown
    assert "SECRET" not in shown
    assert await uses_of(site, ref) == ["issued", "opened", "answered_wrong", "answered_right", "seen"]


async def test_it_works_without_scripts_and_leaving_ends_it(without_scripts: Page, site: Product) -> None:
    page = without_scripts
    ref = await case_of(site)
    _, path = await link_to(site, ref)
    await page.goto(path)
    await say(page, "0001")
    assert page.url.endswith("/my-case")
    async with page.expect_response(site.settings.leave_quickly_to):
        await page.get_by_role("link", name="Leave this page").click()
    again = await page.context.new_page()
    answer = await again.goto("/my-case")
    assert answer is not None
    assert answer.status == 404
    assert (await uses_of(site, ref))[-1] == "left"


async def test_what_its_page_asks_for_is_the_postcode_where_no_telephone_is_known(site: Product) -> None:
    ref = await case_of(site, person=ROWAN.model_copy(update={"phone": None}))
    _, path = await link_to(site, ref)
    assert "postcode" in (await site.http.get(path)).text
    assert await answered(site, path, "0001") == 422
    assert await answered(site, path, " tn13-1aa ") == 303


async def test_where_nothing_is_known_it_says_to_ring(page: Page, site: Product) -> None:
    ref = await case_of(site, person=Person(name="Rowan Example", email="rowan@example.org"))
    _, path = await link_to(site, ref)
    await page.goto(path)
    await expect(page.get_by_role("heading", name="Please ring us")).to_be_visible()
    await is_right(page)
    assert await answered(site, path, "") == 200


async def test_five_wrong_answers_lock_it_and_its_officer_is_told(site: Product) -> None:
    ref = await case_of(site)
    id_, path = await link_to(site, ref)
    assert [await answered(site, path, f"999{n}") for n in range(5)] == [422] * 4 + [404]
    assert await answered(site, path, "0001") == 404
    owed = await site.officer.tasks()
    assert [one["key"] for one in owed if one["case_ref"] == ref and "private" in one["key"]] == [
        f"private-link:{id_}"
    ]
    assert (await site.officer.post(f"/api/cases/{ref}/private-links/{id_}/revoke", {})).status_code == 204
    owed = await site.officer.tasks()
    assert not [one for one in owed if one["case_ref"] == ref and "private" in one["key"]]


async def test_it_is_the_same_link_under_the_same_key(site: Product) -> None:
    ref = await case_of(site, taken_on(NOW, "witness-1", Part.WITNESS))
    where, body = f"/api/cases/{ref}/private-links", {"purpose": "my-case"}
    key = "0b4ad9e6-6a3c-4f0f-9d56-3a9c1f8f2d11"
    first, again = [await site.officer.post(where, body, key=key) for _ in range(2)]
    assert first.json() == again.json()
    assert (await site.officer.post(where, body)).json() != first.json()
    others = await site.officer.post(where, body | {"person": "witness-1"}, key=key)
    assert (others.status_code, others.json()["type"]) == (409, "/problems/key-used-for-another-body")


async def test_whoever_has_a_link_that_opened_learns_what_to_do_now_and_nothing_more(
    page: Page, site: Product
) -> None:
    closed, revoked, locked, unsafe, closed_unsafe = [await case_of(site) for _ in range(5)]
    links = {ref: await link_to(site, ref) for ref in (closed, revoked, locked, unsafe, closed_unsafe)}
    done = CaseClosed(at=NOW, closing=Closing.DEALT_WITH, reasons="Done.")
    abuse = DomesticAbuseRecognised(at=NOW, words="She told us.")
    await record(site, closed, [done], 2)
    await record(site, unsafe, [abuse], 2)
    await record(site, closed_unsafe, [abuse, done], 2)
    await site.officer.post(f"/api/cases/{revoked}/private-links/{links[revoked][0]}/revoke", {})
    async with site.resources.everything.writing() as db:
        of_locked = private_links.c.id == links[locked][0]
        await db.connection.execute(update(private_links).where(of_locked).values(locked_at=NOW))
    said = {}
    for ref, (_, path) in links.items():
        for answer in (await site.http.get(path), await site.http.post(path, data={"answer": "0001"})):
            assert answer.status_code in {403, 404}, path
        said[ref] = (await site.http.get(path)).text
        assert site.settings.landlord_phone in said[ref]
        assert "Rowan" not in said[ref]
        await page.goto(path)
        await is_right(page)
    assert "too many wrong answers" in said[locked]
    assert "does not open any more" in said[revoked]
    alike = {said[ref] for ref in (closed, revoked, unsafe, closed_unsafe)}
    assert len(alike) == 1, "nobody learns that it is not safe any more, or that the case has closed"
    await page.goto(links[closed][1])
    await page.get_by_role("link", name="Tell us about it").click()
    assert page.url.endswith("/report")


async def test_every_link_that_there_never_was_has_the_same_page(page: Page, site: Product) -> None:
    id_, _ = await link_to(site, await case_of(site))
    until = datetime.now(UTC) + timedelta(days=1)
    of_nobody = private_address(site.settings, "0b4ad9e6-6a3c-4f0f-9d56-3a9c1f8f2d11", until)
    run_out = private_address(site.settings, id_, datetime.now(UTC) - timedelta(days=1))
    wrong = [
        "/l/nonsense",
        f"/l/{issue_link(site.settings, 'x', 'y', until)}",
    ]
    wrong += [one.removeprefix(site.settings.public_url) for one in (of_nobody, run_out)]
    said = set()
    for path in wrong:
        for answer in (await site.http.get(path), await site.http.post(path, data={"answer": "0001"})):
            assert answer.status_code in {403, 404}, path
        said.add((await site.http.get(path)).text)
    assert len(said) == 1
    assert site.settings.landlord_phone in said.pop()
    await page.goto("/l/nonsense")
    await is_right(page)


@pytest.mark.parametrize("told", [{"domestic_abuse": True}, NOBODY_SAFE], ids=["domestic abuse", "no safe way"])
async def test_no_link_opens_where_somebody_at_home_may_read_along(site: Product, told: dict[str, object]) -> None:
    ref = await case_of(site, **told)
    answer = await site.officer.post(f"/api/cases/{ref}/private-links", {"purpose": "my-case"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/link-would-not-open")


async def test_whoever_is_complained_about_has_no_link(site: Product) -> None:
    ref = await case_of(site, about={"name": "Somebody Else"})
    body = {"purpose": "my-case", "person": "perpetrator-1"}
    assert (await site.officer.post(f"/api/cases/{ref}/private-links", body)).status_code == 409


async def test_after_twenty_idle_minutes_the_second_fact_is_asked_again(page: Page, site: Product) -> None:
    ref = await case_of(site)
    _, path = await link_to(site, ref)
    await page.goto(path)
    await say(page, "0001")
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(visits).values(used_at=datetime.now(UTC) - timedelta(minutes=21)))
    answer = await page.goto("/my-case")
    assert answer is not None
    assert answer.status == 404
    await expect(page.get_by_role("heading", name="This page has closed, to keep you safe")).to_be_visible()
    await expect(page.get_by_text("Open the link again that we sent you")).to_be_visible()
    await is_right(page)


async def test_whoever_is_there_as_their_case_closes_is_told_so(page: Page, site: Product) -> None:
    ref = await case_of(site)
    _, path = await link_to(site, ref)
    await page.goto(path)
    await say(page, "0001")
    await record(site, ref, [CaseClosed(at=NOW, closing=Closing.DEALT_WITH, reasons="Done.")], 2)
    await page.goto("/my-case")
    await expect(page.get_by_role("heading", name="This link has done its work")).to_be_visible()


async def test_another_site_cannot_make_a_browser_answer(site: Product) -> None:
    ref = await case_of(site)
    _, path = await link_to(site, ref)
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert (await site.http.post(path, data={"answer": "0001"}, headers=headers)).status_code == 403


async def test_whoever_only_has_the_address_keeps_nobody_out_who_is_behind_it(site: Product) -> None:
    _, path = await link_to(site, await case_of(site))
    few = elsewhere(site.settings, link_uses_an_hour=3)
    async with serving(few, make=with_pages) as product, httpx2.AsyncClient(base_url=product.base) as http:
        http.headers["Sec-Fetch-Site"] = "same-origin"
        assert (await http.post(path, data={"answer": "0001"})).status_code == 303
        assert [(await product.http.get(path)).status_code for _ in range(3)] == [200, 200, 429]
        told = await http.post("/my-case/call-back", data={"words": "Please ring."})
        assert told.status_code == 422, "the engine is away here"


async def test_a_slip_of_the_finger_is_no_guess(site: Product) -> None:
    ref = await case_of(site)
    _, path = await link_to(site, ref)
    assert [await answered(site, path, "000") for _ in range(6)] == [422] * 6
    assert await answered(site, path, "0001") == 303
