"""What belongs to no case yet, on a page: led to its case, or set aside with a reason by whoever leads."""

from typing import Any

import httpx2
from own_link import case_of

from tests.api.product import Product
from tests.store.test_evidence_kept import added

WORDS = "Nobody of that name rents from us."


async def post(site: Product, path: str, role: str, **form: Any) -> httpx2.Response:
    headers = site.as_(role).headers() | {"Origin": site.settings.public_origin}
    return await site.http.post(path, data=form, headers=headers)


async def test_a_file_is_led_to_its_case_or_set_aside_once_with_a_reason(site: Product) -> None:
    file = await added(site.resources.everything, None, name="stairs.jpg")
    page = (await site.officer.get("/evidence")).text
    assert "stairs.jpg" in page
    assert "Set it aside" not in page, "for whoever leads"
    way = f"/evidence/{file.id}"
    ref = await case_of(site)
    led = await post(site, f"{way}/case", "officer", ref=f" {ref.lower()} ")
    assert led.headers["location"] == f"/cases/{ref}/record/evidence_received?files={file.id}"
    astray = await post(site, f"{way}/case", "officer", ref="the one of Monday")
    assert astray.status_code == 422
    assert "Give the case&#39;s reference" in astray.text
    assert (await post(site, f"{way}/set-aside", "officer", why="cannot_be_used", words=WORDS)).status_code == 403
    half = await post(site, f"{way}/set-aside", "supervisor", words=WORDS)
    assert half.status_code == 422
    assert WORDS in half.text
    for _ in range(2):
        done = await post(site, f"{way}/set-aside", "supervisor", why="nobody_knows_whose", words=WORDS)
        assert (done.status_code, done.headers["location"]) == (303, "/evidence"), done.text
    other = await post(site, f"{way}/set-aside", "supervisor", why="cannot_be_used", words="Too dark.")
    assert other.status_code == 409
    assert "set aside before, for another reason" in other.text
    assert file.id not in (await site.officer.get("/evidence")).text
    aside = (await site.officer.get("/evidence", aside="yes")).text
    assert WORDS in aside
    assert "set aside by supervisor-1" in aside


async def test_a_reference_that_is_no_case_is_said_where_it_was_typed(site: Product) -> None:
    id_ = (await added(site.resources.everything, None, name="video of somebody.mp4")).id
    headers = site.officer.headers() | {"Origin": site.settings.public_origin}
    form = {"ref": "CW-2024-999999"}
    answer = await site.http.post(f"/evidence/{id_}/case", data=form, headers=headers)
    assert answer.status_code == 422
    assert "There is no case CW-2024-999999 that you may see" in answer.text
