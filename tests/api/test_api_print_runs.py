"""What waits for the post is printed together once, and said to have been posted once."""

import asyncio
import io
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from sqlalchemy import update

from store import cases
from tests.api.product import Caller, Product, problem, until

BY_POST = {"name": "Rowan Example", "address": ["2 Invented Row", "Sevenoaks"]}


async def to_post(product: Product, **more: Any) -> str:
    """The reference of a case whose acknowledgement waits for the post."""
    ref = await product.officer.reported(complainant=BY_POST, **more)
    await ready(product, ref)
    return ref


async def ready(product: Product, ref: str) -> None:
    """Until the case itself says so of its letter."""

    async def found() -> bool:
        waiting = {one["key"] for one in await _states(product, ref, "to_post")}
        lines = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
        said = {one["content"]["key"] for one in lines if one["content"]["fact"] == "letter_ready_to_post"}
        return bool(waiting) and waiting <= said

    await until(found)


async def _states(product: Product, ref: str, state: str) -> list[dict[str, Any]]:
    kept = (await product.officer.get(f"/api/cases/{ref}")).json()["letters"]
    return [one for one in kept if one["state"] == state]


async def made(by: Caller, key: str | None = None) -> dict[str, Any]:
    answer = await by.post("/api/print-runs", {}, key)
    assert answer.status_code == 201, answer.text
    return answer.json()


def pile(run: dict[str, Any]) -> dict[str, Any]:
    """What was in it when it was made."""
    return {"letters": [line["id"] for line in run["lines"] if line["number"] is not None]}


async def printed(by: Caller, run: dict[str, Any]) -> tuple[bytes, int]:
    answer = await by.get(f"/api/print-runs/{run['id']}/letters.pdf")
    assert answer.status_code == 200, answer.text
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert not pdf.check_pdf_syntax()
        return answer.content, len(pdf.pages)


def refs(run: dict[str, Any]) -> list[str]:
    return [line["case_ref"] for line in run["lines"] if line["waits"]]


async def restricted(product: Product, ref: str, **said: Any) -> None:
    async with product.records.writing() as db:
        await db.connection.execute(update(cases.cases).where(cases.cases.c.ref == ref).values(**said))


async def test_what_waits_is_printed_once_and_the_same_key_gives_the_same_run(product: Product) -> None:
    first, second = await to_post(product), await to_post(product)
    key = str(uuid4())
    run = await made(product.officer, key)
    assert refs(run) == [first, second]
    assert await made(product.officer, key) == run
    problem(await product.officer.post("/api/print-runs", {}), 409, "nothing-to-post")
    problem(
        await product.as_("officer", "officer-7").post("/api/print-runs", {}, key),
        409,
        "key-used-for-another-body",
    )
    third = await to_post(product)
    assert refs(await made(product.officer)) == [third]
    content, pages = await printed(product.officer, run)
    assert pages >= 1 + 2 * 2
    assert (await printed(product.officer, run))[0] == content
    listed = (await product.officer.get("/api/print-runs")).json()["runs"]
    assert [(one["letters"], one["waiting"]) for one in listed] == [(1, 1), (2, 2)]


async def test_posted_it_stands_on_each_case_once_and_saying_it_again_changes_nothing(product: Product) -> None:
    first, second = await to_post(product), await to_post(product)
    run = await made(product.officer)
    for _ in range(2):
        answer = await product.officer.post(f"/api/print-runs/{run['id']}/posted", pile(run))
        assert answer.status_code == 200, answer.text
        assert answer.json()["waiting"] == 0
    for ref in (first, second):
        lines = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
        assert [one["content"]["means"] for one in lines if one["content"]["fact"] == "letter_sent"] == ["post"]


async def test_one_case_that_refuses_does_not_hold_up_the_others_and_is_named(product: Product) -> None:
    first, second = await to_post(product), await to_post(product)
    run = await made(product.officer)
    at = run["made_at"].replace(run["made_at"][:4], "2020")
    answer = (await product.officer.post(f"/api/print-runs/{run['id']}/posted", pile(run) | {"at": at})).json()
    assert {one["came_of"] for one in answer["told"]} == {"refused"}
    assert answer["waiting"] == 2
    assert all("check the date" in one["why"] for one in answer["told"])
    again = (await product.officer.post(f"/api/print-runs/{run['id']}/posted", pile(run))).json()
    assert [(one["case_ref"], one["came_of"]) for one in again["told"]] == [
        (first, "recorded"), (second, "recorded"),
    ]  # fmt: skip


async def test_a_spoilt_letter_is_made_out_again_and_is_in_the_next_run(product: Product) -> None:
    first, second = await to_post(product), await to_post(product)
    run = await made(product.officer)
    spoilt = run["lines"][0]["id"]
    path = f"/api/print-runs/{run['id']}/taken-out"
    problem(await product.officer.post(path, {"letters": [str(uuid4())]}), 422, "not-understood")
    answer = await product.officer.post(path, {"letters": [spoilt]})
    assert [one["came_of"] for one in answer.json()["told"]] == ["recorded"]
    assert answer.json()["waiting"] == 1
    await ready(product, first)
    again = await made(product.officer)
    assert refs(again) == [first]
    left = (await product.officer.get(f"/api/print-runs/{run['id']}")).json()
    assert refs(left) == [second]


@pytest.mark.parametrize(
    "said", [{"restricted": True}, {"domestic_abuse": True}], ids=lambda said: next(iter(said))
)
async def test_a_letter_of_a_case_that_is_open_to_few_is_in_no_run_and_leaves_one_that_is_made(
    product: Product, said: dict[str, Any]
) -> None:
    """Also for its own officer, who sees it: the pile is everybody's."""
    ref, other = await to_post(product), await to_post(product)
    await restricted(product, ref, officer="officer-1")
    run = await made(product.officer)
    await restricted(product, ref, **said)
    shown = (await product.officer.get(f"/api/print-runs/{run['id']}")).json()
    assert refs(shown) == [other]
    later = await to_post(product)
    await restricted(product, later, officer="officer-1", **said)
    problem(await product.officer.post("/api/print-runs", {}), 409, "nothing-to-post")


async def test_whoever_is_connected_with_a_case_neither_prints_nor_posts_its_letter(product: Product) -> None:
    ref = await to_post(product)
    await restricted(product, ref, conflicts=["officer-7"])
    neighbour = product.as_("officer", "officer-7")
    problem(await neighbour.post("/api/print-runs", {}), 409, "nothing-to-post")
    run = await made(product.officer)
    assert not (await neighbour.get(f"/api/print-runs/{run['id']}")).json()["lines"]
    _, pages = await printed(neighbour, run)
    assert pages == 1
    problem(await neighbour.post(f"/api/print-runs/{run['id']}/posted", pile(run)), 422, "not-understood")
    assert await _states(product, ref, "to_post")


async def test_a_letter_that_was_not_in_the_pile_is_not_said_to_be_posted(product: Product) -> None:
    ref, other = await to_post(product), await to_post(product)
    await restricted(product, ref, conflicts=["officer-7"])
    run = await made(product.officer)
    seen = (await product.as_("officer", "officer-7").get(f"/api/print-runs/{run['id']}")).json()
    told = (await product.officer.post(f"/api/print-runs/{run['id']}/posted", pile(seen))).json()
    assert [one["case_ref"] for one in told["told"]] == [other]
    assert told["waiting"] == 1
    assert await _states(product, ref, "to_post")


async def test_what_was_posted_is_not_printed_again(product: Product) -> None:
    first, second = await to_post(product), await to_post(product)
    run = await made(product.officer)
    (going,) = [line["id"] for line in run["lines"] if line["case_ref"] == first]
    await product.officer.post(f"/api/print-runs/{run['id']}/posted", {"letters": [going]})
    _, pages = await printed(product.officer, run)
    assert pages == 1 + 2
    assert refs((await product.officer.get(f"/api/print-runs/{run['id']}")).json()) == [second]


async def test_a_letter_that_its_case_does_not_owe_any_more_leaves_a_run_that_is_made(product: Product) -> None:
    ref, other = await to_post(product), await to_post(product)
    run = await made(product.officer)
    await product.officer.recorded(ref, "contact_declined", words="Leave me alone.")

    async def left() -> bool:
        return refs((await product.officer.get(f"/api/print-runs/{run['id']}")).json()) == [other]

    await until(left)
    _, pages = await printed(product.officer, run)
    assert pages == 1 + 2
    told = (await product.officer.post(f"/api/print-runs/{run['id']}/posted", pile(run))).json()["told"]
    assert [one["case_ref"] for one in told] == [other]


async def test_the_same_run_asked_for_twice_at_once_is_one(product: Product) -> None:
    ref, key = await to_post(product), str(uuid4())
    both = await asyncio.gather(*(product.officer.post("/api/print-runs", {}, key) for _ in range(4)))
    assert [(one.status_code, refs(one.json())) for one in both] == [(201, [ref])] * 4


async def test_what_needs_translating_is_named_and_not_printed(product: Product) -> None:
    ref = await to_post(product)
    await product.officer.recorded(ref, "need_told", kind="language", language="ku", words="She said so.")
    other = await to_post(product)
    run = await made(product.officer)
    assert refs(run) == [other]
    assert [one["case_ref"] for one in run["lines"] if one["number"] is None] == [ref]


async def test_whoever_prints_is_written_down_for_each_case(product: Product) -> None:
    ref = await to_post(product)
    run = await made(product.officer)
    await printed(product.officer, run)
    looked = (await product.officer.get("/api/me/lookings")).json()["lookings"]
    assert (ref, "post_letters") in {(one["about"], one["what"]) for one in looked}
