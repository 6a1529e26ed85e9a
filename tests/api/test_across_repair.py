"""What concerns two cases reaches both, once, however often somebody died on the way."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text
from temporalio.client import Client

from policy.facts import CaseFact, Entry
from policy.facts.disclosing import DisclosureRecorded, Gateway
from policy.facts.joining import CaseJoined, CaseSeparated, IncidentSeparated
from policy.facts.linking import CasesLinked, Tie
from policy.facts.reporting import Channel, IncidentReported
from runtime.settings import Settings
from store import recording
from store.sessions import Store
from tests.api.product import Product, assessment, until
from tests.api.test_relay import relay, unsettled
from tests.api.two_cases import case, entries, facts, has, joined, standing
from tests.given import OFFICER
from workflows.case_door import EngineAway


def now() -> datetime:
    return datetime.now(UTC)


async def only_recorded(product: Product, ref: str, fact: CaseFact) -> str:
    """Recorded on its own case by somebody who dies before the other case hears of it."""
    key = str(uuid4())
    entry = Entry(id=key, by=OFFICER, recorded_at=now(), fact=fact, digest=key)
    await product.resources.door.record(ref, entry)
    await has(product, ref, fact.fact)
    return key


def joining(into: str) -> CaseJoined:
    return CaseJoined(at=now(), into=into, reasons="The same music.")


async def repaired(store: Store, client: Client, settings: Settings) -> None:
    """Several relays at once until nothing waits any more."""

    async def all_settled() -> bool:
        await asyncio.gather(*(relay(store, client, settings, 0.1).carry_waiting() for _ in range(3)))
        return await unsettled(store) == 0

    await until(all_settled, 60)


async def test_a_joining_reaches_the_other_case_once(product: Product, store: Store, client: Client) -> None:
    ref, into = await product.officer.reported(), await product.officer.reported()
    await only_recorded(product, ref, joining(into))
    assert "report_joined" not in await facts(product, into)
    await repaired(store, client, product.settings)
    await repaired(store, client, product.settings)
    assert (await facts(product, into)).count("report_joined") == 1
    assert (await standing(product, into))["joined_here"] == [ref]


async def test_a_report_that_the_other_case_cannot_take_stands_by_itself_again(
    product: Product, store: Store, client: Client
) -> None:
    ref, into = await product.officer.reported(), await product.officer.reported()
    await product.officer.recorded(into, "assessed", **assessment())
    await only_recorded(product, ref, joining(into))
    await product.officer.recorded(into, "case_closed", closing="dealt_with", reasons="Done.")
    await repaired(store, client, product.settings)
    await has(product, ref, "case_separated")
    assert (await standing(product, ref))["stage"] == "reported"
    (undone,) = [entry for entry in await entries(product, ref) if entry["fact"] == "case_separated"]
    assert undone["by_role"] == "system"
    assert "report_joined" not in await facts(product, into)


async def test_a_joining_taken_back_before_it_arrived_arrives_and_is_taken_back(
    product: Product, store: Store, client: Client
) -> None:
    ref, into = await product.officer.reported(), await product.officer.reported()
    await only_recorded(product, ref, joining(into))
    taken_back = await only_recorded(product, ref, CaseSeparated(at=now(), reasons="Another flat."))
    with pytest.raises(EngineAway, match="still on its way"):
        await product.resources.intake.carry_what_follows(taken_back)
    await repaired(store, client, product.settings)
    told = await facts(product, into)
    assert told.index("report_joined") < told.index("incident_separated")
    assert (await standing(product, into))["joined_here"] == []
    assert (await standing(product, ref))["stage"] == "reported"


async def test_two_cases_joined_to_each_other_at_once_end_in_no_circle(
    product: Product, store: Store, client: Client
) -> None:
    """The first that is refused stands again, and may then take the other."""
    ref, into = await product.officer.reported(), await product.officer.reported()
    await only_recorded(product, ref, joining(into))
    await only_recorded(product, into, joining(ref))
    await repaired(store, client, product.settings)

    async def in_no_circle() -> bool:
        stood = {one: await standing(product, one) for one in (ref, into)}
        joined = {one: found["joined_into"] for one, found in stood.items() if found["joined_into"] is not None}
        alone = [one for one, found in stood.items() if found["stage"] == "reported"]
        return bool(alone) and all(stood[other]["joined_here"] == [one] for one, other in joined.items())

    await until(in_no_circle)


async def test_what_a_closed_case_is_to_hear_of_the_police_reaches_it_as_long_as_it_runs(
    product: Product, store: Store, client: Client
) -> None:
    by_post = {"name": "Rowan Example", "address": ["2 Invented Row"]}
    ref, into = await product.officer.reported(complainant=by_post), await product.officer.reported()
    await joined(product, ref, into)
    told = DisclosureRecorded(
        at=now(),
        to="police",
        about=("complainant",),
        what="Why.",
        why="Help.",
        gateway=Gateway.PROTOCOL,
        under="One.",
    )
    await only_recorded(product, into, told)
    await product.officer.recorded(into, "assessed", **assessment())
    await product.officer.recorded(into, "case_closed", closing="dealt_with", reasons="Done.")
    await has(product, ref, "case_closed")
    await repaired(store, client, product.settings)
    heard = await facts(product, ref)
    assert heard.index("case_closed") < heard.index("police_told_where_joined")
    listed = (await product.officer.get(f"/api/cases/{ref}/disclosures")).json()["disclosures"]
    assert [(one["fact"], one["to"], one["about"]) for one in listed] == [
        ("police_told_where_joined", ["police"], None)
    ]
    assert datetime.fromisoformat(listed[0]["at"]) == told.at


async def test_that_something_was_taken_back_is_no_disclosure(product: Product) -> None:
    ref, into = await product.officer.reported(), await product.officer.reported()
    await joined(product, ref, into)
    await product.officer.recorded(into, "police_referral_made", words="As told.")
    (key,) = [one["key"] for one in (await standing(product, into))["deadlines"] if "referral" in one["key"]]
    back = {"matter": key, "reasons": "Sent twice.", "taken_back": True}
    await product.officer.recorded(into, "police_referral_ended", **back)
    await has(product, ref, "police_told_where_joined", 2)
    listed = (await product.officer.get(f"/api/cases/{ref}/disclosures")).json()["disclosures"]
    assert [one["fact"] for one in listed] == ["police_told_where_joined"]


async def test_a_separated_incident_becomes_one_case(product: Product, store: Store, client: Client) -> None:
    ref, key = await product.officer.reported(), str(uuid4())
    await product.officer.post(f"/api/cases/{ref}/incidents", {"channel": "phone", "words": "Again."}, key)
    await has(product, ref, "incident_reported")
    separated = IncidentSeparated(at=now(), incident=key, reasons="The car park.", reported_at=now())
    await only_recorded(product, ref, separated)
    await repaired(store, client, product.settings)
    listed = {one["ref"] for one in (await product.officer.get("/api/cases")).json()["cases"]}
    (new,) = listed - {ref}
    await has(product, ref, "cases_linked")
    assert [(one["ref"], one["tie"]) for one in (await case(product, ref))["linked"]] == [(new, "followed_by")]
    assert (await standing(product, new))["links"] == [{"other": ref, "tie": "follows"}]


async def test_a_separated_incident_of_somebody_who_is_abused_is_a_case_that_is_as_careful(
    product: Product, store: Store, client: Client
) -> None:
    safe = {"means": ["phone"]}
    ref, key = await product.officer.reported(domestic_abuse=True, safe_contact=safe), str(uuid4())
    await product.officer.post(f"/api/cases/{ref}/incidents", {"channel": "phone", "words": "Again."}, key)
    await has(product, ref, "incident_reported")
    await only_recorded(
        product, ref, IncidentSeparated(at=now(), incident=key, reasons="Not him.", reported_at=now())
    )
    await repaired(store, client, product.settings)
    await has(product, ref, "cases_linked")
    (new,) = [one["ref"] for one in (await case(product, ref))["linked"]]
    assert "letter_sent" not in await facts(product, new)
    assert {"specialist-help:complainant", "legal-options:complainant"} <= {
        owed["key"] for owed in (await standing(product, new))["deadlines"]
    }


async def test_a_link_is_on_both_cases_and_a_rebuild_recreates_it(
    product: Product, store: Store, client: Client
) -> None:
    ref, other = await product.officer.reported(), await product.officer.reported()
    link = CasesLinked(at=now(), other=other, tie=Tie.COUNTER_ALLEGATION)
    await only_recorded(product, ref, link)
    await repaired(store, client, product.settings)
    for one in (ref, other):
        assert (await facts(product, one)).count("cases_linked") == 1
    before = await rows(store)
    assert len(before) == 2
    async with store.writing() as db:
        await db.connection.execute(text("DELETE FROM links"))
        for one in (ref, other):
            await recording.rebuild(db, one)
    assert await rows(store) == before


async def rows(store: Store) -> list[tuple[str, ...]]:
    async with store.reading() as db:
        found = await db.connection.execute(text("SELECT * FROM links ORDER BY 1, 2, 3"))
        return [tuple(row) for row in found]


async def test_an_incident_on_its_way_follows_its_case_to_the_other(
    product: Product, store: Store, client: Client
) -> None:
    """It was told before the case joined, and arrives after."""
    ref, into = await product.officer.reported(), await product.officer.reported()
    at = now()
    fact = IncidentReported(at=at, channel=Channel.PHONE, words="Again.")
    told = Entry(id=str(uuid4()), by=OFFICER, recorded_at=at, fact=fact)
    await product.resources.intake.receive_incident(ref, told)
    await only_recorded(product, ref, joining(into))
    await repaired(store, client, product.settings)
    assert "incident_reported" not in await facts(product, ref)
    assert (await facts(product, into)).count("incident_reported") == 1


async def test_what_is_no_case_is_told_nothing(product: Product, store: Store) -> None:
    """Nor does what somebody typed in its place end up in a log."""
    await product.officer.reported(follows="the noisy one")
    assert await unsettled(store) == 0
