"""The whole of what is served: the API, and pages for people beside it."""

from fastapi import FastAPI

from api import problems
from api.app import include, make_app
from api.page_actions import OF_CALENDARS, OF_PAGES, OF_STAFF_PAGES
from api.permission import by_link
from letters.statement import check_published
from pages import answering, asking_for_review, beside, calendar, published, report
from pages.door import as_a_resident, as_staff, by_calendar_address, from_our_own_page
from pages.explaining import glossary
from pages.going_wrong import answer
from pages.private import diary, questionnaire, telling
from pages.private import routes as private
from pages.staff import (
    about_somebody,
    approvals,
    board,
    case,
    case_then,
    counts,
    deciding,
    evidence,
    evidence_queue,
    figures,
    finding,
    focus_areas,
    handing_over,
    hate,
    hearings,
    helping,
    here,
    legal,
    letters,
    live,
    new_cases,
    one_to_one,
    partners,
    person,
    places,
    policy_review,
    prevention,
    register,
    reporting,
    reviews,
    safety,
    simulating,
    tenancies,
    today,
    trends,
)
from pages.staff import beside as beside_a_case
from pages.staff.recording import routes as recording
from runtime.settings import Settings

FOR_RESIDENTS = (beside, here, published, report, asking_for_review, private, telling, diary, questionnaire)
"""And for whoever else is not signed in."""
FOR_STAFF = (
    *(today, new_cases, board, counts, live, one_to_one, approvals, deciding, handing_over, simulating),
    *(finding, helping, tenancies, person, about_somebody, places, policy_review, prevention, register, reporting),
    *(case, case_then, letters, evidence, evidence_queue, beside_a_case, recording),
    *(safety, legal, hearings, hate, reviews, partners, figures, focus_areas, trends),
)


def with_pages(wanted: Settings) -> FastAPI:
    """Raises WordingMissing or WordingFaulty."""
    check_published()
    glossary()
    app = make_app(wanted)
    problems.install(app, answer)
    for noun in FOR_RESIDENTS:
        include(app, noun.routes, "", OF_PAGES, as_a_resident, from_our_own_page)
    include(app, answering.routes, "", OF_PAGES, by_link, from_our_own_page)
    include(app, calendar.routes, "", OF_CALENDARS, by_calendar_address)
    for noun in FOR_STAFF:
        include(app, noun.routes, "", OF_STAFF_PAGES, as_staff)
    return app
