"""With a dependency away a report is still taken while it can be kept; everything else says when to try again."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx2
import pytest_asyncio
from structlog.testing import capture_logs
from temporalio.client import Client

from cli.migrate import make_roles, migrate_database
from runtime.database import dsn
from runtime.embedded.postgres import PostgresServer, start_postgres
from runtime.embedded.processes import free_port
from runtime.revisions import revisions
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Product, elsewhere, problem, report, serving, until
from workers.worker import make_worker

CONTACT = {"fact": "contact_made", "means": "phone", "words": "Spoke."}
INCIDENT = {"channel": "phone", "words": "Again."}


async def test_the_engine_away(door: Product) -> None:
    began = time.monotonic()
    answer = await door.public.post("/api/reports", report())
    assert answer.status_code == 202
    ref = answer.json()["ref"]
    assert answer.json()["opened"] is False
    told = await door.officer.post(f"/api/cases/{ref}/incidents", INCIDENT)
    assert told.status_code == 202
    assert told.json()["opened"] is False
    for refused in (
        await door.officer.post(f"/api/cases/{ref}/facts", CONTACT),
        await door.officer.get(f"/api/cases/{ref}/live"),
    ):
        problem(refused, 503, "engine-away")
        assert int(refused.headers["retry-after"]) > 0
    assert (await door.officer.get(f"/api/cases/{ref}")).json()["standing"]["stage"] == "reported"
    ready = await door.http.get("/health/ready")
    assert (ready.status_code, ready.json()) == (200, {"store": "here", "engine": "away"})
    assert (await door.http.get("/health/live")).status_code == 204
    assert time.monotonic() - began < 8


async def test_an_engine_that_never_answers_keeps_nobody_waiting(settings: Settings) -> None:
    """It takes connections and says nothing."""

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.wait()
        writer.close()

    gone = asyncio.Event()
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with serving(elsewhere(settings, temporal_address=address)) as product:
        await answers_within(2, 200, lambda: product.http.get("/health/ready"))
        await answers_within(7, 202, lambda: product.public.post("/api/reports", report()))
    gone.set()
    server.close()


async def answers_within(seconds: float, status: int, ask: Callable[[], Awaitable[httpx2.Response]]) -> None:
    """The quickest of three, since whatever else the machine is doing only adds to it."""
    took = list[float]()
    while not took or (min(took) >= seconds and len(took) < 3):
        began = time.monotonic()
        assert (await ask()).status_code == status
        took.append(time.monotonic() - began)
    assert min(took) < seconds


async def test_a_case_that_is_not_open_yet_takes_facts_later(settings: Settings) -> None:
    """Its report was taken while the engine was away; until the relay has opened it there is nothing to ask."""
    away = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as product:
        ref = (await product.public.post("/api/reports", report())).json()["ref"]
    async with serving(settings) as product:
        answer = await product.officer.post(f"/api/cases/{ref}/facts", CONTACT)
        problem(answer, 503, "engine-away")
        assert answer.headers["retry-after"]
        assert (await product.officer.post(f"/api/cases/{ref}/incidents", INCIDENT)).json()["ref"] == ref
        problem(await product.officer.get(f"/api/cases/{ref}/live"), 503, "being-started")
        assert len((await product.officer.get("/api/cases")).json()["cases"]) == 1


@pytest_asyncio.fixture(loop_scope="session")
async def own_postgres(tmp_path: Path) -> AsyncIterator[tuple[PostgresServer, str]]:
    """A server of this test's own, migrated, and the URL of its application role."""
    server = await start_postgres(tmp_path / "postgres", durable=False)
    await server.create_database("own")
    owner = server.url("own")
    app = owner.replace(f"{server.user}:{server.password}", "casework_app:a-password")
    await make_roles(owner, app)
    await asyncio.to_thread(migrate_database, owner)
    yield server, app
    await server.stop()


async def test_the_store_away_and_back(
    settings: Settings, own_postgres: tuple[PostgresServer, str], tmp_path: Path
) -> None:
    server, url = own_postgres
    settings = elsewhere(settings, database_url=url, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(settings) as product:
        ref = (await product.public.post("/api/reports", report())).json()["ref"]
        await server.stop()
        key = str(uuid4())
        for ask in (
            product.public.post("/api/reports", report(), key),
            product.officer.post(f"/api/cases/{ref}/facts", CONTACT),
            product.officer.post(f"/api/cases/{ref}/incidents", INCIDENT),
            product.officer.get("/api/cases"),
            product.officer.get("/api/tasks"),
            product.officer.get(f"/api/cases/{ref}"),
            product.officer.get(f"/api/cases/{ref}/timeline"),
            product.officer.get(f"/api/cases/{ref}/timeline.jsonl"),
            product.officer.get(f"/api/cases/{ref}/timeline/stream"),
            product.officer.get(f"/api/cases/{ref}/letters/{uuid4()}.pdf"),
            product.http.get("/health/ready"),
        ):
            answer = await ask
            problem(answer, 503, "store-away")
            assert int(answer.headers["retry-after"]) > 0
        assert (await product.http.get("/health/live")).status_code == 204
        again = await start_postgres(tmp_path / "postgres", durable=False)
        try:
            assert again.port == server.port

            async def taken() -> bool:
                return (await product.public.post("/api/reports", report(), key)).status_code == 202

            await until(taken)
            assert (await product.http.get("/health/ready")).status_code == 200
            assert len((await product.officer.get("/api/cases")).json()["cases"]) == 2
        finally:
            await again.stop()


FAILING_COMMIT = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'not today' USING DETAIL = NEW::text, ERRCODE = 'check_violation';
END $$;
CREATE CONSTRAINT TRIGGER fails_at_commit AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fail();
"""


async def test_a_report_whose_commit_fails_is_not_taken(settings: Settings, database: str) -> None:
    connection = await asyncpg.connect(dsn(database))
    await connection.execute(FAILING_COMMIT.format(table="reports"))
    async with serving(elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")) as product:
        key = str(uuid4())
        told = problem(await product.public.post("/api/reports", report(), key), 500, "fault")
        assert "not today" not in str(told)
        for table in ("reports", "cases"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0
        await connection.execute("DROP TRIGGER fails_at_commit ON reports")
        assert (await product.public.post("/api/reports", report(), key)).status_code == 202
    await connection.close()


async def test_a_fact_whose_commit_fails_is_no_201(product: Product, database: str) -> None:
    """The engine has it, so it is not lost: 202 until the store takes it, once."""
    ref = await product.officer.reported()
    connection = await asyncpg.connect(dsn(database))
    await connection.execute(FAILING_COMMIT.format(table="timeline"))
    key = str(uuid4())
    answer = await product.officer.post(f"/api/cases/{ref}/facts", CONTACT, key)
    assert answer.status_code == 202
    assert answer.json()["recorded"] is False
    entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
    assert "contact_made" not in [entry["fact"] for entry in entries]
    await connection.execute("DROP TRIGGER fails_at_commit ON timeline")
    await connection.close()

    async def recorded() -> bool:
        return (await product.officer.post(f"/api/cases/{ref}/facts", CONTACT, key)).status_code == 201

    await until(recorded, 60)
    entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
    assert [entry["fact"] for entry in entries].count("contact_made") == 1


async def test_a_worker_away_is_no_refusal(settings: Settings, store: Store, client: Client) -> None:
    """504: it may still happen. The same key afterwards finds out."""
    async with serving(settings) as product:
        async with make_worker(client, settings, store):
            ref = await product.officer.reported()
        key = str(uuid4())
        answer = await product.officer.post(f"/api/cases/{ref}/facts", CONTACT, key)
        problem(answer, 504, "outcome-unknown")
        assert answer.headers["retry-after"]
        async with make_worker(client, settings, store):

            async def recorded() -> bool:
                return (await product.officer.post(f"/api/cases/{ref}/facts", CONTACT, key)).status_code == 201

            await until(recorded, 60)
            entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
            assert [entry["fact"] for entry in entries].count("contact_made") == 1


async def test_a_store_that_was_not_migrated_to_this_release(settings: Settings, database: str) -> None:
    connection = await asyncpg.connect(dsn(database))
    async with serving(settings) as product:
        assert (await product.http.get("/health/ready")).json()["store"] == "here"
        await connection.execute("UPDATE alembic_version SET version_num = $1", revisions()[1])
        ready = await product.http.get("/health/ready")
        assert (ready.status_code, ready.json()["store"]) == (503, "behind")
    await connection.close()


async def test_why_the_store_refuses_us_is_said_once_until_it_serves_again(
    settings: Settings, database: str
) -> None:
    connection = await asyncpg.connect(dsn(database))
    async with serving(settings) as product:
        with capture_logs() as said:
            for _ in range(2):
                await connection.execute("REVOKE SELECT ON alembic_version FROM casework_app")
                for _ in range(3):
                    assert (await product.http.get("/health/ready")).status_code == 503
                await connection.execute("GRANT SELECT ON alembic_version TO casework_app")
                assert (await product.http.get("/health/ready")).status_code == 200
    await connection.close()
    assert [line["sqlstate"] for line in said if line["event"] == "store_refused"] == ["42501", "42501"]
