"""Whoever looks at why a case is restricted is led to the reason, and not to the case that is shut to them."""

from http import HTTPStatus

from own_link import NOW, case_of

from tests.api.product import Product
from tests.given import contact


async def test_what_is_owed_on_a_case_that_is_shut_leads_to_the_reason(site: Product) -> None:
    ref, manager = await case_of(site, contact(NOW)), site.as_("manager", "manager-93")
    named = {"fact": "access_restricted", "why": "need_to_know", "named": ["officer-93"], "words": "Two may know."}
    assert (await site.supervisor.post(f"/api/cases/{ref}/access", named)).status_code == HTTPStatus.CREATED
    assert (await manager.get(f"/cases/{ref}")).status_code == HTTPStatus.FORBIDDEN
    page = (await manager.get("/approvals")).text
    assert f'href="/access-review/{ref}">{ref}</a>' in page
    assert f'href="/cases/{ref}"' not in page
