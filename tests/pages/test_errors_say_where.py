"""What is wrong is said by the name of its field, and whoever works here is never left without a way on."""

import re
from uuid import uuid4

import pytest
from own_link import NOW, case_of
from signed_in import a_sign_in

from api.browser import SIGNED_IN
from tests.api.product import Product
from tests.given import assessed

_LISTED = re.compile(r'govuk-error-summary__list">(.*?)</ul>', re.DOTALL)


async def summary_of(site: Product, to: str, form: dict[str, str]) -> list[str]:
    headers = site.officer.headers() | {"Origin": site.settings.public_origin}
    sent = await site.http.post(to, data=form | {"idempotency-key": str(uuid4())}, headers=headers)
    assert sent.status_code == 422, sent.text
    listed = _LISTED.search(sent.text)
    assert listed
    return re.findall(r"<a [^>]*>([^<]*)</a>", listed[1])


async def test_the_summary_calls_each_field_by_its_label(site: Product) -> None:
    ref = await case_of(site, assessed(NOW))
    assert await summary_of(site, f"/cases/{ref}/record/contact_made", {"do": "record"}) == [
        "How: Must be given",
        "What happened, in your words: Must be given",
    ]


async def test_a_field_in_a_group_is_called_by_both(site: Product) -> None:
    said = await summary_of(site, "/tenancies/new", {"people.0.place": "tenant", "do": "record"})
    assert "Who lives there, 1: Who: Must be given" in said


@pytest.mark.parametrize("address", ["/people/abc", "/today?part=abc", "/cases?cursor=abc"])
async def test_an_address_that_is_wrong_is_not_told_as_a_program_would_have_it(
    site: Product, address: str
) -> None:
    answer = await site.officer.get(address)
    assert answer.status_code == 422
    assert "The address may be wrong" in answer.text
    assert not re.search(r"path\.|query\.|UUID|cursor", answer.text)


@pytest.mark.parametrize("address", ["/cases/CW-2024-999999", "/approvals", "/people/abc", "/nowhere"])
async def test_whoever_is_turned_away_has_a_way_back_to_their_day(site: Product, address: str) -> None:
    cookie = f"{SIGNED_IN.name(site.settings)}={await a_sign_in(site, 'officer-5')}"
    answer = await site.http.get(address, headers={"Cookie": cookie})
    assert answer.status_code >= 400
    assert 'href="/today"' in answer.text
    assert 'href="/today"' not in (await site.http.get("/nowhere")).text
