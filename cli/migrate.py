"""Brings the database to this version, tells Temporal which search attributes cases carry, keeps its schedules."""

import asyncio
from importlib.resources import files

import asyncpg
import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import RPCError

from runtime.database import Tls, dsn, tls
from runtime.settings import Settings
from runtime.temporal import SEARCH_ATTRIBUTES, connect
from workers.schedules import keep_schedules

log = structlog.get_logger()


def migrate(wanted: Settings) -> None:
    """Safe to repeat. Waits for PostgreSQL and Temporal. Raises MigrationUrlMissing."""
    if wanted.migration_database_url is None:
        raise MigrationUrlMissing("CASEWORK_MIGRATION_DATABASE_URL: the owning role's URL is needed to migrate")
    owner = wanted.migration_database_url.get_secret_value()
    encrypted = tls(wanted)
    asyncio.run(make_role(owner, wanted.database_url.get_secret_value(), encrypted))
    migrate_database(owner, encrypted)
    asyncio.run(_prepare_engine(wanted))


class MigrationUrlMissing(ValueError):
    """Migrations run under the owning role, whose URL is not among the settings."""


def migrate_database(owner_url: str, encrypted: Tls = "prefer") -> None:
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes["url"] = owner_url
    config.attributes["tls"] = encrypted
    command.upgrade(config, "head")
    log.info("database_migrated")


async def make_role(owner_url: str, app_url: str, encrypted: Tls = "prefer") -> None:
    """The role that api, worker and relay use: it may append to the timeline and never change it."""
    app = make_url(app_url)
    connection = await _connected(dsn(owner_url), encrypted)
    try:
        if await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", app.username) is None:
            statement = await connection.fetchval(
                "SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', $1::text, $2::text)", app.username, app.password
            )
            await connection.execute(statement)
            log.info("role_made", role=app.username)
    finally:
        await connection.close()


async def _connected(url: str, encrypted: Tls) -> "asyncpg.Connection[asyncpg.Record]":
    while True:
        try:
            return await asyncpg.connect(url, ssl=encrypted)
        except (OSError, asyncpg.CannotConnectNowError) as away:
            log.warning("store_away", error=type(away).__name__)
            await asyncio.sleep(1)


async def _prepare_engine(wanted: Settings) -> None:
    client = await connect(wanted)
    service = client.operator_service
    namespace = wanted.temporal_namespace
    while True:
        try:
            known = await service.list_search_attributes(ListSearchAttributesRequest(namespace=namespace))
            missing = {
                name: IndexedValueType.ValueType(kind.value)
                for name, kind in SEARCH_ATTRIBUTES.items()
                if name not in known.custom_attributes
            }
            if missing:
                wish = AddSearchAttributesRequest(namespace=namespace, search_attributes=missing)
                await service.add_search_attributes(wish)
            await keep_schedules(client, wanted)
        except (RPCError, RuntimeError) as away:
            log.warning("engine_away", error=type(away).__name__)
            await asyncio.sleep(1)
        else:
            log.info("search_attributes_known", added=len(missing))
            return
