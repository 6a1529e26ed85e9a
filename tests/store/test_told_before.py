"""Whether something was told before under its key: the API asks this of each fact, before it knows who looks."""

from uuid import uuid4

import pytest

from policy.facts import Entry
from runtime.database import working_engine
from runtime.settings import Settings
from store import cases, reports
from store.recording import record
from store.reports import Report
from store.sessions import Store
from store.timeline import Place
from store.told_before import Before, told_before
from tests.given import EDITION, contact, empty_file, entry, london, report

REF = "CW-2636-000001"
DAY = london(2023, 6, 5)


@pytest.fixture
async def told(store: Store) -> list[Entry]:
    entries = [entry(report(DAY)), entry(contact(DAY))]
    async with store.writing() as db:
        await cases.register(db, REF, EDITION.ref, empty_file(DAY.date()).closure_days, DAY)
        await record(db, REF, 1, entries, DAY)
    return entries


async def test_a_fact_is_found_by_its_key_on_its_own_case(told: list[Entry], app_store: Store) -> None:
    nobody = Store(app_store.engine)
    assert await told_before(nobody, REF, told[1].id) == Before(Place(2, told[1].digest), reported=False)
    assert await told_before(nobody, "CW-2636-000002", told[1].id) == Before(None, reported=False)
    assert await told_before(nobody, REF, str(uuid4())) == Before(None, reported=False)


async def test_a_report_is_found_that_its_case_does_not_have_yet(store: Store, app_store: Store) -> None:
    waiting = entry(report(DAY))
    async with store.writing() as db:
        kept = Report(
            id=waiting.id, case_ref=REF, opens_case=True, digest=waiting.digest, entry=waiting, received_at=DAY
        )
        await reports.keep(db, kept, tried_at=DAY)
    assert await told_before(Store(app_store.engine), REF, waiting.id) == Before(None, reported=True)


@pytest.mark.usefixtures("told")
async def test_who_carries_cases_on_is_shown_them_also_without_a_role_of_their_own(settings: Settings) -> None:
    engine = working_engine(settings.model_copy(update={"worker_database_url": None}))
    async with Store(engine).reading() as db:
        assert await cases.is_registered(db, REF)
    await engine.dispose()
