"""The clocks that a file carries: each deadline as it stands, and whether its miss was noticed."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from policy.deadlines.base import Deadline
from policy.facts.ruling import DeadlineMissed
from policy.file import Clock, File

F = TypeVar("F", bound=File)


def noticed(file: F, fact: DeadlineMissed, recorded_at: datetime) -> F:
    """A miss noticed before, or of a deadline that has moved, stays in the timeline and changes nothing."""
    clock = file.clocks.get(fact.key)
    if clock is None or clock.due != fact.due or clock.noticed_at is not None:
        return file
    missed = clock.model_copy(update={"noticed_at": recorded_at})
    return file.with_(clocks={**file.clocks, fact.key: missed})


def with_clocks(file: F, standing: Iterable[Deadline]) -> F:
    """Each as it stands after the entry that the file has counted."""
    return file.with_(clocks={d.key: _clock(file.clocks.get(d.key), d) for d in standing})


def _clock(was: Clock | None, now: Deadline) -> Clock:
    told = now.due, now.since, now.noticed_at, now.stage
    if was is not None and (was.due, was.since, was.noticed_at, was.stage) == told:
        return was
    return Clock(due=now.due, since=now.since, noticed_at=now.noticed_at, stage=now.stage)
