"""Staff as they last signed in, their sign-ins that hold, and those under way. What opens one of them is a secret
that only a browser has: here is its SHA-256. Names stand here and nowhere else.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    Table,
    Text,
    any_,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from policy.caller import Groups
from store import asked
from store.asked import Asked
from store.lookings import lookings
from store.rate_limits import Limit
from store.sessions import METADATA, Reading, Writing

staff = Table(
    "staff",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("name", Text),
    Column("groups", ARRAY(Text), nullable=False),
    Column("signed_in_at", DateTime(timezone=True), nullable=False),
    Column("left_at", DateTime(timezone=True)),
)
signed_in = Table(
    "signed_in",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("provider_session", Text),
    Column("began_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),
)
signing_in = Table(
    "signing_in",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("goes_to", Text, nullable=False),
    Column("began_at", DateTime(timezone=True), nullable=False),
)

WITHIN: Final = timedelta(minutes=10)
"""How long somebody may take to sign in."""
_LOOKED_AT: Final = timedelta(minutes=1)
"""A sign-in that was used so lately need not be written again."""


@dataclass(frozen=True)
class Limits:
    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class Asking:
    """What they ask for: a case or what is carried on beside one, if any; which groups make which teams; and how
    often they may.
    """

    ref: str | None
    teams: Mapping[str, frozenset[str]]
    limit: Limit

    @property
    def in_words(self) -> dict[str, object]:
        pairs = [(team, group) for team, groups in self.teams.items() for group in groups]
        given: dict[str, object] = {"teams": [one for one, _ in pairs], "giving": [one for _, one in pairs]}
        return given | asked.values(self.ref, self.limit)


@dataclass(frozen=True)
class SignedIn:
    subject: str
    groups: frozenset[str]
    used_at: datetime
    asked: Asked | None

    def stale(self, now: datetime) -> bool:
        return now - self.used_at > _LOOKED_AT


@dataclass(frozen=True)
class Entering:
    """`session` is the provider's name for the sign-in, by which it can end it."""

    subject: str
    name: str | None = field(repr=False)
    groups: frozenset[str]
    session: str | None


@dataclass(frozen=True)
class Known:
    """As they last signed in. `left_at`: those who run Casework said that they had left."""

    subject: str
    name: str | None = field(repr=False)
    groups: frozenset[str]
    left_at: datetime | None

    def has_left(self, groups: Groups) -> bool:
        """Also where no group gives them a role any more, as far as the provider has told us."""
        return self.left_at is not None or groups.caller(self.subject, self.groups) is None


async def begin(db: Writing, secret: str, goes_to: str, now: datetime) -> None:
    """What nobody came back from is forgotten."""
    await db.connection.execute(delete(signing_in).where(signing_in.c.began_at < now - WITHIN))
    await db.connection.execute(insert(signing_in).values(id=_hashed(secret), goes_to=goes_to, began_at=now))


async def take(db: Writing, secret: str, now: datetime) -> str | None:
    """Where the sign-in under way goes to; only whoever asks first, and in time, is told."""
    mine = signing_in.c.id == _hashed(secret)
    taken = delete(signing_in).where(mine).returning(signing_in.c.goes_to, signing_in.c.began_at)
    row = (await db.connection.execute(taken)).one_or_none()
    return row.goes_to if row is not None and row.began_at > now - WITHIN else None


async def enter(db: Writing, person: Entering, secret: str, limits: Limits, now: datetime) -> None:
    """Under a new secret. Their groups of now hold for every other sign-in of theirs. Whoever had left is back."""
    told = {"name": person.name, "groups": sorted(person.groups), "signed_in_at": now, "left_at": None}
    known = insert(staff).values(subject=person.subject, **told)
    await db.connection.execute(known.on_conflict_do_update(index_elements=[staff.c.subject], set_=told))
    over = (signed_in.c.began_at < now - limits.longest) | (signed_in.c.used_at < now - limits.idle)
    await db.connection.execute(delete(signed_in).where(over))
    row = {"subject": person.subject, "provider_session": person.session, "began_at": now, "used_at": now}
    await db.connection.execute(insert(signed_in).values(id=_hashed(secret), **row))


async def regroup(db: Writing, subject: str, groups: frozenset[str]) -> None:
    """Of somebody who is known here and was not let in this time."""
    await db.connection.execute(update(staff).where(staff.c.subject == subject).values(groups=sorted(groups)))


_GIVEN: Final = (
    func.unnest(bindparam("teams", type_=ARRAY(Text)), bindparam("giving", type_=ARRAY(Text)))
    .table_valued("team", "giving")
    .render_derived()
)
_THEIR_TEAMS: Final = func.array(
    select(_GIVEN.c.team).where(_GIVEN.c.giving == any_(staff.c.groups)).scalar_subquery(), type_=ARRAY(Text)
)
_FIND: Final = (
    select(signed_in.c.subject, signed_in.c.used_at, staff.c.groups)
    .join(staff, staff.c.subject == signed_in.c.subject)
    .where(
        signed_in.c.id == bindparam("sign_in", type_=LargeBinary),
        signed_in.c.used_at > bindparam("idle_since", type_=DateTime(timezone=True)),
        signed_in.c.began_at > bindparam("ended_before", type_=DateTime(timezone=True)),
    )
)
_FIND_AND_ASK: Final = _FIND.add_columns(*asked.columns(signed_in.c.subject, _THEIR_TEAMS))
"""Both made once: to make one takes as long as to ask it."""


async def find(db: Reading, secret: str, limits: Limits, now: datetime, asking: Asking | None) -> SignedIn | None:
    """Whose it is, and what else each of their requests asks, which writes, too. `asking` None only reads."""
    holds = {"sign_in": _hashed(secret), "idle_since": now - limits.idle, "ended_before": now - limits.longest}
    query, given = (_FIND_AND_ASK, asking.in_words) if asking else (_FIND, {})
    row = (await db.connection.execute(query, holds | given)).one_or_none()
    if row is None:
        return None
    return SignedIn(row.subject, frozenset(row.groups), row.used_at, asked.found(row) if asking else None)


async def touch(db: Writing, secret: str, now: datetime) -> None:
    await db.connection.execute(update(signed_in).where(signed_in.c.id == _hashed(secret)).values(used_at=now))


async def name_of(db: Reading, subject: str) -> str | None:
    found = await db.connection.execute(select(staff.c.name).where(staff.c.subject == subject))
    return found.scalar_one_or_none()


async def known(db: Reading, subjects: Collection[str] | None = None) -> list[Known]:
    """Everybody, or those of them who have ever signed in."""
    query = select(staff.c.subject, staff.c.name, staff.c.groups, staff.c.left_at)
    if subjects is not None:
        query = query.where(staff.c.subject.in_(subjects))
    rows = await db.connection.execute(query)
    return [Known(row.subject, row.name, frozenset(row.groups), row.left_at) for row in rows]


async def leave(db: Writing, subject: str, now: datetime) -> bool:
    """From now on they do not work here, until they sign in again. False for somebody who never has."""
    gone = update(staff).where(staff.c.subject == subject).values(left_at=func.coalesce(staff.c.left_at, now))
    return bool((await db.connection.execute(gone)).rowcount)


async def never_here(db: Reading, subjects: Collection[str]) -> tuple[str, ...]:
    """Those of them who never signed in and never looked at anything, which by a token needs no sign-in."""
    found = await db.connection.scalars(
        select(staff.c.subject)
        .where(staff.c.subject.in_(subjects))
        .union(select(lookings.c.who).where(lookings.c.who.in_(subjects)))
    )
    return tuple(sorted(set(subjects) - set(found)))


async def end(db: Writing, secret: str) -> None:
    await db.connection.execute(delete(signed_in).where(signed_in.c.id == _hashed(secret)))


async def end_all(db: Writing, subject: str) -> int:
    """How many sign-ins ended."""
    return (await db.connection.execute(delete(signed_in).where(signed_in.c.subject == subject))).rowcount


async def end_there(db: Writing, session: str) -> int:
    """Those that the provider's own session stands behind: how many."""
    ended = await db.connection.execute(delete(signed_in).where(signed_in.c.provider_session == session))
    return ended.rowcount


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
