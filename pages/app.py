"""The whole of what is served: the API, and pages for people beside it."""

from fastapi import FastAPI

from api import problems
from api.app import include, make_app
from api.permission import by_link
from letters.statement import check_published
from pages import answering, asking_for_review, beside, published, report
from pages.door import as_a_resident, from_our_own_page
from pages.going_wrong import answer
from pages.private import diary, questionnaire, telling
from pages.private import routes as private
from runtime.settings import Settings

FOR_RESIDENTS = (beside, published, report, asking_for_review, private, telling, diary, questionnaire)


def with_pages(wanted: Settings) -> FastAPI:
    """Raises WordingMissing or WordingFaulty."""
    check_published()
    app = make_app(wanted)
    problems.install(app, answer)
    for noun in FOR_RESIDENTS:
        include(app, noun.routes, "", as_a_resident, from_our_own_page)
    include(app, answering.routes, "", by_link, from_our_own_page)
    return app
