"""Hearings and meetings, past and to come: days of courts, meetings of groups of agencies and of case reviews."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Time, and_, any_, bindparam, func, literal, or_, select

from policy.case_review.facts import ReviewMeetingHeld
from policy.case_review.stages import ROW as REVIEW_ROW
from policy.facts.groups import GroupMeetingHeld
from policy.facts.matters import MatterKind
from policy.frozen import Frozen
from policy.matters import COURSES
from policy.sittings import APPEAL, HEARING
from policy.working_days import AGREED, LONDON, london_day
from store.deadlines import deadlines
from store.sessions import Reading
from store.sittings import sittings
from store.timeline import content, timeline

SHOWN_BACK: Final = timedelta(days=90)

_GROUP_HELD: Final = GroupMeetingHeld.model_fields["fact"].default
_REVIEW_HELD: Final = ReviewMeetingHeld.model_fields["fact"].default
_ROWS: Final = (COURSES[MatterKind.GROUP].row, REVIEW_ROW)
"""What was missed and has gone to whoever stands above is of another row: it is the same meeting."""
_HELD: Final = (_GROUP_HELD, _REVIEW_HELD)
_OF_LEGAL_ACTIONS: Final = (HEARING, APPEAL)


class What(StrEnum):
    COURT = "Court hearing"
    APPEAL = "Appeal hearing"
    GROUP = "Meeting of agencies"
    REVIEW = "Case review meeting"


class Held(Frozen):
    """`name` is always the same of the same under `about`, its reference; `changes` only grows. `by_then`: it is
    to be held on that day at the latest. A day that has passed tells nothing of whether it was held.
    """

    about: str
    name: str
    what: What
    on: date
    hour: time | None = None
    place: str | None = None
    changes: int = 0
    said_at: datetime
    off: bool = False
    by_then: bool = False


class Days(Frozen):
    """From `first` to `last`, where there is a last one; of them at most so many, the first, or `backwards` the
    last.
    """

    first: date
    last: date | None = None
    most: int | None = None
    backwards: bool = False

    def ordered(self, query: Select[Any], by: ColumnElement[Any], *more: ColumnElement[Any]) -> Select[Any]:
        order = [one.desc() if self.backwards else one for one in (by, *more)]
        return query.order_by(*order).limit(self.most)

    def holds(self, moment: ColumnElement[datetime]) -> ColumnElement[bool]:
        begins = datetime.combine(self.first, time(), LONDON)
        if self.last is None:
            return moment >= begins
        return and_(moment >= begins, moment < datetime.combine(self.last + timedelta(days=1), time(), LONDON))


def ahead(now: datetime, most: int | None = None) -> Days:
    return Days(first=london_day(now), most=most)


def past(now: datetime, most: int) -> Days:
    today = london_day(now)
    return Days(first=today - SHOWN_BACK, last=today - timedelta(days=1), most=most, backwards=True)


def shown(now: datetime) -> Days:
    return Days(first=london_day(now - SHOWN_BACK))


async def all_of(db: Reading, now: datetime, days: Days, *, of_cases: bool) -> Sequence[Held]:
    """Those of these days, in their order. Without what is `of_cases`, hearings of legal actions alone."""
    found = await _courts(db, now, days, of_cases=of_cases)
    if of_cases:
        found += [*await _held(db, days), *await _to_be_held(db, days)]
    found.sort(key=lambda one: (one.on, one.hour or time.min, one.about, one.name), reverse=days.backwards)
    return found[: days.most]


async def _courts(db: Reading, now: datetime, days: Days, *, of_cases: bool) -> list[Held]:
    """What is off is told for a while."""
    on, told = sittings.c.on, or_(~sittings.c.off, sittings.c.said_at > now - SHOWN_BACK)
    here = [told, on >= days.first]
    here += [on <= days.last] if days.last is not None else []
    here += [sittings.c.series.in_(_OF_LEGAL_ACTIONS)] if not of_cases else []
    hour = func.coalesce(sittings.c.hour, literal(time.min, Time))
    some = days.ordered(select(sittings).where(*here), on, hour, sittings.c.case_ref).subquery()
    names_it = and_(content.c.case_ref == some.c.case_ref, content.c.seq == some.c.court)
    place = content.c.content["court"].astext.label("place")
    query = select(some, place).outerjoin_from(some, content, names_it)
    return [
        Held(
            about=row.case_ref,
            name=f"court-{row.first}",
            what=What.APPEAL if row.series == APPEAL else What.COURT,
            **{name: getattr(row, name) for name in ("on", "hour", "place", "changes", "said_at", "off")},
        )
        for row in await db.connection.execute(query)
    ]


async def _held(db: Reading, days: Days) -> list[Held]:
    named = timeline.c.fact.in_(bindparam("kinds", _HELD, expanding=True, literal_execute=True))
    columns = (timeline.c.case_ref, timeline.c.seq, timeline.c.fact, timeline.c.at, timeline.c.recorded_at)
    query = days.ordered(select(*columns).where(named, days.holds(timeline.c.at)), timeline.c.at)
    return [
        Held(
            about=row.case_ref,
            name=f"held-{row.seq}",
            what=What.GROUP if row.fact == _GROUP_HELD else What.REVIEW,
            on=london_day(row.at),
            said_at=row.recorded_at,
        )
        for row in await db.connection.execute(query)
    ]


async def _to_be_held(db: Reading, days: Days) -> list[Held]:
    """As they are owed. A group's day that was agreed is a day, anything else the last on which it is in time."""
    of_rows = deadlines.c.row.in_(bindparam("rows", sorted(_ROWS), expanding=True, literal_execute=True))
    met_by_one = or_(*(literal(one) == any_(deadlines.c.met_by) for one in _HELD))
    open_now = (deadlines.c.ending.is_(None), of_rows, met_by_one, days.holds(deadlines.c.due))
    some = days.ordered(select(deadlines).where(*open_now), deadlines.c.due).subquery()
    told = and_(timeline.c.case_ref == some.c.case_ref, timeline.c.seq == some.c.since)
    query = select(some, timeline.c.recorded_at).join_from(some, timeline, told)
    return [
        Held(
            about=row.case_ref,
            name=row.key,
            what=What.GROUP if _GROUP_HELD in row.met_by else What.REVIEW,
            on=london_day(row.due),
            changes=row.since,
            said_at=row.recorded_at,
            by_then=row.counted["unit"] != AGREED,
        )
        for row in await db.connection.execute(query)
    ]
