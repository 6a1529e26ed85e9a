"""A case that was brought from another system says so, and is found by what it was called there."""

import re
from pathlib import Path
from uuid import uuid4

from tests.api.product import Product
from tests.cli.brought import OVER, brought, of_case, written


async def test_its_page_says_where_it_came_from_and_find_knows_its_old_reference(
    site: Product, tmp_path: Path
) -> None:
    old = f"KX-{uuid4().hex[:12]}"
    await brought(site.settings, written(tmp_path / "cases.csv", of_case(old, OVER)), source="Orchard")
    headers = site.officer.headers() | {"Origin": site.settings.public_origin}
    found = await site.http.post("/find", data={"words": old}, headers=headers)
    [ref] = set(re.findall(r'href="/cases/(CW-[\d-]+)"', found.text))
    page = " ".join((await site.officer.get(f"/cases/{ref}")).text.split())
    assert f"from Orchard, where it was {old}." in page
    assert "The case was brought here from another system" in page
