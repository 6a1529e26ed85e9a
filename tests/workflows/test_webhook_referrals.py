"""A referral to an agency's own system through its workflow: what fails is tried again, what never gets there is
a person's. (partner-referrals)
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from temporalio.testing import TimeSkipper

from policy.facts.consent import ConsentGiven, Purpose
from policy.referral import facts as refs
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.referral.procedure import REFERRAL as BY_ITS_RULES
from runtime.settings import AgencyAddress, Settings
from store import sendings, timeline
from store.sendings import KeptSending
from store.sessions import Store
from store.timeline import TimelineEntry
from tests.gateways.webhook_receiver import HERE, SECRET, Agency, receiving
from tests.workflows.running import Case, Cases, Pigeonholes
from tests.workflows.test_beside_cases import REFERRAL, acted, beside_it, file_of, referral, until_heard
from workers.worker import make_worker

ATTEMPTS = 3
Referred = Callable[[], Awaitable[tuple[Case, str]]]


@pytest.fixture
def agency() -> Agency:
    return Agency()


@pytest_asyncio.fixture(loop_scope="session")
async def referred(
    skipping: TimeSkipper, settings: Settings, store: Store, agency: Agency
) -> AsyncIterator[Referred]:
    """A case with a referral to the agency whose system it is, carried on by a worker as it is deployed."""
    async with receiving(agency) as url:
        address = AgencyAddress.model_validate({"name": "Floating support", "url": url, "secret": SECRET})
        changes: dict[str, Any] = {
            "agencies": {"floating_support": address},
            "webhooks_without_tls": True,
            "webhooks_to_private_addresses": HERE,
            "referral_attempts": ATTEMPTS,
        }
        wanted = settings.model_copy(update=changes)
        mail = Pigeonholes()

        async def begun() -> tuple[Case, str]:
            case = await Cases(skipping, skipping.client, store, wanted, mail).open()
            await case.record(ConsentGiven(at=case.now, purpose=Purpose.REFERRAL, words="Yes."))
            return case, await beside_it(case, REFERRAL, referral(case, "floating_support"))

        async with make_worker(skipping.client, wanted, store, mail):
            yield begun


async def until_recorded(case: Case, ref: str, fact: str) -> list[TimelineEntry]:
    """In the timeline of the referral."""
    async with asyncio.timeout(30):
        while True:
            async with case.store.reading() as db:
                lines = await timeline.entries_of(db, ref)
            if fact in {line.fact for line in lines}:
                return lines
            await asyncio.sleep(0.05)


async def kept(case: Case, ref: str, key: str = "send-1") -> KeptSending:
    async with case.store.reading() as db:
        found = await sendings.by_key(db, ref, key)
    assert found is not None
    return found


async def owed(case: Case, ref: str) -> list[str]:
    return [one.owed for one in BY_ITS_RULES.deadlines(await file_of(case, REFERRAL, ref))]


async def test_a_system_that_fails_at_first_takes_it_afterwards_and_once(
    referred: Referred, agency: Agency
) -> None:
    agency.says = [503, 429]
    case, ref = await referred()
    lines = await until_recorded(case, ref, "referral_sent")
    assert agency.asked == ATTEMPTS
    assert len({told["webhook-id"] for told in agency.headers}) == 1, "the same message each time"
    assert agency.only()["data"]["reference"] == ref
    assert [line.fact for line in lines if line.fact.startswith("referral_")] == [
        "referral_begun",
        "referral_sent",
    ]
    assert ((await kept(case, ref)).state, (await kept(case, ref)).failure) == ("sent", None)
    assert await owed(case, ref) == ["Ask whether the referral has arrived (Floating support)"]
    await until_heard(case, {"referral_moved": 1})


async def test_what_never_gets_there_is_kept_and_is_a_person_s_by_the_next_working_day(
    referred: Referred, agency: Agency
) -> None:
    agency.says = [503] * 9
    case, ref = await referred()
    lines = await until_recorded(case, ref, "referral_not_delivered")
    assert agency.asked == ATTEMPTS
    assert (agency.taken, "referral_sent" in {line.fact for line in lines}) == ({}, False)
    dead = await kept(case, ref)
    assert (dead.state, dead.failure) == ("given_up", "DeliveryUnavailable")
    assert ref in dead.message.body, "what was to go is still there to be handed over"
    file = await file_of(case, REFERRAL, ref)
    assert file.stage is ReferralStage.UNDELIVERED
    [deadline] = BY_ITS_RULES.deadlines(file)
    assert deadline.owed.startswith("Get the referral there in another way, since it could not be delivered")
    await case.env.fast_forward(case.door.client.get_workflow_handle(f"referral/{ref}"), deadline.due - case.now)
    await until_recorded(case, ref, "deadline_missed")
    assert agency.asked == ATTEMPTS, "nothing goes by itself any more"


async def test_what_a_person_hands_over_in_its_place_goes_on_to_its_end(
    referred: Referred, agency: Agency
) -> None:
    agency.says = [410]
    case, ref = await referred()
    await until_recorded(case, ref, "referral_not_delivered")
    assert (agency.asked, (await kept(case, ref)).state) == (1, "refused")
    await acted(case, REFERRAL, ref, refs.ReferralHandedOver(at=case.now, words="Rang them."))
    await acted(case, REFERRAL, ref, refs.ReferralAnswered(at=case.now, taken_up=True, words="We see her."))
    over = refs.ReferralEnded(at=case.now, outcome=ReferralOutcome.HELPED, reasons="She is settled.")
    await acted(case, REFERRAL, ref, over)
    await until_heard(case, {"referral_finished": 1})
    assert agency.asked == 1


async def test_asked_again_once_the_system_is_back_it_goes_as_another_message(
    referred: Referred, agency: Agency
) -> None:
    agency.says = [410]
    case, ref = await referred()
    await until_recorded(case, ref, "referral_not_delivered")
    again = refs.SendingAskedAgain(at=case.now, words="They have mended it.")
    await acted(case, REFERRAL, ref, again)
    await until_recorded(case, ref, "referral_sent")
    assert len(agency.taken) == 1
    assert len({told["webhook-id"] for told in agency.headers}) == 2
