"""What a fact costs in history, read from real histories."""

from collections import Counter
from collections.abc import Awaitable, Callable

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client


async def events_of(client: Client, id_: str) -> Counter[str]:
    """Events by type, without the prefix that all of them have."""
    history = await client.get_workflow_handle(id_).fetch_history()
    return Counter(EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in history.events)


async def events_per_fact(
    client: Client, ids: list[str], record: Callable[[int], Awaitable[object]], facts: int
) -> dict[str, float]:
    """Records `facts` on each workflow, one after another, and returns what that added, by type of event.
    `record` takes the workflow's place in `ids`.
    """
    added: Counter[str] = Counter()
    for place, id_ in enumerate(ids):
        before = await events_of(client, id_)
        for _ in range(facts):
            await record(place)
        added += await events_of(client, id_) - before
    return {kind: number / (facts * len(ids)) for kind, number in sorted(added.items())}
