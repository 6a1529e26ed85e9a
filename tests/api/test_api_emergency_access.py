"""Emergency access is for helping, and not for whoever had no good reason for it before."""

from typing import Any

from policy.permissions.on_cases import ALSO_IN_AN_EMERGENCY
from tests.api.product import Product, problem
from tests.api.test_api_access import change, restricted, sees
from tests.api.test_api_access_hostile import emergency
from tests.api.two_cases import joined


async def test_whoever_took_emergency_access_without_a_good_reason_does_not_take_it_again(
    door: Product, ref: str
) -> None:
    await restricted(door, ref)
    nurse, manager = door.as_("officer", "officer-5"), door.as_("manager", "manager-1")
    asked: tuple[str, dict[str, Any]] = (f"/api/cases/{ref}/emergency-access", {"words": "He is at her door."})
    id_ = (await nurse.post(*asked)).json()["fact_id"]
    await change(manager, ref, "emergency_access_reviewed", taken=id_, justified=False)
    told = problem(await nurse.post(*asked), 409, "emergency-access-misused")
    assert told["detail"].endswith("ring 999.")
    assert (await door.as_("officer", "officer-6").post(*asked)).status_code == 201
    await change(door.supervisor, ref, "staff_admitted", who="officer-5")
    assert await sees(nurse, ref) == 200


async def test_in_an_emergency_only_helping_is_offered(product: Product) -> None:
    ref = await product.officer.reported()
    await restricted(product, ref)
    nurse = await emergency(product, ref)
    offered = {one["fact"] for one in (await nurse.get(f"/api/cases/{ref}")).json()["actions"]}
    assert {"contact_made", "police_advised"} <= offered <= ALSO_IN_AN_EMERGENCY


async def test_emergency_access_without_a_good_reason_counts_for_what_is_joined_too(product: Product) -> None:
    into, ref = [await product.officer.reported() for _ in range(2)]
    await joined(product, ref, into)
    await restricted_both(product, ref, into)
    nurse, manager = product.as_("officer", "officer-5"), product.as_("manager", "manager-1")
    asked: dict[str, Any] = {"words": "He is at her door."}
    id_ = (await nurse.post(f"/api/cases/{ref}/emergency-access", asked)).json()["fact_id"]
    await change(manager, ref, "emergency_access_reviewed", taken=id_, justified=False)
    problem(await nurse.post(f"/api/cases/{into}/emergency-access", asked), 409, "emergency-access-misused")


async def restricted_both(product: Product, ref: str, into: str) -> None:
    await change(product.supervisor, ref, "access_restricted", why="staff_involved", named=["supervisor-1"])
    problem(await product.officer.get(f"/api/cases/{into}"), 403, "restricted")


async def test_in_an_emergency_a_case_is_not_joined_or_linked_from_ones_own(product: Product) -> None:
    own, ref = [await product.officer.reported() for _ in range(2)]
    await restricted(product, ref)
    nurse = await emergency(product, ref)
    joining = await nurse.fact(own, "case_joined", into=ref, reasons="The same.")
    told = problem(joining, 403, "not-yours-to-do")
    assert told["detail"].startswith("In emergency access you help")
    link = {"other": ref, "tie": "counter_allegation"}
    problem(await nurse.post(f"/api/cases/{own}/links", link), 403, "not-yours-to-do")


async def test_in_an_emergency_nobody_s_post_is_sent_elsewhere_and_nothing_is_ended(product: Product) -> None:
    ref = await product.officer.reported()
    await restricted(product, ref)
    nurse = await emergency(product, ref)
    acts: dict[str, dict[str, Any]] = {
        "complainant_details_told": {"complainant": {"name": "Rowan Example", "email": "nurse@example.org"}},
        "assessed": {"seriousness": "ordinary", "categories": ["noise"], "limb": "b", "reasons": "x"},
        "case_closed": {"closing": "unjustified", "reasons": "Nothing in it."},
        "partners_consulted": {"partners": ["council"], "words": "They know him."},
    }
    for fact, more in acts.items():
        told = problem(await nurse.fact(ref, fact, **more), 403, "not-yours-to-do")
        assert told["detail"].startswith("In emergency access you help")
    wrong = {"seq": 1, "wrong": "x", "right": "y"}
    problem(await nurse.post(f"/api/cases/{ref}/corrections", wrong), 403, "not-yours-to-do")
    asker = {"name": "Robin Example", "email": "robin@example.org"}
    body = {"asked_by": "victim", "district": "canterbury", "cases": [ref], "words": "No.", "asker": asker}
    problem(await nurse.post("/api/case-reviews", body), 422, "case-not-known")
    other = await product.officer.reported()
    review = (await product.officer.post("/api/case-reviews", body | {"cases": [other]})).json()["ref"]
    brought = {"fact": "case_brought_in", "case": ref}
    problem(await nurse.post(f"/api/case-reviews/{review}/facts", brought), 422, "case-not-known")
    await nurse.recorded(ref, "police_advised", means="phone", words="Rang 999 with her.")
