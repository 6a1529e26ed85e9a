"""Whoever signs in comes to a page of their own, whatever their role."""

import pytest

from policy.caller import STAFF_ROLES
from tests.api.product import Product

WITHOUT_A_PAGE = {"lettings", "ops"}


@pytest.mark.parametrize("role", STAFF_ROLES)
async def test_nobody_who_signs_in_is_turned_away_at_once(site: Product, role: str) -> None:
    arrived = await site.as_(role, f"{role}-75").get("/today")
    assert arrived.status_code == 200
    assert ("There is no page for your role yet" in arrived.text) == (role in WITHOUT_A_PAGE)
