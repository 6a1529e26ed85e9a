"""What each request of somebody whom we know asks of PostgreSQL, as one question, since all of them wait for it:
whether they come too often, how the case concerns them, and what of theirs is written down already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Text, bindparam, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from policy.caller import Caller
from policy.permissions import Relation
from store.lookings import looked_lately
from store.rate_limits import Limit, turn
from store.sessions import Store

_REQUESTS: Final = "requests "


@dataclass(frozen=True)
class Asked:
    """`wait` is for who comes too often; `relation` is there where there is such a case, and what they `looked` at
    it for is written down already.
    """

    wait: timedelta | None
    relation: Relation | None
    looked: frozenset[str]


def columns(who: ColumnElement[str], teams: ColumnElement[Sequence[str]]) -> tuple[ColumnElement[Any], ...]:
    """Of somebody who stands in the database under their name anyway, so their digest has no key."""
    ref = bindparam("ref", type_=Text)
    their_requests = func.sha256(func.convert_to(literal(_REQUESTS) + who, "UTF8"))
    return (
        turn(their_requests).label("wait"),
        func.relation_to(ref, who, teams).label("relation"),
        looked_lately(ref, who).label("looked"),
    )


def values(ref: str | None, limit: Limit) -> dict[str, object]:
    """What `columns` are told; `ref` is a case, or what is carried on beside one."""
    named = None if ref is None or "\0" in ref else ref  # which PostgreSQL cannot look for
    return {"ref": named, **limit.in_words}


def found(row: Row[*tuple[Any, ...]]) -> Asked:
    """What `columns` tell."""
    return Asked(row.wait, None if row.relation is None else Relation(row.relation), frozenset(row.looked))


_TEAMS: Final[ColumnElement[Sequence[str]]] = bindparam("teams", type_=ARRAY(Text))
_BY_TOKEN: Final = select(*columns(bindparam("me", type_=Text), _TEAMS))


async def asked_by(store: Store, caller: Caller, ref: str | None, limit: Limit) -> Asked:
    """Of who says by a token who they are. Raises StoreAway and StoreRefused."""
    who: dict[str, object] = {"me": caller.id, "teams": sorted(caller.teams)}
    async with store.looking() as db:
        return found((await db.connection.execute(_BY_TOKEN, who | values(ref, limit))).one())
