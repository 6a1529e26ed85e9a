"""A story through the real workflows: real worker and activities, PostgreSQL, a mailbox, and a Temporal server
that skips time. It is moved ahead by a multiple of 28 years, after which days of the week and London's changes of
the clock are the same; closure days move with it, since a case is given them and looks none up.
"""

import asyncio
import json
import shutil
import sysconfig
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from pydantic import SecretStr
from sqlalchemy import make_url
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.testing import WorkflowEnvironment

from cli.migrate import make_roles, migrate_database
from cli.story.case import LiveCase
from cli.story.command import NoTimeSkipper
from cli.story.file import Story
from cli.story.shifted import differences, moment_shifted, renamed, shifted
from policy.case_file import CaseFile
from policy.editions import of
from policy.editions.agencies import AgencyChannel
from policy.procedures.base import ProcedureFile
from policy.procedures.base import beside as beside_case
from policy.simulation import Happening, Played, PlayedFile, ToldBeside, TurnedAway, replayed
from policy.simulation.beside import asked_for
from policy.standing import Standing
from policy.working_days import london_day
from runtime.database import working_engine
from runtime.embedded.mailbox import Mailbox, start_mailbox
from runtime.embedded.postgres import start_postgres
from runtime.encryption import data_converter
from runtime.keyring import new_key
from runtime.settings import AgencyAddress, Settings
from runtime.temporal import SEARCH_ATTRIBUTES
from store import cases
from store.sessions import EVERYTHING, Store
from workers.worker import make_worker
from workflows.case_door import CaseDoor

_DATABASE: Final = "stories"
_CYCLE: Final = 28
"""Years after which the calendar repeats, until 2099."""
_PATIENCE: Final = 30.0
_TIME_SKIPPER: Final = "temporal-test-server"
"""It listens on every interface while it lives, and offers no choice."""


@dataclass(frozen=True)
class Stage:
    """The servers that all stories share."""

    settings: Settings
    store: Store
    mailbox: Mailbox
    runtime: Runtime


@dataclass(frozen=True)
class Lived:
    """The timeline played back, in the story's own years, and where the live case itself says that it stands."""

    played: Played
    standing: Standing


@asynccontextmanager
async def live_stage() -> AsyncIterator[Stage]:
    """Servers of our own for as long as the block runs. Call it from the main thread."""
    async with AsyncExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="casework-stories-")))
        postgres = await start_postgres(home / "postgres", durable=False)
        stack.push_async_callback(postgres.stop)
        await postgres.create_database(_DATABASE)
        owner = postgres.url(_DATABASE)
        app = make_url(owner).set(username="casework_worker").render_as_string(hide_password=False)
        await make_roles(owner, app)
        await asyncio.to_thread(migrate_database, owner)
        yield await stack.enter_async_context(stage_on(app, home / "mail"))


@asynccontextmanager
async def stage_on(database_url: str, mail: Path) -> AsyncIterator[Stage]:
    """A mailbox beside a database that is there and migrated."""
    async with AsyncExitStack() as stack:
        mailbox = await start_mailbox(mail)
        stack.push_async_callback(mailbox.stop)
        wanted = Settings(
            database_url=SecretStr(database_url),
            token_secret=SecretStr("nobody signs in to a story, nobody"),
            encryption_keys=SecretStr(json.dumps({"story": new_key()})),
            evidence_url=(mail / "evidence").absolute().as_uri(),
            task_queue="stories",
            smtp_host=mailbox.host,
            smtp_port=mailbox.port,
            smtp_encryption="none",
            smtp_username=None,
        )
        database = working_engine(wanted)
        stack.push_async_callback(database.dispose)
        quiet = LoggingConfig(filter=TelemetryFilter(core_level="ERROR", other_level="ERROR"))
        yield Stage(
            wanted, Store(database, EVERYTHING), mailbox, Runtime(telemetry=TelemetryConfig(logging=quiet))
        )


async def play_live(story: Story, stage: Stage) -> Lived:
    """Raises NoTimeSkipper without a server that skips time; TimeoutError when the case comes to no rest;
    NondeterminismError when its history does not replay.
    """
    async with await _time_skipping_server(stage) as server:
        await server.client.operator_service.add_search_attributes(_search_attributes())
        years = _years_ahead(story, await server.get_current_time())
        case = LiveCase(
            server,
            stage.store,
            CaseDoor(server.client, stage.settings.task_queue, seconds=_PATIENCE),
            lambda: make_worker(server.client, _settings_for(stage.settings, story), stage.store),
            opening=await _registered(story, years, stage.store),
            outage=shifted(story.outage, years) if story.outage else None,
        )
        async with case:
            for told in story.entries:
                await case.tell(_shifted(told, years, {story.opening.ref: case.opening.ref}))
            await case.run_on(moment_shifted(story.stops_at, years))
            await case.replays()
            return await _in_its_own_years(story, years, case)


async def _time_skipping_server(stage: Stage) -> WorkflowEnvironment:
    """Started again where a busy machine takes longer over it than the SDK waits."""

    async def started() -> WorkflowEnvironment:
        return await WorkflowEnvironment.start_time_skipping(
            data_converter=data_converter(stage.settings.keyring, stage.settings.temporal_namespace),
            test_server_existing_path=str(time_skipper()),
            runtime=stage.runtime,
        )

    for _ in range(2):
        with suppress(RuntimeError):
            return await started()
    return await started()


def _settings_for(wanted: Settings, story: Story) -> Settings:
    """Every agency that the edition reaches by e-mail has an address, but for those that the story cannot reach.
    What a worker that goes away has cached, the server would go on waiting for: with an outage there is no cache.
    """
    agencies = of(story.opening.edition).agencies
    reached = {
        agency.key: AgencyAddress(name=agency.name, email=f"{agency.key}@agency.invalid")
        for agency in agencies
        if agency.channel is AgencyChannel.MAIL and agency.key not in story.unreachable
    }
    cached = wanted.max_cached_cases if story.outage is None else 0
    return wanted.model_copy(update={"agencies": reached, "max_cached_cases": cached})


async def _in_its_own_years(story: Story, years: int, case: LiveCase) -> Lived:
    beside = await case.beside()
    names = {ref: asked_for(key, story.opening).ref for key, ref in case.asked.items()}
    names[case.opening.ref] = story.opening.ref
    played = replayed(
        story.opening,
        [renamed(shifted(entry, -years), names) for entry in await case.entries()],
        _turned_away(case.refused, years),
        beside={
            matter: (
                _opened_in(story, matter, opening),
                [renamed(shifted(entry, -years), names) for entry in told],
            )
            for matter, (opening, told) in beside.items()
        },
        refused_beside={matter: _turned_away(refused, years) for matter, refused in case.refused_beside.items()},
        outage=story.outage,
        until=story.stops_at,
    )
    standing = shifted(await case.standing(), -years)
    return Lived(played, standing.model_copy(update={"ref": story.opening.ref}))


def _opened_in(story: Story, matter: str, opening: ProcedureFile) -> ProcedureFile:
    """In the story's own years, of the story's case where one began it."""
    if opening.case is None:
        return asked_for(matter, story.opening)
    told = {"ref": beside_case(story.opening.ref, matter), "case": story.opening.ref}
    return opening.with_(**told, closure_days=story.opening.closure_days)


def _shifted(told: Happening, years: int, names: dict[str, str]) -> Happening:
    if isinstance(told, ToldBeside):
        return ToldBeside(told.on, renamed(shifted(told.entry, years), names))
    return shifted(told, years)


def _turned_away(refused: list[TurnedAway[Any]], years: int) -> list[TurnedAway[Any]]:
    return [TurnedAway(shifted(one.entry, -years), shifted(one.refusal, -years)) for one in refused]


async def _registered(story: Story, years: int, store: Store) -> CaseFile:
    """The case before its first fact, as intake makes it."""
    opening = shifted(story.opening, years)
    at = moment_shifted(story.entries[0].at, years)
    async with store.writing() as db:
        ref = await cases.next_ref(db, london_day(at).year)
        return await cases.register(db, ref, opening.edition, opening.closure_days, at)


def _years_ahead(story: Story, now: datetime) -> int:
    years = _CYCLE
    while moment_shifted(story.entries[0].recorded_at, years) < now:
        years += _CYCLE
    return years


def _search_attributes() -> AddSearchAttributesRequest:
    kinds = {name: IndexedValueType.ValueType(kind.value) for name, kind in SEARCH_ATTRIBUTES.items()}
    return AddSearchAttributesRequest(search_attributes=kinds)


def time_skipper() -> Path:
    beside_python = Path(sysconfig.get_path("scripts")) / _TIME_SKIPPER
    if beside_python.exists():
        return beside_python
    on_path = shutil.which(_TIME_SKIPPER)
    if on_path is None:
        raise NoTimeSkipper(
            f"{_TIME_SKIPPER} is not there, and a live story needs it. "
            "Run `make check` once in Casework's folder: that fetches it."
        )
    return Path(on_path)


def disagreements(simulated: Played, lived: Lived) -> list[str]:
    """Where the live case went another way than the simulation; system facts may be seconds late."""
    live = lived.played
    return [
        *differences("fact", _told(simulated), _told(live)),
        *differences("refusal", _refusals(simulated), _refusals(live)),
        *differences("standing", simulated.standing.model_dump(), lived.standing.model_dump()),
        *differences("beside", _beside(simulated, _told), _beside(live, _told)),
        *differences("refusal beside", _beside(simulated, _refusals), _beside(live, _refusals)),
    ]


def _beside(played: Played, of: Callable[[PlayedFile[Any, Any]], list[object]]) -> dict[str, list[object]]:
    return {matter: of(each) for matter, each in played.beside.items()}


def _told(played: PlayedFile[Any, Any]) -> list[object]:
    return [entry.model_dump(exclude={"digest"}) for entry in played.entries]


def _refusals(played: PlayedFile[Any, Any]) -> list[object]:
    """Their sentences name dates, so they are left out."""
    return [(t.entry.id, t.refusal.model_dump(exclude={"sentence"})) for t in played.refused]
