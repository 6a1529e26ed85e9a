"""All that words mean here, on one page."""

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.explaining import glossary
from pages.staff.rendering import staff_page

routes = APIRouter(include_in_schema=False)


@routes.get("/help")
async def words(who: Who, needs: Needs) -> Response:
    return await staff_page(needs, who, "staff/help.html", "Help", words=glossary())
