"""A referral goes to its agency once, and what became of it is told truthfully."""

import asyncio
import json

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from activities.referrals import Order
from gateways.delivery import DeliveryUnavailable
from policy.editions.agencies import AgencyChannel
from policy.facts import CaseFact
from policy.facts.consent import ConsentWithdrawn, Purpose
from policy.facts.needs import NeedTold, SafeContact
from policy.facts.people import Means
from policy.referral.codes import Undelivered
from policy.referral.duties import Sending
from policy.referral.facts import ConsentTold, ReferralHandedOver
from runtime.embedded.processes import free_port
from store import cases, recording, sendings
from store.letters import letter_id
from store.sendings import Message, SendingState
from store.sessions import Store
from tests.activities.referred import WHAT, WHY
from tests.activities.referred import happened as recorded
from tests.activities.refers import MakeRefer, by_mail, kept, sent, to_a_system
from tests.gateways.mail_servers import Postbox, Talk, behaving
from tests.gateways.mail_servers import misbehaving as misbehaving_mail
from tests.gateways.webhook_receiver import Agency, misbehaving, receiving
from tests.gateways.webhook_receiver import Talk as Call
from tests.given import ROWAN, a_moment_ago, entry


async def told_on_its_case(store: Store, order: Order, fact: CaseFact) -> None:
    async with store.writing() as db:
        file = await cases.file_of(db, order.case)
        assert file is not None
        await recording.record(db, order.case, file.seq + 1, [entry(fact)], fact.at)


async def test_it_goes_by_e_mail_once_however_often_it_is_asked_for(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert [await sent(refer(port), order) for _ in range(3)] == [Sending.SENT] * 3
    mail = postbox.only()
    assert mail["To"] == '"Victim Support, Sevenoaks" <referrals@support.example>'
    assert mail["Subject"] == f"Our reference {order.ref}"
    found = await kept(store, order)
    assert mail["Message-ID"] == f"<{found.id}@landlord.invalid>"
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == f"{order.ref}.pdf"
    assert attached.get_content() == found.message.pdf
    assert (found.state, found.failure) == ("sent", None)


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
        for _ in range(2):
            with pytest.raises(DeliveryUnavailable):
                await sent(refer(system=system), order)
            found = await kept(store, order)
            assert (found.state, found.failure) == ("composed", "DeliveryUnavailable")
        assert await sent(refer(system=system), order) is Sending.SENT
    assert len({told["webhook-id"] for told in agency.headers}) == 1


async def test_with_the_mail_server_away_it_is_tried_again_and_goes_once(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    with pytest.raises(DeliveryUnavailable):
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
        with pytest.raises(DeliveryUnavailable):
            await sent(away, order, attempt)
    assert await sent(away, order, 3) is Undelivered.UNREACHABLE
    found = await kept(store, order)
    assert found.state == "given_up"
    assert found.failure == "DeliveryUnavailable"
    agency, postbox = Agency(), Postbox()
    async with receiving(agency) as up, behaving(postbox) as port:
        again = refer(port, system=up if system else None, attempts=3)
        assert await sent(again, order, 1) is Undelivered.UNREACHABLE
    assert (agency.asked, postbox.taken) == (0, [])


async def test_what_an_agency_refuses_is_not_tried_again(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    agency = Agency(says=[410])
    async with receiving(agency) as system:
        assert await sent(refer(system=system), order) is Undelivered.REFUSED
        assert await sent(refer(system=system), order) is Undelivered.REFUSED
    assert agency.asked == 1
    assert ((await kept(store, order)).state, (await kept(store, order)).failure) == ("refused", "DeliveryRefused")


async def test_a_refused_e_mail_address_is_not_tried_again(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    async with behaving(Postbox(answers={"RCPT": "550 nobody here"})) as port:
        assert await sent(refer(port), order) is Undelivered.REFUSED
    assert (await kept(store, order)).failure == "DeliveryRefused"


@pytest.mark.parametrize("agency", ["witness_service", "victim_support"])
async def test_an_agency_without_an_address_of_that_kind_is_for_a_person(
    refer: MakeRefer, store: Store, agency: str
) -> None:
    """The edition's channel may be another than the one that the settings have an address for."""
    order = await to_a_system(store, agency=agency)
    assert await sent(refer(), order) is Undelivered.NO_ADDRESS
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
    assert ((await kept(store, order)).state, (await kept(store, order)).failure) == (
        "in_doubt",
        "DeliveryInDoubt",
    )


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
        with pytest.raises(DeliveryUnavailable):
            await sent(refer(system=system), order)
        await recorded(store, order.ref, ConsentTold(at=a_moment_ago(), stands=False, stays=False))
        assert await sent(refer(system=system), order) is Undelivered.NOT_TO_BE_SENT
    assert agency.taken == {}
    assert ((await kept(store, order)).state, (await kept(store, order)).failure) == ("given_up", "NotOwed")


async def test_a_consent_that_the_referral_has_not_heard_is_withdrawn_keeps_it_from_going(
    refer: MakeRefer, store: Store
) -> None:
    order = await to_a_system(store)
    await told_on_its_case(
        store, order, ConsentWithdrawn(at=a_moment_ago(), purpose=Purpose.REFERRAL, words="No.")
    )
    agency = Agency()
    async with receiving(agency) as system:
        with pytest.raises(LookupError, match="no longer stands"):
            await sent(refer(system=system), order)
        await recorded(store, order.ref, ConsentTold(at=a_moment_ago(), stands=False, stays=False))
        assert await sent(refer(system=system), order) is Undelivered.NOT_TO_BE_SENT
    assert agency.taken == {}


async def test_each_attempt_tells_only_the_ways_that_are_safe_then(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    agency = Agency(says=[503])
    async with receiving(agency) as system:
        with pytest.raises(DeliveryUnavailable):
            await sent(refer(system=system), order)
        assert ROWAN.email in (await kept(store, order)).message.body
        safe = SafeContact(means=(Means.PHONE,))
        need = NeedTold(at=a_moment_ago(), kind="safe_contact", safe_contact=safe, words="He reads the post.")
        await told_on_its_case(store, order, need)
        assert await sent(refer(system=system), order) is Sending.SENT
    assert ROWAN.email not in str(agency.only())
    assert ROWAN.email not in (await kept(store, order)).message.body


async def test_what_one_of_us_has_handed_over_meanwhile_does_not_go(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    await recorded(store, order.ref, ReferralHandedOver(at=a_moment_ago(), words="Told them."))
    postbox = Postbox()
    async with behaving(postbox) as port:
        assert await sent(refer(port), order) is Undelivered.NOT_TO_BE_SENT
    assert postbox.taken == []


async def test_an_attempt_that_finds_nothing_owed_leaves_what_another_has_sent(
    refer: MakeRefer, store: Store
) -> None:
    order = await by_mail(store)
    await recorded(store, order.ref, ReferralHandedOver(at=a_moment_ago(), words="Told them."))
    async with store.writing() as db:
        await db.connection.execute(text("LOCK TABLE procedures IN ACCESS EXCLUSIVE MODE"))
        late = asyncio.create_task(sent(refer(), order))
        async with asyncio.timeout(10):
            while not await db.connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                await asyncio.sleep(0.02)
        now, id_ = a_moment_ago(), letter_id(order.ref, order.duty.key)
        await sendings.begin(db, order.ref, order.duty.key, "mail", Message("Yours", "Words."), now)
        await sendings.turn(db, id_, SendingState.SENT, now)
    assert await late is Sending.SENT
    assert ((await kept(store, order)).state, (await kept(store, order)).failure) == ("sent", None)


async def test_a_referral_that_is_not_in_our_records_yet_waits(refer: MakeRefer, store: Store) -> None:
    order = await by_mail(store)
    for unknown in ({"ref": f"{order.case}-9"}, {"case": "CW-2026-999999"}):
        with pytest.raises(LookupError):
            await sent(refer(), order.model_copy(update=unknown))
    unsaid = order.model_copy(update={"duty": order.duty.model_copy(update={"proposed": "another"})})
    with pytest.raises(LookupError):
        await sent(refer(), unsaid)
    assert await sent(refer(attempts=1), unsaid) is Undelivered.NOT_WRITTEN


async def test_whatever_comes_of_it_the_log_names_nobody(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    with capture_logs() as lines:
        async with receiving(Agency(says=[404])) as system:
            await sent(refer(system=system), order)
        await sent(
            refer(attempts=1), order.model_copy(update={"case": "CW-2026-999999", "ref": f"{order.case}-9"})
        )
    assert [(line["event"], line["why"]) for line in lines] == [
        ("referral_handled", "DeliveryRefused"),
        ("referral_handled", "LookupError"),
    ]
    for word in ("Rowan", "afraid", "localhost"):
        assert word not in str(lines)
