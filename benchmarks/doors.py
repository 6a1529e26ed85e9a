"""What it costs each request to know who calls and what they may do: questions of PostgreSQL, one at a time."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median

from sqlalchemy import select

from benchmarks.servers import Bench
from policy.caller import Caller
from policy.facts.base import Role
from policy.permissions import Action, relations
from runtime.database import engine
from store import sign_ins
from store.lookings import look_at
from store.relations import is_in_teams, relation_to
from store.sessions import EVERYTHING, Store

_LIMITS = sign_ins.Limits(idle=timedelta(hours=1), longest=timedelta(hours=12))
_SECRET = "a-sign-in-of-the-benchmarks"  # noqa: S105 - of a database that lives for one run
_ME = Caller(id="officer-1", role=Role.OFFICER, teams=frozenset({"north"}))


async def door_figures(bench: Bench, ref: str, seconds: float) -> dict[str, str]:
    """Medians in milliseconds."""
    database = engine(bench.settings)
    store = Store(database, EVERYTHING)
    numbers, allowed = count(1), tuple(relations(_ME.role, Action.SEE_CASE))
    async with store.writing() as db:
        person = sign_ins.Entering(_ME.id, None, frozenset({"asb-officers"}), None)
        await sign_ins.enter(db, person, _SECRET, _LIMITS, datetime.now(UTC))
        for number in range(40):
            await is_in_teams(db, f"officer-{number}", ["north"])

    async def plain() -> None:
        async with store.looking() as db:
            await db.connection.execute(select(1))

    async def signed_in() -> None:
        async with store.looking() as db:
            await sign_ins.find(db, _SECRET, _LIMITS, datetime.now(UTC))

    async def permitted() -> None:
        await relation_to(store, ref, _ME)

    asking = sign_ins.Asking(ref, {"north": frozenset({"asb-officers"})})

    async def both() -> None:
        async with store.looking() as db:
            await sign_ins.find(db, _SECRET, _LIMITS, datetime.now(UTC), asking)

    async def looked_again() -> None:
        await look_at(store, ref, _ME, Action.SEE_CASE, allowed)

    async def looked_anew() -> None:
        somebody = _ME.model_copy(update={"id": f"officer-{next(numbers)}"})
        await look_at(store, ref, somebody, Action.SEE_CASE, allowed)

    acts = {
        "a question that asks nothing": plain,
        "who is signed in": signed_in,
        "how a case concerns them": permitted,
        "both, as one question for each request": both,
        "how it concerns them, the look written down already": looked_again,
        "how it concerns them, and the look written down": looked_anew,
    }
    found = {name: f"{await _milliseconds(act, seconds):.2f}" for name, act in acts.items()}
    await database.dispose()
    return found


async def _milliseconds(act: Callable[[], Awaitable[None]], seconds: float) -> float:
    spent = []
    await act()
    until = time.perf_counter() + seconds
    while (began := time.perf_counter()) < until:
        await act()
        spent.append(time.perf_counter() - began)
    return median(spent) * 1000
