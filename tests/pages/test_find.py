"""Find: people, homes, places and cases by what somebody remembers, and nothing of what is not for them."""

from typing import Any

from looking_at import is_right
from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in
from sqlalchemy import select, update

from policy.facts.people import Person
from policy.facts.reviewing import CaseAllocated
from store.cases import cases
from store.lookings import lookings
from tests.api.product import Product

PERRY = Person(name="Peregrine Quillfeather", address=("9 Thistledown Row", "Sevenoaks TN13 1AB"))


async def found(site: Product, words: str, who: str = "officer-88", role: str = "officer") -> Any:
    headers = site.as_(role, who).headers() | {"Origin": site.settings.public_origin}
    return await site.http.post("/find", data={"words": words}, headers=headers)


async def known(site: Product, **told: Any) -> str:
    answer = await site.officer.post("/api/people", told)
    assert answer.status_code == 201, answer.text
    id_: str = answer.json()["id"]
    return id_


async def test_it_finds_from_every_page_what_is_misspelt_and_words_stand_in_no_address(
    site: Product, browser: Browser
) -> None:
    her = await known(site, name="Ottoline Bramblewick", address=["3 Thistledown Row", "Sevenoaks"])
    ref, other = await case_of(site, person=PERRY), await case_of(site)
    async with signed_in(browser, site, "officer-8", width=320) as page:
        for words, href in (("perigrine quilfeather", f"/cases/{ref}"), ("otoline brambelwick", f"/people/{her}")):
            await page.goto("/today")
            await page.get_by_label("A person, an address, a reference or words").fill(words)
            await page.get_by_role("button", name="Find").click()
            await expect(page.locator(f"main a[href='{href}']")).to_be_visible()
            await expect(page.locator(f"main a[href='/cases/{other}']")).to_have_count(0)
            assert page.url.endswith("/find")
            await is_right(page, for_staff=True)
        await page.get_by_label("A person, an address, a reference or words").fill(ref.lower())
        await page.get_by_role("button", name="Find").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(ref)


async def test_it_finds_homes_places_telephone_numbers_and_what_was_said(site: Product) -> None:
    his = await known(site, name="Barnaby Nettlefold", phone="01632 960847")
    home = {
        "reference": "T-900417",
        "address": ["14 Nettlefold Mews"],
        "tenure": "assured",
        "starts": "2020-01-06",
    }
    tenancy = await site.officer.post("/api/tenancies", home | {"people": [{"person": his, "place": "tenant"}]})
    place = await site.officer.post("/api/places", {"name": "Nettlefold Mews garages", "every_working_days": 10})
    assert (tenancy.status_code, place.status_code) == (201, 201), (tenancy.text, place.text)
    ref = await case_of(site, words="He kept hammering on the greenhouse.")
    for words, href in (
        ("01632960847", f"/people/{his}"),
        ("netlefold mews", f"/tenancies/{tenancy.json()['id']}"),
        ("T-900417", f"/tenancies/{tenancy.json()['id']}"),
        ("nettlefold garage", f"/places/{place.json()['id']}"),
        ("hammered greenhouse", f"/cases/{ref}"),
    ):
        assert f'href="{href}"' in (await found(site, words)).text, words
    for words in ("xyzzyx", "-xyzzyx", "(-xyzzyx", "144 nettlefold mews", "4 nettlefold mews"):
        assert "Nothing that you may see" in (await found(site, words)).text, words


async def test_of_a_case_that_is_shut_it_says_nothing_and_what_it_shows_is_a_look(site: Product) -> None:
    person = Person(name="Wilhelmina Foxtrottery")
    given = CaseAllocated(at=NOW, officer="officer-2")
    shut, seen = await case_of(site, given, person=person), await case_of(site, given, person=person)
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == shut).values(restricted=True))
    for words in ("wilhelmina foxtrottery", "wilhelmena foxtrotery", shut):
        answer = await found(site, words, "officer-89")
        assert answer.status_code == 200, "a reference that is shut leads nowhere"
        assert f"/cases/{shut}" not in answer.text
    her = await known(site, name="Wilhelmina Foxtrottery")
    await found(site, "wilhelmina foxtrottery", "officer-89")
    async with site.resources.everything.reading() as db:
        looked = select(lookings.c.about).where(lookings.c.who == "officer-89")
        assert set((await db.connection.scalars(looked)).all()) == {seen, her}


async def test_a_data_protection_officer_finds_people_and_no_case(site: Product) -> None:
    her = await known(site, name="Sybil Marchpane-Tuck")
    ref = await case_of(site, person=Person(name="Sybil Marchpane-Tuck"))
    text = (await found(site, "sybill marchpain", "dpo-8", "data_protection")).text
    assert f"/people/{her}" in text
    assert ref not in text
