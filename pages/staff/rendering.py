"""A page for staff: what stands on each of them, and where else they may go."""

from http import HTTPStatus
from typing import Any, Final

from fastapi.responses import HTMLResponse

from api.resources import Resources
from pages.rendering import page
from policy.caller import Caller
from policy.permissions import Action, may
from store import sign_ins

_GOES_TO: Final = (
    ("/today", "Today", Action.LIST_CASES),
    ("/board", "Board", Action.LIST_CASES),
    ("/cases", "Cases", Action.LIST_CASES),
    ("/reports/new", "Take a report", Action.LIST_CASES),
    ("/safety", "Community safety", Action.LIST_LEGAL_ACTIONS),
)


async def staff_page(
    needs: Resources,
    who: Caller,
    template: str,
    title: str,
    status: HTTPStatus = HTTPStatus.OK,
    **said: Any,  # noqa: ANN401 - what a template shows
) -> HTMLResponse:
    """`title` stands in the browser's history: a reference, never a name."""
    async with needs.everything.looking() as db:
        name = await sign_ins.name_of(db, who.id)
    ways = [(href, called) for href, called, action in _GOES_TO if may(who.role, action)]
    me = {"id": who.id, "name": name or who.id, "role": who.role.value.replace("_", " ")}
    return page(needs.settings, template, title, status, me=me, ways=ways, **said)
