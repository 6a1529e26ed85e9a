"""Reading cases: the register, one case with what may be done on it, and its live state."""

import base64
import binascii
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from api.border import Ref, readable
from api.identity import Staff
from api.problems import case_not_found, problem
from api.resources import Needs
from policy.editions import of
from policy.editions.lists import Signpost
from policy.facts.people import Person
from policy.frozen import Frozen
from policy.plan import Plan
from policy.standing import Action, Standing, actions, standing
from store import cases, letters, people, plans
from store import deadlines as ledger
from store.cases import Filter, Row
from store.deadlines import Task
from store.letters import LetterLine
from store.plans import EarlierReport
from workflows.case_door import CaseNotRunning

routes = APIRouter(tags=["cases"], dependencies=[Depends(readable)])

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(description="`next` of the page before")]


class CasePage(Frozen):
    cases: tuple[Row, ...]
    next: str | None


class TaskPage(Frozen):
    tasks: tuple[Task, ...]
    next: str | None


class Case(Frozen):
    """A case as recorded: where it stands, who is in it, what may be done now and, where not, why.
    `earlier_reports` are there when excluded conduct is to be looked at again, `signposts` are help to be offered.
    """

    standing: Standing
    complainant: Person | None
    actions: tuple[Action, ...]
    letters: tuple[LetterLine, ...]
    ledger: tuple[dict[str, Any], ...]
    plan: Plan
    earlier_reports: tuple[EarlierReport, ...]
    signposts: tuple[Signpost, ...]


@routes.get("/cases")
async def page(
    _by: Staff,
    needs: Needs,
    wanted: Annotated[Filter, Depends()],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CasePage:
    """The newest reports first. `words` looks for a reference, a name or an address."""
    async with needs.store.reading() as db:
        rows = await cases.page(db, wanted, datetime.now(UTC), limit, _after_case(cursor))
    last = rows[-1] if len(rows) == limit else None
    return CasePage(cases=tuple(rows), next=last and _cursor(last.reported_at, last.ref))


@routes.get("/tasks")
async def tasks(
    by: Staff, needs: Needs, officer: str | None = None, cursor: Cursor = None, limit: Limit = 50
) -> TaskPage:
    """What the caller's role owes, the earliest due first; `officer` narrows it to one officer's cases."""
    async with needs.store.reading() as db:
        owed = await ledger.owed_by(db, by.role, officer, limit, _after_task(cursor))
    last = owed[-1] if len(owed) == limit else None
    return TaskPage(tasks=tuple(owed), next=last and _cursor(last.due, last.case_ref, last.key))


@routes.get("/cases/{ref}")
async def case(ref: Ref, by: Staff, needs: Needs) -> Case:
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
        if file is None:
            raise case_not_found(ref)
        edition = of(file.edition)
        return Case(
            standing=standing(file, edition),
            complainant=await people.complainant(db, ref),
            actions=actions(file, edition, by.role),
            letters=tuple(await letters.of_case(db, ref)),
            ledger=tuple(await ledger.endings(db, ref)),
            plan=await plans.of_case(db, file),
            earlier_reports=tuple(await plans.earlier_reports(db, file)),
            signposts=edition.signposts_for(file.categories),
        )


@routes.get("/cases/{ref}/live")
async def live(ref: Ref, _by: Staff, needs: Needs) -> Standing:
    """As the running workflow has it at this moment."""
    try:
        return await needs.door.standing(ref)
    except CaseNotRunning:
        async with needs.store.reading() as db:
            file = await cases.file_of(db, ref)
        if file is None:
            raise case_not_found(ref) from None
        raise problem(HTTPStatus.CONFLICT, "case-not-running", "This case is not running now.") from None


def _cursor(moment: datetime, *rest: str) -> str:
    return base64.urlsafe_b64encode("|".join([moment.isoformat(), *rest]).encode()).decode()


def _read(cursor: str, parts: int) -> tuple[datetime, list[str]]:
    try:
        moment, *rest = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        at = datetime.fromisoformat(moment)
        if len(rest) != parts or at.tzinfo is None or "\0" in moment.join(rest):
            raise ValueError(cursor)
        return at.astimezone(UTC), rest
    except (ValueError, OverflowError, binascii.Error):
        raise problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-understood", "This is not a cursor.") from None


def _after_case(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    moment, rest = _read(cursor, 1)
    return moment, rest[0]


def _after_task(cursor: str | None) -> tuple[datetime, str, str] | None:
    if cursor is None:
        return None
    moment, rest = _read(cursor, 2)
    return moment, rest[0], rest[1]
