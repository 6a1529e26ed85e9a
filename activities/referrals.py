"""Sends a referral to its agency once, and says what came of it.

It is entered in the register of disclosures in the transaction in which its sending begins, before the agency is
spoken to: nothing goes that cannot be entered, and what never sets out, having no address or being owed no more,
is not entered.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import structlog
from temporalio import activity

from gateways.delivery import DeliveryInDoubt, DeliveryRefused, DeliveryUnavailable
from gateways.mail import Attachment, Mail, Mailbox, OutgoingMail
from gateways.webhook import OutgoingWebhook, Receiver, Webhook
from letters.compose import Addressee, LetterContent, Letterhead, compose
from letters.referring import Someone, Told, as_json, as_values, ground, sides, someone
from letters.telling import Contacts
from letters.wordings import LetterRefused
from policy.case_file import CaseFile
from policy.consents import agrees_to_be_told_of
from policy.editions import of
from policy.editions.agencies import Agency, AgencyChannel
from policy.editions.table import named
from policy.facts.base import SYSTEM
from policy.facts.people import Person
from policy.frozen import Frozen
from policy.referral.beginning import still_stands
from policy.referral.codes import ReferralStage, Undelivered
from policy.referral.duties import CameOf, Sending, SendReferral
from policy.referral.referral import ReferralFile
from policy.told_of import about_to_leave
from policy.working_days import london_day
from store import cases, disclosures, mentions, people, procedures, safe_ways, sendings, timeline
from store.letters import letter_id
from store.sendings import Message, SendingState
from store.sessions import Reading, Store, Writing

log = structlog.get_logger()

Address = Mailbox | Receiver
"""Where an agency's referrals go."""

_CAME_OF: Final = {
    SendingState.SENT: Sending.SENT,
    SendingState.IN_DOUBT: Sending.IN_DOUBT,
    SendingState.SENDING: Sending.IN_DOUBT,
}

_LATER: Final = (DeliveryUnavailable, LetterRefused, LookupError)


class Order(Frozen):
    """The referral's own reference, its case's, and what the referral calls for."""

    ref: str
    case: str
    duty: SendReferral


class NoAddress(Exception):
    """The settings name no address of the agency that this goes to."""


class NotOwed(Exception):
    """By our records it is not to be sent any more."""


_WHY_NOT: Final = {
    NoAddress.__name__: Undelivered.NO_ADDRESS,
    DeliveryRefused.__name__: Undelivered.REFUSED,
    DeliveryUnavailable.__name__: Undelivered.UNREACHABLE,
    NotOwed.__name__: Undelivered.NOT_TO_BE_SENT,
}


@dataclass(frozen=True)
class Refer:
    """`link` makes the private link of a referral and its agency, which works until the given day is over and
    is for whoever reads what comes by that channel.
    """

    store: Store
    mail: Mail
    webhook: Webhook
    addresses: Mapping[str, Address]
    mail_domain: str
    letterhead: Letterhead
    contacts: Contacts
    link: Callable[[str, str, date, AgencyChannel], str]
    attempts: int

    @activity.defn(name="refer")
    async def send(self, order: Order) -> CameOf:
        """Safe to repeat: what is known is written down before and after the agency is spoken to, and what may
        have arrived is never sent again by itself. Raises what keeps it from going, to be tried again; after
        `attempts` it is for a person to deliver.
        """
        try:
            return await self._sent(order)
        except NotOwed as over:
            return await self._became(order, SendingState.GIVEN_UP, over)
        except _LATER as kept_back:
            if activity.info().attempt < self.attempts:
                raise
            return await self._became(order, SendingState.GIVEN_UP, kept_back)

    async def _sent(self, order: Order) -> CameOf:
        async with self.store.reading() as db:
            kept = await sendings.by_key(db, order.ref, order.duty.key)
        if kept is not None and kept.state is SendingState.SENDING:
            return await self._became(order, SendingState.IN_DOUBT)
        if kept is not None and kept.state is not SendingState.COMPOSED:
            return _came_of(kept.state, kept.failure)
        message = await self._composed(order)
        async with self.store.writing() as db:
            now = datetime.now(UTC)
            begun = await sendings.begin(db, order.ref, order.duty.key, order.duty.channel, message, now)
            if begun and self._address(order, message) is not None:
                await _entered(db, order, now)
        if not begun:
            return Sending.IN_DOUBT
        try:
            await self._handed_over(order, message)
        except DeliveryUnavailable as away:
            await self._turn(order, SendingState.COMPOSED, away)
            raise
        except (DeliveryRefused, NoAddress) as never:
            return await self._became(order, SendingState.REFUSED, never)
        except DeliveryInDoubt as unknown:
            return await self._became(order, SendingState.IN_DOUBT, unknown)
        return await self._became(order, SendingState.SENT)

    def _address(self, order: Order, message: Message) -> Address | None:
        """None where it cannot go this way."""
        match self.addresses.get(order.duty.agency):
            case Mailbox() as mailbox if order.duty.channel is AgencyChannel.MAIL and message.pdf:
                return mailbox
            case Receiver() as receiver if order.duty.channel is AgencyChannel.WEBHOOK:
                return receiver
        return None

    async def _handed_over(self, order: Order, message: Message) -> None:
        id_ = letter_id(order.ref, order.duty.key)
        match self._address(order, message):
            case Mailbox() as mailbox:
                mail = OutgoingMail(
                    message_id=f"<{id_}@{self.mail_domain}>",
                    date=datetime.now(UTC),
                    to=mailbox,
                    subject=message.subject,
                    text=message.body,
                    attachment=Attachment(reference=order.ref, pdf=message.pdf or b""),
                )
                await self.mail.send(mail)
            case Receiver() as receiver:
                await self.webhook.send(OutgoingWebhook(id_, message.body.encode()), receiver)
            case None:
                raise NoAddress(order.duty.agency)

    async def _composed(self, order: Order) -> Message:
        """As everything stands now: a way may not be safe any more, or a consent not given any more."""
        now = datetime.now(UTC)
        async with self.store.reading() as db:
            referral = await _owed(db, order)
            told = await self._told(db, order, referral, now)
        return await asyncio.to_thread(self._message, order, told, london_day(now))

    async def _told(self, db: Reading, order: Order, referral: ReferralFile, now: datetime) -> Told:
        said = await timeline.content_of(db, order.case, order.duty.proposed)
        file = await cases.file_of(db, order.case)
        if said is None or file is None:
            raise LookupError(f"{order.ref}: there are no words to send")
        if not still_stands(file, file.referrals[referral.matter]):
            raise LookupError(f"{order.ref} no longer stands, and has not heard so yet")
        edition = of(referral.edition)
        agency = edition.agency(referral.agency)
        until = london_day(now) + timedelta(days=edition.referral.link_days)
        of_side = sides(file, order.duty.about)
        return Told(
            reference=order.ref,
            at=datetime.fromisoformat(said["at"]),
            people=tuple([await _someone(db, file, key, agency, of_side.get(key)) for key in order.duty.about]),
            what=said["what"],
            why=said["why"],
            ground=ground(
                referral.gateway,
                said.get("under"),
                named(said.get("lawful_reason"), edition.police.lawful_reasons),
                overridden=referral.overridden,
            ),
            link=self.link(order.ref, order.duty.agency, until, order.duty.channel),
            until=until,
        )

    def _message(self, order: Order, told: Told, day: date) -> Message:
        if order.duty.channel is AgencyChannel.WEBHOOK:
            body = json.dumps(as_json(told, self.contacts, self.letterhead.name), ensure_ascii=False)
            return Message(subject="", body=body)
        content = LetterContent(
            kind="referral",
            reference=order.ref,
            date=day,
            addressee=Addressee(self._called(order), ()),
            values=as_values(told, self.contacts),
        )
        composed = compose(content, self.letterhead)
        return Message(composed.subject, composed.text, composed.pdf)

    def _called(self, order: Order) -> str:
        address = self.addresses.get(order.duty.agency)
        return address.name if isinstance(address, Mailbox) else order.duty.agency

    async def _became(self, order: Order, state: SendingState, why: Exception | None = None) -> CameOf:
        known, failure = await self._turn(order, state, why)
        log.info("referral_handled", referral=order.ref, key=order.duty.key, came_of=known, why=failure)
        return _came_of(known, failure)

    async def _turn(
        self, order: Order, state: SendingState, why: Exception | None
    ) -> tuple[SendingState, str | None]:
        async with self.store.writing() as db:
            id_ = letter_id(order.ref, order.duty.key)
            return await sendings.turn(db, id_, state, datetime.now(UTC), _named(why))


def _came_of(state: SendingState, failure: str | None) -> CameOf:
    """`failure` as it is kept: what keeps it from being written is nothing that the sending itself raises."""
    return _CAME_OF.get(state) or _WHY_NOT.get(failure or "", Undelivered.NOT_WRITTEN)


def _named(why: Exception | None) -> str | None:
    """Its class alone: what it says may quote somebody."""
    return type(why).__name__ if why else None


async def _owed(db: Reading, order: Order) -> ReferralFile:
    """Raises NotOwed; LookupError where our records do not have it yet."""
    file = await procedures.file_of(db, order.ref)
    if not isinstance(file, ReferralFile) or not file.seq:
        raise LookupError(f"{order.ref} is not in our records yet")
    if file.stage is not ReferralStage.TO_SEND or file.sending_key != order.duty.key:
        raise NotOwed(f"{order.ref}: {order.duty.key} is not owed any more")
    return file


async def _entered(db: Writing, order: Order, now: datetime) -> None:
    """Raises NotOwed and LookupError, as above."""
    told = about_to_leave(await _owed(db, order), order.duty.key, now)
    if told is not None:
        await disclosures.enter(db, [disclosures.line_of(order.ref, told, entered_at=now, by=SYSTEM)])


async def _someone(db: Reading, file: CaseFile, key: str, agency: Agency | None, side: str | None) -> Someone:
    """Whom the case calls so: as we know them, else as the report named them."""
    agrees = None if agency is None else agrees_to_be_told_of(file, key, agency)
    on_case = file.people.get(key)
    known = await people.by_id(db, on_case.person) if on_case and on_case.person else None
    if known is None:
        return someone(key, await mentions.called(db, file.ref, key), None, file, agrees=agrees, side=side)
    told = Person(name=known.name, address=known.address, email=known.email, phone=known.phone)
    if (safe := (await safe_ways.of_people(db, [known.id])).get(known.id)) is not None:
        file = file.with_(safe_ways={**file.safe_ways, key: safe})
    return someone(key, told, known.safe_contact, file, agrees=agrees, side=side)
