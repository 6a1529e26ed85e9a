"""What others recorded on somebody's cases, and agencies answered, since they last looked at each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from policy.facts.base import Role
from policy.frozen import Frozen
from policy.working_days import london_day
from store.cases import cases, seen_to_by
from store.lookings import lookings
from store.procedures import procedures, which_of
from store.sessions import Reading
from store.timeline import timeline

MOST: Final = 50
"""That are told of at once."""
_NEWEST: Final = func.max(timeline.c.recorded_at).desc()
_NEWS_ONCE_CLOSED: Final = timedelta(weeks=4)
"""So long after it closed what happened on a case is news: the cost does not grow with all that ever closed."""


class News(Frozen):
    """`facts` in the order of recording, `last` when the newest was."""

    ref: str
    category: str | None
    facts: tuple[str, ...]
    last: datetime


class Answer(Frozen):
    """What an agency told us of a referral `ref` beside a case, the kinds of fact in the order of recording."""

    ref: str
    case_ref: str
    agency: str
    facts: tuple[str, ...]
    last: datetime


async def of(db: Reading, me: str, now: datetime, skip: int = 0) -> Sequence[News]:
    """Of cases that they have or cover today, the newest first, behind so many as `skip`. What they never looked
    at is new whole.
    """
    query = _news(me, now)
    rows = await db.connection.execute(query.order_by(_NEWEST, cases.c.ref).limit(MOST).offset(skip))
    return [News(**row._asdict()) for row in rows]


def _news(me: str, now: datetime) -> Select[Any]:
    looked = _looked(me)
    return (
        select(
            cases.c.ref,
            cases.c.category,
            func.array_agg(aggregate_order_by(timeline.c.fact, timeline.c.seq)).label("facts"),
            func.max(timeline.c.recorded_at).label("last"),
        )
        .join_from(cases, timeline, timeline.c.case_ref == cases.c.ref)
        .outerjoin(looked, looked.c.about == cases.c.ref)
        .where(
            *_of_theirs(me, now),
            timeline.c.by_id != me,
            or_(looked.c.at.is_(None), timeline.c.recorded_at > looked.c.at),
        )
        .group_by(cases.c.ref, cases.c.category)
    )


async def answers(db: Reading, me: str, now: datetime, skip: int = 0) -> Sequence[Answer]:
    """On referrals of their cases, by the agency's own link, the newest first, behind so many as `skip`: until
    they look at the referral or at its case.
    """
    query = _answers(me, now).order_by(_NEWEST, procedures.c.ref).limit(MOST).offset(skip)
    return [Answer(**row._asdict()) for row in await db.connection.execute(query)]


async def how_many(db: Reading, me: str, now: datetime) -> tuple[int, int]:
    """Of which `of` tells, and `answers`."""
    counts = (
        select(func.count()).select_from(one(me, now).subquery()).scalar_subquery() for one in (_news, _answers)
    )
    row = (await db.connection.execute(select(*counts))).one()
    return row[0], row[1]


def _answers(me: str, now: datetime) -> Select[Any]:
    at_case, at_referral = _looked(me), _looked(me)
    seen = func.greatest(at_case.c.at, at_referral.c.at)
    return (
        select(
            procedures.c.ref,
            procedures.c.case_ref,
            which_of.label("agency"),
            func.array_agg(aggregate_order_by(timeline.c.fact, timeline.c.seq)).label("facts"),
            func.max(timeline.c.recorded_at).label("last"),
        )
        .join_from(cases, procedures, procedures.c.case_ref == cases.c.ref)
        .join(timeline, timeline.c.case_ref == procedures.c.ref)
        .outerjoin(at_case, at_case.c.about == cases.c.ref)
        .outerjoin(at_referral, at_referral.c.about == procedures.c.ref)
        .where(
            *_of_theirs(me, now),
            timeline.c.by_role == Role.AGENCY,
            or_(seen.is_(None), timeline.c.recorded_at > seen),
        )
        .group_by(procedures.c.ref, procedures.c.case_ref, which_of)
    )


def _of_theirs(me: str, now: datetime) -> Sequence[ColumnElement[bool]]:
    lately = or_(cases.c.closed_at.is_(None), cases.c.closed_at > now - _NEWS_ONCE_CLOSED)
    return seen_to_by(me, london_day(now)), lately


def _looked(me: str) -> Subquery:
    return (
        select(lookings.c.about, func.max(lookings.c.at).label("at"))
        .where(lookings.c.who == me)
        .group_by(lookings.c.about)
        .subquery()
    )
