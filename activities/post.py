"""Composes a letter once and sends it once, and says what came of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import structlog
from temporalio import activity

from activities.composing import content_of
from gateways.delivery import DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.mail import Attachment, Mail, Mailbox, OutgoingMail
from gateways.text_message import OutgoingText, TextMessages
from letters.compose import ComposedLetter, Letterhead, compose
from letters.telling import Contacts
from letters.text_message import text_of
from letters.wordings import LetterRefused
from policy.case_file import CaseFile
from policy.duties import Outcome, SendLetter
from policy.facts.base import SYSTEM
from policy.facts.people import Means
from policy.frozen import Frozen
from policy.private_links import link_in
from store import cases, mentions, safe_ways
from store import letters as kept_letters
from store.letters import KeptLetter, LetterState
from store.private_links import NewLink, link_for
from store.sessions import Store

log = structlog.get_logger()


class NotASafeWay(Exception):
    """What was told of them on another case does not allow it, at all or at this hour."""


_CAME_OF = {
    LetterState.SENT: Outcome.SENT,
    LetterState.TO_POST: Outcome.READY_TO_POST,
    LetterState.REFUSED: Outcome.REFUSED,
    LetterState.IN_DOUBT: Outcome.IN_DOUBT,
    LetterState.SENDING: Outcome.IN_DOUBT,
    LetterState.CAME_BACK: Outcome.SENT,
}


ATTEMPTS_BEFORE_HELD_UP: Final = 18
"""With the case's patience (2 s doubling to 5 min) about an hour."""


class Letter(Frozen):
    """A letter to be sent and the day that it is dated."""

    ref: str
    duty: SendLetter
    day: date


@dataclass(frozen=True)
class Post:
    store: Store
    mail: Mail
    mail_domain: str
    letterhead: Letterhead
    contacts: Contacts
    link: Callable[[str, datetime], str]
    """The address of somebody's private link, by its id and end."""
    link_lasts: timedelta
    texts: TextMessages | None = None

    @activity.defn
    async def send(self, letter: Letter) -> Outcome:
        """Safe to repeat: what is known of it is written down before and after a mail server or gateway is asked,
        and a letter of which nobody can know whether it went is never sent again by itself.
        Raises what keeps it from going, to be tried again; the first time that lasts long, says so instead.
        """
        try:
            return await self._sent(letter)
        except (DeliveryUnavailable, LetterRefused, LookupError, NotASafeWay) as held_up:
            if letter.duty.held_up or activity.info().attempt < ATTEMPTS_BEFORE_HELD_UP:
                raise
            log.warning("letter_held_up", case=letter.ref, key=letter.duty.key, why=type(held_up).__name__)
            return Outcome.HELD_UP

    async def _sent(self, letter: Letter) -> Outcome:
        kept = await self._composed(letter)
        if letter.duty.means is Means.POST or letter.duty.by_hand:
            return await self._became(kept, letter, LetterState.TO_POST)
        if kept.state is LetterState.SENDING:
            return await self._became(kept, letter, LetterState.IN_DOUBT)
        if kept.state is not LetterState.COMPOSED:
            return _CAME_OF[kept.state]
        return await self._handed_over(kept, letter)

    async def _handed_over(self, kept: KeptLetter, letter: Letter) -> Outcome:
        message = await self._message(letter, kept)
        if message is None:
            return await self._became(kept, letter, LetterState.REFUSED)
        async with self.store.writing() as db:
            begun = await kept_letters.begin_sending(db, kept.id, datetime.now(UTC))
        if not begun:
            return Outcome.IN_DOUBT
        try:
            await self._send(message)
        except DeliveryUnavailable:
            await self._turn(kept, LetterState.COMPOSED)
            raise
        except DeliveryRefused:
            return await self._became(kept, letter, LetterState.REFUSED)
        except DeliveryInDoubt:
            return await self._became(kept, letter, LetterState.IN_DOUBT)
        return await self._became(kept, letter, LetterState.SENT)

    async def _send(self, message: OutgoingMail | OutgoingText) -> None:
        if isinstance(message, OutgoingMail):
            await self.mail.send(message)
        elif self.texts is None:
            raise DeliveryUnavailable("The settings name no text message gateway any more.")
        else:
            await self.texts.send(message)

    async def _composed(self, letter: Letter) -> KeptLetter:
        duty = letter.duty
        async with self.store.reading() as db:
            kept = await kept_letters.by_key(db, letter.ref, duty.key)
            if kept and kept.state is not LetterState.COMPOSED:
                return kept
            file = await cases.file_of(db, letter.ref)
            if file is None:
                raise LookupError(f"{letter.ref}: there is no such case")
            safe = await safe_ways.elsewhere(db, file, duty.to)
            if safe is not None and not safe.allows(duty.means, datetime.now(UTC)):
                raise NotASafeWay(letter.ref)
            if kept:
                return kept
        composed = self._text(letter) if duty.means is Means.TEXT else await self._typeset(file, letter)
        async with self.store.writing() as db:
            await kept_letters.keep(
                db,
                letter.ref,
                duty.key,
                duty.kind,
                duty.means,
                subject=composed.subject,
                body=composed.text,
                pdf=composed.pdf,
                automatic=duty.automatic,
                now=datetime.now(UTC),
            )
            kept = await kept_letters.by_key(db, letter.ref, duty.key)
        if kept is None:
            raise LookupError(f"{letter.ref}: {duty.key} was not kept")
        return kept

    async def _typeset(self, file: CaseFile, letter: Letter) -> ComposedLetter:
        """One connection at a time: the link is written down before the rest is read."""
        link = await self._link(file, letter.duty)
        async with self.store.reading() as db:
            content = await content_of(db, file, letter.duty, self.contacts, letter.day, link=link)
        return await asyncio.to_thread(compose, content, self.letterhead)

    def _text(self, letter: Letter) -> ComposedLetter:
        """It has no page."""
        name, phone = self.letterhead.name, self.letterhead.phone
        says = text_of(name, phone, letter.ref, letter_follows=letter.duty.letter_follows)
        return ComposedLetter(subject="", pdf=b"", text=says, unprintable=())

    async def _link(self, file: CaseFile, duty: SendLetter) -> str | None:
        """Where one would open for whoever reads it. Not on paper: nobody types so long an address."""
        found = link_in(file, duty.kind, duty.about, duty.to)
        if found is None or duty.means is not Means.EMAIL or duty.by_hand:
            return None
        purpose, matter = found
        new = NewLink(
            case_ref=file.ref,
            key=duty.key,
            purpose=purpose,
            person=duty.to,
            matter=matter,
            by=SYSTEM.id,
            lasts=self.link_lasts,
        )
        async with self.store.writing() as db:
            return await link_for(db, new, self.link, datetime.now(UTC))

    async def _message(self, letter: Letter, kept: KeptLetter) -> OutgoingMail | OutgoingText | None:
        """None when there is no such address or number any more."""
        async with self.store.reading() as db:
            person = await mentions.called(db, letter.ref, letter.duty.to)
        if person is not None and person.phone is not None and letter.duty.means is Means.TEXT:
            return OutgoingText(reference=kept.id, to=person.phone, text=kept.body)
        if person is None or person.email is None or letter.duty.means is Means.TEXT:
            return None
        return OutgoingMail(
            message_id=f"<{kept.id}@{self.mail_domain}>",
            date=datetime.now(UTC),
            to=Mailbox(name=person.name or "", address=person.email),
            subject=kept.subject,
            text=kept.body,
            attachment=None if letter.duty.plain_text else Attachment(reference=letter.ref, pdf=kept.pdf),
        )

    async def _became(self, kept: KeptLetter, letter: Letter, state: LetterState) -> Outcome:
        await self._turn(kept, state, letter.duty.means)
        log.info("letter_handled", case=letter.ref, letter=letter.duty.kind, key=letter.duty.key, came_of=state)
        return _CAME_OF[state]

    async def _turn(self, kept: KeptLetter, state: LetterState, means: Means | None = None) -> None:
        async with self.store.writing() as db:
            await kept_letters.turn(db, kept.id, state, datetime.now(UTC), means)
