"""What somebody has answered so far. It is on no page's address and in no cookie: the cookie holds the secret that
opens it, and goes with the browser, with the hour, or by leaving.
"""

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import Request, Response
from pydantic import Field

from api.browser import Cookie
from api.resources import Resources
from policy.frozen import Frozen
from store import report_drafts

DRAFT: Final = Cookie("casework-draft")
_NONCE: Final = 12
_PURPOSE: Final = b"casework report draft\0"


class Sent(Frozen):
    """The answers are gone then. `reachable`: they gave a way to be reached, and do not want to be left alone;
    `by` which day then. `police`: it may be a crime; `help` are the edition's signposts. Both are shown once:
    they tell whoever comes after them what it was about.
    """

    ref: str
    reachable: bool
    by: date | None = None
    police: bool = False
    help: tuple[str, ...] = ()

    def seen(self) -> "Sent":
        return Sent(ref=self.ref, reachable=self.reachable, by=self.by)


class Draft(Frozen):
    """`key` is the report's Idempotency-Key from the first page on, so that sending twice is one report. `done`
    are the questions that were answered, if only by leaving them empty.
    """

    key: str = Field(default_factory=lambda: str(uuid4()))
    answers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    done: tuple[str, ...] = ()
    sent: Sent | None = None


async def begun(needs: Resources, request: Request, answer: Response) -> None:
    """A new one, in place of what this browser had."""
    await forgotten(needs, request)
    secret = secrets.token_urlsafe(32)
    await kept(needs, secret, Draft())
    DRAFT.give(needs.settings, answer, secret)


@dataclass(frozen=True)
class Going:
    """A draft as it was when it was read."""

    secret: str
    draft: Draft
    sealed: bytes


async def going_on(needs: Resources, request: Request) -> Going | None:
    """The draft that this browser goes on with; None where there is none any more."""
    secret = DRAFT.read(needs.settings, request)
    if secret is None:
        return None
    async with needs.store.looking() as db:
        sealed = await report_drafts.find(db, secret, datetime.now(UTC))
    draft = None if sealed is None else _opened(secret, sealed)
    return None if sealed is None or draft is None else Going(secret, draft, sealed)


async def kept(needs: Resources, secret: str, draft: Draft) -> None:
    async with needs.store.writing() as db:
        await report_drafts.keep(db, secret, _sealed(secret, draft), datetime.now(UTC))


async def went_on(needs: Resources, going: Going, draft: Draft) -> bool:
    """False, and nothing is changed, where another window of this browser went on with it or sent it meanwhile."""
    sealed = _sealed(going.secret, draft)
    async with needs.store.writing() as db:
        return await report_drafts.go_on(db, going.secret, sealed, going.sealed, datetime.now(UTC))


async def forgotten(needs: Resources, request: Request) -> None:
    secret = DRAFT.read(needs.settings, request)
    if secret is not None:
        async with needs.store.writing() as db:
            await report_drafts.forget(db, secret)


def _sealed(secret: str, draft: Draft) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _lock(secret).encrypt(nonce, draft.model_dump_json().encode(), None)


def _opened(secret: str, sealed: bytes) -> Draft | None:
    try:
        said = _lock(secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except InvalidTag:
        return None
    return Draft.model_validate_json(said)


def _lock(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(_PURPOSE + secret.encode()).digest())
