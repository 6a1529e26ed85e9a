"""Allegation and counter-allegation, and other cases that have to do with each other."""

from typing import Any
from uuid import uuid4

from tests.api.product import Product, assessment, problem, report, until
from tests.api.two_cases import SAGE, case, facts, has, link, owed, standing, text


async def test_allegation_and_counter_allegation_are_two_linked_cases(product: Product) -> None:
    ref, other = await product.officer.reported(), await product.officer.reported(complainant=SAGE)
    assert (await link(product, ref, other, "counter_allegation")).status_code == 201
    await has(product, other, "cases_linked")
    for one, another in ((ref, other), (other, ref)):
        found = await case(product, one)
        (linked,) = found["linked"]
        assert set(linked) == {"ref", "tie", "stage", "officer"}
        assert (linked["ref"], linked["tie"], linked["stage"]) == (another, "counter_allegation", "reported")
        assert found["standing"]["links"] == [{"other": another, "tie": "counter_allegation"}]
        assert owed(found["standing"]) >= {"first-contact", "assessment", "review"}


async def test_what_one_side_tells_is_not_disclosed_to_the_other(product: Product) -> None:
    ref = await product.officer.reported(words="A zanzibarine noise.", about={"name": "Sage Invented"})
    other = await product.officer.reported(words="A gooseberry noise.", complainant=SAGE)
    await link(product, ref, other, "counter_allegation")
    await has(product, other, "cases_linked")
    for one in (ref, other):
        await product.officer.recorded(one, "contact_made", means="phone", words="Spoke.")
        await product.officer.recorded(one, "assessed", **assessment())
        await product.officer.recorded(one, "closure_proposed", outcome="stopped", explanation="It stopped.")

    async def written() -> Any:
        letters = [letter for one in (ref, other) for letter in (await case(product, one))["letters"]]
        return len(letters) == 4 and all(letter["state"] == "sent" for letter in letters)

    await until(written)
    assert product.mailbox is not None
    for mail in product.mailbox.messages():
        (about,) = mail.attachments
        this, that = (ref, other) if ref in about else (other, ref)
        assert this in text(mail)
        assert that not in text(mail)
    theirs = str(await case(product, other))
    assert "zanzibarine" not in theirs
    assert "Rowan" not in theirs
    timeline = await product.officer.get(f"/api/cases/{other}/timeline", limit=200)
    assert "zanzibarine" not in timeline.text
    assert "Rowan" not in timeline.text


async def test_the_same_link_is_made_once(product: Product) -> None:
    ref, other, key = await product.officer.reported(), await product.officer.reported(), str(uuid4())
    first, again = [await link(product, ref, other, "same_place", key) for _ in range(2)]
    assert first.json() == again.json()
    refused = problem(await link(product, ref, other, "same_place"), 409, "cases-not-linkable")
    assert refused["row"] == "counter-allegations"
    await has(product, other, "cases_linked")
    assert (await facts(product, ref)).count("cases_linked") == 1
    another = await link(product, other, ref, "same_people")
    assert another.status_code == 201
    await has(product, ref, "cases_linked", 2)
    assert {one["tie"] for one in (await case(product, ref))["linked"]} == {"same_place", "same_people"}


async def test_a_link_ends_on_both_sides(product: Product) -> None:
    ref, other = await product.officer.reported(), await product.officer.reported()
    await link(product, ref, other, "same_people")
    await has(product, other, "cases_linked")
    ended = {"other": ref, "tie": "same_people", "reasons": "Another family."}
    await product.officer.recorded(other, "cases_unlinked", **ended)
    await has(product, ref, "cases_unlinked")
    assert (await case(product, ref))["linked"] == (await case(product, other))["linked"] == []
    problem(await product.officer.fact(other, "cases_unlinked", **ended), 409, "cases-not-linked")


async def test_a_case_is_not_linked_to_itself_or_to_none(product: Product) -> None:
    ref = await product.officer.reported()
    problem(await link(product, ref, ref, "same_people"), 409, "cases-not-linkable")
    problem(await link(product, ref, "CW-2026-999999", "same_people"), 409, "cases-not-linkable")
    problem(await link(product, "CW-2026-999999", ref, "same_people"), 404, "case-not-found")
    elsewhere = await product.officer.fact(ref, "cases_linked", other="x", tie="same_people")
    problem(elsewhere, 422, "recorded-elsewhere")


async def closed(product: Product) -> str:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "assessed", **assessment())
    await product.officer.recorded(ref, "case_closed", closing="dealt_with", reasons="Done.")
    return ref


async def test_a_closed_case_is_linked_from_the_open_one_and_shows_it(product: Product) -> None:
    ref, other = await product.officer.reported(), await closed(product)
    assert (await link(product, ref, other, "follows")).status_code == 201
    assert [one["ref"] for one in (await case(product, ref))["linked"]] == [other]
    (shown,) = (await case(product, other))["linked"]
    assert (shown["ref"], shown["tie"]) == (ref, "followed_by")
    problem(await link(product, other, ref, "same_people"), 409, "case-is-closed")


async def test_a_link_to_a_case_that_closed_meanwhile_ends_on_both(product: Product) -> None:
    ref, other = await product.officer.reported(), await product.officer.reported()
    await link(product, ref, other, "same_people")
    await has(product, other, "cases_linked")
    await product.officer.recorded(other, "assessed", **assessment())
    await product.officer.recorded(other, "case_closed", closing="dealt_with", reasons="Done.")
    assert [one["ref"] for one in (await case(product, other))["linked"]] == [ref]
    await product.officer.recorded(ref, "cases_unlinked", other=other, tie="same_people", reasons="A mistake.")
    assert (await case(product, ref))["linked"] == (await case(product, other))["linked"] == []


async def test_a_report_soon_after_a_case_closed_is_offered_the_earlier_one(product: Product) -> None:
    earlier = await closed(product)
    answer = await product.officer.post("/api/reports", report(follows=earlier))
    ref = answer.json()["ref"]
    assert answer.json()["earlier_case"] == earlier
    assert (await standing(product, ref))["earlier_case"] == earlier
    assert [(one["ref"], one["tie"]) for one in (await case(product, ref))["linked"]] == [(earlier, "follows")]
    assert [(one["ref"], one["tie"]) for one in (await case(product, earlier))["linked"]] == [(ref, "followed_by")]
    unknown = await product.officer.reported(follows="the noisy one")
    assert (await case(product, unknown))["linked"] == []
    for field in ({"follows_closed_at": "2026-01-01T00:00:00Z"}, {"told_on": earlier}):
        problem(await product.officer.post("/api/reports", report(**field)), 422, "not-understood")
    told = {"channel": "phone", "words": "Again.", "told_by": "witness-1"}
    problem(await product.officer.post(f"/api/cases/{ref}/incidents", told), 422, "not-understood")
