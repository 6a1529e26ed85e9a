"""Every page for staff, as every role, on a case that concerns the caller in every way."""

from uuid import uuid4

import pytest

from api.actions import OF_STAFF_PAGES
from policy.facts.base import Role
from policy.permissions import ABOUT_A_CASE, Relation, may
from store.relations import is_in_teams
from tests.api.product import Product
from tests.api.test_api_permissions import CALLERS, COLLEAGUE, beside, case_of

ABOUT = [route for route, action in OF_STAFF_PAGES.items() if action in ABOUT_A_CASE]
OTHERS = [route for route in OF_STAFF_PAGES if route not in ABOUT]


async def status(site: Product, role: Role | None, route: tuple[str, str], ref: str) -> int:
    method, path = route
    headers = site.as_(role, f"{role}-9", teams=["north"]).headers() if role else {}
    on_referral = path.startswith("/referrals/")
    about = beside(ref, "referrals") if on_referral else ref
    fact = "referral_chased" if on_referral else "contact_attempted"
    address = path.format(ref=about, fact=fact, category="noise")
    form = {"do": "preview", "key": str(uuid4()), "words": ""} if method == "POST" else None
    sent = headers | {"Origin": site.settings.public_origin}
    answer = await site.http.request(method, address, headers=sent, data=form)
    return answer.status_code


def wanted(role: Role | None, route: tuple[str, str], relation: Relation) -> set[int]:
    """Who is not signed in is led to it, or keeps what they typed; recording is also a matter of the role."""
    if role is None:
        return {303 if route[0] == "GET" else 401}
    return {200, 422} if may(role, OF_STAFF_PAGES[route], relation) else {403}


@pytest.mark.parametrize("role", CALLERS, ids=lambda role: role or "nobody")
async def test_a_page_about_no_case(site: Product, role: Role | None) -> None:
    for route in OTHERS:
        assert await status(site, role, route, "") in wanted(role, route, Relation.NO_CASE), (role, route)


@pytest.mark.parametrize("relation", [one for one in Relation if one is not Relation.NO_CASE])
async def test_a_page_about_a_case(site: Product, relation: Relation) -> None:
    async with site.resources.everything.writing() as db:
        await is_in_teams(db, COLLEAGUE, ["north"])
    for role in CALLERS:
        number = list(Relation).index(relation) * 100 + CALLERS.index(role)
        ref = await case_of(site.records, f"{role}-9", relation, f"CW-2066-{number:06d}")
        for route in ABOUT:
            assert await status(site, role, route, ref) in wanted(role, route, relation), (role, relation, route)


async def test_in_an_emergency_one_helps_and_decides_nothing(site: Product) -> None:
    ref = await case_of(site.records, "officer-9", Relation.EMERGENCY, "CW-2066-000999")
    form = {"key": str(uuid4()), "do": "record", "seriousness": "serious", "categories": "noise", "reasons": "So."}
    headers = site.as_("officer", "officer-9").headers() | {"Origin": site.settings.public_origin}
    answer = await site.http.post(f"/cases/{ref}/record/assessed", data=form, headers=headers)
    assert answer.status_code == 403
    assert "In emergency access you help" in answer.text
