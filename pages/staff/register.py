"""The register: cases by what they are about, whose they are and what is late, or by words."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from api.border import is_case_ref
from api.cases import page as found
from api.lists import LISTS
from api.paging import Cursor
from api.permission import Who
from api.resources import Needs, Resources
from pages.form import Form
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.case_file import Stage
from policy.editions import in_force_on
from policy.frozen import Frozen
from policy.working_days import london_day
from store.cases import Filter, is_registered

routes = APIRouter(include_in_schema=False)

_AT_ONCE: Final = 50
_LONGEST: Final = 100


class Asked(Frozen):
    """What a form sends: a filter left open is empty there."""

    open: str = ""
    stage: str = ""
    category: str = ""
    officer: str = ""
    mine: str = ""
    late: str = ""
    hate: str = ""

    def filter(self, who: Caller, words: str = "") -> Filter:
        return Filter(
            open=True if self.open else None,
            stage=self.stage or None,
            category=self.category or None,
            officer=who.id if self.mine else self.officer or None,
            late=True if self.late else None,
            hate=True if self.hate else None,
            words=words or None,
        )


@routes.get("/cases")
async def register(who: Who, needs: Needs, asked: Annotated[Asked, Depends()], cursor: Cursor = None) -> Response:
    return await _listed(who, needs, asked, cursor=cursor)


@routes.post("/cases")
async def look_for(form: Form, who: Who, needs: Needs) -> Response:
    """By words, which stand in no address. A reference leads to its case at once."""
    words = form.get("words", [""])[0].strip()[:_LONGEST]
    if is_case_ref(words.upper()):
        async with needs.store.reading() as db:
            if await is_registered(db, words.upper()):
                return RedirectResponse(f"/cases/{words.upper()}", HTTPStatus.SEE_OTHER)
    return await _listed(who, needs, Asked(), words=words)


async def _listed(
    who: Caller, needs: Resources, asked: Asked, *, words: str = "", cursor: str | None = None
) -> Response:
    cases = await found(who, needs, asked.filter(who, words), cursor, _AT_ONCE)
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
        words=words,
        stages=list(Stage),
        categories=LISTS["categories"](edition),
        now=datetime.now(UTC),
    )
