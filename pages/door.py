"""The doors of pages. On a resident's page what somebody does is a resident's, or an agency's by its link, whoever
else may be signed in; on a page for staff, that of who is signed in; at a calendar's address, its owner's.
"""

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import Request

from api.border import no_nul
from api.browser import sent_from_our_own_page
from api.identity import Calling, not_signed_in
from api.limits import bad_link_limit, caller_limit, link_limit
from api.page_actions import OF_CALENDARS, OF_PAGES, OF_STAFF_PAGES
from api.permission import PUBLIC, admit, not_in_an_emergency
from api.problems import ProblemRaised, problem
from api.resources import Plugged
from policy.facts.base import Role
from policy.permissions import may
from runtime.tokens import TokenRefused, read_calendar
from store import calendar_addresses
from store.sessions import Viewer


async def from_our_own_page(request: Request, plugged: Plugged) -> None:
    """Raises 403 where another site's page made the browser send it."""
    if not sent_from_our_own_page(plugged.settings, request):
        raise problem(
            HTTPStatus.FORBIDDEN, "sent-from-elsewhere", "Another site sent this, so we did not take it."
        )


async def as_a_resident(request: Request, plugged: Plugged) -> None:
    """Behind it no case can be seen. Raises 401 for what is not for residents."""
    if not may(Role.RESIDENT, OF_PAGES[request.method, request.scope["route"].path]):
        raise not_signed_in()
    request.state.caller = PUBLIC
    request.state.needs = plugged.seen_by(Viewer(PUBLIC.id, (), ()))


async def as_staff(request: Request, plugged: Plugged, calling: Calling) -> None:
    """Raises 401, 403 and 429 as the API does, and 422 for what PostgreSQL cannot look for."""
    await caller_limit(request, calling, plugged)
    no_nul(request)
    await admit(request, plugged, calling, OF_STAFF_PAGES[request.method, request.scope["route"].path])


async def by_calendar_address(request: Request, plugged: Plugged) -> None:
    """As its owner, with the role and teams of their last sign-in, but for what an emergency alone opens to them:
    a calendar goes on asking. Raises 404 for whatever does not hold, without saying why, and 429.
    """
    try:
        id_ = read_calendar(plugged.settings, request.path_params["token"])
    except TokenRefused:
        await bad_link_limit(plugged, request)
        raise _no_calendar() from None
    await link_limit(plugged, "calendar", id_)
    async with plugged.everything.writing() as db:
        owner = await calendar_addresses.owner_of(db, id_, datetime.now(UTC))
    caller = plugged.settings.groups.caller(owner.subject, owner.groups) if owner else None
    action = OF_CALENDARS[request.method, request.scope["route"].path]
    if caller is None or not may(caller.role, action):
        raise _no_calendar()
    await admit(request, plugged, caller, action)
    needs = request.state.needs
    request.state.needs = replace(needs, store=not_in_an_emergency(needs))


def _no_calendar() -> ProblemRaised:
    detail = "There is no calendar at this address. Whoever had it makes a new one under Hearings and meetings."
    return problem(HTTPStatus.NOT_FOUND, "no-calendar", detail)
