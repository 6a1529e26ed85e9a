"""What somebody has begun to type into a form is there when they come back: theirs alone, until it is recorded."""

import asyncio
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from begun_here import FORM, NOT_YET, WORDS, Writer, key_of
from own_link import NOW, case_of
from playwright.async_api import Browser, Page, Route, expect
from signed_in import a_sign_in, signed_in
from sqlalchemy import select, update

from api.browser import SIGNED_IN
from store import drafts
from store.cases import cases
from store.drafts import MOST, Draft, Place
from store.sessions import Viewer
from tests.activities.referred import referred
from tests.api.product import Product, until
from tests.given import assessed, report


async def test_it_is_kept_while_one_types_and_is_there_in_another_tab(site: Product, browser: Browser) -> None:
    ref = await case_of(site)
    async with signed_in(browser, site, "officer-172") as page:
        await page.goto(FORM.format(ref))
        await page.get_by_label("What happened, in your words").fill(WORDS)
        kept = page.locator("main form [role=status]")
        await expect(kept).to_have_text(re.compile(r"^Kept at \d\d:\d\d, not recorded yet\.$"))
        tab = await page.context.new_page()
        await tab.goto(FORM.format(ref))
        await expect(tab.get_by_label("What happened, in your words")).to_have_value(WORDS)
        await expect(tab.locator("main")).to_contain_text(NOT_YET)
        await tab.get_by_role("button", name="Start afresh").click()
        await expect(tab.get_by_label("What happened, in your words")).to_have_value("")
        await expect(tab.locator("main")).not_to_contain_text(NOT_YET)
        await page.get_by_label("What happened, in your words").fill("Still typing here.")
        await expect(kept).to_contain_text("begun afresh, in another tab")
        await page.context.set_offline(True)
        await page.get_by_label("What happened, in your words").fill("And where nothing reaches us.")
        await expect(kept).to_contain_text("Not kept just now")
        await page.context.set_offline(False)
        await _left_in_a_hurry(tab, ref)
        await page.context.clear_cookies()
        await page.get_by_label("What happened, in your words").fill("And here.")
        await expect(kept).to_contain_text("Your sign-in has ended")
        await expect(page.get_by_label("What happened, in your words")).to_have_value("And here.")


async def _left_in_a_hurry(tab: Page, ref: str) -> None:
    """Before the pause after which it would be kept."""
    await tab.get_by_label("What happened, in your words").fill("In the middle of a")
    await tab.goto("/today")

    async def listed() -> bool:
        await tab.reload()
        return await tab.get_by_role("link", name=f"We reached the complainant, {ref}").count() == 1

    await until(listed)
    await tab.get_by_role("link", name=f"We reached the complainant, {ref}").click()
    await expect(tab.get_by_label("What happened, in your words")).to_have_value("In the middle of a")


async def test_where_a_press_came_to_nothing_what_is_typed_then_is_kept(site: Product, browser: Browser) -> None:
    """As where it was stopped: the page is still there."""

    async def nothing(route: Route) -> None:
        await (route.fulfill(status=204) if route.request.is_navigation_request() else route.continue_())

    async with signed_in(browser, site, "officer-172") as page:
        await page.goto(FORM.format(await case_of(site)))
        await page.route("**/record/contact_made", nothing)
        async with page.expect_response(lambda one: one.status == 204):
            await page.get_by_role("button", name="Record", exact=True).click(no_wait_after=True)
        await page.get_by_label("What happened, in your words").fill("Pressed, and stopped.")
        await expect(page.locator("main form [role=status]")).to_have_text(re.compile("^Kept at"))


async def test_without_scripts_a_button_keeps_it_and_each_address_is_another_form(site: Product) -> None:
    ref, officer = await case_of(site, assessed(NOW)), Writer(site)
    form = f"/cases/{ref}/record/promise_kept"
    answer = await officer.sends(f"{form}?matter=promise-1", "keep", words=WORDS)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{form}?matter=promise-1")
    back = await officer.opens(f"{form}?matter=promise-1&utm=x")
    assert WORDS in back
    assert NOT_YET in back
    for other in (form, f"{form}?matter=promise-2"):
        assert WORDS not in await officer.opens(other)
    for page in ("/today", f"/cases/{ref}"):
        assert f'href="{form}?matter=promise-1"' in await officer.opens(page)
    assert (await officer.sends(f"{form}?matter=promise-1", "afresh", key_of(back))).status_code == 303
    assert WORDS not in await officer.opens(f"{form}?matter=promise-1")
    assert ref not in await officer.today()


async def test_nobody_else_sees_it_whoever_leads_them_nor_the_system_itself(site: Product) -> None:
    ref, officer = await case_of(site), Writer(site)
    to = FORM.format(ref)
    await officer.types(to)
    for other in ("officer-173", "supervisor-173", "manager-173"):
        assert WORDS not in await Writer(site, other).opens(to), other
        assert "Begun and not sent" not in await Writer(site, other).opens(f"/cases/{ref}"), other
    said = select(drafts.drafts.c.said).where(drafts.drafts.c.about == ref)
    for who, seen in (("officer-171", 1), ("officer-173", 0), ("supervisor-173", 0)):
        async with site.resources.store.seen_by(Viewer(who, (), ("*",))).reading() as db:
            assert len((await db.connection.execute(said)).all()) == seen, who
    async with site.resources.everything.reading() as db:
        assert not (await db.connection.execute(said)).all()
    with pytest.raises(Exception, match="InsufficientPrivilege"):
        async with site.records.reading() as db:
            await db.connection.execute(said)


async def test_of_two_tabs_the_one_kept_later_wins(site: Product) -> None:
    to, officer, keys = FORM.format(await case_of(site)), Writer(site), [str(uuid4()) for _ in range(2)]
    await officer.types(to, keys[0], words="The first tab.")
    await officer.types(to, keys[1], words="The second tab.")
    assert key_of(await officer.opens(to)) == keys[1]
    await asyncio.gather(*(officer.types(to, key, words=f"Tab {key}.") for key in keys * 4))
    kept = await officer.opens(to)
    assert f"Tab {key_of(kept)}." in kept
    assert (await officer.today()).count(f'href="{to}"') == 1
    await officer.types(to, key_of(kept), words="  ")
    assert NOT_YET not in await officer.opens(to), "what was taken away again is no draft"


async def test_recorded_it_is_gone_and_nothing_kept_late_brings_it_back(lived_in: Product) -> None:
    ref, officer = await lived_in.officer.reported(), Writer(lived_in)
    to, key, other = FORM.format(ref), str(uuid4()), str(uuid4())
    told = {"means": "phone", "words": WORDS}
    await officer.types(to, key, **told)
    recording = officer.sends(to, "record", key, **told)
    typing = (officer.sends(to, "type", key, **told) for _ in range(6))
    pressed, *_ = await asyncio.gather(recording, *typing)
    assert pressed.status_code == 303, pressed.text
    assert "was recorded" in await officer.types(to, key, **told)
    assert NOT_YET not in await officer.opens(to)
    async with lived_in.resources.store.seen_by(Viewer(officer.name, (), ("*",))).reading() as db:
        rows = (await db.connection.execute(select(drafts.drafts))).mappings().all()
    assert [one["key"] for one in rows] == [key]
    assert {rows[0][name] for name in ("address", "fact", "about", "case_ref", "said")} == {None}
    await officer.types(to, other, words="Something else.")
    again = await officer.sends(to, "record", key, **told)
    assert again.status_code == 303, "pressed twice it is once"
    assert "Something else." in await officer.opens(to), "what another tab began is another draft"


async def test_one_whose_key_was_recorded_is_none_whatever_kept_us_from_forgetting_it(lived_in: Product) -> None:
    """Recorded under its key, by another way than its form."""
    officer, leader = Writer(lived_in), Writer(lived_in, "supervisor-171")
    ref = await officer.caller.reported()
    person = (await officer.caller.post("/api/people", {"name": "Ash Example"})).json()["id"]
    contact = {"fact": "contact_made", "means": "phone", "words": WORDS}
    shut = {"fact": "access_restricted", "why": "staff_involved", "named": ["supervisor-171"], "words": WORDS}
    for writer, form, route, body in (
        (officer, FORM.format(ref), f"/api/cases/{ref}/facts", contact),
        (officer, "/reports/new/noise", "/api/reports", {"channel": "phone", "words": WORDS}),
        (officer, f"/people/{person}/correct", f"/api/people/{person}/corrections", {"name": "Ash Exemplar"}),
        (leader, f"/access-review/{ref}", f"/api/cases/{ref}/access", shut),
    ):
        key = str(uuid4())
        await writer.types(form, key)
        assert NOT_YET in await writer.opens(form), form
        assert (await writer.caller.post(route, body, key)).is_success, form
        assert NOT_YET not in await writer.opens(form), form
        assert "Begun and not sent" not in await writer.today(), form


async def test_what_was_sent_and_not_taken_is_kept_too(site: Product) -> None:
    officer = Writer(site, "officer-174")
    to = FORM.format(await case_of(site))
    assert (await officer.sends(to, "record")).status_code == 422
    assert NOT_YET not in await officer.opens(to), "nothing was typed"
    for do, status, words in (("record", 422, "No means yet."), ("preview", 200, "Seen first.")):
        said = {"words": words} | ({"means": "phone"} if do == "preview" else {})
        assert (await officer.sends(to, do, **said)).status_code == status
        assert words in await officer.opens(to)


async def test_a_case_that_is_restricted_meanwhile_is_not_named_any_more(site: Product) -> None:
    ref, officer = await case_of(site), Writer(site, "officer-175")
    about = (await referred(site.records, report(NOW))).ref
    forms = FORM.format(ref), f"/cases/{ref}/incidents", f"/referrals/{about}/record/referral_answered"
    for to in forms:
        await officer.types(to)
        assert WORDS in await officer.opens(to)
    named = await officer.today()
    assert ref in named
    assert about in named
    assert f"{about}/record" in await officer.opens(f"/cases/{about.rpartition('-')[0]}")
    async with site.resources.everything.writing() as db:
        shut = update(cases).where(cases.c.ref.in_([ref, about.rpartition("-")[0]]))
        await db.connection.execute(shut.values(restricted=True))
    assert "Begun and not sent" not in await officer.today()
    for to in (forms[0], forms[2]):
        assert (await officer.caller.get(to)).status_code == 403
        assert (await officer.sends(to, "type", words="More.")).status_code == 403
    assert WORDS in await officer.opens(forms[1]), "what happened again is told from outside as well"


async def test_what_is_too_much_to_keep_is_said_in_words(site: Product) -> None:
    officer = Writer(site, "officer-176")
    to = FORM.format(await case_of(site))
    assert "longer than can be recorded" in await officer.types(to, words="x" * 70_000)
    pressed = await officer.sends(to, "keep", words="x" * 70_000)
    assert pressed.status_code == 413
    assert "x" * 70_000 in pressed.text
    await officer.types(to)
    async with site.resources.store.seen_by(Viewer(officer.name, (), ())).writing() as db:
        for number in range(1, MOST):
            place = Place(address=f"/reports/new/{number}", fact="report_received")
            draft = Draft(key=str(uuid4()), said={"words": [WORDS]}, began_at=NOW)
            assert await drafts.keep(db, officer.name, place, draft, datetime.now(UTC))
    assert "as many as we keep" in await officer.types("/reports/new/noise")
    assert "Kept at" in await officer.types(to, words="One of those goes on.")


async def test_only_its_writer_gets_it_back_and_only_signed_in(site: Product) -> None:
    """A screen that two share: the tab of one stays open while the other signs in."""
    to = FORM.format(await case_of(site))
    one, other = Writer(site, "officer-177"), Writer(site, "officer-178")
    await one.types(to)
    answer = await site.http.get(to)
    assert answer.status_code == 303
    assert WORDS not in answer.text
    assert "Somebody else is signed in" in await other.types(to, writer=one.name, words="Of the first.")
    assert "Of the first." not in await other.opens(to)
    for subject, theirs in ((one.name, True), (other.name, False)):
        cookie = {"Cookie": f"{SIGNED_IN.name(site.settings)}={await a_sign_in(site, subject)}"}
        assert (WORDS in (await site.http.get(to, headers=cookie)).text) is theirs


async def test_nothing_is_recorded_as_somebody_s_who_did_not_write_it(site: Product) -> None:
    """Also where it is pressed again on the page that said so."""
    ref = await case_of(site)
    to, other = FORM.format(ref), Writer(site, "officer-178")
    for _ in range(2):
        said = await other.sends(to, "record", writer="officer-177", words=WORDS)
        assert said.status_code == 409
        assert "Somebody else is signed in" in said.text
        assert 'name="writer" value="officer-177"' in said.text
        assert WORDS in said.text
    assert WORDS not in (await site.officer.get(f"/api/cases/{ref}/timeline")).text
