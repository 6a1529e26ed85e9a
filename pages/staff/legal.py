"""Legal actions: all that are open, each with whose case it is, where it stands, and the days on which something
closes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from fastapi import APIRouter, Response

from api.lists import LISTS
from api.permission import Who
from api.resources import Needs
from pages.staff.paged import PartNumber, skipped
from pages.staff.paged import part as part_of
from pages.staff.rendering import staff_page
from policy.company import called
from policy.editions import of
from policy.legal_action.action import LegalFile
from policy.legal_action.deadlines import BEFORE_COURT
from policy.permissions import Action, may
from policy.working_days import london_day
from store import open_beside
from store.open_beside import MOST, OpenBeside

routes = APIRouter(include_in_schema=False)

_KIND: Final = "legal-action"


@dataclass(frozen=True)
class Closing:
    """A day that counts; `over` once it has passed."""

    what: str
    on: date
    over: bool
    why: str = ""
    hour: time | None = None


@dataclass(frozen=True)
class Line:
    one: OpenBeside
    remedy: str
    against: str
    closing: tuple[Closing, ...]
    late: bool


@routes.get("/safety/legal-actions")
async def shown(who: Who, needs: Needs, part: PartNumber = 1) -> Response:
    """Of the cases that the caller may see. What is due first stands first, so what is late before it."""
    now = datetime.now(UTC)
    async with needs.store.reading() as db:
        found = await open_beside.open_of(db, _KIND, skipped(part, MOST))
        here = await part_of(
            "/safety/legal-actions", part, len(found), MOST, lambda: open_beside.how_many(db, _KIND)
        )
    return await staff_page(
        needs,
        who,
        "staff/legal_actions.html",
        "Legal actions",
        of_us=[one.officer for one in found],
        lines=[_line(one, now) for one in found],
        part=here,
        sees_cases=may(who.role, Action.LIST_CASES),
        now=now,
    )


def _line(one: OpenBeside, now: datetime) -> Line:
    file: LegalFile = one.file
    names = {remedy.key: remedy.name for remedy in LISTS["remedies"](of(file.edition))}
    return Line(
        one=one,
        remedy=names.get(file.remedy, file.remedy),
        against=called(file.person),
        closing=tuple(sorted(_closing(file, london_day(now)), key=lambda each: each.on)),
        late=one.late(now),
    )


def _closing(file: LegalFile, today: date) -> Iterator[Closing]:
    window = file.known.window
    if window is not None and file.stage in BEFORE_COURT:
        if window.opens > today:
            yield Closing("Papers can be issued from", window.opens, over=False, why=window.statute)
        yield Closing("The notice lapses after", window.closes, over=window.closes < today, why=window.statute)
    for what, listed in (("The court hears us on", file.hearing), ("The appeal is heard on", file.appeal_hearing)):
        if listed.ahead is not None and listed.off_at is None:
            yield Closing(what, listed.ahead, over=listed.ahead < today, hour=listed.hour)
    if file.holds and file.order is not None and file.order.until is not None:
        yield Closing("The order ends after", file.order.until, over=file.order.until < today)
