"""Two cases that have to do with each other."""

from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import uuid4

import httpx2

from runtime.embedded.mailbox import Mail
from tests.api.product import Product, until
from tests.policy.cared_for import NO_RISK

SAGE = {"name": "Sage Invented", "email": "sage@example.org", "prefers": "email"}
RACE = {"strands": ["race"], "perceived_by": "victim", "offence_alleged": True}
JOIN = {"fact": "case_joined", "reasons": "The same music, told by another neighbour."}
SEPARATE = {"fact": "case_separated", "reasons": "It was another flat after all."}


async def case(product: Product, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = (await product.officer.get(f"/api/cases/{ref}")).json()
    return found


async def standing(product: Product, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = (await case(product, ref))["standing"]
    return found


async def entries(product: Product, ref: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()[
        "entries"
    ]
    return found


async def facts(product: Product, ref: str) -> list[str]:
    return [entry["fact"] for entry in await entries(product, ref)]


def owed(stood: dict[str, Any]) -> set[str]:
    return {d["key"] for d in stood["deadlines"]}


async def has(product: Product, ref: str, fact: str, times: int = 1) -> None:
    """Waits until the case has recorded the fact so often."""

    async def there() -> bool:
        return (await facts(product, ref)).count(fact) >= times

    await until(there)


async def link(product: Product, ref: str, other: str, tie: str, key: str | None = None) -> httpx2.Response:
    body = {"other": other, "tie": tie}
    return await product.officer.post(f"/api/cases/{ref}/links", body, key or str(uuid4()))


async def joined(product: Product, ref: str, into: str) -> None:
    await product.officer.recorded(ref, **JOIN, into=into)
    await has(product, into, "report_joined")


async def cared_for(product: Product, ref: str) -> None:
    """What is owed for the safety of the complainant of a case of hate was done."""
    officer, words = product.officer, "As told."
    await officer.recorded(ref, "police_advised", means="phone", words=words)
    await officer.recorded(
        ref, "appointment_offered", means="phone", appointment_at="2026-03-03T10:00:00Z", words=words
    )
    await officer.recorded(ref, "consent_refused", purpose="police", words=words)
    await officer.recorded(ref, "safety_considered", measures=["none_wanted"], words=words)
    await officer.recorded(ref, "risk_assessed", answers=NO_RISK, words=words)
    await officer.recorded(ref, "support_offered", provider="victim_support", words=words)
    (offered,) = [key for key in owed(await standing(product, ref)) if key.startswith("support-")]
    await officer.recorded(ref, "support_declined", matter=offered, words=words)


def text(mail: Mail) -> str:
    """What the letter says."""
    body = message_from_bytes(mail.file.read_bytes(), policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())
