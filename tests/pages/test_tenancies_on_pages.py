"""A tenancy begins, is changed and ends by forms; so does prevention work. Pressed twice it is once."""

import re
from typing import Any
from uuid import uuid4

import httpx2
from sqlalchemy import select
from test_people_and_places import kept

from store.lookings import lookings
from tests.api.product import Product

NEW = "/tenancies/new"


async def sent(site: Product, to: str, key: str = "", **form: Any) -> httpx2.Response:
    headers = site.officer.headers() | {"Origin": site.settings.public_origin}
    said = {name.replace("__", "."): value for name, value in form.items()}
    return await site.http.post(to, data={"idempotency-key": key or str(uuid4())} | said, headers=headers)


async def test_a_tenancy_begins_with_people_who_are_found_and_chosen(site: Product) -> None:
    her, him = [await kept(site, "people", name=f"{name} Quillfeather") for name in ("Ottoline", "Barnaby")]
    asked = (await site.officer.get(NEW, person=her)).text
    assert re.search(f'name="people.0.person"[^>]*value="{her}" checked', asked)
    found = await sent(site, NEW, do="find", looked_for="Barnaby Quilfeather", found=her, address="3 Quill Row")
    assert found.status_code == 200, found.text
    assert "Nothing was recorded" not in found.text
    for stays in (him, f'name="found" value="{her}"', "3 Quill Row", "Barnaby Quillfeather"):
        assert stays in found.text
    form = {"address": "3 Quill Row", "tenure": "assured", "starts": "2020-01-06", "found": [her, him]}
    form |= {
        "people__0__person": her,
        "people__0__place": "tenant",
        "people__4__person": him,
        "people__4__place": "member",
    }
    short = await sent(site, NEW, **form | {"people__0__place": "member"})
    assert short.status_code == 422
    assert "A tenancy has a tenant" in short.text
    assert "3 Quill Row" in short.text
    key = str(uuid4())
    first, again = [await sent(site, NEW, key, **form) for _ in range(2)]
    assert first.status_code == 303, first.text
    assert first.headers["location"] == again.headers["location"] == f"/tenancies/{key}"
    page = (await site.officer.get(f"/tenancies/{key}")).text
    assert "Ottoline Quillfeather" in page
    assert "Barnaby Quillfeather" in page
    async with site.resources.everything.reading() as db:
        looked = select(lookings.c.about).where(lookings.c.who == "officer-1", lookings.c.about == him)
        assert (await db.connection.scalars(looked)).all() == [him], "finding somebody is a look"


async def test_a_tenancy_is_changed_where_it_was_wrong_and_ends(site: Product) -> None:
    her, him = [await kept(site, "people", name=f"{name} Ravensbourne") for name in ("Ottoline", "Barnaby")]
    told = {"address": ["4 Quill Row"], "tenure": "assured", "starts": "2020-01-06"}
    home = await kept(site, "tenancies", **told, people=[{"person": her, "place": "tenant"}])
    to = f"/tenancies/{home}/correct"
    page = (await site.officer.get(to)).text
    was = {name.replace(".", "__"): said for name, said in re.findall('name="(was[^"]+)" value="([^"]*)"', page)}
    assert was["was__people__0__person"] == her
    meanwhile = {"reference": "T-74"}
    assert (await site.officer.post(f"/api/tenancies/{home}/corrections", meanwhile)).status_code == 201
    form = {name.removeprefix("was__"): said for name, said in was.items()} | was
    form |= {
        "found": him,
        "people__1__person": him,
        "people__1__place": "member",
        "people__1__since": "2024-05-06",
    }
    key = str(uuid4())
    for _ in range(2):
        assert (await sent(site, to, key, **form)).status_code == 303
    now = (await site.officer.get(f"/api/tenancies/{home}")).json()
    assert (now["reference"], [one["person"] for one in now["people"]]) == ("T-74", [her, him])
    late = await sent(site, to, **form | {"people__1__until": "2025-05-06"})
    assert late.status_code == 409
    assert "changed who lives there meanwhile" in late.text
    assert "2025-05-06" in late.text
    early = await sent(site, f"/tenancies/{home}/end", ends="2019-01-01")
    assert early.status_code == 422
    assert "It cannot end before it starts" in early.text
    assert (await sent(site, f"/tenancies/{home}/end", ends="2026-01-31")).status_code == 303
    page = (await site.officer.get(f"/tenancies/{home}")).text
    assert "until Saturday 31 January 2026" in page
    assert f"/tenancies/{home}/end" not in page


async def test_somebody_new_is_added_once_and_found_from_there(site: Product) -> None:
    key = str(uuid4())
    for _ in range(2):
        made = await sent(site, "/people/new", key, name="Persephone Thackthwaite", standing="tenant")
        assert (made.status_code, made.headers["location"]) == (303, f"/people/{key}"), made.text
    assert f"{NEW}?person={key}" in (await site.officer.get(f"/people/{key}")).text
    wrong = await sent(site, "/people/new", name="Persephone", phone="nonsense")
    assert wrong.status_code == 422
    assert 'value="nonsense"' in wrong.text
    found = await sent(site, "/find", words="Persephone Thackthwait")
    assert 'href="/people/new"' in found.text


async def test_prevention_work_is_planned_put_right_and_told_of(site: Product) -> None:
    place = await kept(site, "places", name="Thackthwaite Court", ward="Invented", every_working_days=5)
    asked = (await site.officer.get("/prevention/new", place=place)).text
    assert 'value="Thackthwaite Court"' in asked
    form = {"kind": "campaign", "title": "Lamps in the court", "words": "Six lamps.", "starts": "2026-03-02"}
    form |= {"place": "Thackthwaite Court", "cost": "1,200.50", "partners": "District council\nPolice"}
    wrong = await sent(site, "/prevention/new", **form | {"cost": "a lot"})
    assert wrong.status_code == 422
    assert 'value="a lot"' in wrong.text
    assert 'href="#cost"' in wrong.text
    key = str(uuid4())
    for _ in range(2):
        made = await sent(site, "/prevention/new", key, **form)
        assert (made.status_code, made.headers["location"]) == (303, f"/prevention/{key}"), made.text
    assert f'href="/prevention/{key}"' in (await site.officer.get(f"/places/{place}")).text
    assert f'href="/prevention/{key}"' in (await site.officer.get("/prevention")).text
    assert 'value="1200.50"' in (await site.officer.get(f"/prevention/{key}/correct")).text
    right = form | {"title": "Lamps at the garages", "reasons": "It was the wrong place.", "cost": "\u00a31300"}
    assert (await sent(site, f"/prevention/{key}/correct", **right)).status_code == 303
    half = await sent(site, f"/prevention/{key}/end", result="worked")
    assert half.status_code == 422
    over = {"result": "worked", "words": "Nobody has been there since.", "cost": "1310"}
    assert (await sent(site, f"/prevention/{key}/end", **over)).status_code == 303
    page = " ".join((await site.officer.get(f"/prevention/{key}")).text.split())
    for said in (
        "Lamps at the garages",
        "&pound;1,300.00",
        "It cost &pound;1,310.00",
        "Nobody has been there since.",
    ):
        assert said in page, said
    assert (await site.officer.get(f"/prevention/{uuid4()}")).status_code == 404
