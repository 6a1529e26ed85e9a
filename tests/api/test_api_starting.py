"""What is only just being started, and what is over: neither is taken for the other."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client

from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store import applications, cases
from store.applications import Application
from store.sessions import Store
from tests.api.product import Product, assessment, elsewhere, problem, report, serving, until
from tests.api.test_api_case_reviews import ASKED
from workflows.asking import Asking

ACKNOWLEDGED = {"fact": "case_review_acknowledged", "means": "email", "words": "As written."}


@pytest.fixture
async def waiting(settings: Settings) -> Application:
    """A case review that was asked for while the engine was away, so that nothing runs it yet."""
    key = str(uuid4())
    away = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as product:
        answer = await product.officer.post("/api/case-reviews", ASKED, key)
        assert answer.status_code == 202
        async with product.records.writing() as db:
            kept = await applications.claim(db, key)
    assert kept is not None
    return kept


async def begin(product: Product, kept: Application) -> None:
    needs = product.resources
    await Asking(needs.store, needs.door, {}).begin(kept)


@pytest.fixture
async def long_after(settings: Settings) -> AsyncIterator[Product]:
    """The same records, and an engine that has forgotten everything, as it does with what has long been over."""
    async with serving(elsewhere(settings, temporal_namespace="temporal-system")) as product:
        yield product


async def test_what_is_being_started_says_so_and_not_that_it_is_over(
    waiting: Application, product: Product
) -> None:
    for answer in (
        await product.officer.get(f"/api/case-reviews/{waiting.ref}/live"),
        await product.officer.post(f"/api/case-reviews/{waiting.ref}/facts", ACKNOWLEDGED),
    ):
        told = problem(answer, 503, "being-started")
        assert told["detail"].startswith("The case review is being started.")
        assert answer.headers["retry-after"]


async def test_what_starts_meanwhile_is_waited_for(waiting: Application, product: Product) -> None:
    async def later() -> None:
        await asyncio.sleep(0.5)
        await begin(product, waiting)

    shown, written, _ = await asyncio.gather(
        product.officer.get(f"/api/case-reviews/{waiting.ref}/live"),
        product.officer.post(f"/api/case-reviews/{waiting.ref}/facts", ACKNOWLEDGED),
        later(),
    )
    assert (shown.status_code, shown.json()["file"]["seq"] >= 1) == (200, True)
    assert written.status_code == 201, written.text


async def proposed(product: Product) -> str:
    """The path of a legal action, as soon as its case shows it."""
    ref = await product.officer.reported(about={"name": "Pat Sample", "address": ["3 Invented Row"]})
    effect = {
        "effect": "Nobody uses the stairs.",
        "causes": ["alcohol"],
        "words": "Beer.",
        "substantial": True,
    }
    await product.officer.recorded(ref, "effect_recorded", **effect)
    told = {"remedy": "injunction", "tenure": "assured", "person": "perpetrator-1", "very_serious": "A knife."}
    await product.officer.recorded(ref, "legal_action_proposed", **told, reasons="Nobody is safe.")
    (beside,) = (await product.officer.get(f"/api/cases/{ref}")).json()["beside"]
    return f"/api/legal-actions/{beside['ref']}"


async def test_a_legal_action_takes_what_is_recorded_the_moment_its_case_shows_it(product: Product) -> None:
    path = await proposed(product)
    reviewed = {"fact": "team_reviewed", "goes_on": True, "words": "Handled well."}
    answer = await product.supervisor.post(f"{path}/facts", reviewed)
    assert answer.status_code == 201, answer.text
    live = await product.officer.get(f"{path}/live")
    assert (live.status_code, live.json()["file"]["stage"]) == (200, "reviewed")


async def test_what_is_over_shows_as_it_ended_also_when_the_engine_has_forgotten_it(
    product: Product, long_after: Product
) -> None:
    path = await proposed(product)
    ended = {"fact": "legal_action_ended", "how": "given_up", "reasons": "He moved away."}
    assert (await product.officer.post(f"{path}/facts", ended)).status_code == 201

    async def over() -> Any:
        return (await product.officer.get(path)).json()["over"]

    await until(over)
    shown = await product.officer.get(f"{path}/live")
    assert (shown.status_code, shown.json()["over"]) == (200, True)
    assert (await long_after.officer.get(f"{path}/live")).json() == shown.json()


async def test_one_that_was_stopped_before_its_end_is_not_shown_as_running(
    product: Product, waiting: Application, client: Client
) -> None:
    await begin(product, waiting)
    await product.officer.post(f"/api/case-reviews/{waiting.ref}/facts", ACKNOWLEDGED)
    await client.get_workflow_handle(f"case-review/{waiting.ref}").terminate()
    told = await product.officer.get(f"/api/case-reviews/{waiting.ref}/live")
    assert problem(told, 409, "not-running")["detail"] == "Nothing carries this case review on any more."


async def test_a_closed_case_shows_as_it_ended(product: Product, long_after: Product, store: Store) -> None:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "assessed", **assessment())
    await product.officer.recorded(ref, "case_closed", closing="dealt_with", reasons="Done.")

    async def finished() -> bool:
        async with store.reading() as db:
            file = await cases.file_of(db, ref)
        return file is not None and file.finished

    await until(finished)
    shown = await long_after.officer.get(f"/api/cases/{ref}/live")
    assert (shown.status_code, shown.json()["stage"]) == (200, "closed")


async def test_with_the_engine_away_words_are_of_what_was_asked_for(
    waiting: Application, settings: Settings
) -> None:
    away = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as product:
        ref = (await product.public.post("/api/reports", report())).json()["ref"]
        for path, called in ((f"cases/{ref}", "case"), (f"case-reviews/{waiting.ref}", "case review")):
            told = problem(await product.officer.get(f"/api/{path}/live"), 503, "engine-away")
            assert told["detail"].startswith(f"The {called} cannot be reached")
        answer = await product.officer.post(f"/api/case-reviews/{waiting.ref}/facts", ACKNOWLEDGED)
        assert problem(answer, 503, "engine-away")["detail"].startswith("The case review cannot be reached")
