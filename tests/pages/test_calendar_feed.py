"""A secret address at which a calendar program fetches somebody's hearings: as of now, and nothing of people."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from beside_here import COURT, NOW, TO_ISSUED, case_review, go_on, in_days, legal_action, listed
from fetching_calendars import about, address_of, fetched, made, of, press, ymd
from own_link import case_of, record
from playwright.async_api import Browser, expect
from signed_in import a_sign_in, signed_in
from sqlalchemy import update

from api.browser import SIGNED_IN
from cli.sign_out import sign_out
from pages.app import with_pages
from policy.facts.disclosing import Gateway
from policy.facts.groups import GroupCalled, GroupKind, GroupMeetingHeld
from policy.facts.hearings import HearingListed
from policy.legal_action import facts as legal
from policy.working_days import day_in_words
from runtime.tokens import calendar_address, issue, private_address
from store.cases import cases
from store.sign_ins import staff
from tests.api.product import Product, elsewhere, serving


async def test_it_holds_reference_kind_court_and_day_and_no_word_of_anybody(site: Product) -> None:
    address = await made(site, "community_safety-20")
    action = await legal_action(site, *TO_ISSUED, listed(21))
    (event,) = about(await fetched(site, address), action)
    assert event["SUMMARY"] == f"{action}: Court hearing"
    assert event["LOCATION"] == COURT
    assert event["DTSTART"] == ymd(in_days(21))
    assert event["DTEND"] == ymd(in_days(22))
    assert event["STATUS"] == "CONFIRMED"
    everything = (await site.http.get(address)).text
    for word in (
        "Rowan",
        "Invented Street",
        "TN13",
        "perpetrator",
        "injunction",
        "Issued.",
        "community_safety-20",
    ):
        assert word not in everything


async def test_a_hearing_that_moves_is_the_same_one_and_one_that_was_is_not(site: Product) -> None:
    address = await made(site, "community_safety-21")
    action = await legal_action(site, *TO_ISSUED, listed(21))
    (first,) = about(await fetched(site, address), action)
    (same,) = about(await fetched(site, address), action)
    assert same == first
    await go_on(site, action, listed(28))
    (moved,) = about(await fetched(site, address), action)
    assert moved["UID"] == first["UID"]
    assert moved["DTSTART"] == ymd(in_days(28))
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    await go_on(site, action, legal.CourtAdjourned(at=NOW, words="No judge."))
    (off,) = about(await fetched(site, address), action)
    assert (off["UID"], off["STATUS"]) == (first["UID"], "CANCELLED")


async def test_a_hearing_with_an_hour_is_at_it_and_without_one_on_the_whole_day(site: Product) -> None:
    address = await made(site, "community_safety-33")
    action = await legal_action(site, *TO_ISSUED, listed(21))
    (first,) = about(await fetched(site, address), action)
    assert first["DTSTART"] == ymd(in_days(21))
    await go_on(site, action, listed(21, hour=time(10, 30)))
    (event,) = about(await fetched(site, address), action)
    assert (event["UID"], event["DTSTART"]) == (first["UID"], f"{ymd(in_days(21))}T103000")
    assert int(event["SEQUENCE"]) > int(first["SEQUENCE"])
    said = f"{day_in_words(in_days(21))} at 10:30"
    for page in ("/safety/hearings", "/safety/legal-actions", f"/legal-actions/{action}"):
        shown = (await site.as_("community_safety").get(page)).text
        assert (said if page.startswith("/safety") else "10:30") in shown, page


async def test_what_is_over_stays_for_a_while(site: Product) -> None:
    address = await made(site, "community_safety-32")
    for days, seen in ((80, ["CANCELLED"]), (91, [])):
        then = NOW - timedelta(days=days)
        issued = [one.model_copy(update={"at": then}) for one in TO_ISSUED]
        ended = legal.LegalActionEnded(at=then, how=legal.Ended.GIVEN_UP, reasons="He has moved.")
        action = await legal_action(site, *issued, listed(21, at=then), ended)
        assert [one["STATUS"] for one in about(await fetched(site, address), action)] == seen


async def test_meetings_are_in_it_those_owed_and_those_that_were(site: Product) -> None:
    address = await made(site, "community_safety-30")
    group = GroupCalled(
        at=NOW,
        kind=GroupKind.PANEL,
        members=("police", "council"),
        about=("complainant",),
        gateway=Gateway.CONSENT,
        by_when=in_days(6),
        words="Called.",
    )
    case = await case_of(site, group)
    review = await case_review(site, case)
    events = await fetched(site, address)
    (agreed,) = about(events, case)
    assert (agreed["SUMMARY"], agreed["DTSTART"]) == (f"{case}: Meeting of agencies", ymd(in_days(6)))
    (owed,) = about(events, review)
    assert owed["SUMMARY"] == f"{review}: Case review meeting, by this day"
    await record(site, case, [GroupMeetingHeld(at=NOW, matter="group-2", came=("police",), words="Met.")], 3)
    (held,) = about(await fetched(site, address), case)
    assert (held["SUMMARY"], held["DTSTART"]) == (f"{case}: Meeting of agencies", ymd(in_days(0)))


async def test_an_address_ends_for_a_new_one_and_by_a_press(site: Product) -> None:
    key = str(uuid4())
    await press(site, "make", "community_safety-22", key)
    first = await address_of(site, "community_safety-22")
    await press(site, "make", "community_safety-22", key)
    assert await address_of(site, "community_safety-22") == first, "pressed twice it is one"
    second = await made(site, "community_safety-22")
    assert second != first
    assert (await site.http.get(first)).status_code == 404
    assert (await site.http.get(second)).status_code == 200
    await press(site, "make", "community_safety-22", key)
    assert (await site.http.get(first)).status_code == 404, "one that was ended does not come back"
    await press(site, "end", "community_safety-22")
    assert (await site.http.get(second)).status_code == 404


async def test_signing_out_everywhere_ends_it_too(site: Product) -> None:
    first = await made(site, "community_safety-31")
    cookie = f"{SIGNED_IN.name(site.settings)}={await a_sign_in(site, 'community_safety-31')}"
    sent = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    assert (await site.http.post("/sign-out/everywhere", headers=sent)).status_code == 204
    assert (await site.http.get(first)).status_code == 404
    second = await made(site, "community_safety-31")
    assert await sign_out(site.settings, "community_safety-31") == 1
    assert (await site.http.get(second)).status_code == 404


async def test_it_shows_what_its_owner_may_see_now(site: Product) -> None:
    address = await made(site, "community_safety-23")
    action = await legal_action(site, *TO_ISSUED, listed(21))
    assert about(await fetched(site, address), action)
    here = cases.c.ref == action.removesuffix("-7")
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    for said in (
        {"restricted": True, "officer": "officer-77"},
        {"emergency": {"community_safety-23": soon}},
        {"restricted": False, "conflicts": ["community_safety-23"]},
    ):
        async with site.records.writing() as db:
            await db.connection.execute(update(cases).where(here).values(**said))
        assert not about(await fetched(site, address), action), said


async def test_a_solicitor_s_holds_legal_actions_alone(site: Product) -> None:
    address = await made(site, "solicitor-24")
    action = await legal_action(site, *TO_ISSUED, listed(21))
    case = await case_of(site, HearingListed(at=NOW, on=in_days(9), court="A court"))
    events = await fetched(site, address)
    assert about(events, action)
    assert not about(events, case)
    assert about(await fetched(site, await made(site, "community_safety-24")), case)


async def test_who_has_no_such_role_any_more_or_was_not_here_for_long_has_no_calendar(site: Product) -> None:
    address = await made(site, "community_safety-25")
    mine = staff.c.subject == "community_safety-25"
    for said in (
        {"groups": ["lettings"]},
        {"groups": []},
        {"groups": ["community_safety"], "signed_in_at": datetime.now(UTC) - timedelta(days=32)},
    ):
        async with site.resources.everything.writing() as db:
            await db.connection.execute(update(staff).where(mine).values(**said))
        assert (await site.http.get(address)).status_code == 404, said
    await a_sign_in(site, "community_safety-25")
    assert (await site.http.get(address)).status_code == 200


async def test_no_other_token_opens_it_and_it_opens_nothing_else(site: Product) -> None:
    address = await made(site, "community_safety-26")
    token = address.rpartition("/")[2].removesuffix(".ics")
    later, id_ = datetime.now(UTC) + timedelta(days=9), (await of(site, "community_safety-26")).id
    over = datetime.now(UTC) - timedelta(minutes=1)
    others = (
        issue(site.settings, "community_safety-26", "community_safety", timedelta(hours=1)),
        private_address(site.settings, id_, later).rpartition("/")[2],
        calendar_address(site.settings, id_, over).rpartition("/")[2].removesuffix(".ics"),
        calendar_address(site.settings, str(uuid4()), later).rpartition("/")[2].removesuffix(".ics"),
        f"{token[:-2]}AA",
        "nonsense",
    )
    for other in others:
        assert (await site.http.get(f"/calendar/{other}.ics")).status_code == 404
    as_a_bearer = {"Authorization": f"Bearer {token}"}
    assert (await site.http.get("/api/cases", headers=as_a_bearer)).status_code == 401
    assert (await site.http.get(f"/l/{token}")).status_code == 404


async def test_it_is_limited_and_no_line_of_the_log_holds_it(
    site: Product, capfd: pytest.CaptureFixture[str]
) -> None:
    address = await made(site, "community_safety-27")
    token = address.rpartition("/")[2].removesuffix(".ics")
    rarely = elsewhere(site.settings, link_uses_an_hour=2, failed_sign_ins_an_hour=1)
    async with serving(rarely, make=with_pages) as strict:
        path = f"/calendar/{token}.ics"
        answers = [(await strict.http.get(path)).status_code for _ in range(3)]
        wrong = [(await strict.http.get(f"/calendar/{token}x.ics")).status_code for _ in range(2)]
        whole = strict.resources
        strict.app.state.resources = replace(whole, store=None)
        fault = (await strict.http.get(path)).status_code
        strict.app.state.resources = whole
    said = capfd.readouterr()
    assert answers == [200, 200, 429]
    assert wrong == [404, 429]
    assert fault == 500
    assert token not in said.out + said.err
    assert token.split(".")[1] not in said.out + said.err


async def test_another_site_makes_none(site: Product) -> None:
    name, secret = SIGNED_IN.name(site.settings), await a_sign_in(site, "community_safety-28")
    sent = {"Cookie": f"{name}={secret}", "Sec-Fetch-Site": "cross-site"}
    answer = await site.http.post("/safety/hearings", data={"do": "make", "key": str(uuid4())}, headers=sent)
    assert answer.status_code == 403


async def test_its_owner_makes_and_ends_it_on_the_page(site: Product, browser: Browser) -> None:
    action = await legal_action(site, *TO_ISSUED, listed(21))
    async with signed_in(browser, site, "community_safety-29") as page:
        await page.goto("/safety/hearings")
        await expect(page.locator("li.owed", has_text=action)).to_contain_text("Court hearing")
        await page.get_by_role("button", name="Make an address").click()
        await page.get_by_text("Show my address").click()
        shown = await page.get_by_label("Add this to your calendar program").input_value()
        assert shown == await address_of(site, "community_safety-29")
        await page.emulate_media(media="print")
        await expect(page.get_by_label("Add this to your calendar program")).to_be_hidden()
        await page.emulate_media(media="screen")
        await page.get_by_role("button", name="End my address").click()
        await expect(page.get_by_text("You have no address now.")).to_be_visible()
    async with signed_in(browser, site, "solicitor-29") as page:
        await page.goto("/safety/hearings")
        await expect(page.locator("li.owed", has_text=action)).to_be_visible()
        await expect(page.get_by_role("link", name=action.removesuffix("-7"), exact=True)).to_have_count(0)
