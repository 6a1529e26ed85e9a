"""Private links of people on cases: to what, whose, until when, and every use of one. A link has no secret here;
the door signs its id. Who has said the second fact is known for a while by the SHA-256 of their browser's secret.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.deadlines import Deadline
from policy.frozen import Frozen
from policy.private_links import LinkPurpose
from store.sessions import METADATA, Reading, Writing

private_links = Table(
    "private_links",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("matter", Text),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("revoked_by", Text),
    Column("wrong", Integer, nullable=False),
    Column("locked_at", DateTime(timezone=True)),
    Column("owed", JSONB),
)
uses = Table(
    "private_link_uses",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("link_id", Uuid(as_uuid=False), nullable=False),
    Column("what", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("last_at", DateTime(timezone=True)),
)
visits = Table(
    "private_link_visits",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("link_id", Uuid(as_uuid=False), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),
)

MOST_WRONG: Final = 5
"""In a row."""
MOST_WRONG_EVER: Final = 15
"""Whoever has the link could guess on each time that whoever it is for has answered right."""
IDLE: Final = timedelta(minutes=20)


class What(StrEnum):
    ISSUED = "issued"
    OPENED = "opened"
    ANSWERED_RIGHT = "answered_right"
    ANSWERED_WRONG = "answered_wrong"
    LOCKED = "locked"
    SEEN = "seen"
    LEFT = "left"
    REVOKED = "revoked"


_AS_OFTEN_AS_THEY_LIKE: Final = frozenset({What.OPENED, What.ANSWERED_RIGHT, What.SEEN, What.LEFT})


class NewLink(Frozen):
    """`key` tells it from others of its purpose on the case: the letter's that it stands in, say."""

    case_ref: str
    key: str
    purpose: LinkPurpose
    person: str
    matter: str | None = None
    by: str
    lasts: timedelta

    @property
    def id(self) -> str:
        """The same for the same three, so that a letter that is made out again has the same link."""
        return str(uuid5(NAMESPACE_URL, f"casework:private-link:{self.case_ref}/{self.key}/{self.purpose}"))


class PrivateLink(Frozen):
    id: str
    case_ref: str
    purpose: LinkPurpose
    person: str
    matter: str | None
    issued_at: datetime
    issued_by: str
    expires_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None
    wrong: int
    locked_at: datetime | None

    def holds(self, now: datetime) -> bool:
        return self.revoked_at is None and self.locked_at is None and now < self.expires_at


class LinkUse(Frozen):
    """The same thing again within twenty minutes is one use, until `last_at`; None where it was once."""

    what: What
    at: datetime
    last_at: datetime | None = None


class UsedLink(PrivateLink):
    uses: tuple[LinkUse, ...]


_COLUMNS: Final = tuple(private_links.c[name] for name in PrivateLink.model_fields)


async def issue(db: Writing, new: NewLink, now: datetime) -> PrivateLink:
    """Safe to repeat: it stays as it was issued first, also where it has been revoked since."""
    row = {
        "id": new.id,
        "issued_at": now,
        "issued_by": new.by,
        "expires_at": now + new.lasts,
        "wrong": 0,
        **new.model_dump(include={"case_ref", "purpose", "person", "matter"}),
    }
    added = insert(private_links).values(**row).on_conflict_do_nothing().returning(private_links.c.id)
    if await db.connection.scalar(added) is not None:
        await note(db, new.id, What.ISSUED, now)
    kept = await by_id(db, new.id)
    if kept is None:
        raise LookupError(new.id)
    return kept


async def link_for(db: Writing, new: NewLink, address: Callable[[str, datetime], str], now: datetime) -> str:
    """The address of somebody's link, issued if it is not yet. `address` signs an id until a moment."""
    kept = await issue(db, new, now)
    return address(kept.id, kept.expires_at)


async def by_id(db: Reading, id_: str) -> PrivateLink | None:
    row = (await db.connection.execute(select(*_COLUMNS).where(private_links.c.id == id_))).one_or_none()
    return None if row is None else PrivateLink(**row._asdict())


async def lock(db: Writing, id_: str) -> PrivateLink | None:
    """The link, held until the transaction ends: nobody guesses twice at once."""
    await db.connection.execute(select(private_links.c.id).where(private_links.c.id == id_).with_for_update())
    return await by_id(db, id_)


async def of_case(db: Reading, ref: str) -> list[UsedLink]:
    """The newest first, each with its uses in order."""
    found = select(*_COLUMNS).where(private_links.c.case_ref == ref).order_by(private_links.c.issued_at.desc())
    rows = [row._asdict() for row in await db.connection.execute(found)]
    of_all = select(uses).where(uses.c.link_id.in_([row["id"] for row in rows])).order_by(uses.c.at, uses.c.id)
    by_link: dict[str, list[dict[str, Any]]] = {}
    for use in await db.connection.execute(of_all):
        by_link.setdefault(use.link_id, []).append({"what": use.what, "at": use.at, "last_at": use.last_at})
    return [UsedLink.model_validate(row | {"uses": by_link.get(row["id"], [])}) for row in rows]


def of_cases(refs: Sequence[str]) -> ColumnElement[bool]:
    """Uses of their links."""
    return uses.c.link_id.in_(select(private_links.c.id).where(private_links.c.case_ref.in_(refs)))


async def note(db: Writing, id_: str, what: What, now: datetime) -> None:
    """What anybody may do as often as they like is bounded; each wrong answer stands by itself."""
    if what in _AS_OFTEN_AS_THEY_LIKE and await _goes_on(db, id_, what, now):
        return
    await db.connection.execute(insert(uses).values(id=str(uuid4()), link_id=id_, what=what, at=now))


async def _goes_on(db: Writing, id_: str, what: What, now: datetime) -> bool:
    """Two that come first at the same moment may be two uses."""
    last = func.coalesce(uses.c.last_at, uses.c.at)
    lately = (uses.c.link_id == id_) & (uses.c.what == what) & (last > now - IDLE)
    newest = select(uses.c.id).where(lately).order_by(last.desc()).limit(1).scalar_subquery()
    longer = update(uses).where(uses.c.id == newest).values(last_at=func.greatest(last, now))
    return (await db.connection.execute(longer)).rowcount > 0


async def answered_wrong(db: Writing, link: PrivateLink, owed: Deadline, now: datetime) -> int:
    """Of a link that is held. How many tries are left: with none it is locked, and `owed` is its officer's."""
    await note(db, link.id, What.ANSWERED_WRONG, now)
    all_wrong = (uses.c.link_id == link.id) & (uses.c.what == What.ANSWERED_WRONG)
    ever = await db.connection.scalar(select(func.count()).where(all_wrong)) or 0
    left = max(0, min(MOST_WRONG - link.wrong - 1, MOST_WRONG_EVER - ever))
    told = {} if left else {"locked_at": now, "owed": owed.model_dump(mode="json")}
    await _change(db, link.id, wrong=link.wrong + 1, **told)
    if not left:
        await note(db, link.id, What.LOCKED, now)
        await db.connection.execute(delete(visits).where(visits.c.link_id == link.id))
    return left


async def answered_right(db: Writing, link: PrivateLink, secret: str, now: datetime) -> None:
    await note(db, link.id, What.ANSWERED_RIGHT, now)
    await _change(db, link.id, wrong=0)
    await db.connection.execute(delete(visits).where(visits.c.used_at < now - IDLE))
    await db.connection.execute(insert(visits).values(id=_hashed(secret), link_id=link.id, used_at=now))


async def visited(db: Writing, secret: str, now: datetime) -> PrivateLink | None:
    """Whose browser this is for as long as it goes on; None where it did not for a while."""
    mine = (visits.c.id == _hashed(secret)) & (visits.c.used_at > now - IDLE)
    id_ = await db.connection.scalar(update(visits).where(mine).values(used_at=now).returning(visits.c.link_id))
    return None if id_ is None else await by_id(db, id_)


async def leave(db: Writing, secret: str, now: datetime) -> None:
    gone = delete(visits).where(visits.c.id == _hashed(secret)).returning(visits.c.link_id)
    if (id_ := await db.connection.scalar(gone)) is not None:
        await note(db, id_, What.LEFT, now)


async def revoke(db: Writing, ref: str, id_: str, by: str, now: datetime) -> bool:
    """Safe to repeat. False where the case has no such link."""
    link = await lock(db, id_)
    if link is None or link.case_ref != ref:
        return False
    if link.revoked_at is None:
        await _change(db, id_, revoked_at=now, revoked_by=by, owed=None)
        await note(db, id_, What.REVOKED, now)
        await db.connection.execute(delete(visits).where(visits.c.link_id == id_))
    return True


async def _change(db: Writing, id_: str, **told: object) -> None:
    await db.connection.execute(update(private_links).where(private_links.c.id == id_).values(**told))


def _hashed(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
