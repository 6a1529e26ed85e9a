"""A referral goes to its agency once, tells as little as it can, and what became of it is told truthfully."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from temporalio.testing import ActivityEnvironment

from activities.referrals import NotOwed, Order, Refer
from gateways.mail import Encryption, Mailbox, MailUnavailable, SmtpMail
from gateways.webhook import HttpWebhook, Receiver, WebhookUnavailable
from letters.compose import DEMO_LANDLORD
from letters.telling import Contacts
from policy.editions.agencies import AgencyChannel
from policy.facts.disclosing import Gateway
from policy.facts.needs import DomesticAbuseRecognised, SafeContact
from policy.facts.people import Means, Party, Person
from policy.referral.duties import Sending
from policy.referral.facts import ConsentTold, ReferralHandedOver
from runtime.embedded.processes import free_port
from store import people, sendings
from store.people import PersonTold
from store.sendings import KeptSending
from store.sessions import Store
from tests.activities.referred import WHAT, WHY, referred
from tests.activities.referred import happened as recorded
from tests.gateways.mail_servers import Postbox, Talk, behaving
from tests.gateways.mail_servers import misbehaving as misbehaving_mail
from tests.gateways.webhook_receiver import SECRET, Agency, misbehaving, receiving
from tests.gateways.webhook_receiver import Talk as Call
from tests.given import ROWAN, a_moment_ago, report
from tests.letters.printed_page import text_of
from tests.policy.happenings import identified

MakeRefer = Callable[..., Refer]
VICTIM_SUPPORT = Mailbox("Victim Support, Sevenoaks", "referrals@support.example")
PERPETRATOR = Party(name="Pat Sample", address=("3 Invented Row", "Sevenoaks"))


def link(ref: str, agency: str, until: date) -> str:
    return f"https://casework.example/api/answers/{ref}.{agency}.{until:%Y%m%d}"


@pytest.fixture
def refer(store: Store) -> MakeRefer:
    """The activity, speaking to the mail server on that port, or else to the agency's system at that address."""

    def made(port: int = 1, system: str | None = None, attempts: int = 20) -> Refer:
        sender = Mailbox(name="Invented Homes", address="noreply@landlord.invalid")
        address = VICTIM_SUPPORT if system is None else Receiver(system, SECRET)
        return Refer(
            store,
            SmtpMail("127.0.0.1", port, sender, Encryption.NONE, timeout=2),
            HttpWebhook(1, without_tls=True),
            {"victim_support": address},
            mail_domain="landlord.invalid",
            letterhead=DEMO_LANDLORD,
            contacts=Contacts("the team", "01632 960 000", "the council", "01632 960200"),
            link=link,
            attempts=attempts,
        )

    return made


async def sent(refer: Refer, order: Order, attempt: int = 1) -> Sending:
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


async def test_it_goes_by_e_mail_once_however_often_it_is_asked_for(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert [await sent(refer(port), order) for _ in range(3)] == [Sending.SENT] * 3
    mail = postbox.only()
    assert mail["To"] == '"Victim Support, Sevenoaks" <referrals@support.example>'
    assert mail["Subject"] == f"Your reference {order.ref}"
    found = await kept(store, order)
    assert mail["Message-ID"] == f"<{found.id}@landlord.invalid>"
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == f"{order.ref}.pdf"
    assert attached.get_content() == found.message.pdf
    assert (found.state, found.failure) == ("sent", None)


async def test_it_says_who_what_why_on_which_ground_and_how_to_answer(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    message = (await kept(store, order)).message
    assert message.pdf is not None
    for words in (
        "Dear Victim Support, Sevenoaks",
        "- Rowan Example, e-mail rowan@example.org",
        "- She is afraid to go out.",
        WHY,
        "They have agreed that we tell you this.",
        f"answers/{order.ref}.victim_support.",
        "the team",
        order.ref,
    ):
        assert words in message.body
        assert words.removeprefix("- ").replace(" ", "") in text_of(message.pdf)


async def test_it_tells_of_nobody_but_whom_it_is_about(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store, about=("perpetrator-1",))
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    message = (await kept(store, order)).message
    assert "Pat Sample, 3 Invented Row, Sevenoaks" in message.body
    for words in ("Rowan", "rowan@", "complain", "Told us so."):
        assert words not in message.body


async def test_whom_we_know_is_told_of_as_we_know_them_and_reached_only_as_they_asked(
    refer: MakeRefer, store: Store
) -> None:
    id_ = str(uuid4())
    now = a_moment_ago()
    known = PersonTold(name="Rowan Known", phone="01632 960001", safe_contact="Ring her sister on 01632 960002.")
    async with store.writing() as db:
        await people.add(db, id_, known, now.date())
    order = await referred(store, report(now), identified(now, "complainant", id_))
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert "- Rowan Known. How to reach them: Ring her sister on 01632 960002." in body
    assert "960001" not in body
    assert "rowan@" not in body


async def test_no_way_of_reaching_them_that_is_not_safe_is_told(refer: MakeRefer, store: Store) -> None:
    now = a_moment_ago()
    told = ROWAN.model_copy(update={"phone": "01632 960001", "address": ("2 Invented Row",)})
    safe = SafeContact(means=(Means.PHONE,))
    abused = DomesticAbuseRecognised(at=now, safe_contact=safe, words="She said so.")
    order = await referred(store, report(now, complainant=told), abused)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert "- Rowan Example, telephone 01632 960001. How to reach them: by telephone" in body
    assert "rowan@" not in body
    assert "2 Invented Row" not in body


async def test_whose_name_nobody_knows_is_told_of_so(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store, complainant=Person())
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    assert "- Somebody whose name we do not know" in (await kept(store, order)).message.body


@pytest.mark.parametrize(
    ("said", "ground"),
    [
        ({"gateway": Gateway.PROTOCOL, "under": "Kent protocol"}, "on sharing what we know: Kent protocol."),
        ({"gateway": Gateway.CRIME_AND_DISORDER_ACT, "under": "section 115"}, "Act 1998 lets us tell you this: s"),
        ({"gateway": Gateway.DATA_PROTECTION_LAW}, "Data protection law lets us tell you this."),
        (
            {"overridden": True, "under": "a child is at risk"},
            "although they have not agreed: a child is at risk.",
        ),
    ],
)
async def test_it_names_the_lawful_ground_and_no_consent_that_was_not_given(
    refer: MakeRefer, store: Store, said: dict[str, Any], ground: str
) -> None:
    order = await by_mail(store, **said)
    async with behaving(Postbox()) as port:
        await sent(refer(port), order)
    body = (await kept(store, order)).message.body
    assert ground in body
    assert "have agreed that" not in body


async def test_an_agency_s_own_system_gets_it_signed_and_once(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    agency = Agency()
    async with receiving(agency) as system:
        assert [await sent(refer(system=system), order) for _ in range(3)] == [Sending.SENT] * 3
    assert agency.asked == 1
    found = await kept(store, order)
    assert agency.headers[0]["webhook-id"] == found.id
    told = agency.only()
    assert told["type"] == "referral.made"
    data = told["data"]
    assert data["reference"] == order.ref
    assert (data["what"], data["why"]) == (WHAT, WHY)
    assert data["people"] == [{"name": "Rowan Example", "email": "rowan@example.org"}]
    assert data["answer"]["link"].startswith("https://casework.example/api/answers/")
    assert json.loads(found.message.body) == told


async def test_with_its_system_away_it_is_tried_again_as_the_same_message(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    agency = Agency(says=[503, 429])
    async with receiving(agency) as system:
        for failure in ("WebhookUnavailable", "WebhookUnavailable"):
            with pytest.raises(WebhookUnavailable):
                await sent(refer(system=system), order)
            found = await kept(store, order)
            assert (found.state, found.failure) == ("composed", failure)
        assert await sent(refer(system=system), order) is Sending.SENT
    assert len({told["webhook-id"] for told in agency.headers}) == 1


async def test_with_the_mail_server_away_it_is_tried_again_and_goes_once(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    with pytest.raises(MailUnavailable):
        await sent(refer(free_port()), order)
    composed = await kept(store, order)
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert await sent(refer(port), order) is Sending.SENT
    assert postbox.only()
    assert (await kept(store, order)).message == composed.message


@pytest.mark.parametrize("channel", [AgencyChannel.MAIL, AgencyChannel.WEBHOOK])
async def test_after_enough_attempts_a_person_delivers_it_and_why_is_kept(
    refer: MakeRefer, store: Store, channel: AgencyChannel
) -> None:
    order = await by_mail(store, channel=channel)
    system = f"http://127.0.0.1:{free_port()}/" if channel is AgencyChannel.WEBHOOK else None
    away = refer(free_port(), system=system, attempts=3)
    for attempt in (1, 2):
        with pytest.raises((MailUnavailable, WebhookUnavailable)):
            await sent(away, order, attempt)
    assert await sent(away, order, 3) is Sending.NOT_DELIVERED
    found = await kept(store, order)
    assert found.state == "given_up"
    assert found.failure in {"MailUnavailable", "WebhookUnavailable"}
    agency, postbox = Agency(), Postbox()
    async with receiving(agency) as up, behaving(postbox) as port:
        again = refer(port, system=up if system else None, attempts=3)
        assert await sent(again, order, 1) is Sending.NOT_DELIVERED
    assert (agency.asked, postbox.taken) == (0, [])


async def test_what_an_agency_refuses_is_not_tried_again(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    agency = Agency(says=[410])
    async with receiving(agency) as system:
        assert await sent(refer(system=system), order) is Sending.NOT_DELIVERED
        assert await sent(refer(system=system), order) is Sending.NOT_DELIVERED
    assert agency.asked == 1
    assert ((await kept(store, order)).state, (await kept(store, order)).failure) == ("refused", "WebhookRefused")


async def test_a_refused_e_mail_address_is_not_tried_again(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    async with behaving(Postbox(answers={"RCPT": "550 nobody here"})) as port:
        assert await sent(refer(port), order) is Sending.NOT_DELIVERED
    assert (await kept(store, order)).failure == "MailRefused"


@pytest.mark.parametrize("agency", ["witness_service", "victim_support"])
async def test_an_agency_without_an_address_of_that_kind_is_for_a_person(
    refer: MakeRefer, store: Store, agency: str
) -> None:
    """The edition's channel may be another than the one that the settings have an address for."""
    order = await to_a_system(store, agency=agency)
    assert await sent(refer(), order) is Sending.NOT_DELIVERED
    assert (await kept(store, order)).failure == "NoAddress"


async def test_what_may_have_arrived_is_never_sent_again(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    calls = 0

    async def hangs_up_without_an_answer(call: Call) -> None:
        nonlocal calls
        calls += 1
        await call.hear()
        call.reset()

    async with misbehaving(hangs_up_without_an_answer) as system:
        for _ in range(3):
            assert await sent(refer(system=system), order) is Sending.IN_DOUBT
    assert calls == 1
    assert ((await kept(store, order)).state, (await kept(store, order)).failure) == ("in_doubt", "WebhookInDoubt")


async def test_killed_between_sending_and_the_answer_it_is_in_doubt(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    handed_over = asyncio.Event()

    async def says_nothing(talk: Talk) -> None:
        await talk.to_the_dot()
        handed_over.set()
        await talk.reader.read()

    async with misbehaving_mail(says_nothing) as port:
        attempt = asyncio.create_task(sent(refer(port), order))
        await handed_over.wait()
        attempt.cancel()
        await asyncio.gather(attempt, return_exceptions=True)
    assert (await kept(store, order)).state == "sending"
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert await sent(refer(port), order) is Sending.IN_DOUBT
    assert postbox.taken == []


async def test_two_attempts_at_once_send_one(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    agency = Agency()
    async with receiving(agency) as system:
        outcomes = await asyncio.gather(*(sent(refer(system=system), order) for _ in range(5)))
    assert agency.asked == 1
    assert Sending.SENT in outcomes
    assert set(outcomes) <= {Sending.SENT, Sending.IN_DOUBT}


async def test_a_consent_that_is_withdrawn_while_nobody_answers_keeps_it_from_going(
    refer: MakeRefer, store: Store
) -> None:
    order = await to_a_system(store)
    agency = Agency(says=[503])
    async with receiving(agency) as system:
        with pytest.raises(WebhookUnavailable):
            await sent(refer(system=system), order)
        await recorded(store, order.ref, ConsentTold(at=a_moment_ago(), stands=False))
        with pytest.raises(NotOwed):
            await sent(refer(system=system), order)
        assert await sent(refer(system=system), order, 20) is Sending.NOT_DELIVERED
    assert agency.taken == {}


async def test_what_one_of_us_has_handed_over_meanwhile_does_not_go(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    await recorded(store, order.ref, ReferralHandedOver(at=a_moment_ago(), words="Told them."))
    with pytest.raises(NotOwed):
        await sent(refer(), order)


async def test_a_referral_that_is_not_in_our_records_yet_waits(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    for unknown in ({"ref": f"{order.case}-9"}, {"case": "CW-2026-999999"}):
        with pytest.raises(LookupError):
            await sent(refer(), order.model_copy(update=unknown))
    unsaid = order.duty.model_copy(update={"proposed": "another"})
    with pytest.raises(LookupError):
        await sent(refer(), order.model_copy(update={"duty": unsaid}))
