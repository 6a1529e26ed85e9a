"""What Temporal starts by the clock. Made and brought up to date by `casework migrate`."""

from datetime import timedelta
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
from workflows.nightly_audit import NightlyAudit, Progress

SELF_AUDIT: Final = "self-audit"

_CATCH_UP: Final = timedelta(days=3)
"""A night missed because the engine was away runs when it is back; of several, one or two."""

log = structlog.get_logger()


async def keep_schedules(client: Client, wanted: Settings) -> None:
    """Safe to repeat. A schedule that somebody paused stays paused."""
    schedule = self_audit(wanted)
    try:
        await client.create_schedule(SELF_AUDIT, schedule)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(SELF_AUDIT).update(lambda known: _as_wanted(known, schedule))
    log.info("schedules_kept")


def self_audit(wanted: Settings) -> Schedule:
    """Every night at the hour of the newest edition, London time."""
    at = released()[-1].audit.at
    return Schedule(
        action=ScheduleActionStartWorkflow(
            NightlyAudit.run, Progress(), id=SELF_AUDIT, task_queue=wanted.task_queue
        ),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(at.hour)], minute=[ScheduleRange(at.minute)])],
            time_zone_name=LONDON.key,
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=_CATCH_UP),
    )


def _as_wanted(known: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    wanted.state = known.description.schedule.state
    return ScheduleUpdate(schedule=wanted)
