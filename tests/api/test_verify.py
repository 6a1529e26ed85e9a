"""`casework verify`: it holds for what is right, and names what is not."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from rich.progress import Progress
from temporalio.client import Client

from activities.counting import Counting
from cli.rebuild import rebuild
from cli.verify import Findings, verify
from runtime.database import dsn
from runtime.embedded.processes import free_port
from store.sessions import Store
from tests.api.product import Product, assessment, elsewhere, report, serving, until
from tests.store.erasing import approved, carried_out, everything_of_somebody


async def verified(product: Product) -> Findings:
    with Progress(disable=True) as progress:
        return await verify(product.settings, progress)


async def why(product: Product) -> str:
    [fault] = (await verified(product)).faults
    return fault.why


async def a_case(product: Product) -> str:
    ref = await product.officer.reported()
    await product.officer.recorded(ref, "contact_made", means="phone", words="Spoke.")
    await product.officer.recorded(ref, "assessed", **assessment())
    await product.officer.recorded(ref, "partners_consulted", partners=["council"], words="They know him.")
    await product.officer.recorded(
        ref, "hearing_listed", on=str((datetime.now(UTC) + timedelta(days=30)).date()), court="A county court"
    )
    return ref


async def test_what_is_right_is_found_to_be(product: Product) -> None:
    await a_case(product)
    found = await verified(product)
    assert found.clean, found
    assert (found.cases, found.entries >= 3) == (1, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE deadlines SET ending = 'late' WHERE key = 'first-contact'", "ledger"),
        ("DELETE FROM deadlines WHERE key = 'review'", "ledger"),
        ("UPDATE cases SET file = jsonb_set(file, '{officer}', '\"somebody\"')", "case file"),
        ("UPDATE cases SET seq = seq + 1", "register ends"),
        ("UPDATE cases SET ward = 'Elsewhere'", "register's row"),
        ("UPDATE cases SET next_due = next_due + interval '1 day'", "register's row"),
        ("UPDATE disclosures SET about = '{}'", "register of disclosures"),
        ("DELETE FROM disclosures", "register of disclosures"),
        ("UPDATE case_people SET safe_told_at = now(), safe_means = '{phone}'", "reached safely"),
        ("DELETE FROM sittings", "days of courts"),
    ],
)
async def test_a_projection_that_was_changed_is_named(
    product: Product, database: str, change: str, said: str
) -> None:
    ref = await a_case(product)
    owner = await asyncpg.connect(dsn(database))

    async def named() -> bool:
        """A letter that is still on its way writes the row anew, and so mends it."""
        await owner.execute(change)
        return any(said in fault.why and fault.case_ref == ref for fault in (await verified(product)).faults)

    await until(named)
    await owner.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE counted SET value = value + 1 WHERE measure = 'days_to_contact'",
        "DELETE FROM counted WHERE measure = 'opened'",
        "UPDATE counted_cases SET parties = '{somebody}'",
        "DELETE FROM counted_cases",
    ],
)
async def test_what_measures_count_is_compared_with_the_timeline(
    product: Product, database: str, change: str
) -> None:
    ref = await a_case(product)
    await Counting(product.records).bring_up_to_date()
    assert (await verified(product)).clean
    owner = await asyncpg.connect(dsn(database))
    await owner.execute(change)
    await owner.close()
    assert await why(product) == "what measures count of it is not what its timeline makes it"
    with Progress(disable=True) as progress:
        await rebuild(product.settings, progress)
    assert (await verified(product)).clean, ref


async def test_an_open_case_that_nothing_runs_is_named(product: Product, client: Client) -> None:
    ref = await a_case(product)
    await client.get_workflow_handle(f"case/{ref}").terminate()
    assert "nothing is running it" in await why(product)


async def test_a_report_that_never_reached_its_case_is_named(product: Product, database: str) -> None:
    away = elsewhere(product.settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as cut_off:
        await cut_off.public.post("/api/reports", report())
    assert (await verified(product)).clean
    owner = await asyncpg.connect(dsn(database))
    await owner.execute("UPDATE reports SET received_at = received_at - interval '2 minutes'")
    await owner.close()
    assert "has not reached its case" in await why(product)


async def test_words_that_went_without_an_erasure_are_named(product: Product, database: str) -> None:
    ref = await a_case(product)
    owner = await asyncpg.connect(dsn(database))
    await owner.execute("DELETE FROM timeline_content WHERE seq = 2")
    await owner.close()
    [fault] = (await verified(product)).faults
    assert (fault.case_ref, fault.seq) == (ref, 2)
    assert "nobody had it erased" in fault.why


async def test_an_erased_case_is_checked_by_its_chain_and_stays_as_it_is(product: Product, store: Store) -> None:
    held = await everything_of_somebody(store)
    await approved(store, held.case)
    assert await carried_out(product.records, held.case)
    found = await verified(product)
    assert (found.clean, found.cases, found.erased) == (True, 1, 2), found
    with Progress(disable=True) as progress:
        await rebuild(product.settings, progress)
    assert (await verified(product)).clean


LEFT = {
    "corrections": "INSERT INTO corrections SELECT gen_random_uuid(), case_ref, seq, at, at, '', '', '', 'a', 'b'"
    " FROM timeline WHERE case_ref = '{case}' AND seq = 1",
    "case_access": "INSERT INTO case_access VALUES ('{case}', gen_random_uuid(), '{{}}')",
    "reports": "INSERT INTO reports (id, case_ref, opens_case, digest, entry, received_at, tried_at, settled_at)"
    " VALUES (gen_random_uuid(), '{case}', false, '', '{{}}', now(), now(), now())",
    "mentions": "INSERT INTO mentions (case_ref, seq, part, name, standing, address, words, marks)"
    " VALUES ('{case}', 1, 'complainant', 'Rowan', 'tenant', '{{}}', '', '{{}}')",
    "case_people": "INSERT INTO case_people (case_ref, key, part, minor, since)"
    " VALUES ('{case}', 'victim-1', 'victim', false, now())",
    "letters": "UPDATE letters SET body = 'Dear Rowan'",
    "sendings": "UPDATE sendings SET body = 'About Rowan'",
    "counted": "INSERT INTO counted VALUES ('{case}', 'opened', 1, now(), NULL, 1, '{{}}')",
    "counted_cases": "INSERT INTO counted_cases VALUES"
    " ('{case}', now(), '{{}}', now(), NULL, false, false, '{{}}', NULL)",
}


@pytest.mark.parametrize("table", LEFT)
async def test_what_is_left_of_an_erased_case_is_named(
    product: Product, store: Store, database: str, table: str
) -> None:
    held = await everything_of_somebody(store)
    await approved(store, held.case)
    assert await carried_out(product.records, held.case)
    owner = await asyncpg.connect(dsn(database))
    await owner.execute(LEFT[table].format(case=held.case))
    await owner.close()
    assert {fault.why for fault in (await verified(product)).faults} == {
        f"it was erased, and {table} still says something of it"
    }
