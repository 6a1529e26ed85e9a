"""The one loop: wait for a fact or for the next moment, do what is due, record what came of it, wait again.

Every kind of workflow brings its own facts, file and rules (`Kind`); waiting, writing behind, the window of
known fact ids and continuing as new are here, once.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, Generic, NoReturn, Protocol, TypeVar

from pydantic import Field
from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from policy.deadlines import Deadline
from policy.facts.base import Fact, Recorded
from policy.facts.ruling import DeadlineMissed
from policy.file import File
from policy.frozen import Frozen
from policy.refusals import KeyUsedForAnotherFact, Refused
from policy.rulebook import Rulebook

EVENTS_BEFORE_CONTINUING: Final = 1000
EVENTS_AT_MOST: Final = 4000
WINDOW: Final = 200
ON_THE_CURRENT_BUILD: Final = workflow.ContinueAsNewVersioningBehavior.AUTO_UPGRADE
"""Where workers say no build it means nothing."""


class Duty(Protocol):
    """What the system must do. Asked for again under its key, it is the same one. What is `revocable` is taken
    back when it is no longer owed; anything else is done to its end, and what is owed then is looked at again.
    """

    @property
    def key(self) -> str: ...
    @property
    def revocable(self) -> bool: ...


F = TypeVar("F", bound=File)
E = TypeVar("E", bound=Recorded[Any])
D = TypeVar("D", bound=Duty)
R = TypeVar("R")
T = TypeVar("T")


class Kind(Protocol[F, E, D, R]):
    """What one kind of workflow brings to the loop: its rules, its duties and what comes of them."""

    @property
    def rulebook(self) -> Rulebook[F, E]: ...
    def duties(self, file: F) -> list[D]: ...
    def goes_from(self, duty: D, now: datetime) -> datetime: ...
    def perform(self, file: F, duty: D) -> Awaitable[R]: ...
    def came_of(self, duty: D, outcome: R, now: datetime) -> Fact: ...
    def write(self, file: F, first: int, entries: list[E]) -> Awaitable[int]: ...
    def show(self, file: F, deadlines: list[Deadline]) -> None: ...


class Receipt(Frozen):
    """The engine has the fact; the store will have it under this sequence number."""

    seq: int
    digest: str


class Start(Frozen, Generic[F, E]):
    """The file, the window of fact ids that it holds, and those of its facts that the store may not have yet."""

    file: F
    known: dict[str, Receipt] = Field(default_factory=dict)
    unwritten: tuple[E, ...] = ()


def first_of(rulebook: Rulebook[F, E], opening: F, entry: E) -> dict[str, object]:
    """What something starts with that begins with this entry; `opening` is still empty."""
    file = rulebook.after(opening, entry)
    known = {entry.id: Receipt(seq=file.seq, digest=entry.digest)}
    return {"file": file, "known": known, "unwritten": (entry,)}


class Loop(Generic[F, E, D, R]):
    def __init__(self, kind: Kind[F, E, D, R], start: Start[F, E]) -> None:
        self.kind = kind
        self.file = start.file
        self.known = dict(start.known)
        self.unwritten = list(start.unwritten)
        self._writing: asyncio.Future[int] | None = None
        self._performing: dict[str, tuple[D, asyncio.Future[R]]] = {}
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at: datetime | None = None
        self._alarm_holds = False
        self._waits_until: datetime | None = None
        self._stirred = True
        self._refreshing = False

    def begin_anew(self, start: type[Start[F, E]]) -> NoReturn:
        """The next run starts with what this one holds, under the build that is current then."""
        carried = {"file": self.file, "known": self.known, "unwritten": tuple(self.unwritten)}
        workflow.continue_as_new(start.model_validate(carried), initial_versioning_behavior=ON_THE_CURRENT_BUILD)

    # Facts in

    def refuse(self, entry: E) -> None:
        """Raises the refusal as an ApplicationError that carries it. Changes nothing."""
        try:
            if (receipt := self.known.get(entry.id)) is None:
                self.kind.rulebook.check(self.file, entry)
            elif receipt.digest != entry.digest:
                raise KeyUsedForAnotherFact("This key was already used for something else.")
        except Refused as refused:
            refusal = refused.refusal
            raise ApplicationError(
                refusal.sentence, refusal, type=refusal.refused, non_retryable=True
            ) from refused

    def accept(self, entry: E) -> Receipt:
        """Fold the entry and have it written. The same id again changes nothing, as long as it is in the
        window; whoever brings a fact looks into the store first, which knows all the older ones.
        """
        if (receipt := self.known.get(entry.id)) is not None:
            return receipt
        self._notice(self._passed_meanwhile())
        return self._fold(entry)

    def _fold(self, entry: E) -> Receipt:
        self.file = self.kind.rulebook.after(self.file, entry)
        receipt = Receipt(seq=self.file.seq, digest=entry.digest)
        self.known[entry.id] = receipt
        self.unwritten.append(entry)
        self._alarm_holds = False
        if len(self.known) > WINDOW + len(self.unwritten):
            del self.known[next(iter(self.known))]
        self._stirred = True
        return receipt

    def observe(self, about: str, fact: Fact) -> None:
        """What the system found from outside. Where the rules do not take it, nothing changes."""
        entry = self._own(about, fact)
        with suppress(Refused):
            self.kind.rulebook.check(self.file, entry)
            self.accept(entry)

    def _accept_own(self, about: str, fact: Fact) -> None:
        self.accept(self._own(about, fact))

    def _own(self, about: str, fact: Fact) -> E:
        return self.kind.rulebook.own(f"{fact.fact}:{about}:{self.file.seq + 1}", fact, workflow.now())

    # Waiting and doing

    async def until_over(self) -> bool:
        """True when everything is over and written; False when the run should continue as new."""
        while True:
            self._stirred = False
            self._take_outcomes()
            deadlines = self._with_misses_noticed()
            self._write_behind()
            self._perform_duties()
            if self._is_over() or self._should_continue():
                await workflow.wait_condition(workflow.all_handlers_finished)
                if not self._stirred:
                    return self._is_over()
            self.kind.show(self.file, deadlines)
            self._set_alarm(deadlines)
            await workflow.wait_condition(lambda: self._stirred)

    def _is_over(self) -> bool:
        return self.file.finished and not (self._stirred or self.unwritten or self._performing)

    def _should_continue(self) -> bool:
        """What is not written yet is carried over and written again, which changes nothing where it was
        written after all. A duty under way is waited for while the history has room.
        """
        info = workflow.info()
        length = info.get_current_history_length()
        wanted = (
            length >= EVENTS_BEFORE_CONTINUING
            or info.is_continue_as_new_suggested()
            or info.is_target_worker_deployment_version_changed()
            or self._refreshing
        )
        return wanted and not self._stirred and (not self._performing or length >= EVENTS_AT_MOST)

    def _with_misses_noticed(self) -> list[Deadline]:
        deadlines = self.kind.rulebook.deadlines(self.file)
        passed = _passed(deadlines)
        self._notice(passed)
        return self.kind.rulebook.deadlines(self.file) if passed else deadlines

    def _notice(self, passed: list[Deadline]) -> None:
        for d in passed:
            self._fold(self._own(d.key, DeadlineMissed(at=d.due, key=d.key, row=d.row, due=d.due)))

    def _passed_meanwhile(self) -> list[Deadline]:
        """What fell due while no worker was there to notice, and may be kept, late, by what comes next."""
        if self._alarm_holds and self._alarm_at is not None and self._alarm_at > workflow.now():
            return []
        return _passed(self.kind.rulebook.deadlines(self.file))

    def _write_behind(self) -> None:
        """One writer at a time keeps the order; what arrives meanwhile goes with the next batch."""
        if self._writing is not None and self._writing.done():
            self.unwritten = self.unwritten[self._writing.result() :]
            self._writing = None
        if self._writing is None and self.unwritten:
            first = self.file.seq - len(self.unwritten) + 1
            self._writing = self._watched(self.kind.write(self.file, first, list(self.unwritten)))

    def _take_outcomes(self) -> None:
        for key in [key for key, (_, future) in self._performing.items() if future.done()]:
            duty, future = self._performing.pop(key)
            with suppress(ActivityError):  # taken back before it was done
                self._accept_own(key, self.kind.came_of(duty, future.result(), workflow.now()))

    def _perform_duties(self) -> None:
        """A duty may need what was told, so it starts when all of that is in the store. One that is no longer
        owed, or may not be done at this hour, is taken back where it can be, unless it is being done at this
        moment: what cannot be taken back waits for what comes of that.
        """
        now = workflow.now()
        going = [(duty, self.kind.goes_from(duty, now)) for duty in self.kind.duties(self.file)]
        self._waits_until = min((moment for _, moment in going if moment > now), default=None)
        owed = [duty for duty, moment in going if moment <= now]
        keys = {duty.key for duty in owed}
        for duty, future in self._performing.values():
            if duty.key not in keys and duty.revocable:
                future.cancel()
        if self.unwritten:
            return
        settled = self._performing.keys() <= keys
        for duty in owed:
            if duty.key not in self._performing and (settled or duty.revocable):
                self._performing[duty.key] = (duty, self._watched(self.kind.perform(self.file, duty)))

    def _watched(self, awaitable: Awaitable[T]) -> "asyncio.Future[T]":
        future = asyncio.ensure_future(awaitable)
        future.add_done_callback(self.stir)
        return future

    def _set_alarm(self, deadlines: list[Deadline]) -> None:
        """One timer. It is only ever moved forward: ringing early costs less history than moving it back."""
        self._alarm_holds = True
        due = next((d.due for d in deadlines if not d.noticed), None)
        moment = min((one for one in (due, self._waits_until) if one is not None), default=None)
        if moment is None:
            return
        if self._alarm is not None and self._alarm_at is not None:
            if self._alarm_at <= moment:
                return
            self._alarm.cancel()
        self._alarm_at = moment
        self._alarm = asyncio.create_task(self._ring_at(moment))

    async def _ring_at(self, moment: datetime) -> None:
        await workflow.sleep(moment - workflow.now(), summary="next deadline")
        self._alarm = None
        self._stirred = True

    def stir(self, _: object = None) -> None:
        self._stirred = True

    def refresh(self) -> None:
        """Continue as new as soon as that can be: what the engine keeps is then written anew. Once is enough for
        a run, and it is no fact.
        """
        self._refreshing = True
        self.stir()


def _passed(deadlines: list[Deadline]) -> list[Deadline]:
    """That nobody has noticed."""
    now = workflow.now()
    return [d for d in deadlines if d.due <= now and not d.noticed]
