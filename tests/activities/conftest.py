from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from activities.post import Letter, Post
from gateways.calendar import closure_days
from gateways.mail import Encryption, Mailbox, SmtpMail
from gateways.text_message import HttpTextMessages
from letters.compose import DEMO_LANDLORD
from letters.telling import Contacts
from policy.duties import duties
from policy.facts import CaseFact
from policy.facts.people import Person
from store import cases, recording
from store.sessions import Store
from tests.activities.refers import MakeRefer, sending
from tests.gateways.webhook_receiver import HERE, TEXT_SECRET
from tests.given import EDITION, ROWAN, entry, report

MakePost = Callable[..., Post]


@pytest.fixture
def post(store: Store) -> MakePost:
    """The activity, speaking to the mail server on that port, and to the text message gateway at that address."""

    def made(port: int = 1, gateway: str | None = None) -> Post:
        sender = Mailbox(name="Invented Homes", address="noreply@landlord.invalid")
        mail = SmtpMail("127.0.0.1", port, sender, Encryption.NONE, timeout=2)
        contacts = Contacts("The team", "01632 960 000", "the council", "01632 960 200")
        texts = None
        if gateway is not None:
            texts = HttpTextMessages(1, without_tls=True, private=HERE, url=gateway, secret=TEXT_SECRET)
        link = "https://homes.invalid/l/{}".format
        return Post(
            store,
            mail,
            "landlord.invalid",
            DEMO_LANDLORD,
            contacts,
            link=lambda id_, _: link(id_),
            link_lasts=timedelta(days=90),
            texts=texts,
        )

    return made


@pytest.fixture
def refer(store: Store) -> MakeRefer:
    return sending(store)


async def acknowledgement(store: Store, complainant: Person = ROWAN) -> Letter:
    """The letter that a newly recorded report calls for."""
    (letter,) = await letters_of(store, report(datetime.now(UTC), complainant=complainant))
    return letter


async def letters_of(store: Store, *facts: CaseFact, texts: bool = False) -> list[Letter]:
    """The letters that a new case with these facts calls for, of a landlord who sends text messages or not."""
    now = datetime.now(UTC)
    async with store.writing() as db:
        ref = await cases.next_ref(db, now.year)
        await cases.register(db, ref, EDITION.ref, closure_days(now.date(), {}), now, texts=texts)
        await recording.record(db, ref, 1, [entry(fact) for fact in facts], now)
        file = await cases.file_of(db, ref)
    assert file is not None
    return [Letter(ref=ref, duty=duty, day=now.date()) for duty in duties(file)]


@pytest_asyncio.fixture(loop_scope="session")
async def letter(store: Store) -> AsyncIterator[Letter]:
    yield await acknowledgement(store)
