"""A page for staff: what stands on each of them, and where else they may go."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Any, Final

from fastapi.responses import HTMLResponse

from api.resources import Resources
from pages.rendering import page
from pages.staff.names import names_of
from policy.caller import Caller
from policy.permissions import Action, may

_GOES_TO: Final = (
    ("/today", "Today", Action.LIST_CASES),
    ("/board", "Board", Action.LIST_CASES),
    ("/approvals", "Approvals", Action.LEAD_TEAM),
    ("/cases", "Cases", Action.LIST_CASES),
    ("/reports/new", "Take a report", Action.LIST_CASES),
    ("/safety", "Community safety", Action.LIST_LEGAL_ACTIONS),
    ("/evidence", "Sent to us", Action.TAKE_EVIDENCE),
    ("/figures", "Figures", Action.SEE_REPORTS),
    ("/simulation", "Try an edition", Action.TRY_EDITION),
    ("/help", "Help", Action.SEE_LISTS),
)


async def staff_page(
    needs: Resources,
    who: Caller,
    template: str,
    title: str,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    of_us: Collection[str | None] = (),
    **said: Any,  # noqa: ANN401 - what a template shows
) -> HTMLResponse:
    """`title` stands in the browser's history: a reference, never a name. `of_us` are ids that the page shows; in
    its template `staff` turns them into names.
    """
    staff = await names_of(needs, [who.id, *of_us])
    ways = [(href, called) for href, called, action in _GOES_TO if may(who.role, action)]
    me = {"id": who.id, "name": staff(who.id), "role": who.role.value.replace("_", " ")}
    finds = may(who.role, Action.SEE_PEOPLE)
    return page(needs.settings, template, title, status, me=me, ways=ways, finds=finds, staff=staff, **said)
