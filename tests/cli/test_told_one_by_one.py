"""Many that run are told something: one that the engine cannot take now does not end it."""

import pytest
from temporalio.client import Client, RPCError
from temporalio.service import RPCStatusCode

from cli.runs import Run, each

RUNS: list[Run] = [(f"case/{number}", "run") for number in range(60)]


async def answered(client: Client, status: RPCStatusCode) -> tuple[list[Run], list[Run]]:
    """Where the engine answers so for every third: which were told, and which are left for later."""
    told = list[Run]()

    async def act(_: Client, run: Run) -> None:
        if RUNS.index(run) % 3 == 0:
            raise RPCError("not now", status, b"")
        told.append(run)

    return told, await each(client, RUNS, act)


@pytest.mark.parametrize("status", [RPCStatusCode.RESOURCE_EXHAUSTED, RPCStatusCode.UNAVAILABLE])
async def test_where_the_engine_is_busy_it_is_left_for_the_next_round(
    client: Client, status: RPCStatusCode
) -> None:
    told, later = await answered(client, status)
    assert sorted(later) == sorted(RUNS[::3])
    assert sorted(told + later) == sorted(RUNS)


async def test_what_has_ended_meanwhile_is_not_for_later(client: Client) -> None:
    told, later = await answered(client, RPCStatusCode.NOT_FOUND)
    assert (len(told), later) == (40, [])


async def test_whoever_may_not_is_told(client: Client) -> None:
    with pytest.raises(RPCError):
        await answered(client, RPCStatusCode.PERMISSION_DENIED)
