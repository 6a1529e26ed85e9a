"""A referral that is on its way while its case learns that it may not go."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest_asyncio
from aiosmtpd.smtp import SMTP, Envelope, Session
from temporalio.testing import TimeSkipper

from policy.facts.consent import ConsentGiven, ConsentWithdrawn, Purpose
from policy.referral.facts import AgencyToldOfWithdrawal
from runtime.settings import AgencyAddress, Settings
from store.sessions import Store
from tests.gateways.mail_servers import Postbox, behaving
from tests.workflows.running import Case, Cases, Pigeonholes
from tests.workflows.test_beside_cases import REFERRAL, acted, beside_it, file_of, referral, until_heard
from workers.crew import Crew
from workers.worker import make_worker

ADDRESS = "referrals@support.example"


@dataclass
class Slowly(Postbox):
    """The mail server: what is for the agency it has wholly heard, and answers as it is told to."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    answer: "asyncio.Future[str]" = field(default_factory=asyncio.Future)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name for it
        if ADDRESS not in envelope.rcpt_tos:
            return await super().handle_DATA(server, session, envelope)
        self.begun.set()
        return await asyncio.shield(self.answer)


@pytest_asyncio.fixture(loop_scope="session")
async def slowly() -> Slowly:
    return Slowly()


@pytest_asyncio.fixture(loop_scope="session")
async def cases(skipping: TimeSkipper, settings: Settings, store: Store, slowly: Slowly) -> AsyncIterator[Cases]:
    """Whatever works on them is the test's own."""
    agency = AgencyAddress(name="Victim Support, Sevenoaks", email=ADDRESS)
    async with behaving(slowly) as port:
        changes = {"smtp_port": port, "agencies": {"victim_support": agency}, "graceful_shutdown_seconds": 0}
        wanted = settings.model_copy(update=changes)
        yield Cases(skipping, skipping.client, store, wanted, Pigeonholes())


def worker(cases: Cases) -> Crew:
    return make_worker(cases.client, cases.settings, cases.store)


async def withdrawn_while_it_goes(case: Case, slowly: Slowly) -> str:
    await case.record(ConsentGiven(at=case.now, purpose=Purpose.REFERRAL, words="Yes."))
    ref = await beside_it(case, REFERRAL, referral(case, "victim_support"))
    await asyncio.wait_for(slowly.begun.wait(), 20)
    await case.record(ConsentWithdrawn(at=case.now, purpose=Purpose.REFERRAL, words="No more."))
    await until_heard(case, {"referral_told": 2})
    async with asyncio.timeout(60):
        while (await file_of(case, REFERRAL, ref)).stage != "over":
            await asyncio.sleep(0.05)
    return ref


async def test_a_case_waits_for_what_comes_of_a_sending_that_was_taken_back_too_late(
    slowly: Slowly, cases: Cases
) -> None:
    async with worker(cases):
        case = await cases.open()
        ref = await withdrawn_while_it_goes(case, slowly)
        await asyncio.sleep(0.5)
        assert "referral_finished" not in await case.facts(), "it may have gone"
        slowly.answer.set_result("250 Taken")
        await until_heard(case, {"referral_moved": 1})
        assert (await file_of(case, REFERRAL, ref)).stage == "withdrawn_to_tell"
        await acted(case, REFERRAL, ref, AgencyToldOfWithdrawal(at=case.now, words="Rang them."))
        await until_heard(case, {"referral_finished": 1})


async def test_what_an_attempt_that_was_lost_may_have_sent_has_to_be_told(slowly: Slowly, cases: Cases) -> None:
    """Its worker goes away before the mail server has said anything; another looks at what it left."""
    async with worker(cases):
        case = await cases.open()
        ref = await withdrawn_while_it_goes(case, slowly)
    async with worker(cases):
        await case.until(case.now + timedelta(minutes=1))
        await until_heard(case, {"referral_moved": 1})
        assert (await file_of(case, REFERRAL, ref)).stage == "withdrawn_to_tell"
    slowly.answer.set_result("250 Taken")


async def test_what_did_not_go_after_all_is_over(slowly: Slowly, cases: Cases) -> None:
    async with worker(cases):
        case = await cases.open()
        ref = await withdrawn_while_it_goes(case, slowly)
        slowly.answer.set_result("550 Not for us")
        await until_heard(case, {"referral_finished": 1})
        assert "referral_moved" not in await case.facts()
        assert (await file_of(case, REFERRAL, ref)).finished
