"""Whoever did something, or owes it, stands on a page by name; by their id where no name is known."""

from own_link import NOW, case_of, record
from signed_in import a_sign_in

from policy.facts.base import Actor, Role
from policy.facts.promising import PromiseMade
from policy.facts.reviewing import CaseAllocated
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
