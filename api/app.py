"""The API: routes by noun under `/api`, problems, limits, and one set of resources per process."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig

from api import (
    access,
    across,
    agency_links,
    as_of,
    case_review_letters,
    case_reviews,
    cases,
    codec,
    corrections,
    counts,
    diaries,
    disclosures,
    evidence,
    evidence_queue,
    facts,
    figures,
    findings,
    focus_areas,
    guidance,
    health,
    letters,
    lettings,
    lists,
    looking,
    mail,
    packs,
    people,
    person_record,
    places,
    policy_review,
    prevention,
    print_runs,
    private_links,
    problems,
    procedures,
    reports,
    retention,
    sign_in,
    similar,
    tenancies,
    timeline,
    trends,
)
from api.actions import ACTION_OF
from api.border import readable
from api.description import describe
from api.identity import Calling
from api.limits import FailedSignIns, caller_limit
from api.measuring import Measured
from api.permission import allowed, by_link
from api.resources import Plugged, Resources
from gateways.evidence_files import opened
from policy.permissions import Action
from runtime.database import dsn, engine, tls
from runtime.metrics import counting_runtime
from runtime.settings import Settings
from runtime.temporal import connect
from store.notices import Notices
from store.sessions import EVERYTHING, Store
from workflows.case_door import CaseDoor
from workflows.intake import Intake

_NOUNS: Final = (
    cases,
    facts,
    reports,
    similar,
    people,
    person_record,
    tenancies,
    across,
    access,
    counts,
    disclosures,
    case_review_letters,
    case_reviews,
    as_of,
    timeline,
    diaries,
    evidence,
    evidence_queue,
    corrections,
    private_links,
    letters,
    print_runs,
    mail,
    packs,
    guidance,
    lists,
    places,
    findings,
    focus_areas,
    trends,
    prevention,
    policy_review,
    lettings,
    looking,
    figures,
    retention,
    codec,
)
"""FastAPI looks through them in turn: what is asked most stands first."""


_SEEN: Final = TelemetryConfig(metrics=False, logs=False, operation_spans=False, auto_configure=False)
"""FastAPI would also tell failures in their own words, and to wherever the environment says."""


class RouteWithoutAction(LookupError):
    """Nothing says who may ask it: api/actions.py."""


Door = Callable[..., Awaitable[None]]
ActionOf = Mapping[tuple[str, str], Action]


def include(app: FastAPI, routes: APIRouter, prefix: str, action_of: ActionOf, *doors: Door) -> None:
    """Raises RouteWithoutAction."""
    asked = [(route, route.methods or ()) for route in routes.routes if isinstance(route, APIRoute)]
    if missing := {(method, route.path) for route, methods in asked for method in methods} - action_of.keys():
        raise RouteWithoutAction(str(sorted(missing)))
    app.include_router(routes, prefix=prefix, dependencies=[Depends(door) for door in doors])


async def known_and_allowed(request: Request, plugged: Plugged, calling: Calling) -> None:
    """One door in place of three: FastAPI works out for each of them anew whatever it needs."""
    await caller_limit(request, calling, plugged)
    await allowed(request, plugged, calling)
    await readable(request)


def make_app(wanted: Settings) -> FastAPI:
    """Serves with `app.state.settings`, as they are when it begins to."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        wanted: Settings = app.state.settings
        app.state.store_was = None
        database, watching = engine(wanted), engine(wanted, watching=True)
        store, watched = Store(database, EVERYTHING), Store(watching)
        door = CaseDoor(await connect(wanted, counting_runtime()), wanted.task_queue)
        notices = Notices(dsn(wanted.database_url.get_secret_value()), tls(wanted))
        intake = Intake(store, door, wanted.closure_days, texts=wanted.texts)
        files = opened(wanted.evidence_url, **wanted.evidence_access)
        async with notices.listening():
            app.state.resources = Resources(
                wanted, store, door, intake, notices, files, watched, sign_in.provider_of(wanted)
            )
            yield
        await database.dispose()
        await watching.dispose()

    app = FastAPI(
        title="Casework",
        version="0.1.0",
        summary="Anti-social behaviour and hate crime cases",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry=_SEEN | {"tracing": wanted.traces_url is not None},
    )
    app.state.settings = wanted
    problems.install(app)
    app.add_middleware(FailedSignIns)
    app.add_middleware(Measured)
    if wanted.temporal_ui_origin is not None:
        app.add_middleware(codec.ForTheTemporalUi, origins=[wanted.temporal_ui_origin])
    app.include_router(sign_in.routes)
    of_cases = [noun.routes for noun in _NOUNS]
    for routes in (*of_cases, procedures.legal_actions, procedures.referrals, sign_in.about_me):
        include(app, routes, "/api", ACTION_OF, known_and_allowed)
    include(app, agency_links.routes, "/api", ACTION_OF, readable, by_link)
    include(app, health.routes, "", ACTION_OF, allowed)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign] # FastAPI's documented way
    return app
