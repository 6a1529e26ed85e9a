"""What is no part of a person's record: a secret that would still open something, and who else asked."""

import pytest
from sqlalchemy import text

from store.sessions import Store
from tests.api.product import Product
from tests.api.test_api_person_record import kept, of, record
from tests.store.erasing import everything_of_somebody


async def test_that_somebody_asked_is_no_part_of_what_is_kept_of_others(product: Product) -> None:
    rowan, sage = await kept(product), await kept(product, name="Sage Invented")
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    joined = {"key": "witness-1", "part": "witness", "person": sage}
    await product.officer.recorded(ref, "person_joined", **joined)
    await record(product, rowan)
    assert len(of(await record(product, rowan), "disclosure", what="record_exported")) == 2
    assert len(of(await record(product, sage), "disclosure", what="record_exported")) == 1, "her own"


@pytest.mark.parametrize("where", ["api/answers", "answer"])
async def test_a_private_link_that_went_to_an_agency_is_no_part_of_it(
    product: Product, store: Store, where: str
) -> None:
    held = await everything_of_somebody(store)
    link = f"https://casework.example/{where}/eyJhbGciOi.x-y_z"
    said = text("UPDATE sendings SET body = 'Tell us here:\n' || :link || '\nby Monday.' WHERE ref = :ref")
    async with store.writing() as db:
        await db.connection.execute(said, {"link": link, "ref": held.action})
    (sent,) = of(await record(product, held.person), "sending", ref=held.action)
    assert sent["body"] == "Tell us here:\n(a private link)\nby Monday."
