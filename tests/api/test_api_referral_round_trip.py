"""A referral from who proposes it to the agency that answers by its private link, and back to its case."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

import pytest
from temporalio.client import Client

from pages.app import with_pages
from runtime.embedded.mailbox import Mailbox
from runtime.settings import AgencyAddress, Settings
from store.sessions import Store
from tests.api.product import Product, elsewhere, problem, serving, until
from tests.api.test_api_referrals import TOLD, agreed, begun, on_case, stage_is
from tests.gateways.webhook_receiver import HERE, SECRET, Agency, receiving
from workers.worker import make_worker


@dataclass(frozen=True)
class Reached:
    """The product, and what an agency's own system has had from it."""

    product: Product
    agency: Agency


@pytest.fixture
async def reached(settings: Settings, store: Store, client: Client, mailbox: Mailbox) -> AsyncIterator[Reached]:
    agency = Agency()
    async with receiving(agency) as system:
        agencies = {
            "victim_support": AgencyAddress(name="Victim Support, Sevenoaks", email="referrals@support.example"),
            "floating_support": AgencyAddress.model_validate({"name": "Support", "url": system, "secret": SECRET}),
        }
        settings = elsewhere(
            settings,
            smtp_port=mailbox.port,
            agencies=agencies,
            webhooks_without_tls=True,
            webhooks_to_private_addresses=HERE,
        )
        async with make_worker(client, settings, store), serving(settings, mailbox, make=with_pages) as product:
            yield Reached(product, agency)


async def proposed(product: Product, agency: str) -> tuple[str, str]:
    ref = await agreed(product)
    await product.officer.recorded(ref, "referral_proposed", **TOLD | {"agency": agency})
    return ref, await begun(product, ref)


async def answers_as_a_system(product: Product, link: str, case: str, referral: str) -> None:
    path = link[link.index("/api/answers/") :]
    assert (await product.public.get(path)).json()["reference"] == referral
    early = {"fact": "referral_work_reported", "words": "She comes every week."}
    assert "row" not in problem(await product.public.post(path, early), 409, "not-now")
    for body in (
        {"fact": "referral_acknowledged"},
        {"fact": "referral_answered", "taken_up": True, "words": "We see her on Monday."},
    ):
        answer = await product.public.post(path, body)
        assert answer.status_code == 201, answer.text
        assert answer.json() == {"reference": referral, "recorded": True, "not_any_more": None}
    await is_taken_up(product, case, referral)


async def answers_on_the_page(product: Product, link: str, case: str, referral: str) -> None:
    """Pressing twice each time."""
    path = link[link.index("/answer/") :]
    headers = {"Sec-Fetch-Site": "same-origin"}
    for said in ({"what": "have_it"}, {"what": "can_help", "words": "We see her on Monday."}):
        shown = (await product.http.get(path)).text
        assert referral in shown
        (key,) = re.findall(r'name="key" value="([^"]+)"', shown)
        pressed = [product.http.post(path, data=said | {"key": key}, headers=headers) for _ in range(2)]
        assert [one.status_code for one in await asyncio.gather(*pressed)] == [303, 303]
    await is_taken_up(product, case, referral)


async def is_taken_up(product: Product, case: str, referral: str) -> None:
    """By the agency, which said so once."""
    assert (await stage_is(product, referral, "taken_up"))["deadlines"][0]["key"] == "progress"
    page = (await product.officer.get(f"/api/referrals/{referral}/timeline")).json()
    facts = [one["fact"] for one in page["entries"]]
    assert (facts.count("referral_acknowledged"), facts.count("referral_answered")) == (1, 1)
    by = {one["fact"]: (one["by_id"], one["by_role"]) for one in page["entries"]}
    assert by["referral_answered"][1] == "agency"
    assert by["referral_answered"][0].startswith("agency:")

    async def knows() -> Any:
        return "referral_taken_up" in await on_case(product, case)

    await until(knows)


async def test_an_agency_gets_an_e_mail_and_answers_on_the_page_of_its_link(reached: Reached) -> None:
    product = reached.product
    case, referral = await proposed(product, "victim_support")
    await stage_is(product, referral, "sent")
    assert product.mailbox is not None
    (mail,) = [one for one in product.mailbox.messages() if one.to == ("referrals@support.example",)]
    message = message_from_bytes(await asyncio.to_thread(mail.file.read_bytes), policy=policy.default)
    body = message.get_body()
    assert body is not None
    (link,) = re.findall(r"https?://\S+/answer/\S+", body.get_content())
    await answers_on_the_page(product, link, case, referral)


async def test_an_agency_s_system_gets_it_and_answers_by_its_link(reached: Reached) -> None:
    product = reached.product
    case, referral = await proposed(product, "floating_support")
    await stage_is(product, referral, "sent")
    data = reached.agency.only()["data"]
    assert data["reference"] == referral
    await answers_as_a_system(product, data["answer"]["link"], case, referral)


async def test_an_agency_without_an_address_is_for_a_person_who_delivers_it(reached: Reached) -> None:
    _, referral = await proposed(reached.product, "environmental_health")
    told = await stage_is(reached.product, referral, "undelivered")
    assert "referral_handed_over" in told["offered"]
