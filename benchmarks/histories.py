"""What a fact costs in history, read from real histories."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

_RANG = EventType.EVENT_TYPE_TIMER_FIRED
REST = 0.3
"""Seconds, far more than a fact takes. Facts that follow each other faster share tasks and cost less."""


async def events_of(client: Client, id_: str) -> Counter[str]:
    """Events by type, without the prefix that all of them have."""
    return _by_type((await client.get_workflow_handle(id_).fetch_history()).events)


def _by_type(events: Iterable[HistoryEvent]) -> Counter[str]:
    return Counter(EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in events)


async def since_the_timer(client: Client, ids: Sequence[str]) -> dict[str, float]:
    """What the first timer that rang, and all that came of it, added to one history, by type of event."""
    added: Counter[str] = Counter()
    for id_ in ids:
        events = (await client.get_workflow_handle(id_).fetch_history()).events
        rang = next(place for place, one in enumerate(events) if one.event_type == _RANG)
        added.update(_by_type(events[rang:]))
    return {kind: number / len(ids) for kind, number in sorted(added.items())}


async def events_per_fact(
    client: Client, ids: list[str], record: Callable[[int], Awaitable[object]], facts: int
) -> dict[str, float]:
    """Records `facts` on each workflow, each fact when the one before has come to rest, and returns what that
    added, by type of event. `record` takes the workflow's place in `ids`.
    """
    added: Counter[str] = Counter()

    async def one(place: int, id_: str) -> None:
        before = await events_of(client, id_)
        for _ in range(facts):
            await record(place)
            await asyncio.sleep(REST)
        added.update(await events_of(client, id_) - before)

    await asyncio.gather(*(one(place, id_) for place, id_ in enumerate(ids)))
    return {kind: number / (facts * len(ids)) for kind, number in sorted(added.items())}
