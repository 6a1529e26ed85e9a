"""Whether the store is there, and its tables are those of this release or a newer one."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from sqlalchemy import text

from store.away import StoreAway, StoreRefused
from store.sessions import Store

_AT: Final = text("SELECT version_num FROM alembic_version")


class StoreIs(StrEnum):
    """`behind`: migrations of this release have not run there."""

    HERE = "here"
    BEHIND = "behind"
    AWAY = "away"


async def how_is(store: Store, revisions: Sequence[str], *, quietly: bool = False) -> StoreIs:
    """`revisions` are all that this release knows, the newest first: one that it does not know is newer, and
    serves it, too. The log says why the store refuses to tell, unless `quietly`.
    """
    try:
        async with store.looking(quietly=quietly) as db:
            at = await db.connection.scalar(_AT)
    except StoreAway:
        return StoreIs.AWAY
    except StoreRefused:
        return StoreIs.BEHIND
    return StoreIs.BEHIND if at is None or at in revisions[1:] else StoreIs.HERE
