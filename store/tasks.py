"""What people owe, on cases, beside them, at places, in focus areas and of what was sent to us: views, and which
matter each is about.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Final

from pydantic import AwareDatetime, computed_field
from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    DateTime,
    Select,
    Table,
    Text,
    and_,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from policy.deadlines.base import reason
from policy.facts.base import Role
from policy.frozen import Frozen
from policy.procedures.base import number_of
from policy.working_days import Counted, Due
from store.cases import cases
from store.deadlines import deadlines
from store.procedures import procedures, which_of
from store.sessions import METADATA, Reading


class About(Frozen):
    """A matter of a case by its `key` there, at its `stage` `since`: codes alone. `which` of its kind it is, as an
    agency or a remedy; `person` somebody on the case.
    """

    key: str
    which: str | None = None
    person: str | None = None
    stage: str
    since: AwareDatetime | None = None


class Task(Frozen):
    """Something a person still owes. `about` is the case's reference, that of what is carried on beside it, the id
    of the place or focus area called `place`, or that of a file that was sent to us. The read of the case shows
    the `matter` with its words.
    """

    case_ref: str | None
    about: str
    place: str | None
    key: str
    due: datetime
    row: str
    section: str
    edition: str
    owed_by: str
    owed: str
    counted: Counted
    noticed_at: datetime | None
    officer: str | None
    matter: About | None = None

    @computed_field
    def why(self) -> str:
        """The date's own explanation, in words."""
        owed = self.owed[:1].upper() + self.owed[1:]
        return reason(owed, Due(moment=self.due, counted=self.counted), self.section, self.row)


def _view(name: str) -> Table:
    texts = ("case_ref", "about", "place", "key", "row", "section", "edition", "owed_by", "owed", "officer")
    return Table(
        name,
        METADATA,
        *(Column(name, Text) for name in texts),
        Column("counted", JSONB),
        Column("due", DateTime(timezone=True)),
        Column("noticed_at", DateTime(timezone=True)),
        info={"is_view": True},
    )


tasks = _view("tasks")
procedure_tasks = _view("procedure_tasks")
place_tasks = _view("place_tasks")
focus_area_tasks = _view("focus_area_tasks")
access_tasks = _view("access_tasks")
private_link_tasks = _view("private_link_tasks")
evidence_tasks = _view("evidence_tasks")
policy_tasks = _view("policy_tasks")


_ON_CASES: Final = (tasks, procedure_tasks)
_BESIDE: Final = (
    place_tasks,
    focus_area_tasks,
    access_tasks,
    private_link_tasks,
    evidence_tasks,
    policy_tasks,
)
_VIEWS: Final = (*_ON_CASES, *_BESIDE)


async def owed_by(  # noqa: PLR0913 - whose, and which part of it
    db: Reading,
    role: str,
    officer: str | None,
    limit: int,
    after: tuple[datetime, str, str] | None = None,
    *,
    skip: int = 0,
) -> list[Task]:
    """The earliest due first, on cases, beside them, at places, about who may see a case and of private links,
    beginning behind `after` (due, about, key), or behind so many as `skip`. Supervisors also see what an officer
    owes on a case that none has, and in case reviews.
    """
    first = [_first_of(*one, limit + skip, after) for one in _owing(role, officer)]
    both = union_all(*first).subquery()
    query = select(both).order_by(both.c.due, both.c.about, both.c.key).limit(limit).offset(skip)
    owed = [Task(**row._asdict()) for row in await db.connection.execute(query)]
    on_cases = await _matters(db, {task.about for task in owed})
    beside = await _beside(db, {task.about for task in owed})
    return [task.model_copy(update={"matter": beside.get(task.about) or _named(task, on_cases)}) for task in owed]


async def how_many(db: Reading, role: str, officer: str | None) -> int:
    """Of which `owed_by` tells."""
    every = union_all(*(_all_of(*one).with_only_columns(one[0].c.key) for one in _owing(role, officer))).subquery()
    return await db.connection.scalar(select(func.count()).select_from(every)) or 0


def _owing(role: str, officer: str | None) -> Iterator[tuple[Table, ColumnElement[bool], str | None]]:
    for view in _VIEWS:
        yield view, view.c.owed_by == role, officer
    if role == Role.SUPERVISOR and officer is None:
        for view in _ON_CASES:
            yield view, _nobodys(view), None


async def _matters(db: Reading, refs: Collection[str]) -> dict[str, dict[str, Any]]:
    """By case, what the case file keeps of each of its matters."""
    query = select(cases.c.ref, cases.c.file["matters"].label("matters")).where(cases.c.ref.in_(refs))
    return {row.ref: row.matters or {} for row in await db.connection.execute(query)}


async def _beside(db: Reading, refs: Collection[str]) -> dict[str, About]:
    names = ("ref", "kind", "case_ref", "stage", "file")
    columns = (*(procedures.c[name] for name in names), which_of.label("which"))
    query = select(*columns).where(procedures.c.ref.in_(refs))
    return {
        row.ref: About(
            key=f"{row.kind}-{number_of(row.ref)}" if row.case_ref else row.ref,
            which=row.which,
            person=row.file.get("person"),
            stage=row.stage,
            since=row.file.get("since"),
        )
        for row in await db.connection.execute(query)
    }


def _named(task: Task, on_cases: dict[str, dict[str, Any]]) -> About | None:
    """Its key names it, maybe among others and one part of it: `hearing-before:legal-action-7-appeal:victim`."""
    matters = on_cases.get(task.about, {})
    named = task.key.split(":")
    key = next((one for one in matters if any(part == one or part.startswith(f"{one}-") for part in named)), None)
    if key is None:
        return None
    one = matters[key]
    return About(key=key, which=one.get("code"), person=one.get("person"), stage=one["stage"], since=one["since"])


def _first_of(
    view: Table,
    owed: ColumnElement[bool],
    officer: str | None,
    limit: int,
    after: tuple[datetime, str, str] | None,
) -> Select[Any]:
    """Each view for itself, so that the index on what is due finds the first few of very many."""
    order = (view.c.due, view.c.about, view.c.key)
    query = _all_of(view, owed, officer)
    if after is not None:
        query = query.where(func.row(*order) > func.row(*after))
    return query.order_by(*order).limit(limit)


def _all_of(view: Table, owed: ColumnElement[bool], officer: str | None) -> Select[Any]:
    query = select(*(view.c[name] for name in _COLUMNS)).where(owed)
    if officer is not None:
        query = query.where(view.c.officer == officer)
        if view in _ON_CASES:
            query = query.where(view.c.about.in_(_may_be_of(view, officer)))
    return query


def _nobodys(view: Table) -> ColumnElement[bool]:
    """What an officer owes on a case that none has, or in a case review, which is no officer's."""
    cases_of_nobody = select(cases.c.ref).where(cases.c.officer.is_(None), cases.c.taken_by.is_(None))
    owed = and_(view.c.owed_by == Role.OFFICER, view.c.officer.is_(None))
    return and_(owed, or_(view.c.case_ref.in_(cases_of_nobody), view.c.case_ref.is_(None)))


def _may_be_of(view: Table, officer: str) -> CompoundSelect[tuple[str]]:
    """Where anything may be theirs, by index: who owes it in the end only the view can say."""
    took = and_(cases.c.officer.is_(None), cases.c.taken_by == officer)
    own = select(cases.c.ref).where(or_(cases.c.officer == officer, cases.c.cover == officer, took))
    named = select(deadlines.c.case_ref).where(deadlines.c.owner == officer, deadlines.c.ending.is_(None))
    if view is procedure_tasks:
        own = select(procedures.c.ref).where(procedures.c.case_ref.in_(own))
    return union_all(own, named)


_COLUMNS: Final = tuple(name for name in Task.model_fields if name != "matter")
