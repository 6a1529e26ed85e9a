"""What Temporal starts by the clock. Made and brought up to date by `casework migrate`.

It is given nothing to start with: Temporal adds the moment to its id, and a payload is for one id.
"""

from datetime import time, timedelta
from functools import partial
from typing import Final

import structlog
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from policy.editions import released
from policy.working_days import LONDON
from runtime.settings import Settings
from workflows.nightly_audit import NightlyAudit
from workflows.nightly_count import NightlyCount
from workflows.retention import Retention

SELF_AUDIT: Final = "self-audit"
RETENTION: Final = "retention"
COUNT: Final = "count"

_CATCH_UP: Final = timedelta(days=3)
"""A night missed because the engine was away runs when it is back; of several, one or two."""

log = structlog.get_logger()


async def keep_schedules(client: Client, wanted: Settings) -> None:
    """Safe to repeat. A schedule that somebody paused stays paused."""
    schedules = ((SELF_AUDIT, self_audit(wanted)), (RETENTION, retention(wanted)), (COUNT, count(wanted)))
    for name, schedule in schedules:
        try:
            await client.create_schedule(name, schedule)
        except ScheduleAlreadyRunningError:
            await client.get_schedule_handle(name).update(partial(_as_wanted, wanted=schedule))
    log.info("schedules_kept")


def self_audit(wanted: Settings) -> Schedule:
    """Every night at the hour of the newest edition, London time."""
    start = ScheduleActionStartWorkflow(NightlyAudit.run, id=SELF_AUDIT, task_queue=wanted.task_queue)
    return _nightly(start, released()[-1].audit.at)


def retention(wanted: Settings) -> Schedule:
    """The same, so that nobody finds a month's proposals at once and what was approved goes on its day."""
    start = ScheduleActionStartWorkflow(Retention.run, id=RETENTION, task_queue=wanted.task_queue)
    return _nightly(start, released()[-1].retention.at)


def count(wanted: Settings) -> Schedule:
    """After the night's check, which records what it finds, and while what was kept for its time goes."""
    start = ScheduleActionStartWorkflow(NightlyCount.run, id=COUNT, task_queue=wanted.task_queue)
    return _nightly(start, released()[-1].retention.at)


def _nightly(start: ScheduleActionStartWorkflow, at: time) -> Schedule:
    return Schedule(
        action=start,
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(at.hour)], minute=[ScheduleRange(at.minute)])],
            time_zone_name=LONDON.key,
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=_CATCH_UP),
    )


def _as_wanted(known: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    wanted.state = known.description.schedule.state
    return ScheduleUpdate(schedule=wanted)
