"""A referral that is on its way while its case learns that it may not go."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from temporalio import activity

from activities.referrals import Order
from policy.facts.consent import ConsentGiven, ConsentWithdrawn, Purpose
from policy.referral.duties import Sending
from policy.referral.facts import AgencyToldOfWithdrawal
from tests.workflows.running import Case, Cases
from tests.workflows.test_beside_cases import REFERRAL, acted, beside_it, file_of, referral, until_heard


@dataclass
class Slowly:
    """Has begun to send, and ends as it is told to. An attempt that is `lost` says nothing of what it did."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    outcome: "asyncio.Future[Sending]" = field(default_factory=asyncio.Future)
    lost: "asyncio.Future[None]" = field(default_factory=asyncio.Future)

    @activity.defn(name="refer")
    async def send(self, _order: Order) -> Sending:
        first = not self.begun.is_set()
        self.begun.set()
        ended, _ = await asyncio.wait({self.lost, self.outcome}, return_when=asyncio.FIRST_COMPLETED)
        if first and self.lost in ended:
            raise ConnectionAbortedError
        return await self.outcome


@pytest.fixture
async def slowly(monkeypatch: pytest.MonkeyPatch) -> Slowly:
    sending = Slowly()

    def refer(*_: Any, **__: Any) -> Slowly:
        return sending

    monkeypatch.setattr("workers.worker.Refer", refer)
    return sending


async def withdrawn_while_it_goes(case: Case, slowly: Slowly) -> str:
    await case.record(ConsentGiven(at=case.now, purpose=Purpose.REFERRAL, words="Yes."))
    ref = await beside_it(case, REFERRAL, referral(case, "victim_support"))
    await asyncio.wait_for(slowly.begun.wait(), 20)
    await case.record(ConsentWithdrawn(at=case.now, purpose=Purpose.REFERRAL, words="No more."))
    await until_heard(case, {"referral_told": 2})
    async with asyncio.timeout(20):
        while (await file_of(case, REFERRAL, ref)).stage != "over":
            await asyncio.sleep(0.05)
    return ref


async def test_a_case_waits_for_what_comes_of_a_sending_that_was_taken_back_too_late(
    slowly: Slowly, cases_here: Cases
) -> None:
    case = await cases_here.open()
    ref = await withdrawn_while_it_goes(case, slowly)
    await asyncio.sleep(0.5)
    assert "referral_finished" not in await case.facts(), "it may have gone"
    slowly.outcome.set_result(Sending.SENT)
    await until_heard(case, {"referral_moved": 1})
    assert (await file_of(case, REFERRAL, ref)).stage == "withdrawn_to_tell"
    await acted(case, REFERRAL, ref, AgencyToldOfWithdrawal(at=case.now, words="Rang them."))
    await until_heard(case, {"referral_finished": 1})


async def test_what_an_attempt_that_was_lost_may_have_sent_has_to_be_told(
    slowly: Slowly, cases_here: Cases
) -> None:
    case = await cases_here.open()
    ref = await withdrawn_while_it_goes(case, slowly)
    slowly.lost.set_result(None)
    slowly.outcome.set_result(Sending.IN_DOUBT)
    await case.until(case.now + timedelta(minutes=1))
    await until_heard(case, {"referral_moved": 1})
    assert (await file_of(case, REFERRAL, ref)).stage == "withdrawn_to_tell"


async def test_what_did_not_go_after_all_is_over(slowly: Slowly, cases_here: Cases) -> None:
    case = await cases_here.open()
    ref = await withdrawn_while_it_goes(case, slowly)
    slowly.outcome.set_result(Sending.NOT_DELIVERED)
    await until_heard(case, {"referral_finished": 1})
    assert "referral_moved" not in await case.facts()
    assert (await file_of(case, REFERRAL, ref)).finished
