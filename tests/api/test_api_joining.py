"""Two reports of one matter become one case, and two again."""

from typing import Any
from uuid import uuid4

from tests.api.product import Product, assessment, problem, until
from tests.api.two_cases import (
    JOIN,
    RACE,
    SAGE,
    SEPARATE,
    cared_for,
    case,
    entries,
    facts,
    has,
    joined,
    link,
    owed,
    standing,
    text,
)

REPORTED = "2026-03-02T10:00:00Z"
INCIDENT = {"channel": "phone", "words": "Again.", "category": "noise"}


async def test_a_case_joins_another_with_all_that_it_carried(product: Product) -> None:
    into = await product.officer.reported()
    ref = await product.officer.reported(at=REPORTED, hate=RACE, words="A zanzibarine noise.", complainant=SAGE)
    await cared_for(product, ref)
    await joined(product, ref, into)
    ours, theirs = await standing(product, ref), await standing(product, into)
    assert (ours["stage"], ours["joined_into"]) == ("joined", into)
    assert owed(ours) == set()
    assert (theirs["joined_here"], theirs["serious"], theirs["category"]) == ([ref], True, "hate")
    assert theirs["hate"]["strands"] == ["race"]
    assert {"appointment", "police-advice", "support-offer"} <= owed(theirs)
    assert not [d for d in theirs["deadlines"] if d["noticed_at"]], "nobody here is late at once"
    (brought,) = [entry for entry in await entries(product, into) if entry["fact"] == "report_joined"]
    assert (brought["at"], brought["by_role"]) == (REPORTED, "system")
    assert "zanzibarine" not in str(await entries(product, into))
    assert product.mailbox is not None
    mailbox = product.mailbox

    async def acknowledged() -> bool:
        return "sage@example.org" in {address for mail in mailbox.messages() for address in mail.to}

    await until(acknowledged)


def own(standing: Any) -> dict[str, str]:
    """When the case's own deadlines are due; what went up counts from when its miss was noticed."""
    return {d["key"]: d["due"] for d in standing["deadlines"] if not d["key"].startswith("escalation:")}


async def test_a_joined_case_stands_again_with_its_own_clocks(product: Product) -> None:
    by_phone = {"name": "Sage Invented", "phone": "01632 960002"}
    into = await product.officer.reported()
    ref = await product.officer.reported(at=REPORTED, hate=RACE, complainant=by_phone)
    await cared_for(product, ref)
    before = own(await standing(product, ref))
    await joined(product, ref, into)
    await product.officer.recorded(ref, **SEPARATE)
    await has(product, into, "incident_separated")
    ours, theirs = await standing(product, ref), await standing(product, into)
    assert (ours["stage"], ours["joined_into"]) == ("reported", None)
    assert own(ours) == before
    late = before.keys() - {"risk-renewal:complainant"}
    assert all(d["noticed_at"] for d in ours["deadlines"] if d["key"] in late)
    assert (theirs["joined_here"], theirs["hate"], theirs["serious"]) == ([], None, False)
    assert owed(theirs) == {"first-contact", "assessment", "review"}
    problem(await product.officer.fact(ref, **SEPARATE), 409, "case-not-joined")


async def test_what_cannot_be_joined_is_refused(product: Product) -> None:
    ref, into, third = [await product.officer.reported() for _ in range(3)]

    async def refused(one: str, other: str) -> str:
        answer = await product.officer.fact(one, **JOIN, into=other)
        detail: str = problem(answer, 409, "cases-not-joinable")["detail"]
        return detail

    assert "itself" in await refused(ref, ref)
    assert "no case" in await refused(ref, "CW-2026-999999")
    await link(product, ref, third, "counter_allegation")
    await has(product, third, "cases_linked")
    assert "counter-allegation" in await refused(ref, third)
    assert "counter-allegation" in await refused(third, ref)
    await joined(product, ref, into)
    assert into in await refused(third, ref)
    assert ref in await refused(into, third)
    again = await product.officer.fact(ref, **JOIN, into=third)
    assert into in problem(again, 409, "case-is-joined")["detail"]
    await product.officer.recorded(third, "assessed", **assessment())
    await product.officer.recorded(third, "case_closed", closing="dealt_with", reasons="Done.")
    fourth = await product.officer.reported()
    assert "closed" in await refused(fourth, third)


async def test_what_is_told_on_a_joined_case_goes_on_with_the_other(product: Product) -> None:
    into, ref = await product.officer.reported(), await product.officer.reported(complainant=SAGE)
    await joined(product, ref, into)
    spoke = await product.officer.fact(ref, "contact_made", means="phone", words="Spoke.")
    assert into in problem(spoke, 409, "case-is-joined")["detail"]
    assert (await product.officer.post(f"/api/cases/{ref}/incidents", INCIDENT)).status_code == 202
    await has(product, into, "incident_reported")
    assert "incident_reported" not in await facts(product, ref)
    (told,) = [entry for entry in await entries(product, into) if entry["fact"] == "incident_reported"]
    assert told["content"]["told_on"] == ref


async def test_a_joined_case_closes_with_the_other_and_is_counted_as_part_of_it(product: Product) -> None:
    into, ref = await product.officer.reported(), await product.officer.reported(complainant=SAGE)
    await joined(product, ref, into)
    closing = {"closing": "joined", "reasons": "Done.", "with_case": into}
    problem(await product.officer.fact(ref, "case_closed", **closing), 409, "case-is-joined")
    await product.officer.recorded(into, "contact_made", means="phone", words="Spoke.")
    await product.officer.recorded(into, "assessed", **assessment())
    await product.officer.recorded(into, "case_closed", closing="dealt_with", reasons="A gooseberry reason.")
    await has(product, ref, "case_closed")
    ended = await standing(product, ref)
    assert (ended["stage"], ended["closing"], ended["joined_into"]) == ("closed", "joined", into)
    problem(await product.officer.fact(ref, **SEPARATE), 409, "case-is-closed")

    async def noted() -> Any:
        letters = (await case(product, ref))["letters"]
        return [letter for letter in letters if letter["kind"] == "closing-note" and letter["state"] == "sent"]

    await until(noted)
    assert product.mailbox is not None
    for mail in [mail for mail in product.mailbox.messages() if "sage@example.org" in mail.to]:
        assert into not in text(mail)
        assert "gooseberry" not in text(mail)


async def test_an_incident_that_was_a_new_matter_becomes_a_case_of_its_own(product: Product) -> None:
    ref, key = await product.officer.reported(at=REPORTED), str(uuid4())
    told = INCIDENT | {"words": "A zanzibarine noise.", "at": "2026-03-09T10:00:00Z"}
    await product.officer.post(f"/api/cases/{ref}/incidents", told, key)
    await has(product, ref, "incident_reported")
    separate = {"fact": "incident_separated", "incident": key, "reasons": "About the car park."}
    problem(
        await product.officer.fact(ref, **separate | {"incident": str(uuid4())}), 409, "incident-not-separable"
    )
    await product.officer.recorded(ref, **separate)

    async def linked() -> Any:
        return (await case(product, ref))["linked"]

    (new,) = await until(linked)
    assert new["tie"] == "followed_by"
    made = await case(product, new["ref"])
    assert made["standing"]["reported_at"] == "2026-03-09T10:00:00Z"
    assert made["complainant"]["name"] == "Rowan Example"
    (first, *_) = await entries(product, new["ref"])
    assert (first["content"]["words"], first["content"]["follows"]) == ("A zanzibarine noise.", ref)
    problem(await product.officer.fact(ref, **separate), 409, "incident-not-separable")
    assert len((await product.officer.get("/api/cases")).json()["cases"]) == 2
