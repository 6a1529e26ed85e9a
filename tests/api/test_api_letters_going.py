"""What the case records of its letters, with real mail servers behind a real worker."""

from collections import Counter
from pathlib import Path
from typing import Any

from temporalio.client import Client

from runtime.embedded.mailbox import start_mailbox
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Product, elsewhere, serving, until
from tests.gateways.mail_servers import Postbox, Talk, behaving, misbehaving
from workers.worker import make_worker

ROWAN = {"name": "Rowan Example", "email": "rowan@example.org", "prefers": "email"}


async def facts_once(product: Product, ref: str, wanted: str) -> Counter[str]:
    async def there() -> Any:
        entries = (await product.officer.get(f"/api/cases/{ref}/timeline")).json()["entries"]
        facts = Counter(entry["fact"] for entry in entries)
        return facts if facts[wanted] else None

    found: Counter[str] = await until(there, 60)
    return found


async def test_with_the_mail_server_away_a_letter_goes_once_when_it_is_back(
    settings: Settings, store: Store, client: Client, tmp_path: Path
) -> None:
    port = free_port()
    settings = elsewhere(settings, smtp_port=port)
    async with make_worker(client, settings, store), serving(settings) as product:
        ref = await product.officer.reported()

        async def tried() -> Any:
            letters = (await product.officer.get(f"/api/cases/{ref}")).json()["letters"]
            return letters and letters[0]["state"] == "composed"

        await until(tried)
        mailbox = await start_mailbox(tmp_path / "mail", port)
        assert (await facts_once(product, ref, "letter_sent"))["letter_sent"] == 1
        assert [mail.copy for mail in mailbox.messages()] == [1]
        await mailbox.stop()


async def test_a_refused_address_is_written_to_by_post_or_looked_into(
    settings: Settings, store: Store, client: Client
) -> None:
    postbox = Postbox(answers={"RCPT": "550 no such person"})
    async with behaving(postbox) as port:
        settings = elsewhere(settings, smtp_port=port)
        async with make_worker(client, settings, store), serving(settings) as product:
            with_address = await product.officer.reported(complainant=ROWAN | {"address": ["2 Invented Row"]})
            without = await product.officer.reported(complainant=ROWAN)
            facts = await facts_once(product, with_address, "letter_ready_to_post")
            assert (facts["letter_refused"], facts["letter_sent"]) == (1, 0)
            assert (await facts_once(product, without, "letter_refused"))["letter_ready_to_post"] == 0
            for ref in (with_address, without):
                case = (await product.officer.get(f"/api/cases/{ref}")).json()
                assert case["standing"]["letters_waiting"] == ["acknowledgement"]
                assert any("letter_sent" in each["met_by"] for each in case["standing"]["deadlines"])
            await product.officer.recorded(with_address, "letter_sent", key="acknowledgement", means="post")
            case = (await product.officer.get(f"/api/cases/{with_address}")).json()
            assert case["standing"]["letters_waiting"] == []


async def test_a_letter_in_doubt_waits_for_a_person(settings: Settings, store: Store, client: Client) -> None:
    async def hangs_up(talk: Talk) -> None:
        await talk.to_the_dot()
        talk.reset()

    async with misbehaving(hangs_up) as port:
        settings = elsewhere(settings, smtp_port=port)
        async with make_worker(client, settings, store), serving(settings) as product:
            ref = await product.officer.reported()
            facts = await facts_once(product, ref, "letter_in_doubt")
            assert facts["letter_sent"] == 0
            case = (await product.officer.get(f"/api/cases/{ref}")).json()
            assert case["letters"][0]["state"] == "in_doubt"
