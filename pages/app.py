"""The whole of what is served: the API, and pages for people beside it."""

from fastapi import FastAPI

from api import problems
from api.app import include, make_app
from pages import beside, private, report
from pages.door import as_a_resident
from pages.going_wrong import answer
from runtime.settings import Settings

_FOR_RESIDENTS = (beside, report, private)


def with_pages(wanted: Settings) -> FastAPI:
    app = make_app(wanted)
    problems.install(app, answer)
    for noun in _FOR_RESIDENTS:
        include(app, noun.routes, "", as_a_resident)
    return app
