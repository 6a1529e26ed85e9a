"""An agency answers a referral on a page, by its private link."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from looking_at import is_right
from playwright.async_api import Page, expect
from referred_here import answer_path, sent_to_agency

from policy.facts import Actor, digest
from policy.facts.base import Role
from policy.referral import facts as f
from policy.working_days import london_day
from tests.activities.referred import happened
from tests.api.product import Product, elsewhere
from tests.given import a_moment_ago
from workers.worker import private_link

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
WORDS = "We meet her on Monday.\nAt ten."


async def test_it_shows_what_can_be_told_and_nobody(page: Page, site: Product) -> None:
    order = await sent_to_agency(site)
    await page.goto(answer_path(site, order))
    shown = await page.locator("body").inner_text()
    assert order.ref in shown
    assert site.settings.landlord_phone in shown
    for label in ("We have it", "We can help", "We cannot help"):
        await expect(page.get_by_label(label, exact=True)).to_be_visible()
    await expect(page.get_by_label("How it is going")).to_have_count(0)
    shown = (await page.content()).replace(answer_path(site, order), "").lower()  # of a link chance may make words
    for word in ("Rowan", "Pat", "sleep", order.duty.proposed):
        assert word.lower() not in shown
    assert order.ref not in await page.title()


async def test_what_is_missing_is_said_and_what_was_typed_stays(page: Page, site: Product) -> None:
    await page.goto(answer_path(site, await sent_to_agency(site)))
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_contain_text("Choose what you can tell us")
    await page.get_by_label("We can help").check()
    await page.get_by_label("Day", exact=True).fill("1")
    await page.get_by_label("Month").fill("2")
    await page.get_by_label("Year").fill("2020")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_contain_text("This day has passed")
    await expect(page.get_by_label("We can help")).to_be_checked()
    await is_right(page)
    await page.get_by_label("Year").fill("2050")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_contain_text("Write what you will do")
    await expect(page.get_by_label("Year")).to_have_value("2050")


async def test_while_the_engine_is_away_it_says_so_and_keeps_what_was_typed(page: Page, site: Product) -> None:
    """As it is here."""
    await page.goto(answer_path(site, await sent_to_agency(site)))
    key = await page.locator("[name=key]").input_value()
    await page.get_by_label("We can help").check()
    await page.get_by_label("In your own words").fill(WORDS)
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_contain_text("We could not write this down just now")
    await expect(page.get_by_label("In your own words")).to_have_value(WORDS)
    assert await page.locator("[name=key]").input_value() == key
    await is_right(page)


async def test_once_recorded_the_same_form_is_taken_and_another_under_its_key_is_asked_about(
    site: Product,
) -> None:
    order, key = await sent_to_agency(site), str(uuid4())
    told = f.ReferralAnswered(at=a_moment_ago(), taken_up=False, words="No room.")
    by = Actor(id="agency:victim_support", role=Role.AGENCY)
    same = {"fact": "referral_answered", "taken_up": False, "words": "No room."}
    await happened(site.records, order.ref, told, by, key, digest(same))
    form = {"key": key, "what": "cannot_help", "words": "No room."}
    path = answer_path(site, order)
    again = await site.http.post(path, data=form, headers=FROM_HERE)
    assert (again.status_code, again.headers["location"]) == (303, f"{path}?told")
    assert "Thank you" in (await site.http.get(again.headers["location"])).text
    other = await site.http.post(path, data=form | {"words": "No time."}, headers=FROM_HERE)
    assert other.status_code == 409
    assert "You sent something else from this page before" in other.text
    assert "No time." in other.text
    assert key not in other.text


async def test_what_cannot_be_told_any_more_is_said_in_plain_words_and_stays_readable(
    page: Page, site: Product
) -> None:
    order = await sent_to_agency(site)
    await page.goto(answer_path(site, order))
    await page.get_by_label("We can help").check()
    await page.get_by_label("In your own words").fill(WORDS)
    for fact in (
        f.ConsentTold(at=a_moment_ago(), stands=False, stays=False),
        f.AgencyToldOfWithdrawal(at=a_moment_ago(), words="Rang them."),
    ):
        file = await happened(site.records, order.ref, fact)
    await happened(site.records, order.ref, f.CaseTold(at=a_moment_ago(), said=file.said, reached=True))
    async with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        await page.get_by_role("button", name="Send").click()
    assert (await sent.value).status == 409
    await expect(page.get_by_role("alert")).to_contain_text("This referral no longer stands")
    await expect(page.get_by_text("We meet her on Monday.")).to_be_visible()
    await is_right(page)


async def test_how_it_goes_is_asked_alone_once_they_have_taken_it_up(page: Page, site: Product) -> None:
    taken_up = f.ReferralAnswered(at=a_moment_ago(), taken_up=True, words="Yes.")
    await page.goto(answer_path(site, await sent_to_agency(site, taken_up)))
    await expect(page.get_by_role("heading", name="How it is going")).to_be_visible()
    assert await page.get_by_role("radio").count() == 0
    await expect(page.get_by_text("Leave it empty if you only tell us")).to_have_count(0)
    await is_right(page)


async def test_they_see_what_they_told_before_and_none_of_the_words(page: Page, site: Product) -> None:
    order = await sent_to_agency(site)
    await page.goto(answer_path(site, order))
    await expect(page.get_by_text("What you told us so far")).to_have_count(0)
    by = Actor(id="agency:victim_support", role=Role.AGENCY)
    for fact in (
        f.ReferralAcknowledged(at=a_moment_ago()),
        f.ReferralAnswered(at=a_moment_ago(), taken_up=True, words="SECRET: we meet her."),
    ):
        await happened(site.records, order.ref, fact, by, str(uuid4()))
    await page.reload()
    told = page.get_by_role("listitem").filter(has_text=re.compile("^We (have it|can help), on "))
    assert [one.partition(",")[0] for one in await told.all_inner_texts()] == ["We have it", "We can help"]
    assert "SECRET" not in await page.content()
    await is_right(page)


async def test_a_link_that_does_not_work_says_to_ring_and_not_why(site: Product) -> None:
    order = await sent_to_agency(site)
    wrong = [
        "/answer/nonsense",
        answer_path(site, order, "gp"),
        answer_path(site, order, until=datetime.now(UTC) - timedelta(seconds=1)),
        answer_path(site, order)[:-1],
    ]
    said = set()
    for path in wrong:
        for answer in (await site.http.get(path), await site.http.post(path, headers=FROM_HERE)):
            assert answer.status_code == 404, path
        said.add((await site.http.get(path)).text)
    assert len(said) == 1
    assert site.settings.landlord_phone in said.pop()


async def test_another_site_or_a_form_that_we_do_not_know_is_not_taken(site: Product) -> None:
    path, form = answer_path(site, await sent_to_agency(site)), {"key": str(uuid4()), "what": "have_it"}
    assert (await site.http.post(path, data=form, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    for bad in ({"key": "x"}, {"key": ""}):
        assert (await site.http.post(path, data=form | bad, headers=FROM_HERE)).status_code == 422
    assert (await site.http.post(path, data=form | {"what": "ended"}, headers=FROM_HERE)).status_code == 422


async def test_a_mail_leads_to_the_page_and_a_system_to_the_api(site: Product) -> None:
    order = await sent_to_agency(site)
    make = private_link(elsewhere(site.settings, public_url=f"{site.base}/"))
    today: date = london_day(datetime.now(UTC))
    for channel, kind in (("mail", "text/html"), ("webhook", "application/json")):
        made = make(order.ref, order.duty.agency, today, type(order.duty.channel)(channel))
        answer = await site.http.get(made)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
    assert re.search(r"/answer/[^/]+$", make(order.ref, "gp", today, order.duty.channel))
