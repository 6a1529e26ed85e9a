"""Reading cases: the register, one case with what may be done on it, and its live state."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from api import paging
from api.border import Ref
from api.case_reviews import ThresholdShown, shown
from api.lists import is_one_of, keys_of
from api.paging import Cursor, Limit
from api.permission import By, How, Who
from api.problems import case_not_found, not_running
from api.recognising import OnThisCase, at_address, on_case, suffered_on
from api.resources import Needs, Resources
from api.starting import once_started
from policy.audit.offering import reported, threshold_of
from policy.case_file import CaseFile, Stage
from policy.editions import of
from policy.editions.lists import Signpost
from policy.facts.people import Person
from policy.frozen import Frozen
from policy.permissions import Action, also_in
from policy.plan import Plan
from policy.standing import Action as MayBeDone
from policy.standing import Standing, actions, standing
from policy.working_days import london_day
from store import cases, letters, links, mentions, plans, procedures, reported_on, retention
from store import deadlines as ledger
from store import tasks as owed_tasks
from store.cases import Filter, Row
from store.letters import LetterLine
from store.links import LinkedCase
from store.lookings import found_cases
from store.plans import EarlierReport
from store.procedures import ProcedureLine
from store.repeats import RepeatAddress
from store.retention import Erasure
from store.sessions import Reading
from store.tasks import Task
from workflows.case_door import CaseNotRunning

routes = APIRouter(tags=["cases"])


class CasePage(Frozen):
    cases: tuple[Row, ...]
    next: str | None


class TaskPage(Frozen):
    tasks: tuple[Task, ...]
    next: str | None


class Case(Frozen):
    """A case as recorded: where it stands, who is in it, what may be done now and, where not, why. Of `linked`
    cases no more is shown than stands here: what one side tells is not disclosed to the other.
    `beside` are legal actions, referrals and case reviews, each with a reference of its own. `earlier_reports` are
    there when excluded conduct is to be looked at again, `signposts` are help to be offered; so is `case_review`,
    which is there on a day on which the threshold is met. Once `erased`, nothing else is left but what is counted.
    """

    standing: Standing
    complainant: Person | None
    linked: tuple[LinkedCase, ...]
    people: tuple[OnThisCase, ...]
    same_address: RepeatAddress | None
    actions: tuple[MayBeDone, ...]
    letters: tuple[LetterLine, ...]
    ledger: tuple[dict[str, Any], ...]
    plan: Plan
    earlier_reports: tuple[EarlierReport, ...]
    signposts: tuple[Signpost, ...]
    beside: tuple[ProcedureLine, ...]
    case_review: ThresholdShown | None
    erased: Erasure | None


@routes.get("/cases", summary="The register of cases")
async def page(
    who: Who,
    needs: Needs,
    wanted: Annotated[Filter, Depends()],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CasePage:
    """The newest reports first. `words` looks for a reference, a name or an address, and what it finds is written
    down as seen by you; categories are a list.
    """
    is_one_of("stage", wanted.stage, Stage)
    is_one_of("category", wanted.category, keys_of("categories"))
    async with needs.store.reading() as db:
        rows = await cases.page(db, wanted, datetime.now(UTC), limit, paging.after(cursor))
    if wanted.words:
        await found_cases(needs.store, [row.ref for row in rows], who, Action.LIST_CASES)
    last = rows[-1] if len(rows) == limit else None
    return CasePage(cases=tuple(rows), next=last and paging.cursor(last.reported_at, last.ref))


@routes.get("/tasks", summary="What is owed, as a list of tasks")
async def tasks(
    by: By, needs: Needs, officer: str | None = None, cursor: Cursor = None, limit: Limit = 50
) -> TaskPage:
    """What the caller's role owes, the earliest due first; `officer` narrows it to one officer's cases."""
    async with needs.store.reading() as db:
        owed = await owed_tasks.owed_by(db, by.role, officer, limit, paging.after_two(cursor))
    last = owed[-1] if len(owed) == limit else None
    return TaskPage(tasks=tuple(owed), next=last and paging.cursor(last.due, last.about, last.key))


@routes.get("/cases/{ref}", summary="A case, and what may be done on it")
async def case(ref: Ref, by: By, how: How, needs: Needs) -> Case:
    """Also of a closed case. 404 where there is no case of that reference."""
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
        if file is None:
            raise case_not_found(ref)
        edition = of(file.edition)
        complainant = await mentions.complainant(db, ref)
        return Case(
            standing=standing(file, edition),
            linked=tuple(await links.of_case(db, ref)),
            complainant=complainant,
            people=await on_case(db, file, datetime.now(UTC)),
            same_address=await at_address(db, file, complainant, datetime.now(UTC)),
            actions=tuple(one for one in actions(file, edition, by.role) if also_in(how, one.fact)),
            letters=tuple(await letters.of_case(db, ref)),
            ledger=tuple(await ledger.endings(db, ref)),
            plan=await plans.of_case(db, file),
            earlier_reports=tuple(await plans.earlier_reports(db, file)),
            signposts=edition.signposts_for(file.categories, abuse=bool(file.domestic_abuse)),
            beside=tuple(await procedures.of_case(db, ref)),
            case_review=await _offered(db, file, datetime.now(UTC)),
            erased=await retention.erasure_of(db, ref),
        )


async def _offered(db: Reading, file: CaseFile, now: datetime) -> ThresholdShown | None:
    """With what the complainant has reported or suffered on other cases that are not restricted. (case-review)"""
    found = await reported_on.cases(db, [file.ref, *await suffered_on(db, file, now)])
    found = [(case, facts) for case, facts in found if case.ref == file.ref or not case.domestic_abuse]
    refs = [case.ref for case, _ in found]
    reports = [one for case, facts in found for one in reported(case, facts, elsewhere=refs)]
    arithmetic = threshold_of(file, reports, london_day(now), of(file.edition))
    return shown(arithmetic) if arithmetic.met else None


@routes.get("/cases/{ref}/live", summary="A case as it is running now")
async def live(ref: Ref, needs: Needs) -> Standing:
    """As its workflow has it at this moment, and as recorded once it is over. 503 while it is being started; 409
    where nothing runs it although it is not over.
    """
    try:
        return await once_started(needs, lambda: _file(needs, ref), "case", lambda: needs.door.live(ref))
    except CaseNotRunning:
        file = await _file(needs, ref)
        if not file.finished:
            raise not_running("case") from None
        return standing(file, of(file.edition))


async def _file(needs: Resources, ref: str) -> CaseFile:
    async with needs.store.reading() as db:
        file = await cases.file_of(db, ref)
    if file is None:
        raise case_not_found(ref)
    return file
