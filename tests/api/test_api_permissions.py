"""Every route, as every role, on a case that concerns the caller in every way: the door keeps to the table."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import update

from api.actions import ACTION_OF
from api.app import make_app
from policy.case_review.review import ReviewFile
from policy.facts.base import Role
from policy.legal_action.action import LegalFile
from policy.permissions import ABOUT_A_CASE, Action, Relation, may
from policy.referral.referral import ReferralFile
from store import cases, procedures
from store.relations import is_in_teams
from store.sessions import Store
from tests.api.product import Product
from tests.api.test_api_identity import address
from tests.given import EDITION, empty_file

NOW = datetime.now(UTC)
STAFF = [role for role in Role if role not in {Role.RESIDENT, Role.AGENCY, Role.SYSTEM}]
CALLERS: list[Role | None] = [*STAFF, None]
"""With a token, and without one."""

ROUTES = [route for route, action in ACTION_OF.items() if action is not Action.ANSWER_BY_LINK]
OF_CASES = [route for route in ROUTES if ACTION_OF[route] in ABOUT_A_CASE]
FILES: dict[str, Any] = {"legal-actions": LegalFile, "referrals": ReferralFile, "case-reviews": ReviewFile}
KIND = {"legal-actions": "legal-action", "referrals": "referral", "case-reviews": "case-review"}
OF_NOTHING = "CW-2017-000001"
"""A reference that no test gives to a case."""
COLLEAGUE, STRANGER = "colleague", "stranger"


def as_it_concerns(me: str, relation: Relation) -> dict[str, Any]:
    hour = {me: (NOW + timedelta(hours=1)).isoformat()}
    return {
        Relation.CONFLICTED: {"officer": me, "conflicts": [me]},
        Relation.MINE: {"officer": me},
        Relation.EMERGENCY: {"officer": STRANGER, "restricted": True, "emergency": hour},
        Relation.RESTRICTED: {"officer": STRANGER, "restricted": True},
        Relation.RESTRICTED_TEAM: {"officer": COLLEAGUE, "domestic_abuse": True},
        Relation.TEAM: {"officer": COLLEAGUE},
        Relation.OTHERS: {"officer": STRANGER},
    }[relation]


async def case_of(store: Store, me: str, relation: Relation, ref: str) -> str:
    async with store.writing() as db:
        known = empty_file(NOW.date()).closure_days
        await cases.register(db, ref, EDITION.ref, known, NOW)
        said = as_it_concerns(me, relation)
        await db.connection.execute(update(cases.cases).where(cases.cases.c.ref == ref).values(**said))
        for noun, file in FILES.items():
            about = {"cases": (ref,)} if noun == "case-reviews" else {"case": ref}
            opening = file(ref=beside(ref, noun), edition=EDITION.ref, closure_days=known, **about)
            await procedures.register(db, KIND[noun], opening)
    return ref


def beside(ref: str, noun: str) -> str:
    return f"{ref}-{list(FILES).index(noun) + 1}" if noun != "case-reviews" else ref.replace("CW", "CR")


async def answered(door: Product, method: str, path: str, ref: str, headers: dict[str, str]) -> tuple[int, str]:
    noun = path.split("/")[1]
    where = ("" if path.startswith(("/health", "/metrics")) else "/api") + path
    url = address(where, beside(ref, noun) if noun in FILES else ref)
    key = {"Idempotency-Key": str(uuid4())}
    async with door.http.stream(method, url, json={}, headers=headers | key) as answer:
        if answer.status_code not in {401, 403}:
            return answer.status_code, ""
        await answer.aread()
        return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def refused_as(role: Role | None, action: Action, relation: Relation) -> tuple[int, str] | None:
    """None where it is not refused."""
    if may(role or Role.RESIDENT, action, relation):
        return None
    if role is None:
        return 401, "not-signed-in"
    anywhere = any(may(role, action, one) for one in Relation)
    if anywhere and relation is Relation.CONFLICTED:
        return 403, "conflict-of-interest"
    shut = relation in {Relation.RESTRICTED, Relation.RESTRICTED_TEAM}
    if anywhere and shut and may(role, Action.TAKE_EMERGENCY_ACCESS, relation):
        return 403, "restricted"
    return 403, "not-yours-to-do"


async def keeps_to_the_table(
    door: Product, role: Role | None, routes: list[tuple[str, str]], relation: Relation, ref: str
) -> None:
    token = door.as_(role, f"{role}-9", teams=["north"]).headers() if role else {}
    for method, path in routes:
        status, problem = await answered(door, method, path, ref, token)
        refused = refused_as(role, ACTION_OF[method, path], relation)
        if refused is None:
            assert status not in {401, 403}, (method, path, role, relation)
            assert status < 500 or path.endswith("/live"), (method, path, role, relation, status)
        else:
            assert (status, problem) == refused, (method, path, role, relation)


@pytest.mark.parametrize("role", CALLERS, ids=lambda role: role or "nobody")
async def test_what_is_about_no_case(door: Product, role: Role | None) -> None:
    others = [route for route in ROUTES if route not in OF_CASES]
    await keeps_to_the_table(door, role, others, Relation.NO_CASE, OF_NOTHING)


@pytest.mark.parametrize("relation", [one for one in Relation if one is not Relation.NO_CASE])
async def test_what_is_about_a_case(door: Product, relation: Relation) -> None:
    number = list(Relation).index(relation)
    for role in CALLERS:
        ref = f"CW-2018-{number:04d}{CALLERS.index(role):02d}"
        async with door.resources.store.writing() as db:
            await is_in_teams(db, COLLEAGUE, ["north"])
        await case_of(door.records, f"{role}-9", relation, ref)
        await keeps_to_the_table(door, role, OF_CASES, relation, ref)


def test_every_route_says_what_it_does_and_nothing_else_is_said(door: Product) -> None:
    described = make_app(door.settings).openapi()["paths"]
    served = {(method.upper(), path.removeprefix("/api")) for path, one in described.items() for method in one}
    assert served == set(ACTION_OF)


def test_a_route_that_says_nothing_keeps_the_application_from_starting(
    door: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api import app as of_app  # noqa: PLC0415 - what is changed for this test

    monkeypatch.setattr(of_app, "ACTION_OF", {k: v for k, v in ACTION_OF.items() if k != ("GET", "/cases")})
    with pytest.raises(of_app.RouteWithoutAction, match="/cases"):
        make_app(door.settings)


def test_every_route_is_behind_the_door(door: Product) -> None:
    """Whatever is served is asked about: no route is added to the application beside its routers."""
    beside_routers = [one for one in door.app.routes if isinstance(one, APIRoute)]
    assert not beside_routers
