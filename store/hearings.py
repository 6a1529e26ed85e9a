"""Hearings and meetings, past and to come: days of courts, meetings of groups of agencies and of case reviews."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, DateTime, Select, and_, any_, bindparam, cast, literal, or_, select

from policy.case_review.facts import ReviewMeetingHeld
from policy.case_review.stages import ROW as REVIEW_ROW
from policy.facts.groups import GroupMeetingHeld
from policy.facts.matters import MatterKind
from policy.frozen import Frozen
from policy.matters import COURSES
from policy.sittings import APPEAL, OF_CASES, OF_LEGAL_ACTIONS, sittings_of
from policy.working_days import AGREED, london_day
from store.deadlines import deadlines
from store.procedures import procedures
from store.sessions import Reading
from store.timeline import content, timeline

READ_BACK: Final = timedelta(days=730)
"""What was recorded before that is not looked at."""
SHOWN_BACK: Final = timedelta(days=90)

_GROUP_HELD: Final = GroupMeetingHeld.model_fields["fact"].default
_REVIEW_HELD: Final = ReviewMeetingHeld.model_fields["fact"].default
_ROWS: Final = (COURSES[MatterKind.GROUP].row, REVIEW_ROW)
"""What was missed and has gone to whoever stands above is of another row: it is the same meeting."""
_HELD: Final = (_GROUP_HELD, _REVIEW_HELD)


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


async def all_of(db: Reading, now: datetime, *, of_cases: bool) -> Sequence[Held]:
    """By day, those of the last `SHOWN_BACK` too. Without what is `of_cases`, hearings of legal actions alone."""
    since = london_day(now - SHOWN_BACK)
    found = await _courts(db, OF_LEGAL_ACTIONS, timeline.c.case_ref.in_(_still_going_on(now)))
    if of_cases:
        found += await _courts(db, OF_CASES, timeline.c.recorded_at > now - READ_BACK)
        found += [*await _held(db, now), *await _to_be_held(db)]
    return sorted(
        (one for one in found if one.on >= since),
        key=lambda one: (one.on, one.hour or time.min, one.about, one.name),
    )


def _still_going_on(now: datetime) -> Select[tuple[str]]:
    """Legal actions that are not over, or not for long: a day on which one was heard is no older than its end."""
    moved_at = cast(procedures.c.file["moved_at"].astext, DateTime(timezone=True))
    lately = or_(~procedures.c.finished, moved_at > now - SHOWN_BACK)
    return select(procedures.c.ref).where(procedures.c.kind == "legal-action", lately)


async def _courts(db: Reading, kinds: Sequence[str], which: ColumnElement[bool]) -> list[Held]:
    named = timeline.c.fact.in_(bindparam("kinds", kinds, expanding=True, literal_execute=True))
    same = and_(content.c.case_ref == timeline.c.case_ref, content.c.seq == timeline.c.seq)
    query = (
        select(timeline.c.case_ref, timeline.c.seq, timeline.c.recorded_at, content.c.content)
        .join_from(timeline, content, same)
        .where(named, which)
        .order_by(timeline.c.case_ref, timeline.c.seq)
    )
    told = [(row.case_ref, row.seq, row.recorded_at, row.content) for row in await db.connection.execute(query)]
    return [
        Held(
            name=f"court-{one.first}",
            what=What.APPEAL if one.series == APPEAL else What.COURT,
            **one.model_dump(include={"about", "on", "hour", "place", "changes", "said_at", "off"}),
        )
        for one in sittings_of(told)
    ]


async def _held(db: Reading, now: datetime) -> list[Held]:
    named = timeline.c.fact.in_(bindparam("kinds", _HELD, expanding=True, literal_execute=True))
    columns = (timeline.c.case_ref, timeline.c.seq, timeline.c.fact, timeline.c.at, timeline.c.recorded_at)
    query = select(*columns).where(named, timeline.c.recorded_at > now - READ_BACK)
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


async def _to_be_held(db: Reading) -> list[Held]:
    """As they are owed. A group's day that was agreed is a day, anything else the last on which it is in time."""
    told = and_(timeline.c.case_ref == deadlines.c.case_ref, timeline.c.seq == deadlines.c.since)
    met_by_one = or_(*(literal(one) == any_(deadlines.c.met_by) for one in _HELD))
    query = (
        select(deadlines, timeline.c.recorded_at)
        .join_from(deadlines, timeline, told)
        .where(deadlines.c.ending.is_(None), deadlines.c.row.in_(_ROWS), met_by_one)
    )
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
