"""What was said on cases is found in any form of its words and with one letter wrong, as far as one may see."""

from typing import Any

from own_link import NOW, case_of
from sqlalchemy import select, update

from policy.facts.reviewing import CaseAllocated
from store.cases import cases
from store.lookings import lookings
from tests.api.product import Product

GIVEN = CaseAllocated(at=NOW, officer="officer-7211")


async def found(site: Product, words: str) -> Any:
    headers = site.as_("officer", "officer-7212").headers() | {"Origin": site.settings.public_origin}
    answer = await site.http.post("/find", data={"words": words}, headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


async def test_what_was_said_is_found_though_it_is_spelt_another_way(site: Product) -> None:
    ref = await case_of(site, GIVEN, words="He threatened her with the poodles of the marzipan bakery, at 4711.")
    slip = await case_of(site, GIVEN, words="He threatend somebody beside the marzipan bakery.")
    shut = await case_of(site, GIVEN, words="He threatened the marzipan bakery.")
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == shut).values(restricted=True))
    for words in (
        "poodle",
        "threatening poodles",
        "pooldes",
        "poodels threatning",
        "poodless 4711",
        "marzipan poodl",
    ):
        page = await found(site, words)
        assert f'href="/cases/{ref}"' in page, words
        assert slip not in page, words
    both = await found(site, "threaten marzipan")
    assert both.index(ref) < both.index(slip), "what was said so stands first"
    assert f"{slip}</a>, noise, reported, reported on" in both
    assert "something spelt nearly so was said on it" in both
    assert (both.count(f"{ref}</a>"), both.count(f"{slip}</a>"), shut in both) == (1, 1, False), "each once"
    for words in ("poodles 4712", "pdoolse", "poodle & !marzipan", "poodle | xyzzyx", "'poodl:*"):
        assert slip not in await found(site, words), "neither numbers nor two letters; nor is anything an operator"
    for words in ("xyzzyx", "pdoolse"):
        assert "Nothing that you may see" in await found(site, words), words
    async with site.resources.everything.reading() as db:
        looked = select(lookings.c.about).where(lookings.c.who == "officer-7212")
        assert set((await db.connection.scalars(looked)).all()) == {ref, slip}
