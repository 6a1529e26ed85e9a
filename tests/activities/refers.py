"""The activity that sends referrals, as tests run it, and what it is asked to send."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from temporalio.testing import ActivityEnvironment

from activities.referrals import Order, Refer
from gateways.mail import Encryption, Mailbox, SmtpMail
from gateways.webhook import HttpWebhook, Receiver
from letters.compose import DEMO_LANDLORD
from letters.telling import Contacts
from policy.editions.agencies import AgencyChannel
from policy.facts.people import Party, Person
from policy.referral.duties import CameOf
from store import sendings
from store.sendings import KeptSending
from store.sessions import Store
from tests.activities.referred import referred
from tests.gateways.webhook_receiver import HERE, SECRET
from tests.given import ROWAN, a_moment_ago, report

MakeRefer = Callable[..., Refer]
VICTIM_SUPPORT: Final = Mailbox("Victim Support, Sevenoaks", "referrals@support.example")
PERPETRATOR: Final = Party(name="Pat Sample", address=("3 Invented Row", "Sevenoaks"))


def link(ref: str, agency: str, until: date, channel: AgencyChannel) -> str:
    where = "api/answers" if channel is AgencyChannel.WEBHOOK else "answer"
    return f"https://casework.example/{where}/{ref}.{agency}.{until:%Y%m%d}"


def sending(store: Store) -> MakeRefer:
    """The activity, speaking to the mail server on that port, or else to the agency's system at that address."""

    def made(port: int = 1, system: str | None = None, attempts: int = 20) -> Refer:
        sender = Mailbox(name="Invented Homes", address="noreply@landlord.invalid")
        address = VICTIM_SUPPORT if system is None else Receiver(system, SECRET)
        return Refer(
            store,
            SmtpMail("127.0.0.1", port, sender, Encryption.NONE, timeout=2),
            HttpWebhook(1, without_tls=True, private=HERE),
            {"victim_support": address},
            mail_domain="landlord.invalid",
            letterhead=DEMO_LANDLORD,
            contacts=Contacts("the team", "01632 960 000", "the council", "01632 960200"),
            link=link,
            attempts=attempts,
        )

    return made


async def sent(refer: Refer, order: Order, attempt: int = 1) -> CameOf:
    """As a worker runs it."""
    environment = ActivityEnvironment()
    environment.info = replace(environment.info, attempt=attempt)
    return await environment.run(refer.send, order)


async def by_mail(store: Store, complainant: Person = ROWAN, **said: Any) -> Order:
    return await referred(store, report(a_moment_ago(), complainant=complainant, about=PERPETRATOR), **said)


async def to_a_system(store: Store, **said: Any) -> Order:
    return await by_mail(store, channel=AgencyChannel.WEBHOOK, **said)


async def kept(store: Store, order: Order) -> KeptSending:
    async with store.reading() as db:
        found = await sendings.by_key(db, order.ref, order.duty.key)
    assert found is not None
    return found
