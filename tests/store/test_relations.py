"""How a case concerns somebody: every combination of what makes it so, against the order that policy states."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import update

from policy.caller import Caller
from policy.facts.base import Role
from policy.permissions import Action, Relation
from policy.working_days import london_day
from store import cases
from store.asked import Asked
from store.lookings import look_at, lookings
from store.rate_limits import Limit
from store.relations import is_in_teams, relation_to
from store.sessions import Store, Viewer
from store.sign_ins import Asking, Entering, Limits, enter, find
from tests.given import EDITION, empty_file

REF = "CW-2023-000001"
NOW = datetime.now(UTC)
ME, COLLEAGUE, STRANGER = "officer-1", "officer-2", "officer-9"
CALLER = Caller(id=ME, role=Role.OFFICER, teams=frozenset({"north", "out of hours"}))


async def registered(store: Store, ref: str = REF) -> None:
    async with store.writing() as db:
        await cases.register(db, ref, EDITION.ref, empty_file(NOW.date()).closure_days, NOW)
        await is_in_teams(db, ME, ["north", "out of hours"])
        await is_in_teams(db, COLLEAGUE, ["north"])
        await is_in_teams(db, STRANGER, ["south"])


LIMITS = Limits(idle=timedelta(hours=1), longest=timedelta(hours=12))
GROUPS = {
    "north": frozenset({"g-north", "g-all"}),
    "south": frozenset({"g-south"}),
    "out of hours": frozenset({"g-n"}),
}
OFTEN = Limit(10**6, timedelta(hours=1))
SECRET = "a-sign-in-of-this-test"  # noqa: S105 - of a database that lives for one test


async def came_in(store: Store, *groups: str) -> None:
    async with store.writing() as db:
        await enter(db, Entering(ME, None, frozenset(groups), None), SECRET, LIMITS, NOW)


async def found_with(store: Store, ref: str = REF) -> Asked:
    async with store.looking() as db:
        found = await find(db, SECRET, LIMITS, NOW, Asking(ref, GROUPS, OFTEN))
    assert found is not None
    assert found.asked is not None
    return found.asked


async def made(store: Store, **said: Any) -> None:
    async with store.writing() as db:
        await db.connection.execute(update(cases.cases).where(cases.cases.c.ref == REF).values(**said))


def every_case() -> Iterator[dict[str, Any]]:
    hour = {ME: (NOW + timedelta(hours=1)).isoformat()}
    over = {ME: (NOW - timedelta(hours=1)).isoformat()}
    for officer, opened_by, conflicts, admitted, emergency, restricted, abuse in product(
        (None, ME, COLLEAGUE, STRANGER),
        (None, ME, STRANGER),
        ([], [ME], [STRANGER]),
        ([], [ME]),
        ({}, hour, over),
        (False, True),
        (False, True),
    ):
        yield {
            "officer": officer,
            "opened_by": opened_by,
            "conflicts": conflicts,
            "admitted": admitted,
            "emergency": emergency,
            "restricted": restricted,
            "domestic_abuse": abuse,
        }


def expected(case: dict[str, Any]) -> Relation:
    """The first that fits, as policy/permissions/actions.py says it."""
    took_it = case["officer"] is None and not case["restricted"] and case["opened_by"] == ME
    mine = case["officer"] == ME or case["admitted"] or took_it
    team = case["officer"] in {None, ME, COLLEAGUE}
    if case["conflicts"] == [ME]:
        return Relation.CONFLICTED
    if mine:
        return Relation.MINE
    if case["emergency"] and datetime.fromisoformat(case["emergency"][ME]) > NOW:
        return Relation.EMERGENCY
    if case["restricted"]:
        return Relation.RESTRICTED
    if case["domestic_abuse"]:
        return Relation.RESTRICTED_TEAM if team else Relation.RESTRICTED
    return Relation.TEAM if team else Relation.OTHERS


async def shown_by_name(app_store: Store) -> bool:
    """Whether it is listed for somebody who may see only what names them."""
    viewer = Viewer(ME, ("north", "out of hours"), (Relation.MINE, Relation.EMERGENCY))
    async with app_store.seen_by(viewer).reading() as db:
        return bool(await cases.page(db, cases.Filter(), NOW, 1))


async def test_every_combination_has_the_relation_that_the_policy_says(store: Store, app_store: Store) -> None:
    await registered(store)
    await came_in(store, "g-north", "g-n", "officers")
    seen = set()
    for case in every_case():
        await made(store, **case)
        found = await relation_to(store, REF, CALLER)
        assert found is expected(case), case
        assert (await found_with(store)).relation is found, case
        assert await shown_by_name(app_store) is (found in {Relation.MINE, Relation.EMERGENCY}), case
        seen.add(found)
    assert seen == set(Relation) - {Relation.NO_CASE}


@pytest.mark.parametrize(("days", "relation"), [(0, Relation.MINE), (-1, Relation.OTHERS)], ids=["today", "over"])
async def test_cover_is_theirs_until_the_end_of_its_last_day(
    store: Store, app_store: Store, days: int, relation: Relation
) -> None:
    await registered(store)
    until = london_day(datetime.now(UTC)) + timedelta(days=days)
    await made(store, officer=STRANGER, cover=ME, cover_until=until)
    assert await relation_to(store, REF, CALLER) is relation
    assert await shown_by_name(app_store) is (relation is Relation.MINE)


async def test_who_leaves_a_team_is_nobody_s_colleague_there(store: Store) -> None:
    await registered(store)
    await made(store, officer=COLLEAGUE)
    assert await relation_to(store, REF, CALLER) is Relation.TEAM
    async with store.writing() as db:
        await is_in_teams(db, COLLEAGUE, ["south"])
    assert await relation_to(store, REF, CALLER) is Relation.OTHERS


@pytest.mark.parametrize("ref", ["CW-2023-999999", "x", "\0", ""], ids=["none", "no reference", "NUL", "empty"])
async def test_there_is_no_relation_to_what_there_is_not(store: Store, ref: str) -> None:
    assert await relation_to(store, ref, CALLER) is None
    await came_in(store, "g-north")
    assert (await found_with(store, ref)).relation is None


@pytest.mark.parametrize(
    ("groups", "relation"),
    [(("g-all",), Relation.TEAM), (("g-south",), Relation.OTHERS), ((), Relation.OTHERS)],
    ids=["in it", "in another", "in none"],
)
async def test_a_sign_in_is_in_the_teams_of_its_groups(
    store: Store, groups: tuple[str, ...], relation: Relation
) -> None:
    await registered(store)
    await made(store, officer=COLLEAGUE)
    await came_in(store, *groups)
    assert (await found_with(store)).relation is relation


async def test_a_sign_in_knows_what_is_written_down_of_it_already(store: Store) -> None:
    await registered(store)
    await came_in(store, "g-north")
    await look_at(store, REF, CALLER.model_copy(update={"id": COLLEAGUE}), Action.SEE_CASE, list(Relation))
    await registered(store, "CW-2023-000002")
    await look_at(store, "CW-2023-000002", CALLER, Action.SEE_CASE, list(Relation))
    assert (await found_with(store)).looked == set()
    await look_at(store, REF, CALLER, Action.SEE_CASE, list(Relation))
    assert (await found_with(store)).looked == {"see_case"}
    await a_while_ago(store)
    assert (await found_with(store)).looked == set()


async def a_while_ago(store: Store) -> None:
    async with store.writing() as db:
        await db.connection.execute(update(lookings).values(since=lookings.c.since - timedelta(minutes=5)))
