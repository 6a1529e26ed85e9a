"""An open case that was brought here runs as any other: nothing is sent again, and what is late shows."""

import asyncio
from pathlib import Path

from sqlalchemy import text

from store.sessions import Store
from tests.api.product import Product, until
from tests.cli.brought import CONTACT, OPEN, OVER, brought, holds, of_case, refs, written
from workers.relay import Relay
from workflows.intake import Intake


def relay(product: Product) -> Relay:
    return Relay(Intake(product.records, product.resources.intake.door, {}), 0.1)


async def bring_in(product: Product, path: Path, cases: int) -> list[str]:
    """Open cases, one of which is over, running."""
    rows = [row for n in range(cases) for row in of_case(f"ASB/{n}", OPEN)]
    await brought(product.settings, written(path / "cases.csv", [*rows, *of_case("ASB/over", OVER)]))
    assert await relay(product).carry_waiting() == cases
    assert await relay(product).carry_waiting() == 0
    return await refs(product.records)


async def live(product: Product, ref: str) -> dict[str, object]:
    answer = await product.officer.get(f"/api/cases/{ref}")
    assert answer.status_code == 200, answer.text
    standing: dict[str, object] = answer.json()["standing"]
    return standing


async def test_open_cases_run_and_show_what_is_late(product: Product, tmp_path: Path) -> None:
    ref, *_ = await bring_in(product, tmp_path, 1)

    async def noticed() -> bool:
        deadlines = (await live(product, ref))["deadlines"]
        assert isinstance(deadlines, list)
        return any(one["key"] == "regular-contact" and one["noticed_at"] for one in deadlines)

    assert await until(noticed)
    answer = await product.officer.fact(ref, "contact_made", means="phone", words="Rang them from here.")
    assert answer.status_code == 201, answer.text
    standing = await live(product, ref)
    assert standing["imported"] == {
        "at": standing["imported"]["at"],  # type: ignore[index] # as JSON is
        "source": "another system",
        "reference": "ASB/0",
        "entries": 3,
    }
    assert await until(lambda: _recorded(product.records, ref, "contact_made", 2))
    assert await holds(product.settings)


async def _recorded(store: Store, ref: str, fact: str, times: int) -> bool:
    query = text("SELECT count(*) FROM timeline WHERE case_ref = :ref AND fact = :fact")
    async with store.reading() as db:
        return bool(await db.connection.scalar(query, {"ref": ref, "fact": fact}) == times)


async def test_no_letter_goes_that_the_other_system_owed(product: Product, store: Store, tmp_path: Path) -> None:
    assert product.mailbox is not None
    ref, *_ = await bring_in(product, tmp_path, 1)
    await product.officer.recorded(ref, "contact_made", means="phone", words="Rang.")
    assert await until(lambda: _recorded(store, ref, "contact_made", 2))
    async with store.reading() as db:
        assert await db.connection.scalar(text("SELECT count(*) FROM letters")) == 0
    assert product.mailbox.messages() == []


async def test_several_relays_start_each_once(product: Product, store: Store, tmp_path: Path) -> None:
    rows = [row for n in range(12) for row in of_case(f"ASB/{n}", [*OPEN, {**CONTACT, "at": "2019-04-01"}])]
    await brought(product.settings, written(tmp_path / "cases.csv", rows))
    assert sum(await asyncio.gather(*(relay(product).carry_waiting() for _ in range(3)))) == 12

    async def all_run() -> bool:
        return all([(await live(product, ref))["seq"] for ref in await refs(store)])

    assert await until(all_run)
    assert await holds(product.settings)
