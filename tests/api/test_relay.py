"""What was told while the engine was away is carried to it once, by however many relays."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
from sqlalchemy import text
from temporalio.client import Client

from policy.facts import Entry, digest
from policy.facts.reporting import Channel, IncidentReported, ReportReceived
from runtime.database import dsn
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from store.sessions import Store
from tests.api.product import Product, assessment, elsewhere, problem, report, serving, until
from tests.given import OFFICER
from workers.relay import Relay
from workers.worker import make_worker
from workflows.case_door import CaseDoor
from workflows.intake import Intake

INCIDENT = {"channel": "phone", "words": "Again."}


def relay(store: Store, client: Client, settings: Settings, rest: float = 0.3) -> Relay:
    return Relay(Intake(store, CaseDoor(client, settings.task_queue), {}), rest)


async def unsettled(store: Store) -> int:
    async with store.reading() as db:
        return int(await db.connection.scalar(text("SELECT count(*) FROM reports WHERE settled_at IS NULL")) or 0)


async def facts_of(product: Product, ref: str) -> Counter[str]:
    entries = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
    return Counter(entry["fact"] for entry in entries)


async def test_reports_taken_while_the_engine_was_away_are_opened_once_by_two_relays(
    settings: Settings, store: Store, client: Client
) -> None:
    away = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as product:
        refs, keys = [], []
        for n in range(12):
            keys.append(str(uuid4()))
            answer = await product.public.post("/api/reports", report(words=f"Night {n}."), keys[-1])
            assert answer.status_code == 202
            refs.append(answer.json()["ref"])
        told = await product.officer.post(f"/api/cases/{refs[0]}/incidents", INCIDENT)
        assert told.json() | {"report": "x"} == {"ref": refs[0], "report": "x", "opened": False}
    stopping = asyncio.Event()
    relays = [asyncio.create_task(relay(store, client, settings).run(stopping)) for _ in range(2)]
    async with make_worker(client, settings, store), serving(settings) as product:

        async def all_settled() -> bool:
            return await unsettled(store) == 0

        await until(all_settled, 60)
        for ref in refs:
            facts = await facts_of(product, ref)
            assert facts["report_received"] == 1
            assert facts["incident_reported"] == (1 if ref == refs[0] else 0)
        assert len((await product.officer.get("/api/cases")).json()["cases"]) == len(refs)
        again = await product.public.post("/api/reports", report(words="Night 3."), keys[3])
        assert (again.status_code, again.json()["ref"], again.json()["opened"]) == (201, refs[3], True)
        stopping.set()
        await asyncio.gather(*relays)


async def test_an_incident_whose_case_closes_before_it_arrives_is_a_new_case_that_follows_it(
    product: Product, store: Store, client: Client
) -> None:
    officer, settings = product.officer, product.settings
    ref = await officer.reported()
    await officer.recorded(ref, "assessed", **assessment())
    away = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")
    key = str(uuid4())
    async with serving(away) as cut_off:
        told = await cut_off.as_("officer", "officer-8").post(f"/api/cases/{ref}/incidents", INCIDENT, key)
    assert told.json() == {"ref": ref, "report": key, "opened": False}
    await officer.recorded(ref, "case_closed", closing="dealt_with", reasons="Done.")
    await asyncio.sleep(0.3)
    await asyncio.gather(*(relay(store, client, settings, 0.1).carry_waiting() for _ in range(3)))
    async with store.reading() as db:
        moved = await db.connection.scalar(text("SELECT case_ref FROM reports WHERE id = :key"), {"key": key})
        has_it = await db.connection.scalar(text("SELECT opened_by FROM cases WHERE ref = :ref"), {"ref": moved})
    assert has_it == "officer-1", "and not who passed it on, to whom the case may be shut"

    async def all_settled() -> bool:
        return await unsettled(store) == 0

    await until(all_settled)
    assert {case["ref"] for case in (await officer.get("/api/cases")).json()["cases"]} == {ref, moved}
    new = (await officer.get(f"/api/cases/{moved}")).json()
    assert new["complainant"]["name"] == "Rowan Example"
    (first, *_) = (await officer.get(f"/api/cases/{moved}/timeline")).json()["entries"]
    assert first["fact"] == "report_received"
    assert (first["content"]["follows"], first["content"]["words"]) == (ref, "Again.")
    assert (await facts_of(product, ref))["incident_reported"] == 0
    again = await product.as_("officer", "officer-8").post(f"/api/cases/{ref}/incidents", INCIDENT, key)
    assert (again.status_code, again.json()["ref"]) == (202, moved)
    assert len((await officer.get("/api/cases")).json()["cases"]) == 2


async def test_a_fact_does_not_take_the_key_of_an_incident_that_is_on_its_way(product: Product) -> None:
    """The case would take the incident for told already when it came, and it would be lost."""
    officer = product.officer
    ref, key = await officer.reported(), str(uuid4())
    away = elsewhere(product.settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as cut_off:
        await cut_off.officer.post(f"/api/cases/{ref}/incidents", INCIDENT, key)
    contact = {"fact": "contact_made", "means": "phone", "words": "Spoke."}
    problem(await officer.post(f"/api/cases/{ref}/facts", contact, key), 409, "key-used-for-another-body")


async def test_many_at_once_make_one_new_case_of_an_incident(
    product: Product, store: Store, client: Client
) -> None:
    """An API and several relays may find the same case closed at the same moment."""
    officer = product.officer
    ref = await officer.reported()
    await officer.recorded(ref, "assessed", **assessment())
    now = datetime.now(UTC)
    fact = IncidentReported(at=now, channel=Channel.PHONE, words="Again.")
    entry = Entry(id=str(uuid4()), by=OFFICER, recorded_at=now, fact=fact, digest=digest(INCIDENT))
    intake = Intake(store, CaseDoor(client, product.settings.task_queue), {})
    kept = await intake.receive_incident(ref, entry)
    await officer.recorded(ref, "case_closed", closing="dealt_with", reasons="Done.")
    await asyncio.gather(*(intake.carry(kept) for _ in range(5)))
    assert len((await officer.get("/api/cases")).json()["cases"]) == 2


async def test_a_report_that_the_store_will_not_take_does_not_hold_up_the_others(
    product: Product, store: Store, client: Client, database: str
) -> None:
    officer, settings = product.officer, product.settings
    ref = await officer.reported()
    await officer.recorded(ref, "assessed", **assessment())
    away = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as cut_off:
        await cut_off.officer.post(f"/api/cases/{ref}/incidents", INCIDENT)
        waiting = (await cut_off.public.post("/api/reports", report())).json()["ref"]
    await officer.recorded(ref, "case_closed", closing="dealt_with", reasons="Done.")
    connection = await asyncpg.connect(dsn(database))
    await connection.execute(
        """
        CREATE FUNCTION no_more() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'no more cases' USING ERRCODE = 'check_violation'; END $$;
        CREATE TRIGGER no_more BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION no_more();
        """
    )
    await connection.close()
    await asyncio.sleep(0.2)
    assert await relay(store, client, settings, 0.1).carry_waiting() == 2

    async def opened() -> bool:
        return (await facts_of(product, waiting))["report_received"] == 1

    await until(opened)
    assert await unsettled(store) == 1


async def test_a_case_that_nobody_carries_on_is_told_of_an_incident_only_now_and_then(
    settings: Settings, store: Store, client: Client
) -> None:
    """A signal every few seconds through a weekend without workers would end the case: its history is bounded."""
    now = datetime.now(UTC)
    intake = Intake(store, CaseDoor(client, settings.task_queue), {})
    first = ReportReceived(at=now, channel=Channel.PHONE, words="Music.")
    kept = await intake.receive(Entry(id=str(uuid4()), by=OFFICER, recorded_at=now, fact=first))
    await intake.carry(kept)
    again = IncidentReported(at=now, channel=Channel.PHONE, words="Again.")
    await intake.receive_incident(kept.case_ref, Entry(id=str(uuid4()), by=OFFICER, recorded_at=now, fact=again))
    for _ in range(30):
        await asyncio.sleep(0.05)
        await relay(store, client, settings, 0.02).carry_waiting()
    history = await client.get_workflow_handle(f"case/{kept.case_ref}").fetch_history()
    signals = [e for e in history.events if e.HasField("workflow_execution_signaled_event_attributes")]
    assert 2 <= len(signals) < 12
    async with make_worker(client, settings, store):

        async def all_settled() -> bool:
            return await unsettled(store) == 0

        await until(all_settled)


async def test_a_relay_outlives_the_engine(settings: Settings, store: Store) -> None:
    away = elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}")
    async with serving(away) as product:
        await product.public.post("/api/reports", report())
        stopping = asyncio.Event()
        running = asyncio.create_task(Relay(Intake(store, product.resources.door, {}), 0.1).run(stopping))
        await asyncio.sleep(0.5)
        assert not running.done()
        stopping.set()
        await asyncio.wait_for(running, 5)
    assert await unsettled(store) == 1
