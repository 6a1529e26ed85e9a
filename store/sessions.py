"""Ways into PostgreSQL. Who takes `Reading` cannot write; `Writing` is a transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import MetaData, Tuple, Uuid, literal, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from policy.permissions import Relation
from store.away import failures_named

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


@dataclass(frozen=True)
class Viewer:
    """Who looks, their teams, and the relations to a case under which they may see it."""

    id: str
    teams: tuple[str, ...]
    sees: tuple[str, ...]

    @property
    def only_named(self) -> bool:
        """Whether they may see no case but those that name them, which are found by that."""
        return {*self.sees} <= _NAMED


_NAMED: Final = frozenset({Relation.MINE, Relation.EMERGENCY})
EVERYTHING: Final = Viewer("", (), ("*",))
"""What the system itself does for its callers: it looks at everything, and shows what was told on cases in a
person's record alone. (ADR 23)
"""

_LOOKING: Final = text(
    "SELECT set_config('casework.me', :me, true), set_config('casework.sees', :sees, true),"
    " set_config('casework.colleagues', colleagues(:teams), true)"
)
_BETWEEN: Final = "\x1f"
"""Of several in one setting; nobody is called so."""


@dataclass(frozen=True)
class Reading:
    """A read-only transaction of the `viewer`. All that is read in it stood there at the same moment."""

    connection: AsyncConnection
    viewer: Viewer | None = None


@dataclass(frozen=True)
class Writing(Reading):
    """A transaction that commits when its block ends and rolls back when the block raises."""


@dataclass(frozen=True)
class Store:
    """The API's role is shown no case unless the store says who looks; the worker's is shown all."""

    engine: AsyncEngine
    viewer: Viewer | None = None

    def seen_by(self, viewer: Viewer) -> "Store":
        return replace(self, viewer=viewer)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reading]:
        """Raises StoreAway and StoreRefused."""
        with failures_named():
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                await self._told_who_looks(connection)
                yield Reading(connection, self.viewer)

    @asynccontextmanager
    async def looking(self, *, quietly: bool = False) -> AsyncIterator[Reading]:
        """For one question about no case, which needs no transaction: one round trip in place of three. Raises as
        `reading`.
        """
        with failures_named(quietly=quietly):
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                yield Reading(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Writing]:
        """Raises StoreAway and StoreRefused, also from the commit."""
        with failures_named():
            async with self.engine.begin() as connection:
                await self._told_who_looks(connection)
                yield Writing(connection, self.viewer)

    async def _told_who_looks(self, connection: AsyncConnection) -> None:
        if self.viewer is not None:
            sees = _BETWEEN.join(self.viewer.sees)
            looking = {"me": self.viewer.id, "sees": sees, "teams": list(self.viewer.teams)}
            await connection.execute(_LOOKING, looking)


def behind(after: tuple[date, str]) -> Tuple:
    """A moment or day and a UUID as PostgreSQL compares them with a row's: where the page before ended."""
    return tuple_(literal(after[0]), literal(after[1], Uuid(as_uuid=False)))
