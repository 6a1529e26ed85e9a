"""One case on a Temporal server that skips time: facts go in at their moments, the worker stops for an outage.

That server has no schedules, so what the night's check does is done here at its hour: the same look at the store,
the same signal to the case.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any, Final, Self

from temporalio.testing import WorkflowEnvironment

from activities.night import Night, Page
from cli.story.chain import every_run
from cli.story.skipping import forgotten, skip, unhindered
from policy.audit import night_after
from policy.case_file import CaseFile
from policy.deadlines import without_number
from policy.duties import Duty, duties, goes_from
from policy.editions import of
from policy.facts import Entry, Recorded
from policy.facts.reporting import IncidentReported, ReportReceived
from policy.procedures.base import ProcedureFile, beside, number_of
from policy.procedures.kinds import KINDS
from policy.rules import refusal_now
from policy.simulation import Happening, Outage, ToldBeside, TurnedAway
from policy.simulation.beside import asked_for
from policy.standing import Standing
from store import applications, cases, procedures, timeline
from store.sessions import Store
from workers.crew import Crew
from workers.worker import replayer
from workflows.beside import id_of
from workflows.case_door import CaseDoor, CaseNotRunning, CaseRefused
from workflows.case_kind import workflow_id
from workflows.procedure_door import door_to

_PATIENCE: Final = 60.0
"""Seconds for what should take a moment."""
_JUST_BEFORE: Final = timedelta(seconds=1)


Turn = tuple[datetime, Callable[[], Awaitable[None]]]


class LiveCase:
    """Used as a context: a worker runs while the block does, but for the outage."""

    def __init__(  # noqa: PLR0913 - the servers, the case and what happens to it
        self,
        server: WorkflowEnvironment,
        store: Store,
        door: CaseDoor,
        make_worker: Callable[[], Crew],
        *,
        opening: CaseFile,
        outage: Outage | None,
    ) -> None:
        self.server = server
        self.store = store
        self.door = door
        self.opening = opening
        self.refused: list[TurnedAway[Any]] = []
        self.refused_beside: dict[str, list[TurnedAway[Any]]] = {}
        self.asked: dict[str, str] = {}
        """What no case begins: its reference, by its key in the story."""
        self._make_worker = make_worker
        self._working = AsyncExitStack()
        self._is_working = False
        self._outage = outage
        self._night: datetime | None = None
        self._turns: list[Turn] = []
        if outage is not None:
            self._turns = [(outage.since - _JUST_BEFORE, self._stop_working), (outage.until, self._work)]

    async def __aenter__(self) -> Self:
        await self._work()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stop_working()

    async def tell(self, told: Happening) -> None:
        """At the moment when it was recorded; waits until all that follows from it is done."""
        await self.run_on(await self._moment_for(told))
        if isinstance(told, ToldBeside):
            await self._told_beside(told)
            return
        entry = told
        try:
            await self._sent(entry)
        except CaseRefused as refused:
            self.refused.append(TurnedAway(entry=entry, refusal=refused.refusal))
        except CaseNotRunning:
            await self._turn_away_as_closed(entry)
        else:
            if self._is_working:
                await self._at_rest(entry)
        self._night = self._night or self._night_after(self._awake(entry.recorded_at))

    async def _told_beside(self, told: ToldBeside) -> None:
        kind = KINDS[without_number(told.on)]
        door = door_to(kind.name, self.door)
        try:
            if isinstance(told.entry.fact, kind.asked or ()):
                await door.begin(await self._registered(kind.name, told), told.entry)
            else:
                await door.record(self.asked.get(told.on) or beside(self.opening.ref, told.on), told.entry)
        except CaseRefused as refused:
            turned_away = TurnedAway(entry=told.entry, refusal=refused.refusal)
            self.refused_beside.setdefault(told.on, []).append(turned_away)
        else:
            await _until(self._quiet)

    async def _registered(self, kind: str, told: ToldBeside) -> ProcedureFile:
        """Before its first fact, as when somebody asks for it."""
        async with self.store.writing() as db:
            ref = await applications.next_review_ref(db, told.at.year)
            opening = asked_for(told.on, self.opening).with_(ref=ref)
            await procedures.register(db, kind, opening)
        self.asked[told.on] = ref
        return opening

    async def run_on(self, until: datetime) -> None:
        while (coming := self._coming(until)) is not None:
            moment, turn = coming
            await self._skip_to(moment)
            await turn()
        await self._skip_to(until)

    def _coming(self, until: datetime) -> Turn | None:
        """The worker stops or starts by then, or a night comes before. A night in the outage waits for its end."""
        night = self._night if self._night is not None and self._night < until and self._is_working else None
        if self._turns and self._turns[0][0] <= until and (night is None or self._turns[0][0] <= night):
            return self._turns.pop(0)
        return (night, self._look) if night is not None else None

    async def _look(self) -> None:
        """The night's check."""
        night, self._night = self._night, None
        if night is None or (await self._file()).closed_at is not None:
            return
        now = self._awake(night)
        await self._all_noticed(now, is_late=now > night)
        looked = await Night(self.store).look(Page(at=now, refs=(self.opening.ref,)))
        seq = (await self._file()).seq
        for one in looked.found:
            await self.door.observed(one.ref, one.fact)

        async def recorded() -> bool:
            return (await self._file()).seq >= seq + len(looked.found)

        await _until(recorded)
        self._night = self._night_after(now)

    async def _all_noticed(self, now: datetime, *, is_late: bool) -> None:
        """Once the store has what fell due up to now, and after an outage what was told in it."""

        async def noticed() -> bool:
            file = await self._file()
            if any(clock.due <= now and not clock.noticed_at for clock in file.clocks.values()):
                return False
            return not (is_late and (await self._to_do(file) or file.seq != (await self.standing()).seq))

        await _until(noticed)

    def _night_after(self, moment: datetime) -> datetime:
        return night_after(moment, of(self.opening.edition))

    def _awake(self, moment: datetime) -> datetime:
        return self._outage.until if self._outage and self._outage.holds(moment) else moment

    async def _moment_for(self, told: Happening) -> datetime:
        """Just before what falls due at the same moment: told then is told in time, and not left to chance."""
        now = told.recorded_at
        clocks = list((await self._file()).clocks.values())
        for ref in (await self._beside()).values():
            if (file := await self._file_beside(ref)) is not None:
                clocks += file.clocks.values()
        return now - _JUST_BEFORE if any(clock.due == now for clock in clocks) else now

    async def entries(self) -> list[Entry]:
        async with self.store.reading() as db:
            return [line.entry() for line in await timeline.entries_of(db, self.opening.ref)]

    async def standing(self) -> Standing:
        return await self.door.standing(self.opening.ref)

    async def _sent(self, entry: Entry) -> None:
        ref = self.opening.ref
        if isinstance(entry.fact, ReportReceived):
            await self.door.open(self.opening, entry)
        elif isinstance(entry.fact, IncidentReported):
            if (await self._file()).closed_at is not None:  # what outlives the case may keep it running
                raise CaseNotRunning(ref)
            await self.door.incident(ref, entry)
        else:
            await self.door.record(ref, entry)

    async def _turn_away_as_closed(self, entry: Entry) -> None:
        """As the API does: nothing runs a closed case, and its register says why."""
        file = await self._file()
        if refusal := refusal_now(file, type(entry.fact), of(file.edition)):
            self.refused.append(TurnedAway(entry=entry, refusal=refusal))

    async def _at_rest(self, entry: Entry) -> None:
        """Once the store has what the case has, and no letter is on its way. A closed case takes no incident."""

        async def at_rest() -> bool:
            async with self.store.reading() as db:
                known = await timeline.place_of(db, self.opening.ref, entry.id)
            file = await self._file()
            taken = known is not None or file.closed_at is not None
            return taken and await self._quiet()

        await _until(at_rest)

    async def _quiet(self) -> bool:
        """The store has what the case has and what is beside it, and nobody has anything left to do."""
        for key, ref in (await self._beside()).items():
            kind, kept = without_number(key), await self._file_beside(ref)
            if kept is None or kept.seq == 0 or KINDS[kind].duties(kept):
                return False
            if kept.seq != (await door_to(kind, self.door).file(ref)).seq:
                return False
        file = await self._file()
        return not await self._to_do(file) and file.seq == (await self.standing()).seq

    async def _to_do(self, file: CaseFile) -> list[Duty]:
        """What goes at this hour."""
        now = await self.server.get_current_time()
        return [duty for duty in duties(file) if goes_from(duty, now) <= now]

    async def _beside(self) -> dict[str, str]:
        """References by the key of the matter."""
        async with self.store.reading() as db:
            lines = await procedures.of_case(db, self.opening.ref)
        begun = [line for line in lines if line.ref not in self.asked.values()]
        return {f"{line.kind}-{number_of(line.ref)}": line.ref for line in begun} | self.asked

    async def replays(self) -> None:
        """Every run of the case and of each thing beside it. Raises NondeterminismError."""
        beside = [id_of(KINDS[without_number(key)].rulebook, ref) for key, ref in (await self._beside()).items()]
        for id_ in (workflow_id(self.opening.ref), *beside):
            async for history in every_run(self.server.client, id_):
                await replayer(self.server.client.data_converter).replay_workflow(history)

    async def _file_beside(self, ref: str) -> ProcedureFile | None:
        async with self.store.reading() as db:
            return await procedures.file_of(db, ref)

    async def beside(self) -> dict[str, tuple[ProcedureFile, list[Recorded[Any]]]]:
        """By the key of the matter, each as it opened and its timeline."""
        found: dict[str, tuple[ProcedureFile, list[Recorded[Any]]]] = {}
        for key, ref in (await self._beside()).items():
            async with self.store.reading() as db:
                lines = await timeline.entries_of(db, ref)
                kept = await procedures.kept_of(db, ref)
            if kept is not None:
                told = [one.entry_as(kept.kind.rulebook.entry) for one in lines]
                found[key] = (kept.opening, told)
        return found

    async def _file(self) -> CaseFile:
        async with self.store.reading() as db:
            return await cases.file_of(db, self.opening.ref) or self.opening

    async def _work(self) -> None:
        await self._working.enter_async_context(self._make_worker())
        self._is_working = True

    async def _stop_working(self) -> None:
        self._is_working = False
        await self._working.aclose()

    async def _skip_to(self, moment: datetime) -> None:
        ahead = moment - await self.server.get_current_time()
        if ahead <= timedelta(0):
            return
        skipping = asyncio.ensure_future(skip(self.server, ahead, _PATIENCE))
        async with asyncio.timeout(_PATIENCE):
            over = (await self._file()).finished
            if not self._is_working or (await forgotten(self.server, skipping, over=over) and await self._quiet()):
                await unhindered(self.server, skipping)
            await skipping


async def _until(ready: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while True:
            if await ready():
                return
            await asyncio.sleep(0.02)
