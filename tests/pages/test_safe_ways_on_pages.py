"""How somebody is reached safely stands on every page with their number, also where it was told on a shut case."""

from datetime import time
from typing import Any

from own_link import NOW, case_of, record
from sqlalchemy import update

from policy.facts.needs import NeedTold, SafeContact
from policy.facts.parts import PersonIdentified
from policy.facts.people import Means, Person
from policy.facts.reviewing import CaseAllocated
from store.cases import cases
from tests.api.product import Product

GIVEN = CaseAllocated(at=NOW, officer="officer-2")
HER = Person(name="Rosalind Tamarisk", phone="01632 960455")
WORDS = "Her brother hits her."


def only(*means: Means, **hours: time) -> NeedTold:
    return NeedTold(at=NOW, kind="safe_contact", words=WORDS, safe_contact=SafeContact(means=means, **hours))


async def said(site: Product, path: str, who: str = "officer-191") -> str:
    answer = await site.http.get(path, headers=site.as_("officer", who).headers())
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


async def test_a_number_never_stands_without_the_ways_that_are_safe_and_nothing_else_is_told(
    site: Product,
) -> None:
    answer = await site.officer.post("/api/people", {"name": HER.name, "phone": HER.phone})
    her = answer.json()["id"]
    known = PersonIdentified(at=NOW, key="complainant", person=her)
    shut = await case_of(site, GIVEN, known, only(Means.PHONE, from_time=time(9), until_time=time(15)), person=HER)
    seen = await case_of(site, GIVEN, known, person=HER)
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == shut).values(restricted=True))
    pages = (f"/people/{her}", f"/cases/{seen}")
    for page in pages:
        shown = await said(site, page)
        assert "Only by phone, between 09:00 and 15:00" in shown, page
        assert "Never by text, email, post, visit. Leave no message." in shown, page
        assert shown.index("Only by phone") < shown.index("01632 960455")
        for secret in (shut, WORDS):
            assert secret not in shown, (page, secret)
    assert "Told on another case" in await said(site, pages[1])
    headers = site.as_("officer", "officer-191").headers() | {"Origin": site.settings.public_origin}
    found = (await site.http.post("/find", data={"words": "Rosalind Tamarisk"}, headers=headers)).text
    assert "Contact in safe ways only" in found
    for way in (
        (await site.officer.get(f"/api/people/{her}")).json()["safe_way"],
        (await site.officer.post("/api/people/search", {"words": HER.name})).json()["people"][0]["safe_way"],
        (await site.officer.get(f"/api/cases/{seen}")).json()["people"][0]["safe_way"],
    ):
        assert (way["means"], way["from_time"], way["until_time"]) == (["phone"], "09:00:00", "15:00:00")
    await record(site, seen, [only(Means.PHONE, Means.POST)], 4)
    for page in pages:
        assert "Only by phone, between 09:00 and 15:00" in await said(site, page), "a wider way lifts nothing"
    assert "Told on this case: Only by phone, post." in await said(site, pages[1])


async def test_whom_we_do_not_know_is_reached_as_their_case_says(site: Product) -> None:
    ref = await case_of(site, only(Means.VISIT), person=HER)
    assert "Only by visit" in await said(site, f"/cases/{ref}")
    answer: Any = await site.officer.get(f"/api/cases/{ref}")
    assert answer.json()["people"][0]["safe_way"]["means"] == ["visit"]
