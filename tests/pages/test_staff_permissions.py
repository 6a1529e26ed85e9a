"""Every page for staff, as every role, on a case that concerns the caller in every way."""

from uuid import uuid4

import pytest
from signed_in import a_sign_in
from sqlalchemy import update

from api.browser import SIGNED_IN
from api.page_actions import OF_STAFF_PAGES
from policy.facts.base import Role
from policy.permissions import ABOUT_A_CASE, Action, Relation, may
from store import lookings
from store.cases import cases
from store.lookings import LookingFilter
from store.relations import is_in_teams
from tests.api.product import Product
from tests.api.test_api_permissions import CALLERS, COLLEAGUE, FILES, beside, case_of

ABOUT = [route for route, action in OF_STAFF_PAGES.items() if action in ABOUT_A_CASE]
OTHERS = [route for route in OF_STAFF_PAGES if route not in ABOUT]


async def status(site: Product, role: Role | None, route: tuple[str, str], ref: str) -> int:
    method, path = route
    headers = {"Cookie": await cookie_of(site, role)} if role else {}
    noun = path.split("/")[1]
    about = beside(ref, noun) if noun in FILES else ref
    fact = "referral_chased" if noun == "referrals" else "contact_attempted"
    named = {"id_": uuid4(), "name": "report.pdf", "way": "forward"}
    address = path.format(ref=about, fact=fact, category="noise", key="update-7", **named)
    form = {"do": "preview", "key": str(uuid4()), "words": ""} if method == "POST" else None
    sent = headers | {"Origin": site.settings.public_origin}
    answer = await site.http.request(method, address, headers=sent, data=form)
    return answer.status_code


async def cookie_of(site: Product, role: Role) -> str:
    """Of somebody in the north."""
    return f"{SIGNED_IN.name(site.settings)}={await a_sign_in(site, f'{role}-9', 'north')}"


def wanted(role: Role | None, route: tuple[str, str], relation: Relation) -> set[int]:
    """Who is not signed in is led to it, or keeps what they typed; recording is also a matter of the role. What
    only an id names is not there.
    """
    if role is None:
        return {303 if route[0] == "GET" else 401}
    return {200, 404, 409, 422} if may(role, OF_STAFF_PAGES[route], relation) else {403}


@pytest.mark.parametrize(
    "address", ["/cases?officer=%00", "/one-to-one?officer=%00", "/hand-over?officer=%00", "/people/%00"]
)
async def test_what_postgresql_cannot_look_for_is_said_to_be_wrong(site: Product, address: str) -> None:
    answer = await site.http.get(address, headers={"Cookie": await cookie_of(site, Role.SUPERVISOR)})
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("role", CALLERS, ids=lambda role: role or "nobody")
async def test_a_page_about_no_case(site: Product, role: Role | None) -> None:
    ref = await case_of(site.records, "nobody-9", Relation.TEAM, f"CW-2066-90{CALLERS.index(role):04d}")
    for route in OTHERS:
        assert await status(site, role, route, ref) in wanted(role, route, Relation.NO_CASE), (role, route)


@pytest.mark.parametrize("relation", [one for one in Relation if one is not Relation.NO_CASE])
async def test_a_page_about_a_case(site: Product, relation: Relation) -> None:
    async with site.resources.everything.writing() as db:
        await is_in_teams(db, COLLEAGUE, ["north"])
    for role in CALLERS:
        number = list(Relation).index(relation) * 100 + CALLERS.index(role)
        ref = await case_of(site.records, f"{role}-9", relation, f"CW-2066-{number:06d}")
        for route in ABOUT:
            assert await status(site, role, route, ref) in wanted(role, route, relation), (role, relation, route)


async def test_who_saw_a_case_and_is_then_shut_out_is_written_down_as_turned_away(site: Product) -> None:
    ref = await case_of(site.records, "officer-9", Relation.OTHERS, "CW-2066-000998")
    page = ("GET", "/cases/{ref}")
    assert await status(site, Role.OFFICER, page, ref) == 200
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == ref).values(restricted=True))
    assert await status(site, Role.OFFICER, page, ref) == 403
    async with site.resources.everything.reading() as db:
        written = await lookings.page(db, LookingFilter(about=ref), 10, None)
    assert [one.what for one in written] == ["turned_away", "see_case"]


async def test_a_form_that_is_sent_shows_what_it_is_about_and_is_a_look(site: Product) -> None:
    shown = [route for route in ABOUT if OF_STAFF_PAGES[route] is not Action.TAKE_EMERGENCY_ACCESS]
    sent = [route for route in shown if route[0] == "POST"]
    for number, route in enumerate(sent):
        ref = await case_of(site.records, "supervisor-9", Relation.OTHERS, f"CW-2066-0008{number:02d}")
        assert await status(site, Role.SUPERVISOR, route, ref) in {200, 404, 409, 422}, route
        noun = route[1].split("/")[1]
        about = beside(ref, noun) if noun in FILES else ref
        async with site.resources.everything.reading() as db:
            written = await lookings.page(db, LookingFilter(about=about), 10, None)
        assert [(one.who, one.what) for one in written] == [("supervisor-9", OF_STAFF_PAGES[route])], route


async def test_in_an_emergency_one_helps_and_decides_nothing(site: Product) -> None:
    ref = await case_of(site.records, "officer-9", Relation.EMERGENCY, "CW-2066-000999")
    form = {"key": str(uuid4()), "do": "record", "seriousness": "serious", "categories": "noise", "reasons": "So."}
    headers = {"Cookie": await cookie_of(site, Role.OFFICER), "Origin": site.settings.public_origin}
    answer = await site.http.post(f"/cases/{ref}/record/assessed", data=form, headers=headers)
    assert answer.status_code == 403
    assert "In emergency access you help" in answer.text
