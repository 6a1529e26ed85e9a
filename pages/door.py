"""The doors of pages. On a resident's page what somebody does is a resident's, or an agency's by its link, whoever
else may be signed in; on a page for staff, that of who is signed in.
"""

from http import HTTPStatus

from fastapi import Request

from api.actions import OF_PAGES, OF_STAFF_PAGES
from api.browser import sent_from_our_own_page
from api.identity import Calling, not_signed_in
from api.permission import PUBLIC, admit
from api.problems import problem
from api.resources import Plugged
from policy.facts.base import Role
from policy.permissions import may
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
    """Raises 401 and 403 as the API does."""
    await admit(request, plugged, calling, OF_STAFF_PAGES[request.method, request.scope["route"].path])
