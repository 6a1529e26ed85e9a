"""Brings the database to this version, tells Temporal which search attributes cases carry, keeps its schedules."""

import asyncio
from contextlib import suppress
from importlib.resources import files
from typing import Final

import asyncpg
import structlog
from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import RPCError

from runtime.database import Tls, dsn, tls
from runtime.settings import Settings
from runtime.temporal import SEARCH_ATTRIBUTES, connect
from workers.schedules import keep_schedules

ROLES: Final = ("casework_app", "casework_worker", "casework_reporting")
"""The API's, the worker's, and for reports, which sees nobody and nobody's words. None of them owns a table."""

log = structlog.get_logger()


def migrate(wanted: Settings) -> None:
    """Safe to repeat. Waits for PostgreSQL and Temporal. Raises MigrationUrlMissing, DatabaseIsNewer and
    TableInUse.
    """
    if wanted.migration_database_url is None:
        raise MigrationUrlMissing("CASEWORK_MIGRATION_DATABASE_URL: the owning role's URL is needed to migrate")
    owner = wanted.migration_database_url.get_secret_value()
    urls = [url.get_secret_value() for url in (wanted.database_url, wanted.worker_database_url) if url]
    encrypted = tls(wanted)
    asyncio.run(make_roles(owner, *urls, encrypted=encrypted))
    migrate_database(owner, encrypted)
    asyncio.run(_prepare_engine(wanted))


class MigrationUrlMissing(ValueError):
    """Migrations run under the owning role, whose URL is not among the settings."""


class DatabaseIsNewer(RuntimeError):
    """Migrations have run that this release does not know."""


class TableInUse(RuntimeError):
    """Somebody reads or writes it for so long that everybody else would have waited behind the migration."""


def migrate_database(owner_url: str, encrypted: Tls = "prefer") -> None:
    """Raises DatabaseIsNewer and TableInUse."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes["url"] = owner_url
    config.attributes["tls"] = encrypted
    try:
        command.upgrade(config, "head")
    except CommandError as refused:
        if not isinstance(refused.__cause__, ResolutionError):
            raise
        raise DatabaseIsNewer("The database is of a newer release, so there is nothing to migrate.") from refused
    except DBAPIError as failed:
        if failed.orig is None or not isinstance(failed.orig.__cause__, asyncpg.LockNotAvailableError):
            raise
        raise TableInUse(
            "A table that is to be changed is in use for long, as by a report that is being made. Nothing was left"
            " half changed. Try again in a few minutes."
        ) from failed
    log.info("database_migrated")


async def make_roles(owner_url: str, *urls: str, encrypted: Tls = "prefer") -> None:
    """The roles of these URLs, and those that nobody has a URL for yet, who cannot connect until they are given a
    password. What each may do, migrations say.
    """
    passwords = {make_url(url).username: make_url(url).password for url in urls}
    connection = await _connected(dsn(owner_url), encrypted)
    try:
        for role, password in (dict.fromkeys(ROLES) | passwords).items():
            if await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role) is None:
                how = "'CREATE ROLE %I LOGIN PASSWORD %L'" if password else "'CREATE ROLE %I NOLOGIN'"
                statement = await connection.fetchval(f"SELECT format({how}, $1::text, $2::text)", role, password)
                with suppress(asyncpg.DuplicateObjectError, asyncpg.UniqueViolationError):  # made meanwhile
                    await connection.execute(statement)
                    log.info("role_made", role=role)
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
