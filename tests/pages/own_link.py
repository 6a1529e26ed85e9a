"""A case with somebody on it who has a private link."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from policy.editions import in_force_on
from policy.facts import Actor, Entry
from policy.facts.base import Fact, Role
from policy.facts.needs import SafeContact
from policy.facts.people import Person
from policy.facts.reporting import Channel, ReportReceived
from policy.working_days import london_day
from store import cases, recording
from tests.api.product import Product
from tests.given import empty_file

NOW = datetime.now(UTC) - timedelta(hours=3)
ROWAN = Person(name="Rowan Example", phone="01632 960001", address=("1 Invented Street", "Sevenoaks TN13 1AA"))
OFFICER = Actor(id="officer-1", role=Role.OFFICER)


async def case_of(site: Product, *facts: Fact, person: Person | None = ROWAN, **told: Any) -> str:
    """Recorded as a worker does. Its reference."""
    said = {"at": NOW, "words": "Told us so.", "category": "noise"} | told
    first = ReportReceived(channel=Channel.PHONE, complainant=person, **said)
    async with site.records.writing() as db:
        ref = await cases.next_ref(db, 2024)
        known = empty_file(NOW.date()).closure_days
        await cases.register(db, ref, in_force_on(london_day(NOW)).ref, known, NOW, "officer-1")
    await record(site, ref, [first, *facts], 1)
    return ref


async def record(site: Product, ref: str, facts: Sequence[Fact], first: int) -> None:
    entries = [
        Entry.model_validate({"id": str(uuid4()), "by": OFFICER, "recorded_at": fact.at, "fact": fact})
        for fact in facts
    ]
    async with site.records.writing() as db:
        await recording.record(db, ref, first, entries, NOW)


async def link_to(site: Product, ref: str) -> tuple[str, str]:
    """Its id and its path."""
    answer = await site.officer.post(f"/api/cases/{ref}/private-links", {"purpose": "my-case"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    return told["id"], told["link"].removeprefix(site.settings.public_url)


async def uses_of(site: Product, ref: str) -> list[str]:
    answer = await site.officer.get(f"/api/cases/{ref}/private-links")
    assert answer.status_code == 200, answer.text
    return [use["what"] for use in answer.json()["links"][0]["uses"]]


NOBODY_SAFE = {"safe_contact": SafeContact(means=())}
