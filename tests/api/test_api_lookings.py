"""Looking is recorded: who, at what, when, and how it concerned them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text, update

from policy.working_days import london_day
from store.away import StoreRefused
from store.cases import cases
from tests.api.product import Caller, Product, problem, report

TODAY: date = london_day(datetime.now(UTC))


@pytest.fixture
def protection(door: Product) -> Caller:
    return door.as_("data_protection", "dpo-1")


async def lookings(by: Caller, **wanted: Any) -> list[dict[str, Any]]:
    answer = await by.get("/api/lookings", **wanted)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["lookings"]
    return found


async def test_whoever_looks_at_a_case_is_written_down_once_for_a_while(
    door: Product, protection: Caller, ref: str
) -> None:
    curious = door.as_("officer", "curious-1")
    for _ in range(3):
        assert (await curious.get(f"/api/cases/{ref}")).status_code == 200
    await curious.get(f"/api/cases/{ref}/timeline")
    seen = await lookings(protection, about=ref)
    assert {(one["who"], one["role"], one["what"], one["relation"]) for one in seen} == {
        ("curious-1", "officer", "see_case", "team")
    }
    assert len(seen) in {1, 2}, "five minutes may have begun anew in between"
    own = (await curious.get("/api/me/lookings")).json()["lookings"]
    assert own[0]["about"] == ref


async def test_being_turned_away_is_written_down_and_recording_is_no_looking(
    door: Product, protection: Caller, ref: str
) -> None:
    body = {"fact": "access_restricted", "why": "need_to_know", "named": ["supervisor-1"], "words": "x"}
    await door.supervisor.post(f"/api/cases/{ref}/access", body)
    problem(await door.officer.get(f"/api/cases/{ref}"), 403, "restricted")
    seen = await lookings(protection, about=ref)
    assert [(one["who"], one["what"], one["relation"]) for one in seen] == [
        ("officer-1", "turned_away", "restricted")
    ]


async def test_everybody_whom_a_search_finds_was_looked_at(door: Product, protection: Caller) -> None:
    name = "Zebedee Example"
    person = (await door.officer.post("/api/people", {"name": name})).json()["id"]
    found = (await door.as_("officer", "curious-9").post("/api/people/search", {"words": name})).json()["people"]
    assert person in {one["id"] for one in found}
    shown = (await protection.get(f"/api/people/{person}/lookings")).json()["lookings"]
    assert ("curious-9", "see_people") in {(one["who"], one["what"]) for one in shown}


async def test_looking_in_an_emergency_says_so(door: Product, protection: Caller, ref: str) -> None:
    body = {"fact": "access_restricted", "why": "need_to_know", "named": ["supervisor-1"], "words": "x"}
    await door.supervisor.post(f"/api/cases/{ref}/access", body)
    nurse = door.as_("officer", "officer-5")
    await nurse.post(f"/api/cases/{ref}/emergency-access", {"words": "He is at her door."})
    await nurse.get(f"/api/cases/{ref}")
    assert [one["relation"] for one in await lookings(protection, who="officer-5", about=ref)] == ["emergency"]


async def test_looking_at_a_person_is_written_down_too_and_their_report_shows_it(
    door: Product, protection: Caller
) -> None:
    person = (await door.officer.post("/api/people", {"name": "Rowan Example"})).json()["id"]
    await door.officer.get(f"/api/people/{person}")
    shown = (await protection.get(f"/api/people/{person}/lookings")).json()["lookings"]
    assert [(one["who"], one["about"], one["what"]) for one in shown] == [("officer-1", person, "see_people")]


async def test_the_report_of_a_person_shows_who_looked_at_their_cases(product: Product) -> None:
    officer, protection = product.officer, product.as_("data_protection")
    person = (await officer.post("/api/people", {"name": "Rowan Example"})).json()["id"]
    ref = await officer.reported()
    await officer.recorded(ref, "person_joined", key="victim-2", part="victim", person=person)
    asker = {"name": "Rowan Example", "email": "rowan@example.org"}
    body = {"asked_by": "victim", "district": "canterbury", "cases": [ref], "words": "No.", "asker": asker}
    review = (await officer.post("/api/case-reviews", body)).json()["ref"]
    curious = product.as_("officer", "curious-2")
    for path in (f"cases/{ref}", f"case-reviews/{review}"):
        assert (await curious.get(f"/api/{path}")).status_code == 200
    shown = (await protection.get(f"/api/people/{person}/lookings")).json()["lookings"]
    assert {one["about"] for one in shown if one["who"] == "curious-2"} == {ref, review}


async def test_whoever_looks_at_many_cases_of_others_is_shown_to_the_data_protection_officer(
    door: Product, protection: Caller
) -> None:
    curious, usual = door.as_("officer", "curious-3"), door.as_("officer", "usual-1")
    refs = [(await door.public.post("/api/reports", report())).json()["ref"] for _ in range(31)]
    await others(door, refs)
    for ref in refs:
        assert (await curious.get(f"/api/cases/{ref}")).status_code == 200
    for ref in refs[:29]:
        await usual.get(f"/api/cases/{ref}")
    answer = await protection.get("/api/lookings/unusual", since=TODAY.isoformat(), until=TODAY.isoformat())
    told = answer.json()
    assert (told["cases_a_day"], told["of_team_a_day"], told["found_a_day"]) == (30, 100, 300)
    assert [(one["who"], one["cases"]) for one in told["unusual"] if one["who"] in {"curious-3", "usual-1"}] == [
        ("curious-3", 31)
    ]


@pytest.mark.parametrize(
    ("looked", "count", "shown"),
    [
        ("see_case team", 99, None),
        ("see_case team", 100, (0, 100, 0)),
        ("see_case mine", 400, None),
        ("list_cases others", 299, None),
        ("list_cases others", 300, (0, 0, 300)),
        ("list_cases mine", 300, None),
        ("see_people no_case", 300, (0, 0, 300)),
    ],
)
async def test_unusual_are_also_many_of_ones_own_team_and_many_searches(
    door: Product, protection: Caller, looked: str, count: int, shown: tuple[int, int, int] | None
) -> None:
    who, (what, relation) = f"busy {looked} {count}", looked.split()
    looks = text("SELECT looked('CW-2024-' || n, :who, 'officer', :what, :how) FROM generate_series(1, :n) AS n")
    async with door.resources.store.looking() as db:
        await db.connection.execute(looks, {"who": who, "what": what, "how": relation, "n": count})
    day = TODAY.isoformat()
    unusual = (await protection.get("/api/lookings/unusual", since=day, until=day)).json()["unusual"]
    found = [(one["cases"], one["of_team"], one["found"]) for one in unusual if one["who"] == who]
    assert found == ([] if shown is None else [shown])


async def test_a_case_that_words_find_or_that_is_like_a_report_was_looked_at(
    product: Product,
) -> None:
    ref = await product.officer.reported(complainant={"name": "Zenobia Example", "phone": "01632 960007"})
    searching, taking = product.as_("officer", "searching-1"), product.as_("officer", "taking-1")
    rows = (await searching.get("/api/cases", words="Zenobia")).json()["cases"]
    assert [row["ref"] for row in rows] == [ref]
    draft = {"complainant": {"name": "Zenobia Example", "phone": "01632 960007"}, "category": "noise"}
    like = (await taking.post("/api/reports/similar", draft)).json()["cases"]
    assert [one["ref"] for one in like] == [ref]
    await product.as_("officer", "browsing-1").get("/api/cases")
    seen = await lookings(product.as_("data_protection", "dpo-1"), about=ref)
    assert {(one["who"], one["what"], one["relation"]) for one in seen if one["who"] != "officer-1"} == {
        ("searching-1", "list_cases", "team"),
        ("taking-1", "list_cases", "team"),
    }


async def others(door: Product, refs: list[str]) -> None:
    async with door.records.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref.in_(refs)).values(officer="stranger"))


@pytest.mark.parametrize("path", ["/api/lookings", "/api/lookings/unusual?since=2026-01-01&until=2026-01-02"])
async def test_what_others_looked_at_is_for_the_data_protection_officer_alone(door: Product, path: str) -> None:
    for other in (door.officer, door.supervisor, door.as_("manager"), door.ops):
        problem(await other.get(path), 403, "not-yours-to-do")


async def test_the_days_asked_for_are_some_and_not_too_many(protection: Caller) -> None:
    for since, until in (("2026-02-01", "2026-01-01"), ("2026-01-01", "2026-12-31")):
        problem(await protection.get("/api/lookings/unusual", since=since, until=until), 422, "not-understood")


async def test_lookings_go_by_pages(door: Product, protection: Caller, ref: str) -> None:
    for number in range(5):
        await door.as_("officer", f"page-{number}").get(f"/api/cases/{ref}")
    first = (await protection.get("/api/lookings", about=ref, limit=3)).json()
    rest = (await protection.get("/api/lookings", about=ref, limit=3, cursor=first["next"])).json()
    names = [one["who"] for page in (first, rest) for one in page["lookings"]]
    assert names == [f"page-{number}" for number in (4, 3, 2, 1, 0)]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "statement", ["DELETE FROM {}", "UPDATE {} SET who = 'x'", "INSERT INTO {} DEFAULT VALUES"]
)
async def test_nobody_writes_or_changes_what_was_looked_at(door: Product, statement: str) -> None:
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with door.resources.store.writing() as db:
            await db.connection.execute(text(statement.format("lookings")))
