"""Recording by form: what it does shown first, what is wrong said where it stands, and nothing typed lost."""

import re
from datetime import UTC, datetime
from uuid import uuid4

from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import a_sign_in, signed_in

from api.facts import RECORDED_HERE
from pages.staff.recording.choices import choices_on, questions_of
from pages.staff.recording.inputs import Input, Kind, inputs_of
from pages.staff.recording.typed import body_of
from policy.working_days import london_day
from tests.api.product import Product
from tests.given import EDITION, assessed, empty_file


def test_every_kind_of_fact_has_a_form_but_what_nobody_types() -> None:
    file = empty_file(NOW.date())
    for fact, kind in RECORDED_HERE.items():
        asked = inputs_of(kind, choices_on(file, EDITION, kind, {}), questions_of(EDITION, fact))
        assert asked[-1].name == "at", fact


async def test_what_it_would_do_is_shown_and_then_it_is_recorded_once(lived_in: Product, browser: Browser) -> None:
    ref = await lived_in.officer.reported()
    async with signed_in(browser, lived_in) as page:
        await page.goto(f"/cases/{ref}/record/contact_made")
        await page.get_by_label("Phone").check()
        await page.get_by_label("What happened, in your words").fill("Spoke at ten.")
        await page.get_by_role("button", name="See first what it does").click()
        await expect(page.locator(".preview")).to_contain_text("No longer owed: Contact the complainant.")
        key = await page.locator("[name=idempotency-key]").input_value()
        await page.get_by_role("button", name="Record", exact=True).click()
        await page.wait_for_url(f"**/cases/{ref}#timeline")
        again = {"idempotency-key": key, "means": "phone", "words": "Spoke at ten.", "do": "record"}
        headers = lived_in.officer.headers() | {"Origin": lived_in.settings.public_origin}
        pressed_twice = await lived_in.http.post(f"/cases/{ref}/record/contact_made", data=again, headers=headers)
        assert pressed_twice.status_code == 303, pressed_twice.text
        await page.goto(f"/cases/{ref}")
        await expect(page.locator("ol.timeline li", has_text="Spoke at ten.")).to_have_count(1)


async def test_what_is_wrong_is_said_where_it_stands_and_what_was_typed_stays(
    lived_in: Product, browser: Browser
) -> None:
    ref = await lived_in.officer.reported()
    async with signed_in(browser, lived_in) as page:
        await page.goto(f"/cases/{ref}/record/assessed")
        await page.get_by_label("Why", exact=True).fill("Most nights.")
        await page.get_by_role("button", name="Record", exact=True).click()
        await expect(page.get_by_role("heading", name="Nothing was recorded")).to_be_visible()
        await page.locator(".govuk-error-summary a[href='#seriousness']").click()
        await expect(page.get_by_label("Why", exact=True)).to_have_value("Most nights.")


async def test_a_refusal_says_why_and_what_to_record_first(lived_in: Product, browser: Browser) -> None:
    ref = await lived_in.officer.reported()
    async with signed_in(browser, lived_in) as page:
        await page.goto(f"/cases/{ref}/record/case_closed")
        await page.get_by_label("With letter").check()
        await page.get_by_label("Why", exact=True).fill("All is quiet.")
        await page.get_by_role("button", name="Record", exact=True).click()
        summary = page.locator(".govuk-error-summary")
        await expect(summary).to_contain_text("Nothing was recorded")
        await expect(summary.get_by_role("link").first).to_contain_text("Record first")
        await expect(page.get_by_label("Why", exact=True)).to_have_value("All is quiet.")


async def test_a_sign_in_that_ended_loses_nothing_that_was_typed(site: Product, browser: Browser) -> None:
    ref = await case_of(site, assessed(NOW))
    async with signed_in(browser, site) as page:
        await page.goto(f"/cases/{ref}/record/contact_made")
        await page.get_by_label("What happened, in your words").fill("She is afraid.")
        cookies = await page.context.cookies()
        await page.context.clear_cookies()
        await page.get_by_role("button", name="See first what it does").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Please sign in again")
        await page.context.add_cookies(cookies)  # type: ignore[arg-type] # as Playwright gives them
        await page.get_by_role("button", name="Send again").click()
        await expect(page.get_by_label("What happened, in your words")).to_have_value("She is afraid.")


async def test_what_another_site_sent_does_not_wait_for_somebody_to_sign_in(site: Product) -> None:
    ref = await case_of(site)
    form = {"words": "Planted by another site.", "means": "phone"}
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://another.example"}
    answer = await site.http.post(f"/cases/{ref}/record/contact_made", data=form, headers=elsewhere)
    assert answer.status_code == 401
    assert "Planted" not in answer.text
    ours = await site.http.post(
        f"/cases/{ref}/record/contact_made", data=form, headers={"Origin": site.settings.public_origin}
    )
    assert "Planted" in ours.text


def test_a_number_of_thousands_of_digits_is_for_the_border_to_refuse() -> None:
    asked = Input("weeks", "Weeks", Kind.NUMBER, needed=True)
    assert body_of([asked], {"weeks": ["9" * 5000]}) == {"weeks": "9" * 5000}
    assert body_of([asked], {"weeks": ["12"]}) == {"weeks": 12}


async def test_a_form_that_is_gone_back_to_records_something_else_once_it_is_pressed_again(
    lived_in: Product,
) -> None:
    ref = await lived_in.officer.reported()
    headers = lived_in.officer.headers() | {"Origin": lived_in.settings.public_origin}
    form = {"idempotency-key": str(uuid4()), "means": "phone", "words": "Spoke at ten.", "do": "record"}
    to = f"/cases/{ref}/record/contact_made"
    assert (await lived_in.http.post(to, data=form, headers=headers)).status_code == 303
    other = form | {"words": "Spoke at noon."}
    asked = await lived_in.http.post(to, data=other, headers=headers)
    assert asked.status_code == 409
    assert "press the button once more" in asked.text
    assert "Idempotency" not in asked.text
    key = re.search('name="idempotency-key" value="([^"]+)"', asked.text)
    assert key
    again = await lived_in.http.post(to, data=other | {"idempotency-key": key[1]}, headers=headers)
    assert again.status_code == 303, again.text


async def test_whatever_a_case_offers_to_be_recorded_has_its_form(site: Product) -> None:
    ref = await case_of(site, assessed(NOW))
    for who in (site.officer, site.supervisor):
        page = (await who.get(f"/cases/{ref}")).text
        offered = set(re.findall(f'href="(/cases/{ref}/record/[a-z_0-9]+)"', page))
        assert f"/cases/{ref}/record/cases_linked" in offered
        for form in sorted(offered):
            assert (await who.get(form)).status_code == 200, form


async def test_two_cases_are_linked_by_a_form(lived_in: Product) -> None:
    ref, other = await lived_in.officer.reported(), await lived_in.officer.reported()
    headers = lived_in.officer.headers() | {"Origin": lived_in.settings.public_origin}
    form = {"idempotency-key": str(uuid4()), "other": other, "tie": "same_people", "do": "record"}
    to = f"/cases/{ref}/record/cases_linked"
    assert (await lived_in.http.post(to, data=form, headers=headers)).status_code == 303
    assert f'href="/cases/{other}"' in (await lived_in.officer.get(f"/cases/{ref}")).text


async def test_a_form_goes_on_to_the_address_that_it_had_before_signing_in(site: Product) -> None:
    to = f"/access-review/{await case_of(site)}?taken={uuid4()}"
    headers = {"Origin": site.settings.public_origin}
    answer = await site.http.post(to, data={"justified": "yes", "words": "There was."}, headers=headers)
    assert answer.status_code == 401
    assert f'action="{to}"' in answer.text


async def test_what_would_be_refused_when_it_is_recorded_is_refused_when_it_is_looked_at_first(
    site: Product,
) -> None:
    ref = await case_of(site, assessed(NOW))
    told = {"fact": "conflict_declared", "who": "officer-91", "why": "involved", "words": "A cousin."}
    assert (await site.supervisor.post(f"/api/cases/{ref}/access", told)).status_code == 201
    headers = site.supervisor.headers() | {"Origin": site.settings.public_origin}
    for fact, form, why in (
        ("case_allocated", {"officer": "officer-91"}, "connected with this case"),
        ("cases_linked", {"other": "CW-2024-999999", "tie": "same_people"}, "CW-2024-999999"),
    ):
        to = f"/cases/{ref}/record/{fact}"
        answer = await site.http.post(to, data=form | {"do": "preview"}, headers=headers)
        assert "Nothing was recorded" in answer.text, fact
        assert why in answer.text


def test_of_today_no_hour_need_be_said() -> None:
    today = london_day(datetime.now(UTC)).isoformat()
    inputs = [Input(name, "", Kind.MOMENT, needed=False) for name in ("at", "happened_at")]
    body = body_of(inputs, {f"{one.name}.day": [today] for one in inputs})
    assert "at" not in body, "it is now"
    assert datetime.fromisoformat(body["happened_at"]) <= datetime.now(UTC)
    past = body_of(inputs, {"at.day": ["2026-01-05"]})
    assert past == {"at": "2026-01-05T12:00:00+00:00"}


async def test_an_officer_is_chosen_and_not_spelt(site: Product) -> None:
    await a_sign_in(site, "officer-95")
    ref = await case_of(site, assessed(NOW))
    for fact in ("case_allocated", "cover_arranged"):
        page = (await site.supervisor.get(f"/cases/{ref}/record/{fact}")).text
        assert re.search('type="radio" value="officer-95"', page), fact
        assert "Officer Example, officer-95" in page
