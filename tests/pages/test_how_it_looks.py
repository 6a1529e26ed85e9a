"""How pages look: what is only read aloud, what is in sight, and numbers that can be read and rung."""

import pytest
from every_page import WAYS
from playwright.async_api import Page, expect

from pages.rendering import numbers
from tests.api.product import Product

LEAVE = "Leave this page"


@pytest.mark.parametrize("path", ["/report", "/report/check", "/my-case"])
async def test_what_is_only_read_aloud_is_not_seen(page: Page, site: Product, path: str) -> None:
    await page.goto(await WAYS[path](page, site))
    for one in await page.locator(".govuk-visually-hidden").all():
        box = await one.bounding_box()
        assert box is not None
        assert box["width"] <= 1, await one.inner_text()


async def test_the_way_out_stays_in_sight_on_a_long_page(page: Page) -> None:
    await page.goto("/our-policy")
    await page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    await expect(page.get_by_role("link", name=LEAVE)).to_be_in_viewport(ratio=1)
    await page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    await expect(page.get_by_role("link", name=LEAVE)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [320, 640, 1280])
async def test_the_way_out_stands_over_nothing_when_a_page_opens(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 640})
    await page.goto("/report")
    leave = await page.get_by_role("link", name=LEAVE).bounding_box()
    heading = await page.get_by_role("heading", level=1).bounding_box()
    assert leave is not None
    assert heading is not None
    assert leave["y"] + leave["height"] <= heading["y"]
    assert leave["x"] + leave["width"] <= width


@pytest.mark.parametrize("path", ["/our-policy", "/report", "/privacy"])
async def test_no_line_is_too_long_to_read(page: Page, path: str) -> None:
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.goto(path)
    for one in await page.locator("main p, main li").all():
        size = await one.evaluate("one => one.clientWidth / parseFloat(getComputedStyle(one).fontSize)")
        assert size <= 38.1, await one.inner_text()


async def test_lists_on_our_pages_are_in_our_type(page: Page, site: Product) -> None:
    await page.goto(await WAYS["/my-case"](page, site))
    family = await page.locator("ol.timeline").first.evaluate("one => getComputedStyle(one).fontFamily")
    assert "Atkinson" in family


async def test_answers_read_back_stand_beside_their_names_and_each_empty_question_once(
    page: Page, site: Product
) -> None:
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.goto(await WAYS["/report/check"](page, site))
    for row in await page.locator(".govuk-summary-list__row").all():
        name = await row.locator("dt").evaluate(_FIRST_LINE)
        value = await row.locator("dd .as-typed").evaluate(_FIRST_LINE)
        assert abs(name - value) < 3, await row.inner_text()
    assert await page.get_by_text("You left this empty").count() == 4, (
        "when, where, who, and how we can reach them"
    )


_FIRST_LINE = """one => {
  const all = document.createRange();
  all.selectNodeContents(one);
  return [...all.getClientRects()].filter(box => box.height)[0].top;
}"""


async def test_telephone_numbers_can_be_rung_and_stay_on_one_line(page: Page, site: Product) -> None:
    phone = site.settings.landlord_phone
    for path in ("/report", "/our-policy", "/accessibility", "/nothing/here"):
        await page.goto(path)
        link = page.get_by_role("link", name=phone).first
        assert await link.get_attribute("href") == f"tel:{phone.replace(' ', '')}"
        assert await link.evaluate("one => one.getClientRects().length") == 1
    await page.goto("/nothing/here")
    assert (await page.locator("body").inner_text()).count(phone) == 1


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        ("Ring 999, or 101 if not.", ["999", "101"]),
        ("Ring 0808 16 89 111 at any time, free", ["08081689111"]),
        ("Talk to Frank: 0300 123 6600", ["03001236600"]),
        ("ring 116 123 at any time", ["116123"]),
        ("Our reference is CW-2026-000101/referral-2, of 27 3 2026.", []),
        ("Section 9990 of 1999", []),
        ("<b>01632 960 000</b>", ["01632960000"]),
    ],
)
def test_a_number_in_what_we_write_is_told_from_others(text: str, rung: list[str]) -> None:
    made = numbers(text)
    assert [part.partition('"')[0] for part in made.split('href="tel:')[1:]] == rung
    assert made.striptags() == text or "<b>" in text
    assert "<b>" not in made
