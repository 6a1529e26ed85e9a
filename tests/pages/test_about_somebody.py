"""What the data protection officer sees of who looked at somebody, and the file with all that we keep."""

from own_link import NOW, case_of
from test_people_and_places import kept

from policy.facts.letters import LetterKind
from policy.facts.people import Means
from store import letters
from tests.api.product import Product


async def test_who_looked_at_somebody_stands_on_a_page_and_all_of_it_is_a_file(site: Product) -> None:
    her = await kept(site, "people", name="Henrietta Plumwood")
    await site.as_("officer", "officer-7401").get(f"/people/{her}")
    protection = site.as_("data_protection", "dpo-74")
    page = await protection.get(f"/people/{her}/lookings")
    assert "officer-7401, officer, see people" in " ".join(page.text.split())
    asked = await protection.get(f"/people/{her}/record")
    assert "stands in the register of disclosures" in asked.text
    headers = protection.headers() | {"Origin": site.settings.public_origin}
    made = await site.http.post(f"/people/{her}/record", headers=headers)
    assert "attachment" in made.headers["content-disposition"]
    assert "Henrietta Plumwood" in made.text
    assert (await site.supervisor.get(f"/people/{her}/lookings")).status_code == 403
    assert (await protection.get(f"/people/{her[:-4]}0000/lookings")).status_code == 404


async def test_a_letter_that_was_erased_says_so_on_its_page(site: Product) -> None:
    ref = await case_of(site)
    async with site.records.writing() as db:
        nothing = {"subject": "", "body": "", "pdf": b"", "now": NOW}
        await letters.keep(db, ref, "update-3", LetterKind.UPDATE, Means.EMAIL, **nothing)
    page = await site.officer.get(f"/cases/{ref}/letters/update-3")
    assert (page.status_code, "What this letter said has been erased." in page.text) == (200, True)
    assert "PDF" not in page.text
    on_paper = await site.officer.get(f"/cases/{ref}/letters/update-3/pdf")
    assert (on_paper.status_code, "text/html" in on_paper.headers["content-type"]) == (410, True)
    assert (await site.officer.get(f"/cases/{ref}/letters/update-99")).status_code == 404
