"""Waiting until a case is recorded: mostly told by PostgreSQL, and bounded where nobody tells."""

import asyncio

import pytest

from api import waiting
from api.waiting import until_recorded
from runtime.database import dsn
from store import cases
from store.notices import Notices, Told
from store.recording import record
from store.sessions import Store
from tests.given import EDITION, empty_file, entry, london, report

REF = "CW-2023-000001"
DAY = london(2023, 5, 25)


async def report_recorded(store: Store) -> None:
    async with store.writing() as db:
        await cases.register(db, REF, EDITION.ref, empty_file(DAY.date()).closure_days, DAY)
        await record(db, REF, 1, [entry(report(DAY))], DAY)


async def test_a_notice_says_how_far_the_case_is_recorded(store: Store, app_url: str) -> None:
    notices = Notices(dsn(app_url))
    async with notices.listening():
        with notices.about(REF) as told:
            async with asyncio.timeout(5):
                await told.wait()  # everybody is woken when listening begins
                told.clear()
                await report_recorded(store)
                await told.wait()
            assert told.seq == 1
            assert await until_recorded(store, REF, 1, told)


async def test_a_lost_notice_delays_the_answer_and_does_not_lose_it(store: Store) -> None:
    await report_recorded(store)
    assert await until_recorded(store, REF, 1, Told())


async def test_a_notice_of_an_earlier_fact_does_not_answer_for_a_later_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "SECONDS", 0.3)
    await report_recorded(store)
    told = Told()
    told.seq = 1
    told.set()
    assert not await until_recorded(store, REF, 2, told)


async def test_another_fact_at_its_place_does_not_answer_for_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_LOOK_ANYWAY_AFTER", 0.05)
    monkeypatch.setattr(waiting, "SECONDS", 0.5)
    await report_recorded(store)
    assert not await until_recorded(store, REF, 1, Told(), "an-id-that-is-not-there")
