"""Letters on a page: read before they go, held, worded and sent by a press."""

from uuid import uuid4

from own_link import case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from api.problems import meant_by
from pages.rendering import _templates
from pages.staff.letter_states import BECAME, WAITS
from policy.letters_owed import LetterState as Waits
from store.letters import LetterState
from tests.api.product import Product, until
from tests.api.test_api_letter_drafts import ADDED, OURS, letter_to_look_at
from workflows.case_door import EngineAway, OutcomeUnknown


def test_every_state_has_its_words() -> None:
    assert set(WAITS) == set(Waits)
    assert set(BECAME) == set(LetterState)


async def test_a_letter_is_read_worded_and_let_go_by_a_press(lived_in: Product, browser: Browser) -> None:
    ref, key = await letter_to_look_at(lived_in)
    async with signed_in(browser, lived_in) as page:
        await page.goto(f"/cases/{ref}/letters")
        waits = page.locator("li.owed", has_text="Letter that says how things stand")
        await expect(waits).to_contain_text("held, to be looked at first")
        await waits.get_by_role("link", name="A held letter was given its own words").click()
        assert await page.locator(f"[name=key][value={key}]").is_checked()
        await page.get_by_label("In the letter").fill(ADDED)
        await page.get_by_role("button", name="Record", exact=True).click()
        await page.wait_for_url(f"**/cases/{ref}#timeline")
        await page.goto(f"/cases/{ref}/letters/{key}")
        await expect(page.locator("main")).to_contain_text("It has not gone. This is how it would go now.")
        await expect(page.locator("main")).to_contain_text(ADDED)
        await expect(page.locator("main")).not_to_contain_text(OURS)
        await page.goto(f"/cases/{ref}/letters")
        await page.get_by_role("button", name="Send it now").click()
        await page.wait_for_url(f"**/cases/{ref}#timeline")

    async def gone() -> bool:
        shown = (await lived_in.officer.get(f"/cases/{ref}/letters/{key}")).text
        return "This is what its reader has: sent." in shown

    assert await until(gone, 60)


async def test_a_letter_that_there_is_not_is_not_found(site: Product) -> None:
    ref = await case_of(site)
    assert (await site.officer.get(f"/cases/{ref}/letters/update-9")).status_code == 404
    page = (await site.officer.get(f"/cases/{ref}/letters")).text
    assert "What cannot be done with letters now, and why" in page
    assert "Send it now" not in page


async def test_holding_what_cannot_be_held_says_why(lived_in: Product) -> None:
    ref, key = await letter_to_look_at(lived_in)
    form = {"idempotency-key": str(uuid4()), "key": key, "reasons": "Wait a day.", "do": "record"}
    sent = lived_in.officer.headers() | {"Origin": lived_in.settings.public_origin}
    answer = await lived_in.http.post(f"/cases/{ref}/record/letter_held", data=form, headers=sent)
    assert answer.status_code == 409, answer.text
    assert "Nothing was recorded" in answer.text
    assert "Wait a day." in answer.text


def test_where_nobody_knows_whether_it_was_recorded_no_page_says_that_it_was_not() -> None:
    shows = "{% from 'staff/inputs.html' import summary %}{{ summary({}, said, none, none) }}"
    template = _templates().from_string(shows)
    for error, said in (
        (OutcomeUnknown(), "It may or may not be recorded"),
        (EngineAway(), "Nothing was recorded"),
    ):
        shown = template.render(said=meant_by(error).problem)
        assert said in shown
        assert "same key" not in shown
        assert "ress the button again" in shown
