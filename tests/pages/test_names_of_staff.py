"""Whoever did something, or owes it, stands on a page by name; by their id where no name is known."""

from datetime import timedelta

from own_link import NOW, case_of, record
from signed_in import a_sign_in

from policy.facts.base import Actor, Role
from policy.facts.promising import PromiseMade
from policy.facts.reviewing import CaseAllocated, CoverArranged
from policy.working_days import london_day
from tests.api.product import Product
from tests.given import contact


async def test_names_stand_where_ids_did(site: Product) -> None:
    await a_sign_in(site, "officer-31")
    ref = await case_of(
        site,
        CaseAllocated(at=NOW, officer="officer-31"),
        PromiseMade(at=NOW, words="We ring.", owner="officer-32"),
    )
    await record(site, ref, [contact(NOW)], 4, by=Actor(id="officer-31", role=Role.OFFICER))
    page = (await site.officer.get(f"/cases/{ref}")).text
    assert "Officer: Officer Example." in page
    assert "<p>Officer: Officer Example</p>" in page, "whom it was given to"
    assert "Promised: We ring. (officer-32, open" in page
    assert ", Officer Example\n" in page, "who recorded it"
    assert "officer-31" not in page
    listed = (await site.officer.get("/cases", officer="officer-31")).text
    assert "Cases of Officer Example." in listed
    assert "officer-31" not in listed.replace("officer=officer-31", "").replace('value="officer-31"', "")


async def test_names_stand_also_beside_changes_places_and_cover(site: Product) -> None:
    await a_sign_in(site, "officer-31")
    mine = site.as_("officer", "officer-31")
    her = (await mine.post("/api/people", {"name": "Rosalind Example"})).json()["id"]
    assert (await mine.post(f"/api/people/{her}/corrections", {"name": "Rosalyn Example"})).status_code == 201
    told = {"name": "Invented Rise", "every_working_days": 5, "officer": "officer-31"}
    place = (await mine.post("/api/places", told)).json()["id"]
    until = london_day(NOW) + timedelta(days=2)
    cover = CoverArranged(at=NOW, officer="officer-31", until=until)
    await case_of(site, CaseAllocated(at=NOW, officer="officer-32"), cover)
    for page in (f"/people/{her}", f"/places/{place}", "/one-to-one?officer=officer-32"):
        shown = (
            await site.supervisor.get(page.partition("?")[0], **({"officer": "officer-32"} if "?" in page else {}))
        ).text
        assert "Officer Example" in shown, page
        assert "officer-31" not in shown, page
