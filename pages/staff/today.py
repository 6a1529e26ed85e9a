"""An officer's first page: what they owe, late first, what came in from outside, and what others did meanwhile."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from fastapi import APIRouter, Response

from api.permission import Who
from api.resources import Needs
from pages.staff.paged import Part, PartNumber, skipped
from pages.staff.paged import part as part_of
from pages.staff.pressing import page_of, presses
from pages.staff.recording import drafts
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.editions import in_force_on
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.headings import heading_of_kind, heading_on_referral
from policy.permissions import Action, may, relations
from policy.working_days import london_day
from store import deadlines, new_cases, since_last_look, tasks
from store.sessions import Reading, Viewer
from store.since_last_look import MOST
from store.tasks import Task

routes = APIRouter(include_in_schema=False)

_MOST: Final = 100
_PROMISED: Final = "promise-ledger"
_READ: Final = "evidence_read"
_NOT_HERE: Final = "domestic_abuse_recognised"
"""What no list says of a case, and this page lies open."""


class Owed(Frozen):
    """A task, where it is looked at, and the forms for what is recorded once it is done."""

    task: Task
    late: bool
    page: str
    records: tuple[tuple[str, str], ...]
    read: bool

    @property
    def promised(self) -> bool:
        return self.task.row == _PROMISED

    @property
    def to_read(self) -> bool:
        """A diary that came back, or something else that was sent to us: on a case, or not known yet whose."""
        return self.read or self.page == "/evidence"


@routes.get("/today")
async def today(
    who: Who, needs: Needs, part: PartNumber = 1, news: PartNumber = 1, answers: PartNumber = 1
) -> Response:
    """Officers see what they owe themselves, whoever leads them all that their role owes. Everybody who signs in
    comes here: who has no cases is told where to go.
    """
    if not may(who.role, Action.LIST_CASES):
        acting = Viewer(who.id, tuple(who.teams), tuple(relations(who.role, Action.SEE_LEGAL_ACTION)))
        async with needs.store.seen_by(acting).reading() as db:
            begun = await drafts.begun(db, who)
        return await staff_page(needs, who, "staff/ways.html", "Casework", begun=begun)
    now, officer = datetime.now(UTC), who.id if who.role is Role.OFFICER else None
    async with needs.store.reading() as db:
        owed = await tasks.owed_by(db, who.role, officer, _MOST, skip=skipped(part, _MOST))
        kept_by = await deadlines.met_by(db, {(one.about, one.key) for one in owed})
        new = await since_last_look.of(db, who.id, now, skipped(news, MOST))
        answered = await since_last_look.answers(db, who.id, now, skipped(answers, MOST))
        parts = await _parts(db, who, officer, now, (part, len(owed)), (news, len(new)), (answers, len(answered)))
        begun = await drafts.begun(db, who, hidden=_NOT_HERE)
    every = [_shown(one, kept_by, who.role, now) for one in owed]
    others = [one for one in every if not (one.promised or one.to_read)]
    edition = in_force_on(london_day(now))
    return await staff_page(
        needs,
        who,
        "staff/today.html",
        "Today",
        late=[one for one in others if one.late],
        promised=[one for one in every if one.promised],
        to_read=[one for one in every if one.to_read],
        to_do=[one for one in others if not one.late],
        answers=[(one, edition.agency(one.agency)) for one in answered],
        most=None if parts[0].whole else _MOST,
        news=new,
        parts=parts,
        begun=begun,
        came=await _came(needs, who, now),
        heading=_heading,
        answered=heading_on_referral,
    )


async def _parts(
    db: Reading,
    who: Caller,
    officer: str | None,
    now: datetime,
    owed: tuple[int, int],
    news: tuple[int, int],
    answers: tuple[int, int],
) -> tuple[Part, Part, Part]:
    """Each by its number and how many of it are shown."""

    async def new() -> int:
        return (await since_last_look.how_many(db, who.id, now))[0]

    async def answered() -> int:
        return (await since_last_look.how_many(db, who.id, now))[1]

    return (
        await part_of("/today", *owed, _MOST, lambda: tasks.how_many(db, who.role, officer)),
        await part_of("/today", *news, MOST, new, "news"),
        await part_of("/today", *answers, MOST, answered, "answers"),
    )


async def _came(needs: Needs, who: Caller, now: datetime) -> int | None:
    """How many cases came yesterday, for whoever must look at them: who leads, and community safety."""
    if not (may(who.role, Action.LEAD_TEAM) or who.role is Role.COMMUNITY_SAFETY):
        return None
    async with needs.store.reading() as db:
        return await new_cases.how_many(db, london_day(now) - timedelta(days=1))


def _heading(fact: str) -> str:
    return "Something to be read on its page" if fact == _NOT_HERE else heading_of_kind(fact)


def _shown(task: Task, kept_by: dict[tuple[str, str], Sequence[str]], role: Role, now: datetime) -> Owed:
    facts = [fact for fact in kept_by.get((task.about, task.key), ()) if fact != _NOT_HERE]
    matter = task.matter.key if task.matter and task.about == task.case_ref else None
    return Owed(
        task=task,
        late=task.due <= now,
        page=page_of(task, facts, task.place),
        records=presses(task, facts, role, matter),
        read=_READ in facts,
    )
