"""The right of access: all that we hold about somebody, in one document for the data protection officer."""

import json
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Text, cast, select, text, update

from policy.facts.base import Role
from store import person_record
from store.cases import cases
from store.person_record import OF_THEIR_CASES, OF_THEM, SOURCES, Whose, page
from store.sessions import Store
from tests.api.product import Product, problem, until
from tests.api.test_api_lettings import QUESTION, URL
from tests.api.test_api_people_on_cases import kept
from tests.api.two_cases import has, joined
from tests.store.erasing import NEEDLES, WHY_SHUT, everything_of_somebody

Lines = list[dict[str, Any]]


async def record(product: Product, person: str) -> Lines:
    answer = await product.as_("data_protection").get(f"/api/people/{person}/record")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/jsonl"
    assert person in answer.headers["content-disposition"]
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert (lines[0]["part"], lines[-1]) == ("opening", {"part": "end", "lines": len(lines) - 1})
    return lines


def of(lines: Lines, part: str, /, **told: Any) -> Lines:
    """What is kept there, beside whether it concerns others."""
    found = [line["kept"] | {"others": line["concerns_others"]} for line in lines if line["part"] == part]
    return [line for line in found if told.items() <= line.items()]


async def abused(product: Product, person: str) -> str:
    """Their case with domestic abuse, which is restricted, and a referral beside it."""
    ref = await product.officer.reported(words="He shouts at me.", about={"name": "Pat Sample"})
    await product.officer.recorded(ref, "person_identified", key="complainant", person=person)
    await product.officer.recorded(ref, "domestic_abuse_recognised", words="Of her husband.")
    await product.officer.recorded(ref, "consent_given", purpose="referral", words="Yes.")
    told = {"agency": "education", "about": ["complainant"], "what": "Her address.", "why": "Help."}
    await product.officer.recorded(ref, "referral_proposed", **told, gateway="consent")

    async def restricted() -> bool:
        async with product.records.reading() as db:
            row = await db.connection.execute(text("SELECT domestic_abuse FROM cases WHERE ref = :r"), {"r": ref})
            beside = await db.connection.scalar(text("SELECT seq FROM procedures WHERE case_ref = :r"), {"r": ref})
            return bool(row.scalar_one() and beside)

    await until(restricted)
    referral = (await product.officer.get(f"/api/cases/{ref}")).json()["beside"][0]["ref"]
    handed = {"fact": "referral_handed_over", "words": "Told them on the telephone."}
    answer = await product.officer.post(f"/api/referrals/{referral}/facts", handed)
    assert answer.status_code == 201, answer.text
    return ref


async def test_all_of_somebody_s_cases_is_there_and_nobody_s_else(product: Product) -> None:
    rowan = await kept(product, name="Rowan Example")
    ours = await abused(product, rowan)
    calm = await product.officer.reported(words="A zanzibarine drum.")
    await product.officer.recorded(calm, "person_identified", key="complainant", person=rowan)
    await product.officer.recorded(calm, "action_planned", words="Ring the drummer.")
    wrong = {"seq": 1, "wrong": "A drum.", "right": "A xylophone."}
    assert (await product.officer.post(f"/api/cases/{calm}/corrections", wrong)).status_code == 201
    home = {"address": ["4 Larkfield Close"], "tenure": "assured", "starts": "2019-05-06"}
    home |= {"people": [{"person": rowan, "place": "tenant"}]}
    assert (await product.officer.post("/api/tenancies", home)).status_code == 201
    stranger = await product.officer.reported(words="A quincunx of barking dogs.")
    other = await kept(product, name="Sage Invented")
    await product.officer.recorded(stranger, "person_identified", key="complainant", person=other)

    async def written() -> bool:
        return bool((await product.officer.get(f"/api/cases/{calm}")).json()["letters"])

    await until(written)
    lines = await record(product, rowan)
    assert of(lines, "person", id=rowan, name="Rowan Example")
    assert of(lines, "address", lines=["4 Larkfield Close", "Madeup"])
    assert of(lines, "tenancy", tenure="assured", others=False)
    assert of(lines, "household", place="tenant")
    assert {line["what"] for line in of(lines, "change")} == {"added"}
    assert {(line["case_ref"], line["part"], line["key"]) for line in of(lines, "on_case")} == {
        (calm, "complainant", "complainant"),
        (ours, "complainant", "complainant"),
    }
    assert [line["ref"] for line in of(lines, "case")] == sorted([ours, calm])
    for ref, words in ((ours, "He shouts at me."), (calm, "A zanzibarine drum.")):
        told = of(lines, "entry", case_ref=ref)
        assert [line["seq"] for line in told] == list(range(1, len(told) + 1))
        assert told[0]["content"]["words"] == words
        assert of(lines, "report", case_ref=ref)[0]["entry"]["fact"]["words"] == words
        assert of(lines, "mention", case_ref=ref, name="Rowan Example")
        assert of(lines, "deadline", case_ref=ref)
    assert of(lines, "entry", case_ref=calm, by_role="officer", fact="action_planned")
    assert [line["right"] for line in of(lines, "correction", case_ref=calm)] == ["A xylophone."]
    assert "Rowan" in of(lines, "letter", case_ref=calm)[0]["body"]
    assert "Ring the drummer." in str(of(lines, "plan", case_ref=calm))
    (beside,) = of(lines, "beside", case_ref=ours)
    assert beside["kind"] == "referral"
    assert of(lines, "entry", case_ref=beside["ref"])
    assert of(lines, "disclosure", case_ref=beside["ref"], told=["education"], gateway="consent")
    assert {line["ref"]: line["why"] for line in of(lines, "keeping")}[calm] == ["the case is open"]
    assert rowan in {line["ref"] for line in of(lines, "keeping")}
    assert stranger not in str(lines)
    assert "quincunx" not in str(lines)


async def test_what_others_may_have_said_says_so(product: Product) -> None:
    """On a case with somebody else on it all of it, on one of theirs alone nothing."""
    rowan = await kept(product)
    shared = await product.officer.reported(about={"name": "Pat Sample"})
    alone = await product.officer.reported()
    for ref in (shared, alone):
        await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    lines = await record(product, rowan)
    for part in ("case", "entry", "report", "mention", "deadline", "plan"):
        where = {"ref": shared} if part == "case" else {"case_ref": shared}
        assert {line["others"] for line in of(lines, part, **where)} == {True}, part
        where = {"ref": alone} if part == "case" else {"case_ref": alone}
        assert {line["others"] for line in of(lines, part, **where)} == {False}, part
    assert not of(lines, "person", others=True)
    assert all("concerns_others" in line for line in lines[1:-1])


async def test_it_says_first_what_must_be_taken_out_and_what_the_law_has_us_tell(door: Product) -> None:
    opening = (await record(door, await kept(door)))[0]
    assert "not ready to be handed over" in opening["read_first"][0]
    assert "Sch. 2 para. 16" in opening["read_first"][1]
    assert "/api/cases?words=" in opening["look_also"][0]
    information = opening["information"]
    assert {one["what"]: one["months"] for one in information["kept_for"]}["A closed case"] == 72
    assert "Victim Support" in information["recipients"]
    for name in ("purposes", "categories", "rights", "source", "automated_decisions", "transfers"):
        assert information[name], name
    rights = " ".join(information["rights"])
    for right in ("correct", "erase", "object", "Information Commissioner"):
        assert right in rights
    assert {name for one in opening["not_included"] for name in one["of"]} >= {"staff", "letters.pdf", "Backups"}


async def test_a_case_that_theirs_joined_is_there_too(product: Product) -> None:
    rowan = await kept(product)
    into = await product.officer.reported(words="The same drum, said a neighbour.")
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    await joined(product, ref, into)
    await has(product, into, "report_joined")
    lines = await record(product, rowan)
    assert {line["case_ref"] for line in of(lines, "entry", others=True)} == {into}
    assert of(lines, "entry", case_ref=into, fact="report_joined")


async def test_a_case_review_of_theirs_is_there(product: Product) -> None:
    rowan = await kept(product)
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    asker = {"name": "Rowan Example", "email": "rowan@example.org"}
    body = {
        "asked_by": "victim",
        "district": "canterbury",
        "cases": [ref],
        "words": "Nobody came.",
        "asker": asker,
    }
    review = (await product.officer.post("/api/case-reviews", body)).json()["ref"]
    lines = await record(product, rowan)
    assert of(lines, "beside", ref=review, others=True)
    assert "Nobody came." in str(of(lines, "application", ref=review))
    assert review in {line["ref"] for line in of(lines, "keeping")}


async def test_what_lettings_asked_about_their_name_is_there_and_may_be_about_a_namesake(door: Product) -> None:
    name = f"Robin {uuid4().hex}"
    person = await kept(door, name=name.upper())
    for one in (name, f"Another {name}"):
        applicant = QUESTION["applicant"] | {"name": one}
        assert (await door.lettings.post(URL, QUESTION | {"applicant": applicant})).status_code == 201
    (check,) = of(await record(door, person), "lettings_check")
    assert (check["name"], check["others"]) == (name, True)
    assert "asked_by" not in check


async def test_it_is_for_the_data_protection_officer_alone(door: Product) -> None:
    person = await kept(door)
    for role in Role:
        if role not in {Role.DATA_PROTECTION, Role.RESIDENT, Role.AGENCY, Role.SYSTEM}:
            problem(await door.as_(role).get(f"/api/people/{person}/record"), 403, "not-yours-to-do")
    problem(await door.public.get(f"/api/people/{person}/record"), 401, "not-signed-in")


async def test_it_is_a_look_at_the_person_and_at_each_case_and_stands_in_the_register(product: Product) -> None:
    rowan = await kept(product)
    refs = {await product.officer.reported() for _ in range(2)}
    for ref in refs:
        await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    await record(product, rowan)
    protection = product.as_("data_protection")
    seen = (await protection.get("/api/lookings", who="data_protection-1")).json()["lookings"]
    assert {line["about"] for line in seen if line["what"] == "see_person_record"} == {rowan, *refs}
    told = (await protection.get("/api/disclosures", person=rowan)).json()["disclosures"]
    assert {(line["case_ref"], line["what"], *line["told"]) for line in told} == {
        (ref, "record_exported", "data_protection") for ref in refs
    }
    lines = await record(product, rowan)
    looks = [line for line in of(lines, "looking") if line["what"] == "see_person_record"]
    assert {(line["role"], "who" in line) for line in looks} == {("data_protection", False)}


async def test_whoever_is_connected_with_one_of_the_cases_does_not_get_it(product: Product) -> None:
    rowan = await kept(product)
    first, second = [await product.officer.reported() for _ in range(2)]
    for ref in (first, second):
        await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    async with product.records.writing() as db:
        theirs = update(cases).where(cases.c.ref == second).values(conflicts=["data_protection-1"])
        await db.connection.execute(theirs)
    protection = product.as_("data_protection")
    problem(await protection.get(f"/api/people/{rowan}/record"), 403, "conflict-of-interest")
    other = product.as_("data_protection", "dpo-2")
    seen = (await other.get("/api/lookings", who="data_protection-1")).json()["lookings"]
    assert {(line["about"], line["what"]) for line in seen} == {(second, "turned_away")}
    assert (await other.get("/api/disclosures", person=rowan)).json()["disclosures"] == []
    assert (await other.get(f"/api/people/{rowan}/record")).status_code == 200


async def test_nobody_we_know_and_whoever_was_erased_has_none(product: Product, store: Store) -> None:
    protection = product.as_("data_protection")
    problem(await protection.get(f"/api/people/{uuid4()}/record"), 404, "person-not-found")
    held = await everything_of_somebody(store)
    async with store.writing() as db:
        await db.connection.execute(text("SELECT erase_case(:ref)"), {"ref": held.case})
    problem(await protection.get(f"/api/people/{held.person}"), 404, "person-not-found")
    problem(await protection.get(f"/api/people/{held.person}/record"), 404, "person-not-found")


async def test_whatever_any_table_says_of_somebody_is_in_their_record(product: Product, store: Store) -> None:
    """The same words for which a test of erasure searches every column of every table."""
    held = await everything_of_somebody(store)
    lines = await record(product, held.person)
    for needle in NEEDLES:
        said = {line["part"] for line in lines[1:] if needle in json.dumps(line, ensure_ascii=False)}
        kept_in = await saying(store, needle)
        assert kept_in
        assert kept_in <= said, needle
    assert WHY_SHUT in str(of(lines, "decision"))
    assert of(lines, "sending", ref=held.action)


async def test_a_long_timeline_comes_in_pages_with_nothing_twice(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan = await kept(product)
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "person_identified", key="complainant", person=rowan)
    whole = await record(product, rowan)
    monkeypatch.setattr(person_record, "_BATCH", 1)
    paged = await record(product, rowan)
    for part in {source.part for source in SOURCES} - {"looking", "disclosure"}:
        assert of(paged, part) == of(whole, part), part
    async with product.resources.everything.reading() as db:
        for source in (*OF_THEM, *OF_THEIR_CASES):
            assert len((await page(db, source, Whose(rowan, (ref,))))[0]) <= 1


async def saying(store: Store, needle: str) -> set[str]:
    """The parts that come from columns in which anything says this, whoever it is about."""
    parts = set()
    async with store.reading() as db:
        for source in SOURCES:
            for column in source.columns:
                query = select(cast(column, Text).contains(needle)).where(cast(column, Text).contains(needle))
                if await db.connection.scalar(query.limit(1)):
                    parts.add(source.part)
    return parts
