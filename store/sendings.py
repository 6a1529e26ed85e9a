"""Referrals as they went to their agency, once under one key each, and what came of sending them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Column, DateTime, LargeBinary, Table, Text, Uuid, select, update
from sqlalchemy.dialects.postgresql import insert

from store.letters import letter_id
from store.sessions import METADATA, Reading, Writing

sendings = Table(
    "sendings",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("ref", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("failure", Text),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("pdf", LargeBinary),
    Column("sha256", LargeBinary, nullable=False),
    Column("composed_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)


class SendingState(StrEnum):
    """`sending` is written before anybody is spoken to: found again later, it means in doubt. What did not go and
    is tried again is `composed`. Of what was `given_up` or refused, `failure` says in which way it failed last.
    """

    COMPOSED = "composed"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    GIVEN_UP = "given_up"


_UNDER_WAY: Final = frozenset({SendingState.SENDING})
_GIVES_WAY: Final = {
    SendingState.GIVEN_UP: frozenset({SendingState.COMPOSED}),
    SendingState.IN_DOUBT: frozenset({SendingState.COMPOSED, SendingState.SENDING}),
    SendingState.SENT: frozenset({SendingState.SENDING, SendingState.IN_DOUBT}),
}
"""Which states each may follow, where it is not only what is under way."""


@dataclass(frozen=True)
class Message:
    """What an agency gets: an e-mail's text with its PDF, or the body for the agency's own system."""

    subject: str
    body: str
    pdf: bytes | None = None


@dataclass(frozen=True)
class KeptSending:
    id: str
    state: SendingState
    failure: str | None
    message: Message


async def by_key(db: Reading, ref: str, key: str) -> KeptSending | None:
    row = (await db.connection.execute(select(sendings).where(sendings.c.id == letter_id(ref, key)))).one_or_none()
    if row is None:
        return None
    message = Message(row.subject, row.body, row.pdf)
    return KeptSending(row.id, SendingState(row.state), row.failure, message)


async def begin(db: Writing, ref: str, key: str, channel: str, message: Message, now: datetime) -> bool:  # noqa: PLR0913, PLR0917 - what goes where, and when
    """Keeps what is about to go, in place of what did not go before. False when somebody else has begun: of two
    attempts at once only one speaks to the agency.
    """
    going = {
        "channel": channel,
        "state": SendingState.SENDING,
        "subject": message.subject,
        "body": message.body,
        "pdf": message.pdf,
        "sha256": hashlib.sha256(message.pdf or message.body.encode()).digest(),
        "composed_at": now,
        "changed_at": now,
    }
    id_ = letter_id(ref, key)
    # Whatever of it is there already, its id or its key: PostgreSQL updates on a conflict of one of them alone.
    kept = insert(sendings).values(id=id_, ref=ref, key=key, **going).on_conflict_do_nothing()
    again = update(sendings).where(sendings.c.id == id_, sendings.c.state == SendingState.COMPOSED).values(**going)
    for begun in (kept, again):
        if (await db.connection.execute(begun.returning(sendings.c.id))).one_or_none() is not None:
            return True
    return False


async def turn(
    db: Writing, id_: str, state: SendingState, now: datetime, failure: str | None = None
) -> tuple[SendingState, str | None]:
    """What it is now, and why: what another attempt knows better stays as it is."""
    values = {"state": state, "failure": failure, "changed_at": now}
    worse = sendings.c.state.in_(_GIVES_WAY.get(state, _UNDER_WAY))
    turned = update(sendings).where(sendings.c.id == id_, worse).values(**values).returning(sendings.c.id)
    if (await db.connection.execute(turned)).one_or_none() is not None:
        return state, failure
    kept = select(sendings.c.state, sendings.c.failure).where(sendings.c.id == id_)
    known = (await db.connection.execute(kept)).one_or_none()
    return (state, failure) if known is None else (SendingState(known.state), known.failure)
