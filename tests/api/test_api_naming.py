"""Words for others are read for the names of whoever is on the case, as they were told or are kept."""

from tests.api.product import Product, problem

ABOUT = {"name": "Pat Sample", "address": ["3 Invented Row", "Sevenoaks"]}
LETTER = {"decided": "No further action.", "happens_next": "Nothing.", "nothing_identifies": True}


async def test_a_letter_that_names_the_complainant_is_not_taken_and_one_that_names_its_reader_is(
    product: Product,
) -> None:
    ref = await product.officer.reported(about=ABOUT)
    given_away = {"alleged": "Rowan cannot sleep."} | LETTER
    told = problem(
        await product.officer.fact(ref, "perpetrator_written_to", **given_away), 409, "letter-may-identify"
    )
    assert told["detail"].startswith("This has a name of the complainant in it.")
    assert (told["row"], told["missing"]) == ("clear-consequences", ["words without that name"])
    await product.officer.recorded(ref, "perpetrator_written_to", **LETTER, alleged="Loud music, Mr Sample.")


async def test_a_witness_s_name_is_known_from_who_they_are(product: Product) -> None:
    ref = await product.officer.reported(about=ABOUT)
    kept = (await product.officer.post("/api/people", {"name": "Ashley Placeholder"})).json()["id"]
    await product.officer.recorded(ref, "person_joined", key="witness-1", part="witness", person=kept)
    given_away = {"alleged": "It was heard by Ashley."} | LETTER
    told = problem(
        await product.officer.fact(ref, "perpetrator_written_to", **given_away), 409, "letter-may-identify"
    )
    assert "a name of witness 1" in told["detail"]
