"""What Temporal starts by the clock. `casework migrate` keeps it up to date, `casework schedules` lists it.

It is given nothing to start with: Temporal adds the moment to its id, and a payload is for one id.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

import structlog
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleBackfill,
    ScheduleCalendarSpec,
    ScheduleDescription,
    ScheduleHandle,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from policy.editions import released
from policy.reports.kinds import KINDS, Kind
from policy.working_days import LONDON
from runtime.settings import Settings
from workflows.nightly_audit import NightlyAudit
from workflows.nightly_count import NightlyCount
from workflows.noticing import ESTATE_INSPECTIONS, FOCUS_AREAS, POLICY_REVIEW, Noticing
from workflows.retention import Retention
from workflows.scheduled_report import SCHEDULED, ScheduledReport

SELF_AUDIT: Final = "self-audit"
RETENTION: Final = "retention"
COUNT: Final = "count"
NOTICED_AT: Final = time(5)
REPORTS_AT: Final = time(6)
"""Before anybody comes to work."""

NIGHTLY: Final = SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=timedelta(days=3))
"""A night missed because the engine was away runs when it is back; of several, one or two."""
EACH: Final = SchedulePolicy(overlap=ScheduleOverlapPolicy.ALLOW_ALL, catchup_window=timedelta(days=366))
"""Whatever was missed in a year is made up for, each for its own time."""

Run = Callable[..., Awaitable[Any]]

log = structlog.get_logger()


class Planned(NamedTuple):
    """At this hour in London, every day, or on the first day of these months."""

    name: str
    run: Run
    at: time
    missed: SchedulePolicy = NIGHTLY
    months: tuple[int, ...] = ()

    def schedule(self, task_queue: str) -> Schedule:
        calendar = ScheduleCalendarSpec(hour=_each(self.at.hour), minute=_each(self.at.minute))
        if self.months:
            calendar = replace(calendar, day_of_month=_each(1), month=_each(*self.months))
        return Schedule(
            action=ScheduleActionStartWorkflow(self.run, id=self.name, task_queue=task_queue),
            spec=ScheduleSpec(calendars=[calendar], time_zone_name=LONDON.key),
            policy=self.missed,
        )


def planned() -> tuple[Planned, ...]:
    """All that is started by the clock; what stands in an edition is that of the newest."""
    edition = released()[-1]
    return (
        Planned(SELF_AUDIT, NightlyAudit.run, edition.audit.at),
        Planned(RETENTION, Retention.run, edition.retention.at),
        Planned(COUNT, NightlyCount.run, edition.retention.at),
        Planned(ESTATE_INSPECTIONS, Noticing.run, NOTICED_AT),
        Planned(POLICY_REVIEW, Noticing.run, NOTICED_AT),
        Planned(FOCUS_AREAS, Noticing.run, NOTICED_AT, months=tuple(range(1, 13))),
        *(
            Planned(SCHEDULED + kind, ScheduledReport.run, REPORTS_AT, EACH, _months(one))
            for kind, one in KINDS.items()
        ),
    )


def _months(kind: Kind) -> tuple[int, ...]:
    """On whose first day a time of that kind has just ended; none where one ends every day."""

    def over(day: date) -> bool:
        return kind.covers(day).last == day - timedelta(days=1)

    firsts = tuple(month for month in range(1, 13) if over(date(2026, month, 1)))
    return () if over(date(2026, 1, 2)) else firsts


def _each(*numbers: int) -> Sequence[ScheduleRange]:
    return [ScheduleRange(number) for number in numbers]


async def keep_schedules(client: Client, wanted: Settings) -> None:
    """Safe to repeat. One that somebody paused stays paused; one of ours that is not planned any more goes."""
    ours = {one.name: one.schedule(wanted.task_queue) for one in planned()}
    for name, schedule in ours.items():
        try:
            await client.create_schedule(name, schedule)
        except ScheduleAlreadyRunningError:
            await bring_up_to_date(client.get_schedule_handle(name), schedule)
    async for listed in await client.list_schedules():
        if listed.id not in ours:
            handle = client.get_schedule_handle(listed.id)
            if _starts((await handle.describe()).schedule)[-1] == wanted.task_queue:
                await handle.delete()
                log.info("schedule_deleted", schedule=listed.id)
    log.info("schedules_kept")


async def bring_up_to_date(handle: ScheduleHandle, wanted: Schedule) -> None:
    """Only where it is another: Temporal may leave out what a schedule missed when it is changed before that was
    made up for. Then that is asked for anew.
    """
    before = await handle.describe()
    if _told(before.schedule) == _told(wanted):
        return

    def as_wanted(known: ScheduleUpdateInput) -> ScheduleUpdate:
        wanted.state = known.description.schedule.state
        return ScheduleUpdate(schedule=wanted)

    await handle.update(as_wanted)
    log.info("schedule_changed", schedule=handle.id)
    if wanted.policy.overlap is EACH.overlap and not wanted.state.paused:
        since, now = _last_fired(before), datetime.now(LONDON)
        await handle.backfill(ScheduleBackfill(since, now, overlap=EACH.overlap))


def _last_fired(known: ScheduleDescription) -> datetime:
    return max([known.info.created_at, *(one.scheduled_at for one in known.info.recent_actions)])


def _told(schedule: Schedule) -> tuple[object, ...]:
    """What is said of it here, as the engine tells it again."""
    spec, policy = schedule.spec, schedule.policy
    calendars = [tuple(_calendar(one)) for one in spec.calendars]
    return (
        *_starts(schedule),
        calendars,
        (spec.intervals, spec.cron_expressions, spec.time_zone_name),
        (policy.overlap, policy.catchup_window),
    )


def _calendar(one: ScheduleCalendarSpec) -> Iterator[tuple[tuple[int, int, int], ...]]:
    for ranges in (one.second, one.minute, one.hour, one.day_of_month, one.month, one.year, one.day_of_week):
        yield tuple((each.start, max(each.start, each.end), max(1, each.step)) for each in ranges)


def _starts(schedule: Schedule) -> tuple[str | None, str, str]:
    """The kind of workflow, its id, and who serves it."""
    action = schedule.action
    if not isinstance(action, ScheduleActionStartWorkflow):
        raise TypeError(type(action))
    return action.workflow, action.id, action.task_queue
