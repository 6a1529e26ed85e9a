"""Whether a worker's own requests for work come back. Temporal answers each within some 70 seconds, with work or
without; where none comes back for longer nothing is done, whatever another connection is told.
"""

import asyncio
from collections import Counter
from collections.abc import Collection
from http.client import HTTPException
from typing import Final, NamedTuple

import structlog
from prometheus_client import Gauge
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from runtime.ending import pause
from runtime.metrics import counted_by_the_client
from workers.crew import Crew
from workflows.case_door import CaseDoor
from workflows.work import Work, queue_of

UNANSWERED: Final = Gauge(
    "casework_polls_unanswered", "1 where no poll of this worker for a kind of work comes back", ["work"]
)

_WORKFLOWS: Final = "PollWorkflowTaskQueue"
_ACTIVITIES: Final = "PollActivityTaskQueue"
_ENDED: Final = "temporal_long_request_latency_seconds_count"
_FAILED: Final = "temporal_long_request_failure_total"
_PLACES: Final = "temporal_worker_task_slots_available"
_LOOKS: Final = 20
"""In a row that find nothing, until polls are unanswered. Time in which this process hung counts as one."""

log = structlog.get_logger()


class _Poll(NamedTuple):
    work: Work
    queue: str
    operation: str


class Polls:
    def __init__(self, task_queue: str, only: Collection[Work], patience: float) -> None:
        """`patience` in seconds."""
        self.unanswered = set[Work]()
        self._patience = patience
        asked = [_Poll(work, queue_of(work, task_queue), _ACTIVITIES) for work in only]
        if Work.CASES in only:
            asked.append(_Poll(Work.CASES, task_queue, _WORKFLOWS))
        self._answers = dict.fromkeys(asked, 0)
        self._missed = dict.fromkeys(asked, 0)
        self._tell(set())

    @property
    def how(self) -> str:
        if not self.unanswered:
            return "here"
        kinds = ", ".join(sorted(self.unanswered))
        found = f"no poll for {kinds} has come back for {self._patience:g} seconds"
        return f"{found}: start this worker again; where all say so look at Temporal"

    async def watch(self, crew: Crew, door: CaseDoor, stopping: asyncio.Event) -> None:
        """Not while the crew rests, which asks for nothing, or the engine is away, which is told as such."""
        while not stopping.is_set():
            await pause(stopping, self._patience / _LOOKS)
            if not crew.resting and await door.reachable():
                self.look(await _counted())

    def look(self, counted: str) -> None:
        """`counted` is what the SDK says for Prometheus. What cannot be read counts as no answer."""
        answers, full = _answers(counted), _full(counted)
        for poll, before in self._answers.items():
            now = answers[poll.queue, poll.operation]
            asks = poll.operation == _WORKFLOWS or poll.queue not in full
            self._missed[poll] = self._missed[poll] + 1 if asks and now <= before else 0
            self._answers[poll] = max(now, before)
        self._tell({poll.work for poll, missed in self._missed.items() if missed >= _LOOKS})

    def _tell(self, unanswered: set[Work]) -> None:
        for poll in self._answers:
            UNANSWERED.labels(poll.work).set(poll.work in unanswered)
        for work in sorted(unanswered - self.unanswered):
            log.warning("polls_unanswered", work=work)
        for work in sorted(self.unanswered - unanswered):
            log.info("polls_answered", work=work)
        self.unanswered = unanswered


async def _counted() -> str:
    """Nothing where even that cannot be asked."""
    try:
        return (await counted_by_the_client()).decode()
    except (OSError, HTTPException, RuntimeError):
        return ""


def _answers(counted: str) -> Counter[tuple[str, str]]:
    """By queue and operation, how many polls ended well."""
    found = Counter[tuple[str, str]]()
    for sample in _samples(counted, _ENDED, _FAILED):
        of = (sample.labels.get("task_queue", ""), sample.labels.get("operation", ""))
        found[of] += int(sample.value) if sample.name == _ENDED else -int(sample.value)
    return found


def _full(counted: str) -> set[str]:
    """Queues of whose activities there are as many here as may be, so that no more is asked for."""
    return {
        sample.labels.get("task_queue", "")
        for sample in _samples(counted, _PLACES)
        if sample.labels.get("worker_type") == "ActivityWorker" and not sample.value
    }


def _samples(counted: str, *names: str) -> list[Sample]:
    """Only their lines are read, as there are thousands of others."""
    lines = "\n".join(line for line in counted.splitlines() if line.startswith(names))
    try:
        return [sample for family in text_string_to_metric_families(lines) for sample in family.samples]
    except ValueError:  # written otherwise than we read it
        return []
