"""Whatever goes wrong on a page is told to a person in plain words, with what to do now."""

from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus

import pytest
import pytest_asyncio
from looking_at import is_right
from playwright.async_api import Page

from api.problems import problem
from pages.app import with_pages
from store.away import StoreAway
from tests.api.product import Product, serving
from workflows.case_door import OutcomeUnknown

SAID = {
    401: "This page is for our staff",
    403: "In its own words.",
    404: "This page is not here",
    405: "This page is not here",
    408: "Please try again",
    409: "does not fit what we have now",
    413: "make it shorter",
    422: "look at your answers",
    429: "In its own words.",
    500: "It was not your doing",
    503: "try again in a few minutes",
    504: "try again in a few minutes",
}
_RAISED = {500: RuntimeError, 503: StoreAway, 504: OutcomeUnknown}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def broken(site: Product) -> AsyncIterator[Product]:
    """With a page that answers what it is asked to."""

    async def goes_wrong(status: int) -> None:
        if status in _RAISED:
            raise _RAISED[status]
        raise problem(HTTPStatus(status), "of-a-test", "In its own words.")

    nobody_signs_in = site.settings.model_copy(update={"sign_in_issuer": None})
    async with serving(nobody_signs_in, make=partial(with_pages)) as product:
        product.app.add_api_route("/broken/{status}", goes_wrong)
        yield product


@pytest.mark.parametrize("status", SAID)
async def test_it_is_a_page_that_says_what_to_do(window: Page, broken: Product, status: int) -> None:
    answer = await window.goto(f"{broken.base}/broken/{status}")
    assert answer is not None
    assert answer.status == status
    assert SAID[status] in await window.locator("main").inner_text()
    assert broken.settings.landlord_phone in await window.locator("main").inner_text()
    await is_right(window)
