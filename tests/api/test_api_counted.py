"""What the API counts of its own requests and connections, and how it tells that it can serve."""

from fastapi import FastAPI
from prometheus_client import REGISTRY
from sqlalchemy import select

from api.app import make_app
from runtime.database import engine, working_engine
from runtime.settings import Settings
from tests.api.product import serving

AT_MOST = "casework_store_connections_at_most"


def failing(settings: Settings) -> FastAPI:
    app = make_app(settings)

    @app.get("/failing")
    async def fail() -> None:
        raise ZeroDivisionError

    return app


async def test_a_request_that_ends_in_an_error_of_ours_is_counted_as_one(settings: Settings) -> None:
    def counted() -> float:
        labels = {"method": "GET", "route": "/failing", "status": "500"}
        return REGISTRY.get_sample_value("casework_requests_total", labels) or 0

    before = counted()
    async with serving(settings, make=failing) as product:
        assert (await product.http.get("/failing")).status_code == 500
    assert counted() == before + 1


async def test_it_is_ready_while_all_of_its_connections_are_in_use(settings: Settings) -> None:
    async with serving(settings.model_copy(update={"database_connections": 1})) as product:
        async with product.resources.store.reading() as db:
            await db.connection.execute(select(1))
            answer = await product.http.get("/health/ready")
        assert (answer.status_code, answer.json()["store"]) == (200, "here")


async def test_the_connection_that_only_watches_is_not_counted(settings: Settings) -> None:
    wanted = settings.model_copy(update={"database_connections": 7})
    for made in (engine, working_engine):
        counted, watching = made(wanted), made(wanted, watching=True)
        assert REGISTRY.get_sample_value(AT_MOST) == 7
        in_use = REGISTRY.get_sample_value("casework_store_connections_in_use")
        async with watching.connect() as connection:
            assert await connection.scalar(select(1)) == 1
            assert REGISTRY.get_sample_value("casework_store_connections_in_use") == in_use
        await counted.dispose()
        await watching.dispose()
