"""Lists: what is carried on beside cases, what was told to others, what keys there are, and no filter misspelt."""

from typing import Any

import pytest

from api.actions import ACTION_OF
from api.lists import LISTS
from policy.caller import STAFF_ROLES
from policy.editions import released
from policy.permissions import may
from tests.api.product import Product, problem, until
from tests.api.test_api_case_reviews import asked
from tests.api.test_api_legal_actions import proposed
from tests.api.test_api_referrals import act, agreed, begun, referred


async def found(product: Product, noun: str, **wanted: Any) -> list[str]:
    answer = await product.officer.get(f"/api/{noun}", **wanted)
    assert answer.status_code == 200, answer.text
    return [line["ref"] for line in answer.json()["lines"]]


async def test_what_is_carried_on_beside_cases_is_found_by_what_it_is_for_its_stage_and_its_case(
    product: Product,
) -> None:
    first, one = await referred(product)
    second, other = await referred(product)
    ref, action = await proposed(product)
    review = await asked(product, ref)
    assert await found(product, "referrals") == [other, one], "the newest case first"
    assert await found(product, "referrals", case=first) == [one]
    assert await found(product, "referrals", agency="education") == [other, one]
    assert await found(product, "referrals", agency="police") == []
    assert await found(product, "legal-actions", remedy="injunction") == [action]
    assert await found(product, "legal-actions", remedy="possession") == []
    assert await found(product, "case-reviews", district="canterbury") == [review]
    assert await found(product, "case-reviews", case=ref) == [review]
    assert await found(product, "case-reviews", case=second) == []
    (line,) = (await product.officer.get("/api/legal-actions")).json()["lines"]
    assert {name: line[name] for name in ("kind", "case_ref", "which", "stage", "finished")} == {
        "kind": "legal-action",
        "case_ref": ref,
        "which": "injunction",
        "stage": "proposed",
        "finished": False,
    }
    await act(product, one, "referral_handed_over", words="Told them.")

    async def sent() -> Any:
        return await found(product, "referrals", stage="sent") == [one]

    await until(sent)
    assert await found(product, "referrals", stage="to_send") == [other]
    assert await found(product, "referrals", finished=False) == [other, one]
    assert await found(product, "referrals", finished=True) == []
    assert await found(product, "referrals", late=True) == []
    assert await found(product, "referrals", late=False) == [other, one]


async def test_a_list_comes_in_pages(product: Product) -> None:
    reviews = [await asked(product) for _ in range(3)]
    page = (await product.officer.get("/api/case-reviews", limit=2)).json()
    rest = (await product.officer.get("/api/case-reviews", limit=2, cursor=page["next"])).json()
    assert [line["ref"] for line in (*page["lines"], *rest["lines"])] == reviews[::-1]
    assert rest["next"] is None


async def test_lists_are_for_whoever_may_read_one_of_them(door: Product) -> None:
    for path in ("legal-actions", "referrals", "case-reviews", "lists", "lists/agencies"):
        problem(await door.public.get(f"/api/{path}"), 401, "not-signed-in")
        problem(await door.lettings.get(f"/api/{path}"), 403, "not-yours-to-do")
        assert (await door.officer.get(f"/api/{path}")).status_code == 200


async def test_what_was_told_to_others_is_a_list_without_its_words(product: Product) -> None:
    ref = await agreed(product)
    told = {"about": ["complainant"], "what": "That she is afraid.", "why": "So that they help."}
    said = {"to": "education", "gateway": "consent"} | told
    await product.officer.recorded(ref, "disclosure_recorded", **said)
    await product.officer.recorded(ref, "referral_proposed", agency="education", gateway="consent", **told)
    await product.officer.recorded(ref, "partners_consulted", partners=["council"], words="She is afraid.")
    nobody = {"partners": ["council"], "about": [], "words": "The stairs."}
    await product.officer.recorded(ref, "partners_consulted", **nobody)
    group = {"kind": "panel", "members": ["education"], "about": ["complainant"], "words": "The block."}
    called = await product.officer.recorded(ref, "group_called", **group, gateway="consent")
    held = {"matter": f"group-{called['seq']}", "came": ["education", "gp"], "words": "She is afraid."}
    await product.officer.recorded(ref, "group_meeting_held", **held)
    await product.officer.recorded(ref, "police_referral_made", words="She is afraid.")
    await product.officer.recorded(ref, "person_joined", key="perpetrator-1", part="perpetrator")
    effect = {"effect": "Nobody uses the stairs.", "causes": ["none_known"], "words": "As told."}
    await product.officer.recorded(ref, "effect_recorded", **effect)
    asked_for = {"power": "dispersal", "person": "perpetrator-1", "asked_of": "police", "words": "She is afraid."}
    await product.officer.recorded(ref, "power_asked", **asked_for)
    answer = await product.officer.get(f"/api/cases/{ref}/disclosures")
    shown = [(one["fact"], one["to"], one["about"], one["gateway"]) for one in answer.json()["disclosures"]]
    assert shown == [
        ("disclosure_recorded", ["education"], ["complainant"], "consent"),
        ("partners_consulted", ["council"], None, None),
        ("partners_consulted", ["council"], [], None),
        ("group_called", ["education"], ["complainant"], "consent"),
        ("group_meeting_held", ["education", "gp"], ["complainant"], None),
        ("police_referral_made", ["police"], None, None),
        ("power_asked", ["police"], ["perpetrator-1"], None),
    ]
    assert answer.json()["beside"] == [], "a referral that was proposed has told nobody"
    referral = await begun(product, ref)
    handed = await act(product, referral, "referral_handed_over", words="Told them that she is afraid.")
    assert handed.status_code == 201
    answer = await product.officer.get(f"/api/cases/{ref}/disclosures")
    [line] = answer.json()["beside"]
    assert (line["ref"], line["fact"], line["to"]) == (referral, "referral_handed_over", ["education"])
    assert "afraid" not in answer.text
    problem(await product.officer.get("/api/cases/CW-2026-999999/disclosures"), 404, "case-not-found")


async def test_the_keys_that_officers_choose_from_are_those_of_the_edition(door: Product) -> None:
    lists = (await door.officer.get("/api/lists")).json()["lists"]
    assert set(lists) == set(LISTS)
    assert all(one["key"] and one["name"] for listed in lists.values() for one in listed)
    edition = released()[-1]
    for name, key in (
        ("agencies", edition.agencies[0].key),
        ("districts", "canterbury"),
        ("remedies", "injunction"),
        ("conditions-of-ground-7a", "premises_closed"),
        ("powers", edition.powers[0].key),
        ("lawful-reasons", edition.police.lawful_reasons[0].key),
    ):
        assert key in [one["key"] for one in lists[name]], name
        assert (await door.officer.get(f"/api/lists/{name}")).json()["lists"] == {name: lists[name]}
    assert all(question["answers"] for question in lists["risk-questions"])
    assert "agencies" in problem(await door.officer.get("/api/lists/nonsense"), 404, "list-not-found")["detail"]


async def test_a_misspelt_filter_is_refused_wherever_there_are_filters(door: Product) -> None:
    described = (await door.http.get("/api/openapi.json")).json()
    asked_for = 0
    for path, item in described["paths"].items():
        known = [one["name"] for one in item.get("get", {}).get("parameters", []) if one["in"] == "query"]
        if not known or "{" in path:
            continue
        asked_for += 1
        needed = {
            one["name"]: "2026-01-01" if one["schema"].get("format") == "date" else "canterbury"
            for one in item["get"]["parameters"]
            if one["in"] == "query" and one.get("required")
        }
        action = ACTION_OF["GET", path.removeprefix("/api")]
        whose = door.as_(next(role for role in STAFF_ROLES if may(role, action)))
        told = problem(await whose.get(path, **needed, oficer="officer-7"), 422, "not-understood")
        assert [wrong["field"] for wrong in told["wrong"]] == ["oficer"], path
        assert all(name in told["detail"] for name in known), path
    assert asked_for > 6


@pytest.mark.parametrize(
    ("path", "name", "said", "known"),
    [
        ("referrals", "stage", "sentt", "sent"),
        ("referrals", "agency", "mayor", "council"),
        ("legal-actions", "stage", "to_send", "with_solicitor"),
        ("legal-actions", "remedy", "eviction", "possession"),
        ("case-reviews", "stage", "asking", "asked"),
        ("case-reviews", "district", "atlantis", "canterbury"),
        ("cases", "stage", "closd", "closed"),
        ("cases", "category", "xx", "noise"),
        ("prevention", "kind", "tea", "campaign"),
        ("case-reviews/counts", "district", "atlantis", "canterbury"),
    ],
)
async def test_a_filter_that_names_nothing_there_is_says_what_there_is(
    path: str, name: str, said: str, known: str, door: Product
) -> None:
    needed = {"first": "2026-01-01", "last": "2026-12-31"} if path.endswith("counts") else {}
    told = problem(await door.officer.get(f"/api/{path}", **needed, **{name: said}), 422, "not-understood")
    assert told["detail"].startswith(f"There is no {name} {said}. There is: ")
    assert known in told["detail"].removesuffix(".").split(": ")[1].split(", ")
    assert [wrong["field"] for wrong in told["wrong"]] == [name]
    assert (await door.officer.get(f"/api/{path}", **needed, **{name: known})).status_code == 200


async def test_a_page_begins_behind_what_there_can_be_and_days_are_in_their_order(door: Product) -> None:
    for path in ("referrals", "legal-actions", "case-reviews", "cases", "tasks"):
        told = problem(await door.officer.get(f"/api/{path}", cursor="abc"), 422, "not-understood")
        assert told["detail"] == "This is not a cursor.", path
    backwards = {"district": "canterbury", "first": "2026-12-31", "last": "2026-01-01"}
    told = problem(await door.officer.get("/api/case-reviews/counts", **backwards), 422, "not-understood")
    assert told["detail"] == "The first day comes after the last."


async def test_a_private_link_works_whatever_a_mail_program_adds_to_it(door: Product) -> None:
    problem(await door.public.get("/api/answers/nonsense", utm_source="mail"), 404, "link-not-found")
