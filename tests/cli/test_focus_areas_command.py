"""`casework focus-areas`: what stands out in words, and its proposal where that is asked for."""

import asyncio
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from cli.focus_areas import looked
from cli.main import app
from policy.working_days import london_day
from runtime.settings import Settings
from store import focus_areas
from store.focus_areas import FocusAreaFilter
from store.sessions import Store
from tests.store.new_cases import a_cluster, a_past, there_were

TODAY = london_day(datetime.now(UTC))


@pytest.fixture
async def clustered(store: Store) -> Store:
    wards = [f"Ward {number}" for number in range(20)]
    await there_were(store, [*a_past(TODAY, wards, 20), a_cluster(TODAY, "Ward 3", 40)])
    return store


async def many(store: Store) -> int:
    async with store.reading() as db:
        return len(await focus_areas.page(db, FocusAreaFilter(), 10))


async def test_it_says_what_stands_out_and_proposes_only_when_asked(clustered: Store, settings: Settings) -> None:
    first, second, *rest = (await looked(settings, propose=False)).splitlines()
    assert first.startswith("Ward 3, all: 44 new cases from ")
    assert (
        "That is more than chance explains: we look so that fewer than 1 in 1,000 such finds are chance." in first
    )
    assert second.startswith("Ward 3, noise: 44 new cases from ")
    assert rest == ["1 place stands out. Nothing was proposed: --propose does that."]
    assert await many(clustered) == 0
    assert "1 place stands out, 1 proposed now." in await looked(settings, propose=True)
    assert "1 place stands out, 0 proposed now." in await looked(settings, propose=True)
    assert await many(clustered) == 1


async def test_without_cases_nothing_stands_out(store: Store, settings: Settings) -> None:
    assert await looked(settings, propose=True) == (
        "0 places stand out, 0 proposed now. Of others something is known already."
    )
    assert await many(store) == 0


async def test_the_command_asks_for_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWORK_DATABASE_URL", "postgresql+asyncpg://nobody:x@127.0.0.1:1/none")
    monkeypatch.setenv("CASEWORK_TOKEN_SECRET", "a-secret-that-is-only-for-tests-000")
    done = await asyncio.to_thread(CliRunner().invoke, app, ["focus-areas"])
    assert done.exit_code != 0
    assert "Traceback" not in done.output
