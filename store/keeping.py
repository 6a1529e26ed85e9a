"""How long each record is kept, from what is known of it, and which may be over."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, Text, cast, collate, exists, func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from policy.case_file import CaseFile
from policy.case_review.review import ReviewFile
from policy.editions import Edition
from policy.editions.retention import RecordKind
from policy.legal_action.periods import months_from
from policy.retention.record import State
from policy.retention.stopping import Beside, Keeping, Known, of_case, of_person, of_review, of_together
from policy.working_days import london_day
from store import cases, procedures
from store import retention as decided
from store.case_people import case_people
from store.changes import changes
from store.people import people
from store.procedures import procedures as rows
from store.retention import retention
from store.sessions import Reading
from store.tenancies import household, tenancies
from store.timeline import timeline

_REVIEW: Final = "CR-"
_FOREVER: Final = date(9999, 12, 31)
_OF_CASES: Final = (RecordKind.CASE, RecordKind.CASE_IN_COURT, RecordKind.REPORT_WITHOUT_CASE)
_OF_AGE: Final = 18 * 12
"""In months."""

_LAST_AT = select(func.max(timeline.c.recorded_at)).where(timeline.c.case_ref == rows.c.ref).scalar_subquery()
_UNTIL: ColumnElement[Any] = func.coalesce(household.c.until, tenancies.c.ends)
_DECIDED = select(retention.c.ref).where(retention.c.state != State.KEPT)


class RecordNotKnown(LookupError):
    """There is no record of this reference whose keeping could be asked about."""


async def keeping(db: Reading, ref: str, edition: Edition, today: date) -> Keeping:
    """Of a case, a case review, a person by their id, or what is decided of together. Raises RecordNotKnown."""
    if ref.startswith("CW-"):
        return await _case(db, ref, edition, today)
    if ref.startswith(_REVIEW):
        return await _review(db, ref, edition, today)
    try:
        if ":" in ref:
            around = await decided.around(db, ref, today)
            return of_together(ref, around.held, edition, around.needed_until)
        return await _person(db, str(UUID(ref)), edition, today)
    except ValueError:
        raise RecordNotKnown(ref) from None


async def _case(db: Reading, ref: str, edition: Edition, today: date) -> Keeping:
    file = await cases.file_of(db, ref)
    if file is None:
        raise RecordNotKnown(ref)
    return of_case(
        file,
        await _beside(db, ref),
        (await decided.around(db, ref, today)).held,
        edition,
        joined_is_kept=await _joined_is_kept(db, file),
        grown_up=await _grown_up(db, ref),
    )


async def _beside(db: Reading, ref: str) -> list[Beside]:
    """What belongs together with it, other cases too, and what is carried on beside those."""
    group = await decided.belonging_together(db, ref)
    of_it = [one for one in group if one.startswith("CW-")]
    others = {one: await cases.file_of(db, one) for one in sorted(of_it) if one != ref}
    found = [Beside(ref=one, kind="case", finished=file.finished) for one, file in others.items() if file]
    about = (rows.c.case_ref.in_(of_it) | rows.c.ref.in_(group)) & (rows.c.ref != ref)
    query = select(rows.c.ref, rows.c.kind, rows.c.finished, _LAST_AT.label("last_at")).where(about)
    rest = await db.connection.execute(query.order_by(rows.c.ref))
    return found + [Beside(**row._asdict()) for row in rest]


async def _grown_up(db: Reading, ref: str) -> date | None:
    """When the youngest on a case turns 18, or would have turned. Of a child of whom nobody knows when they were
    born it is 18 years from the report.
    """
    known = select(people.c.date_of_birth, case_people.c.minor | func.coalesce(people.c.minor, False))
    query = (
        known.add_columns(cases.cases.c.reported_at)
        .join_from(case_people, cases.cases, cases.cases.c.ref == case_people.c.case_ref)
        .outerjoin(people, people.c.id == case_people.c.person_id)
        .where(case_people.c.case_ref == ref)
    )
    counted = [
        born or london_day(reported)
        for born, child, reported in await db.connection.execute(query)
        if born is not None or child
    ]
    return months_from(max(counted), _OF_AGE) if counted else None


async def _joined_is_kept(db: Reading, file: CaseFile) -> bool:
    if file.joined is None:
        return False
    return not await decided.is_erased(db, file.joined.into)


async def _review(db: Reading, ref: str, edition: Edition, today: date) -> Keeping:
    file = await procedures.file_of(db, ref)
    if not isinstance(file, ReviewFile):
        raise RecordNotKnown(ref)
    last_at = await db.connection.scalar(
        select(func.max(timeline.c.recorded_at)).where(timeline.c.case_ref == ref)
    )
    held = (await decided.around(db, ref, today)).held
    return of_review(file, last_at, await _beside(db, ref), held, edition)


async def _person(db: Reading, id_: str, edition: Edition, today: date) -> Keeping:
    on_case = exists().where(case_people.c.person_id == people.c.id)
    query = select(on_case, _at_home(today), _told_last()).where(people.c.id == id_)
    row = (await db.connection.execute(query)).one_or_none()
    if row is None:
        raise RecordNotKnown(id_)
    known = Known(id=id_, on_cases=row[0], in_tenancy=row[1], last=row[2])
    return of_person(known, (await decided.around(db, id_, today)).held, edition)


def _at_home(today: date) -> ColumnElement[bool]:
    lasts = func.coalesce(_UNTIL, literal(_FOREVER, Date)) > today
    return (
        select(household.c.person_id)
        .join(tenancies, tenancies.c.id == household.c.tenancy_id)
        .where(household.c.person_id == people.c.id, lasts)
        .exists()
    )


def _told_last() -> ColumnElement[Any]:
    """The day on which their last tenancy ended or they were changed last."""
    left = (
        select(func.max(_UNTIL))
        .join_from(household, tenancies, tenancies.c.id == household.c.tenancy_id)
        .where(household.c.person_id == people.c.id)
        .scalar_subquery()
    )
    changed = select(cast(func.max(changes.c.at), Date)).where(changes.c.about == people.c.id).scalar_subquery()
    return func.greatest(left, changed)


async def candidates(db: Reading, today: date, edition: Edition, after: str, limit: int) -> list[str]:
    """References behind `after` of what may be over: reviews, people, and cases that closed long enough ago, of
    which nothing is decided. Each is to be asked about.
    """
    shortest = min(edition.retention.of(kind).months for kind in _OF_CASES)
    free = ~exists().where(case_people.c.person_id == people.c.id) & ~_at_home(today)
    asked: dict[ColumnElement[str], ColumnElement[bool]] = {
        _by_letter(cases.cases.c.ref): cases.cases.c.closed_at < months_from(today, -shortest),
        _by_letter(rows.c.ref): rows.c.finished & (rows.c.kind == "case-review"),
        _by_letter(cast(people.c.id, Text)): free,
    }
    found: list[str] = []
    for ref, over in asked.items():
        query = select(ref).where(over, ref.not_in(_DECIDED), ref > after).order_by(ref).limit(limit)
        found += (await db.connection.scalars(query)).all()
    return sorted(found)[:limit]


def _by_letter(ref: ColumnElement[str]) -> ColumnElement[str]:
    """In the order in which Python has it."""
    return collate(ref, "C")


async def is_kept_from_before(db: Reading, kind: RecordKind, day: date) -> bool:
    """Whether there is something of that kind from before that day."""
    return bool(await db.connection.scalar(select(func.kept_from_before(kind.value, day))))
