"""Somebody whom we know, their home and a place: safety first, and of cases only what whoever looks may see."""

from datetime import time
from typing import Any
from uuid import uuid4

from looking_at import is_right
from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in
from sqlalchemy import select, update

from policy.facts.needs import NeedTold, SafeContact
from policy.facts.parts import PersonIdentified
from policy.facts.people import Means, Person
from policy.facts.reviewing import CaseAllocated
from store.cases import cases
from store.lookings import lookings
from tests.api.product import Product

GIVEN = CaseAllocated(at=NOW, officer="officer-2")
HOME = ("8 Marmalade Yard", "Sevenoaks TN13 9XA")


async def kept(site: Product, noun: str, **told: Any) -> str:
    answer = await site.officer.post(f"/api/{noun}", told)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


async def case_with(site: Product, person: str, name: str) -> str:
    safe = SafeContact(means=(Means.PHONE,))
    return await case_of(
        site,
        GIVEN,
        PersonIdentified(at=NOW, key="complainant", person=person),
        NeedTold(at=NOW, kind="hearing", words="Large print.", safe_contact=safe, person="complainant"),
        person=Person(name=name, address=HOME),
    )


async def shut(site: Product, ref: str) -> None:
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == ref).values(restricted=True))


async def test_a_person_a_home_and_a_place_on_pages(site: Product, browser: Browser) -> None:
    told = {"name": "Clementine Marmalade", "phone": "01632 960733", "address": list(HOME)}
    her = await kept(site, "people", **told, safe_contact="Ring before six.")
    ref, hidden = [await case_with(site, her, "Clementine Marmalade") for _ in range(2)]
    await shut(site, hidden)
    home = await kept(
        site,
        "tenancies",
        address=list(HOME),
        tenure="assured",
        starts="2020-01-06",
        people=[{"person": her, "place": "tenant"}],
    )
    place = await kept(
        site, "places", name="Marmalade Yard garages", address=["Marmalade Yard"], every_working_days=10
    )
    campaign = {"kind": "campaign", "title": "Lights at the garages", "words": "New ones.", "starts": "2026-03-02"}
    await kept(site, "prevention", **campaign, place="Marmalade Yard garages")
    async with signed_in(browser, site, "officer-571", width=320) as page:
        for address in (f"/people/{her}", f"/tenancies/{home}", f"/places/{place}"):
            await page.goto(address)
            await expect(page.locator(f"main a[href='/cases/{ref}']").first).to_be_visible()
            await expect(page.locator("body")).not_to_contain_text(hidden)
            await page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            await is_right(page, for_staff=True)
        await expect(page.locator("main")).to_contain_text("Lights at the garages")
        await expect(page.locator(f"main a[href='/tenancies/{home}']")).to_be_visible()
        await page.goto(f"/people/{her}")
        assert await page.title() == "Somebody we know - Casework", "a name would stay in the browser's history"
        text = await page.locator("main").inner_text()
        assert 0 < text.index("Ring before six") < text.index("Telephone and e-mail")
        assert "Ask whether they can talk" in await page.content()
        for words in ("Only by phone", "Hearing"):
            assert words in text
        assert "looked at" not in text, "that is the data protection officer's"
    async with site.resources.everything.reading() as db:
        looked = select(lookings.c.about).where(lookings.c.who == "officer-571")
        assert {her, home, ref} <= set((await db.connection.scalars(looked)).all())
    await site.http.get(f"/tenancies/{home}", headers=site.as_("officer", "officer-574").headers())
    async with site.resources.everything.reading() as db:
        looked = select(lookings.c.about).where(lookings.c.who == "officer-574")
        assert set((await db.connection.scalars(looked)).all()) == {home, ref}
    await site.http.get(f"/people/{her}", headers=site.as_("officer", "officer-576").headers())
    async with site.resources.everything.reading() as db:
        looked = select(lookings.c.about).where(lookings.c.who == "officer-576")
        assert set((await db.connection.scalars(looked)).all()) == {her, ref}, "what the case says stands there"
    protection = site.as_("data_protection", "dpo-7").headers()
    assert f"/people/{her}/lookings" in (await site.http.get(f"/people/{her}", headers=protection)).text


async def test_hours_of_which_one_end_alone_is_known_stand_with_the_safe_way(site: Product) -> None:
    for hours, said in (
        ({"until_time": time(15)}, "Only by phone, until 15:00"),
        ({"from_time": time(9)}, "Only by phone, from 09:00"),
        ({"from_time": time(9), "until_time": time(15)}, "Only by phone, between 09:00 and 15:00"),
    ):
        her = await kept(site, "people", name="Tabitha Lantern")
        safe = SafeContact(means=(Means.PHONE,), **hours)
        need = NeedTold(at=NOW, kind="hearing", words="Large print.", safe_contact=safe)
        ref = await case_of(site, GIVEN, PersonIdentified(at=NOW, key="complainant", person=her), need)
        for page in (f"/cases/{ref}", f"/people/{her}"):
            assert said in " ".join((await site.officer.get(page)).text.split()), page


async def test_what_is_wrong_is_put_right_once_and_nothing_else_is_touched(
    site: Product, browser: Browser
) -> None:
    his = await kept(site, "people", name="Fergus Tappit", phone="01632 960111", email="fergus@example.org")
    async with signed_in(browser, site, "officer-572") as page:
        await page.goto(f"/people/{his}/correct")
        meanwhile = await site.officer.post(f"/api/people/{his}/corrections", {"email": "f.tappit@example.org"})
        assert meanwhile.status_code == 201
        await page.get_by_label("Telephone").fill("nonsense")
        await page.get_by_label("Name", exact=True).fill("Fergus Tappitt")
        await page.get_by_role("button", name="Record").click()
        await expect(page.get_by_role("heading", name="Nothing was recorded")).to_be_visible()
        await expect(page.get_by_label("Name", exact=True)).to_have_value("Fergus Tappitt")
        await is_right(page, for_staff=True)
        await page.get_by_label("Telephone").fill("")
        await page.get_by_role("button", name="Record").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Fergus Tappitt")
        await expect(page.locator("main")).to_contain_text("Called before: Fergus Tappit.")
    now = (await site.officer.get(f"/api/people/{his}")).json()
    assert (now["name"], now["phone"], now["email"]) == ("Fergus Tappitt", None, "f.tappit@example.org")
    await site.http.get(f"/people/{his}/correct", headers=site.as_("officer", "officer-575").headers())
    async with site.resources.everything.reading() as db:
        looked = select(lookings.c.about, lookings.c.what).where(lookings.c.who == "officer-575")
        assert (await db.connection.execute(looked)).all() == [(his, "see_people")], "the form holds all of it"
    headers = site.officer.headers() | {"Origin": site.settings.public_origin}
    form = {"key": str(uuid4()), "address": "7 Marmalade Yard\nSevenoaks", "since": "2026-03-02"}
    for _ in range(2):
        moved = await site.http.post(f"/people/{his}/move", data=form, headers=headers)
        assert moved.status_code == 303, moved.text
    assert len((await site.officer.get(f"/api/people/{his}")).json()["addresses"]) == 1
    assert len((await site.officer.get(f"/api/people/{his}/changes")).json()["changes"]) == 4
    again = await site.http.post(f"/people/{his}/move", data=form | {"key": str(uuid4())}, headers=headers)
    assert again.status_code == 409
    assert "7 Marmalade Yard" in again.text


async def test_a_form_about_somebody_that_is_gone_back_to_keeps_what_was_typed(site: Product) -> None:
    her = await kept(site, "people", name="Philippa Marchbanks")
    headers = site.officer.headers() | {"Origin": site.settings.public_origin}
    key = str(uuid4())
    for name, status in (("Philippa Marchbank", 303), ("Philippa", 409)):
        form = {"key": key, "was.name": "Philippa Marchbanks", "name": name}
        answer = await site.http.post(f"/people/{her}/correct", data=form, headers=headers)
        assert answer.status_code == status, answer.text
    assert 'value="Philippa"' in answer.text
    assert "press the button once more" in answer.text
    assert key not in answer.text
