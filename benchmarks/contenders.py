"""Every operation that is measured, by who does it. A lane is one of the requests in flight."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from typing import Any
from uuid import uuid4

from temporalio.client import WithStartWorkflowOperation, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy

from benchmarks.bare import WORDS, Bare, MinimalRecorder
from benchmarks.bare_worker import QUEUE
from benchmarks.http import Connection
from benchmarks.servers import Bench
from policy.facts import Actor, Entry, Role, digest
from policy.facts.contact import ContactMade
from policy.facts.people import Means

_SHORTEST = 6
_OFFICER = Actor(id="officer-1", role=Role.OFFICER)

Act = Callable[[int], Awaitable[object]]


@dataclass
class Subjects:
    """What is acted upon, in turn."""

    names: list[str] = field(default_factory=list)
    _turn: "count[int]" = field(default_factory=count)

    def next(self) -> str:
        return self.names[next(self._turn) % len(self.names)]


@dataclass
class Raw:
    bench: Bench
    subjects: Subjects = field(default_factory=Subjects)
    sent: dict[str, int] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)

    async def start(self, _lane: int) -> None:
        """Until the first workflow task has answered."""
        id_ = f"bare/{uuid4()}"
        await _started(self.bench, Bare.run, Bare.count, id_)
        self.opened.append(id_)

    async def signal(self, _lane: int) -> None:
        id_ = self.subjects.next()
        await self._of(id_).signal(Bare.told, WORDS)
        self.sent[id_] = self.sent.get(id_, 0) + 1

    async def signals_processed(self) -> None:
        """A query is answered after the signals that came before it."""
        await asyncio.gather(*(self._of(id_).query(Bare.so_far) for id_ in self.sent))
        self.sent.clear()

    async def update(self, _lane: int) -> None:
        await self._of(self.subjects.next()).execute_update(Bare.count, WORDS)

    async def query(self, _lane: int) -> None:
        await self._of(self.subjects.next()).query(Bare.so_far)

    def _of(self, id_: str) -> WorkflowHandle[Bare, None]:
        return self.bench.client.get_workflow_handle_for(Bare.run, id_)


@dataclass
class Minimal:
    bench: Bench
    subjects: Subjects = field(default_factory=Subjects)
    opened: list[str] = field(default_factory=list)

    async def start(self, _lane: int) -> None:
        """Until its first row is written."""
        id_ = f"minimal/{uuid4()}"
        await _started(self.bench, MinimalRecorder.run, MinimalRecorder.record, id_)
        self.opened.append(id_)

    async def fact(self, _lane: int) -> None:
        await self.record_on(self.subjects.next())

    async def record_on(self, id_: str) -> None:
        handle: WorkflowHandle[MinimalRecorder, None] = self.bench.client.get_workflow_handle(id_)
        await handle.execute_update(MinimalRecorder.record, WORDS)


async def _started(bench: Bench, run: Any, update: Any, id_: str) -> None:  # noqa: ANN401 - typed methods
    start = WithStartWorkflowOperation(
        run, id=id_, task_queue=QUEUE, id_conflict_policy=WorkflowIDConflictPolicy.FAIL
    )
    await bench.client.execute_update_with_start_workflow(update, WORDS, start_workflow_operation=start)


@dataclass
class Product:
    """Through the public HTTP API; `fact_by_door` is the part of the workflow and the writer alone."""

    bench: Bench
    lanes: list[Connection]
    subjects: Subjects = field(default_factory=Subjects)
    opened: list[str] = field(default_factory=list)
    receipts: dict[str, int] = field(default_factory=dict)
    later: int = 0
    _intervals: "count[int]" = field(default_factory=count)

    def another_lane(self) -> int:
        """Like the first."""
        self.lanes.append(Connection(self.lanes[0].port, self.lanes[0].token))
        return len(self.lanes) - 1

    async def open(self, lane: int) -> None:
        """A report by somebody who can be rung and not written to: no letter."""
        await self._report(lane, {"complainant": {"name": "Rowan Example", "phone": "01632 960001"}})

    async def open_with_letter(self, lane: int) -> None:
        """Somebody who is written to by post: the acknowledgement is composed, kept and ready to post."""
        by_post = {"name": "Rowan Example", "address": ["2 Invented Row", "Sevenoaks"], "prefers": "post"}
        await self._report(lane, {"complainant": by_post})

    async def _report(self, lane: int, who: dict[str, object]) -> None:
        body = {"channel": "phone", "category": "noise", "words": WORDS} | who
        answer = await self._post(lane, "/api/reports", body)
        self.opened.append(answer["ref"])

    async def incident(self, lane: int) -> None:
        body = {"channel": "phone", "category": "noise", "words": WORDS}
        path = f"/api/cases/{self.subjects.next()}/incidents"
        await self.lanes[lane].post(path, str(uuid4()), body, {202})

    async def everything_settled(self) -> None:
        """Every report is in a timeline, and every letter that was asked for is ready."""
        waiting = (
            "SELECT (SELECT count(*) FROM reports WHERE settled_at IS NULL)"
            " + (SELECT count(*) FROM cases WHERE jsonb_path_exists(file, '$.letters.* ? (@.state == \"owed\")'))"
        )
        await self._until_none(waiting)

    async def fact(self, lane: int) -> None:
        await self.record_on(self.subjects.next(), lane)

    async def assess(self, ref: str, lane: int) -> None:
        """With a contact, after which the next contact is the earliest that the case owes."""
        body = {
            "fact": "assessed",
            "seriousness": "ordinary",
            "categories": ["noise"],
            "limb": "b",
            "reasons": WORDS,
        }
        await self._post(lane, f"/api/cases/{ref}/facts", body)
        await self.record_on(ref, lane, every=_SHORTEST)

    async def record_on(self, ref: str, lane: int, every: int | None = None) -> None:
        days = every or self._interval()
        body = {"fact": "contact_made", "means": "phone", "words": WORDS, "every_working_days": days}
        answer = await self._post(lane, f"/api/cases/{ref}/facts", body)
        self.receipts[ref] = answer["seq"]

    async def _post(self, lane: int, path: str, body: Mapping[str, object]) -> Any:  # noqa: ANN401 - JSON
        """An answer of 202 is no failure: what was told is safe. It is counted, and waited for in the end."""
        status, answer = await self.lanes[lane].post(path, str(uuid4()), body, {201, 202})
        self.later += status == HTTPStatus.ACCEPTED
        return answer

    async def fact_by_door(self, _lane: int) -> None:
        ref, now = self.subjects.next(), datetime.now(UTC)
        fact = ContactMade(at=now, means=Means.PHONE, words=WORDS, every_working_days=self._interval())
        said = digest(fact.model_dump(mode="json"))
        entry = Entry(id=str(uuid4()), by=_OFFICER, recorded_at=now, fact=fact, digest=said)
        self.receipts[ref] = (await self.bench.door.record(ref, entry)).seq

    async def receipts_written(self) -> None:
        behind = (
            "SELECT count(*) FROM cases c JOIN unnest($1::text[], $2::int[]) AS r (ref, seq) USING (ref)"
            " WHERE c.seq < r.seq"
        )
        await self._until_none(behind, [*self.receipts], [*self.receipts.values()])
        self.receipts.clear()

    async def _until_none(self, counting: str, *values: object) -> None:
        while await self.bench.records.fetchval(counting, *values):  # noqa: ASYNC110 - looking from outside is the point
            await asyncio.sleep(0.02)

    async def live(self, lane: int) -> None:
        await self.lanes[lane].get(f"/api/cases/{self.subjects.next()}/live")

    async def read(self, lane: int) -> None:
        await self.lanes[lane].get(f"/api/cases/{self.subjects.next()}")

    def _interval(self) -> int:
        """Another interval each time, so that every contact ends one deadline and owes another."""
        return _SHORTEST + next(self._intervals) % 5
