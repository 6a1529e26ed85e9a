"""Whether something was told before under its key: as a fact of that case, or as a report of any."""

from typing import Final, NamedTuple

from sqlalchemy import Text, Uuid, bindparam, text

from store.sessions import Store
from store.timeline import Place


class Before(NamedTuple):
    """`place` is where it stands in the timeline; `reported`, that a report came with the key."""

    place: Place | None
    reported: bool


_ASKED: Final = text("SELECT * FROM told_before(:ref, :key)").bindparams(
    bindparam("ref", type_=Text), bindparam("key", type_=Uuid(as_uuid=False))
)


async def told_before(store: Store, ref: str, key: str) -> Before:
    """One question, since every fact waits for it."""
    async with store.looking() as db:
        row = (await db.connection.execute(_ASKED, {"ref": ref, "key": key})).one()
    return Before(None if row.seq is None else Place(row.seq, row.digest), row.reported)
