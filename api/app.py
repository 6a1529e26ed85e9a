"""The API: routes by noun under `/api`, problems, limits, and one set of resources per process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import cases, facts, health, letters, problems, reports, timeline
from api.border import definitions_of
from api.measuring import Measured
from api.resources import Resources
from policy.facts import CaseFact
from runtime.database import dsn, engine
from runtime.settings import Settings
from runtime.temporal import connect
from store.notices import Notices
from store.sessions import Store
from workflows.case_door import CaseDoor
from workflows.intake import Intake


def make_app(wanted: Settings) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = engine(wanted)
        store = Store(database)
        door = CaseDoor(await connect(wanted), wanted.task_queue)
        notices = Notices(dsn(wanted.database_url.get_secret_value()))
        intake = Intake(store, door, wanted.closure_days)
        async with notices.listening():
            app.state.resources = Resources(wanted, store, door, intake, notices)
            yield
        await database.dispose()

    app = FastAPI(
        title="Casework",
        version="0.1.0",
        summary="Anti-social behaviour and hate crime cases",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    problems.install(app)
    app.add_middleware(Measured)
    app.include_router(health.routes)
    for routes in (reports.routes, facts.routes, cases.routes, timeline.routes, letters.routes):
        app.include_router(routes, prefix="/api")
    app.openapi = lambda: _described(app)  # type: ignore[method-assign] # FastAPI's documented way
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """FastAPI's description, with the facts' schemas and problems as the answer to every failure."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        named = schema.setdefault("components", {}).setdefault("schemas", {})
        named |= definitions_of(CaseFact, problems.Problem)
        named["Problem"] = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        named["Problem"].pop("$defs", None)
        failure = {
            "description": "A problem (RFC 9457)",
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
                operation["responses"]["default"] = failure
        app.openapi_schema = schema
    return app.openapi_schema
