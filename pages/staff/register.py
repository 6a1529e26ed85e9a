"""The register: cases by what they are about, whose they are and what is late."""

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response

from api.cases import page as found
from api.lists import LISTS
from api.paging import Cursor
from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.case_file import Stage
from policy.editions import in_force_on
from policy.frozen import Frozen
from policy.working_days import london_day
from store.cases import Filter

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 50


class Asked(Frozen):
    """What a form sends: a filter left open is empty there."""

    open: str = ""
    stage: str = ""
    category: str = ""
    officer: str = ""
    mine: str = ""
    late: str = ""
    hate: str = ""

    def filter(self, who: Caller) -> Filter:
        return Filter(
            open=True if self.open else None,
            stage=self.stage or None,
            category=self.category or None,
            officer=who.id if self.mine else self.officer or None,
            late=True if self.late else None,
            hate=True if self.hate else None,
        )


@routes.get("/cases")
async def register(who: Who, needs: Needs, asked: Annotated[Asked, Depends()], cursor: Cursor = None) -> Response:
    cases = await found(who, needs, asked.filter(who), cursor, _AT_ONCE)
    edition = in_force_on(london_day(datetime.now(UTC)))
    return await staff_page(
        needs,
        who,
        "staff/register.html",
        "Cases",
        of_us=[asked.officer, *(one.officer for one in cases.cases)],
        cases=cases.cases,
        next=cases.next,
        asked=asked,
        stages=list(Stage),
        categories=LISTS["categories"](edition),
        now=datetime.now(UTC),
    )
