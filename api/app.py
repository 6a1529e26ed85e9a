"""The API: routes by noun under `/api`, problems, limits, and one set of resources per process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import Depends, FastAPI

from api import (
    across,
    agency_links,
    as_of,
    case_reviews,
    cases,
    disclosures,
    facts,
    findings,
    guidance,
    health,
    letters,
    lettings,
    lists,
    people,
    places,
    prevention,
    problems,
    procedures,
    reports,
    similar,
    tenancies,
    timeline,
)
from api.border import readable
from api.description import describe
from api.measuring import Measured
from api.resources import Resources
from runtime.database import dsn, engine, tls
from runtime.settings import Settings
from runtime.temporal import connect
from store.notices import Notices
from store.sessions import Store
from workflows.case_door import CaseDoor
from workflows.intake import Intake

_NOUNS: Final = (
    reports,
    similar,
    people,
    tenancies,
    facts,
    across,
    cases,
    disclosures,
    case_reviews,
    as_of,
    timeline,
    letters,
    guidance,
    lists,
    places,
    findings,
    prevention,
    lettings,
    agency_links,
)


def make_app(wanted: Settings) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = engine(wanted)
        store = Store(database)
        door = CaseDoor(await connect(wanted), wanted.task_queue)
        notices = Notices(dsn(wanted.database_url.get_secret_value()), tls(wanted))
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
    for routes in (*(noun.routes for noun in _NOUNS), procedures.legal_actions, procedures.referrals):
        app.include_router(routes, prefix="/api", dependencies=[Depends(readable)])
    app.openapi = lambda: describe(app)  # type: ignore[method-assign] # FastAPI's documented way
    return app
