"""Referrals as they went to their agency, once under one key each, and what came of sending them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
    row = {"id": letter_id(ref, key), "ref": ref, "key": key}
    begun = (
        insert(sendings)
        .values(**row, **going)
        .on_conflict_do_update(
            index_elements=[sendings.c.id], set_=going, where=sendings.c.state == SendingState.COMPOSED
        )
        .returning(sendings.c.id)
    )
    return (await db.connection.execute(begun)).one_or_none() is not None


async def turn(db: Writing, id_: str, state: SendingState, now: datetime, failure: str | None = None) -> bool:
    """Whether it did: only what is on its way turns out in some way, and only what is not is given up."""
    before = SendingState.COMPOSED if state is SendingState.GIVEN_UP else SendingState.SENDING
    values = {"state": state, "failure": failure, "changed_at": now}
    turned = update(sendings).where(sendings.c.id == id_, sendings.c.state == before).values(**values)
    return (await db.connection.execute(turned.returning(sendings.c.id))).one_or_none() is not None
