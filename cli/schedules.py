"""`casework schedules`: what is started by the clock, when next, and how it went."""

from collections.abc import Iterator
from datetime import datetime

from temporalio.client import Client, ScheduleDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from policy.frozen import Frozen
from policy.working_days import moment_in_words
from runtime.settings import Settings
from runtime.temporal import connect
from workers.schedules import planned
from workflows.scheduled_report import PLANNED_FOR, SCHEDULE

_NOT_DONE = "'Failed', 'TimedOut', 'Terminated', 'Canceled'"


class Line(Frozen):
    """`kept` is False where the engine has no such schedule. `last` is the moment for which the newest run was
    planned, and `ended` how it did; `failed` and `running` are counted while the engine keeps what was.
    `passed_over` were missed for longer than is made up for.
    """

    name: str
    kept: bool = True
    next: datetime | None = None
    last: datetime | None = None
    ended: str | None = None
    running: int = 0
    failed: int = 0
    passed_over: int = 0
    paused: bool = False
    note: str | None = None


async def schedules(wanted: Settings) -> list[Line]:
    """In the order of the table. Raises RPCError and RuntimeError where the engine is away."""
    client = await connect(wanted, lazy=False)
    return [await _line(client, one.name) for one in planned()]


async def _line(client: Client, name: str) -> Line:
    try:
        known = await client.get_schedule_handle(name).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return Line(name=name, kept=False)
        raise
    of_it = f"{SCHEDULE.name} = '{name}'"
    last, ended = await _last(client, of_it)
    return Line(
        name=name,
        next=_next(known),
        last=last,
        ended=ended,
        running=(await client.count_workflows(f"{of_it} AND ExecutionStatus = 'Running'")).count,
        failed=(await client.count_workflows(f"{of_it} AND ExecutionStatus IN ({_NOT_DONE})")).count,
        passed_over=known.info.num_actions_missed_catchup_window,
        paused=known.schedule.state.paused,
        note=known.schedule.state.note,
    )


def _next(known: ScheduleDescription) -> datetime | None:
    times = known.info.next_action_times
    return times[0] if times and not known.schedule.state.paused else None


async def _last(client: Client, of_it: str) -> tuple[datetime | None, str | None]:
    async for run in client.list_workflows(of_it, limit=1):
        ended = run.status.name.lower() if run.status else None
        if run.status is WorkflowExecutionStatus.COMPLETED:
            ended = "done"
        return run.typed_search_attributes.get(PLANNED_FOR), ended
    return None, None


def in_words(lines: list[Line]) -> Iterator[str]:
    width = max(len(one.name) for one in lines)
    for one in lines:
        yield f"{one.name:{width}}  {'; '.join(_said(one))}"


def _said(one: Line) -> Iterator[str]:
    if not one.kept:
        yield "there is none: run `casework migrate`"
        return
    if one.paused:
        yield f"paused{f' ({one.note})' if one.note else ''}"
    elif one.next is not None:
        yield f"next {moment_in_words(one.next)}"
    yield f"last {moment_in_words(one.last)}, {one.ended}" if one.last else "has not run yet"
    if one.running:
        yield f"{one.running} under way"
    yield f"{one.failed} failed"
    if one.passed_over:
        yield f"{one.passed_over} passed over"
