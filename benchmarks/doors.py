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
from store.asked import asked_by
from store.lookings import look_at
from store.rate_limits import Limit, take
from store.relations import is_in_teams, relation_to
from store.sessions import EVERYTHING, Store

_LIMITS = sign_ins.Limits(idle=timedelta(hours=1), longest=timedelta(hours=12))
_SECRET = "a-sign-in-of-the-benchmarks"  # noqa: S105 - of a database that lives for one run
_ADDRESS = b"an address of the benchmarks"
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

    async def counted() -> None:
        await take(store, _ADDRESS, limit)

    async def permitted() -> None:
        await relation_to(store, ref, _ME)

    limit = Limit(bench.settings.requests_a_minute, timedelta(minutes=1))
    asking = sign_ins.Asking(ref, {"north": frozenset({"asb-officers"})}, limit)

    async def by_token() -> None:
        await asked_by(store, _ME, ref, limit)

    async def by_sign_in() -> None:
        async with store.looking() as db:
            await sign_ins.find(db, _SECRET, _LIMITS, datetime.now(UTC), asking)

    async def looked_again() -> None:
        await look_at(store, ref, _ME, Action.SEE_CASE, allowed)

    async def looked_anew() -> None:
        somebody = _ME.model_copy(update={"id": f"officer-{next(numbers)}"})
        await look_at(store, ref, somebody, Action.SEE_CASE, allowed)

    acts = {
        "a question that asks nothing": plain,
        "how often they came": counted,
        "how a case concerns them": permitted,
        "both, by a token: one question for each request": by_token,
        "both and who it is, by a sign-in: the same": by_sign_in,
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
