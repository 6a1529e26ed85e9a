"""retention over the API: what is proposed is seen and decided by those who may, and what was erased says so."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from policy.facts.base import Role
from store import cases, erasure
from store.sessions import Store
from tests.api.product import Product, problem
from tests.given import EDITION
from tests.store.erasing import OVER, Held, approved, carried_out, everything_of_somebody, objection_days_are_over


@pytest.fixture
async def held(store: Store) -> Held:
    return await everything_of_somebody(store)


async def proposed(store: Store, ref: str) -> None:
    async with store.writing() as db:
        assert await erasure.propose(db, ref, OVER, EDITION)


async def test_what_is_proposed_is_approved_and_once_erased_the_case_says_so(
    product: Product, store: Store, held: Held
) -> None:
    manager, supervisor = product.as_("manager"), product.supervisor
    path = f"/api/retention/{held.case}"
    told = (await manager.get(path)).json()
    assert (told["state"], told["keeping"]["kind"]) == ("kept", "case_in_court")
    assert told["keeping"]["last"] == "2022-06-24"
    problem(await manager.post(f"{path}/facts", {"fact": "erasure_approved"}), 409, "erasure-not-proposed")
    await proposed(store, held.case)
    (line,) = (await supervisor.get("/api/retention")).json()["records"]
    assert (line["ref"], line["state"]) == (held.case, "proposed")
    answer = await manager.post(f"{path}/facts", {"fact": "erasure_approved"})
    assert answer.status_code == 201, answer.text
    told = (await manager.get(path)).json()
    assert [line["fact"] for line in told["history"]] == ["erasure_proposed", "erasure_approved"]
    assert told["erased_from"] is not None
    assert (await manager.get(f"/api/cases/{held.case}")).json()["erased"] is None
    await objection_days_are_over(store)
    assert await carried_out(product.records, held.case, datetime.now(UTC) + timedelta(days=16))
    case = (await manager.get(f"/api/cases/{held.case}")).json()
    assert (case["erased"]["approved_by"], case["erased"]["months"]) == ("manager-1", 72)
    assert (case["complainant"], case["people"]) == (None, [])
    letter = case["letters"][0]["id"]
    problem(await manager.get(f"/api/cases/{held.case}/letters/{letter}.pdf"), 410, "content-erased")
    problem(await manager.get(f"/api/cases/{held.case}/as-of", at=OVER.isoformat()), 410, "content-erased")
    for page in ("timeline", "timeline.jsonl", "live", "disclosures"):
        assert (await manager.get(f"/api/cases/{held.case}/{page}")).status_code == 200, page
    for page in ("", "/timeline"):
        assert (await manager.get(f"/api/legal-actions/{held.action}{page}")).status_code == 200, page
    problem(await manager.post(f"{path}/facts", {"fact": "erasure_approved"}), 409, "already-erased")
    assert (await manager.get(path)).json()["keeping"] is None


async def test_the_data_protection_officer_holds_and_refuses_and_does_not_approve(
    product: Product, store: Store, held: Held
) -> None:
    officer, manager, path = product.as_("data_protection"), product.as_("manager"), f"/api/retention/{held.case}"
    await proposed(store, held.case)
    problem(await officer.post(f"{path}/facts", {"fact": "erasure_approved"}), 403, "not-yours-to-do")
    hold = (await officer.post(f"{path}/facts", {"fact": "hold_placed", "reason": "ombudsman"})).json()["fact_id"]
    told = problem(await manager.post(f"{path}/facts", {"fact": "erasure_approved"}), 409, "held-from-erasure")
    assert told["detail"] == "This is held: the Ombudsman looks at it. Lift the hold first."
    lifted = {"fact": "hold_lifted", "hold": hold}
    problem(await manager.post(f"{path}/facts", lifted), 409, "hold-of-data-protection")
    assert (await officer.post(f"{path}/facts", lifted)).status_code == 201
    until = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    refusal = {"fact": "erasure_refused", "why": "child_on_the_case", "until": until}
    assert (await officer.post(f"{path}/facts", refusal)).status_code == 201
    assert (await manager.get("/api/retention")).json()["records"] == []


async def test_whoever_is_part_of_a_case_decides_nothing_about_it(
    product: Product, store: Store, held: Held
) -> None:
    async with store.writing() as db:
        here = cases.cases.c.ref == held.case
        await db.connection.execute(update(cases.cases).where(here).values(conflicts=["manager-1"]))
    manager, path = product.as_("manager"), f"/api/retention/{held.case}"
    problem(await manager.get(path), 403, "conflict-of-interest")
    problem(await manager.post(f"{path}/facts", {"fact": "erasure_approved"}), 403, "conflict-of-interest")


async def test_nor_about_whoever_is_on_it(product: Product, store: Store, held: Held) -> None:
    """They could lift a hold on the person, which keeps the case."""
    async with store.writing() as db:
        here = cases.cases.c.ref == held.case
        await db.connection.execute(update(cases.cases).where(here).values(conflicts=["manager-1"]))
    manager, path = product.as_("manager"), f"/api/retention/{held.person}"
    problem(await manager.get(path), 403, "not-yours-to-do")
    hold = {"fact": "hold_placed", "reason": "court"}
    problem(await manager.post(f"{path}/facts", hold), 403, "not-yours-to-do")
    seen = (await product.as_("data_protection").get("/api/lookings", about=held.person)).json()["lookings"]
    assert {(one["who"], one["what"]) for one in seen} == {("manager-1", "turned_away")}


async def test_a_case_that_is_shut_to_a_supervisor_is_not_theirs_to_decide(
    product: Product, store: Store, held: Held
) -> None:
    async with store.writing() as db:
        here = cases.cases.c.ref == held.case
        await db.connection.execute(
            update(cases.cases).where(here).values(restricted=True, admitted=["manager-9"])
        )
    hold = {"fact": "hold_placed", "reason": "safeguarding"}
    for ref, told in ((held.case, "restricted"), (held.person, "not-yours-to-do")):
        problem(await product.supervisor.get(f"/api/retention/{ref}"), 403, told)
        problem(await product.supervisor.post(f"/api/retention/{ref}/facts", hold), 403, told)
        assert (await product.as_("manager").post(f"/api/retention/{ref}/facts", hold)).status_code == 201
    assert (await product.supervisor.get("/api/retention/holds")).json()["records"] == []
    listed = (await product.as_("manager").get("/api/retention/holds")).json()["records"]
    assert {one["ref"] for one in listed} == {held.case, held.person}


async def test_what_is_held_is_listed_also_where_nothing_was_proposed(product: Product) -> None:
    refs = [await product.officer.reported() for _ in range(3)]
    protection, placed = product.as_("data_protection"), dict[str, str]()
    for ref in refs:
        hold = {"fact": "hold_placed", "reason": "court"}
        answer = await protection.post(f"/api/retention/{ref}/facts", hold)
        placed[ref] = answer.json()["fact_id"]
    lifted = {"fact": "hold_lifted", "hold": placed[refs[1]]}
    assert (await protection.post(f"/api/retention/{refs[1]}/facts", lifted)).status_code == 201
    first = (await product.supervisor.get("/api/retention/holds", limit=1)).json()
    rest = (await product.supervisor.get("/api/retention/holds", cursor=first["next"])).json()
    assert [*first["records"], *rest["records"]] == [
        {"ref": ref, "holds": {placed[ref]: "court"}} for ref in (refs[0], refs[2])
    ]
    problem(await product.supervisor.get("/api/retention/holds", cursor="x"), 422, "not-understood")


async def test_that_somebody_looked_is_written_down(product: Product, held: Held) -> None:
    manager, protection = product.as_("manager"), product.as_("data_protection")
    for ref in (held.case, held.person):
        assert (await manager.get(f"/api/retention/{ref}")).status_code == 200
        seen = (await protection.get("/api/lookings", about=ref)).json()["lookings"]
        assert [(one["who"], one["what"]) for one in seen] == [("manager-1", "see_retention")]


async def test_to_what_is_erased_nothing_is_added(product: Product, store: Store, held: Held) -> None:
    await approved(store, held.case)
    assert await carried_out(product.records, held.case)
    path = f"/api/cases/{held.case}"
    told = {"seq": 1, "wrong": "That she rang.", "right": "Her neighbour rang."}
    problem(await product.officer.post(f"{path}/corrections", told), 409, "already-erased")
    shut = {"fact": "conflict_declared", "who": "officer-9", "why": "involved", "words": "She is her sister."}
    problem(await product.supervisor.post(f"{path}/access", shut), 409, "already-erased")
    async with store.writing() as db:
        await db.connection.execute(update(cases.cases).values(restricted=True))
    now = {"words": "He is at the door."}
    answer = problem(await product.officer.post(f"{path}/emergency-access", now), 409, "already-erased")
    assert answer["detail"] == "This has been erased, and nothing is added to it any more."


@pytest.mark.parametrize(
    "ref",
    [
        "CW-2016-999999999",
        "CR-2016-999999",
        "8d1f0f5e-5a44-4c0c-9e0c-0f5d5d2b8a11",
        "case:2016-11-01",
        "x",
        "C%00",
    ],
)
async def test_what_there_is_not_cannot_be_held(door: Product, ref: str) -> None:
    manager = door.as_(Role.MANAGER)
    problem(await manager.get(f"/api/retention/{ref}"), 404, "record-not-found")
    answer = await manager.post(f"/api/retention/{ref}/facts", {"fact": "hold_placed", "reason": "claim"})
    problem(answer, 404, "record-not-found")
