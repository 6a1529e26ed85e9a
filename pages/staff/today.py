"""An officer's first page: what they owe, late first, what came in from outside, and what others did meanwhile."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.rendering import staff_page
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.headings import HEADINGS, heading_of_kind
from store import deadlines, since_last_look, tasks
from store.tasks import Task

routes = APIRouter(include_in_schema=False)

_MOST: Final = 100


class Owed(Frozen):
    """A task, and the facts that keep it: what is recorded once it is done."""

    task: Task
    late: bool
    records: tuple[tuple[str, str], ...]


@routes.get("/today")
async def today(who: Who, needs: Needs) -> Response:
    """Officers see what they owe themselves, whoever leads them all that their role owes."""
    now, officer = datetime.now(UTC), who.id if who.role is Role.OFFICER else None
    async with needs.store.reading() as db:
        owed = await tasks.owed_by(db, who.role, officer, _MOST)
        kept_by = await deadlines.met_by(db, {(one.about, one.key) for one in owed})
        news = await since_last_look.of(db, who.id)
    return await staff_page(
        needs,
        who,
        "staff/today.html",
        "Today",
        late=[_shown(one, kept_by, now) for one in owed if one.due <= now],
        to_do=[_shown(one, kept_by, now) for one in owed if one.due > now],
        most=_MOST if len(owed) == _MOST else None,
        news=news,
        heading=heading_of_kind,
    )


def _shown(task: Task, kept_by: dict[tuple[str, str], Sequence[str]], now: datetime) -> Owed:
    facts = kept_by.get((task.about, task.key), ())
    records = tuple((fact, heading_of_kind(fact)) for fact in facts if fact in HEADINGS)
    return Owed(task=task, late=task.due <= now, records=records)
