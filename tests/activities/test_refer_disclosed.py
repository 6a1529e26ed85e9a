"""No referral goes that the register of disclosures does not know, and it claims none that never went."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from activities.referrals import Order
from gateways.delivery import DeliveryUnavailable
from policy.referral import facts as f
from policy.referral.codes import Undelivered
from policy.referral.duties import Sending
from store import disclosures, recording_beside
from store.disclosures import Wanted
from store.sessions import Store
from tests.activities.referred import happened
from tests.activities.refers import MakeRefer, sent, to_a_system
from tests.gateways.webhook_receiver import Agency, receiving
from tests.given import a_moment_ago

LEAVING = ("referral_leaving", ("victim_support",), ("complainant",))
THERE = ("referral_sent", ("victim_support",), ("complainant",))


async def lines(store: Store, order: Order) -> list[tuple[object, ...]]:
    async with store.reading() as db:
        found = await disclosures.page(db, Wanted(), 50)
    return [(one.what, one.told, one.about) for one in found if one.case_ref == order.ref]


async def came_of_it(store: Store, order: Order, fact: f.ReferralFact) -> list[tuple[object, ...]]:
    """What the register says then, and again after a rebuild."""
    await happened(store, order.ref, fact)
    found = await lines(store, order)
    async with store.writing() as db:
        await recording_beside.rebuild(db, order.ref)
    assert await lines(store, order) == found
    return found


async def test_what_cannot_be_entered_does_not_go(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    async with store.writing() as db:
        await db.connection.execute(text("ALTER TABLE disclosures ADD CONSTRAINT none CHECK (false) NOT VALID"))
    agency = Agency()
    async with receiving(agency) as system:
        with pytest.raises(Exception, match="none"):
            await sent(refer(system=system), order)
        assert agency.taken == {}
        async with store.writing() as db:
            await db.connection.execute(text("ALTER TABLE disclosures DROP CONSTRAINT none"))
        assert await sent(refer(system=system), order) is Sending.SENT, "it was not in doubt"


async def test_it_is_entered_before_it_goes_and_then_as_what_went_and_when(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    assert await lines(store, order) == [], "that it was proposed told nobody"
    async with receiving(Agency(says=[503])) as system:
        with pytest.raises(DeliveryUnavailable):
            await sent(refer(system=system), order)
        assert await lines(store, order) == [LEAVING]
        assert await sent(refer(system=system), order) is Sending.SENT
    assert await lines(store, order) == [LEAVING]
    then = a_moment_ago()
    assert await came_of_it(store, order, f.ReferralSent(at=then, key=order.duty.key)) == [THERE]
    async with store.reading() as db:
        [line] = await disclosures.page(db, Wanted(to="victim_support"), 9)
    assert (line.at, line.seq, line.gateway, line.by_id) == (then, 2, "consent", "casework")


async def test_what_has_no_address_or_is_not_owed_any_more_is_not_entered(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    nowhere = replace(refer(), addresses={})
    assert await sent(nowhere, order) is Undelivered.NO_ADDRESS
    assert await lines(store, order) == []
    never = f.ReferralNotDelivered(at=a_moment_ago(), key=order.duty.key, why=Undelivered.NO_ADDRESS)
    assert await came_of_it(store, order, never) == []
    assert await sent(nowhere, order.model_copy(update={"duty": order.duty.model_copy(update={"key": "send-9"})}))
    assert await lines(store, order) == []


async def test_what_did_not_get_there_is_not_claimed_and_what_may_have_is(refer: MakeRefer, store: Store) -> None:
    for in_doubt in (False, True):
        async with store.writing() as db:
            await db.connection.execute(text("DELETE FROM disclosures"))
        order = await to_a_system(store)
        async with receiving(Agency(says=[410])) as system:
            assert await sent(refer(system=system), order) is Undelivered.REFUSED
        assert await lines(store, order) == [LEAVING]
        failed = f.ReferralNotDelivered(at=a_moment_ago(), key=order.duty.key, in_doubt=in_doubt)
        found = await came_of_it(store, order, failed)
        assert found == ([("referral_not_delivered", *LEAVING[1:])] if in_doubt else [])


async def test_each_further_sending_is_a_line_of_its_own(refer: MakeRefer, store: Store) -> None:
    order = await to_a_system(store)
    in_doubt = f.ReferralNotDelivered(at=a_moment_ago(), key=order.duty.key, in_doubt=True)
    await came_of_it(store, order, in_doubt)
    file = await happened(store, order.ref, f.SendingAskedAgain(at=a_moment_ago(), words="Once more."))
    again = order.model_copy(update={"duty": order.duty.model_copy(update={"key": file.sending_key})})
    async with receiving(Agency()) as system:
        assert await sent(refer(system=system), again) is Sending.SENT
    assert [what for what, *_ in await lines(store, order)] == ["referral_leaving", "referral_not_delivered"]
    found = await came_of_it(store, order, f.ReferralSent(at=a_moment_ago(), key=file.sending_key))
    assert [what for what, *_ in found] == ["referral_sent", "referral_not_delivered"]
    by_hand = await came_of_it(store, order, f.ReferralHandedOver(at=a_moment_ago(), words="Rang them."))
    assert by_hand[0][0] == "referral_handed_over"
