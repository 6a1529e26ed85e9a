"""Promises and what is asked for again, over HTTP: whose task it is, and what the refusals say."""

from datetime import UTC, datetime, timedelta

from tests.api.product import Product, problem


async def test_a_promise_that_a_colleague_took_on_is_on_their_list_until_it_is_kept(product: Product) -> None:
    ref = await product.officer.reported()
    day = (datetime.now(UTC) + timedelta(days=4)).date().isoformat()
    said = {"words": "We will ring you.", "by_when": day, "owner": "officer-9"}
    seq = (await product.officer.recorded(ref, "promise_made", **said))["seq"]

    async def theirs() -> dict[str, str]:
        tasks = (await product.officer.get("/api/tasks", officer="officer-9")).json()["tasks"]
        return {task["key"]: task["due"][:10] for task in tasks}

    assert await theirs() == {f"promise-{seq}": day}
    await product.officer.recorded(ref, "promise_kept", matter=f"promise-{seq}", words="Rang.")
    assert await theirs() == {}
    answer = await product.officer.fact(ref, "promise_kept", matter=f"promise-{seq}", words="Rang.")
    assert problem(answer, 409, "matter-not-open")["row"] == "promise-ledger"


async def test_being_asked_twice_makes_it_a_supervisor_s_task(product: Product) -> None:
    ref = await product.officer.reported()
    for _ in range(2):
        await product.officer.recorded(ref, "chased", words="Nobody rang me.")
    tasks = (await product.supervisor.get("/api/tasks")).json()["tasks"]
    assert [task["owed"] for task in tasks if task["key"].startswith("chase-")] == [
        "Answer the complainant, who had to ask"
    ]
