"""One's own case shows what was agreed with oneself, as it stands now, and what one tells is one's own."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
from own_link import NOW, OFFICER, case_of
from sqlalchemy import select

from policy.correcting import EntryCorrected
from policy.facts.contact import PersonContacted
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.promising import ActionPlanned, PromiseKept, PromiseMade
from policy.journal import Note
from store import corrections
from store.reports import reports
from tests.api.product import Product
from tests.policy.happenings import taken_on

HERE = {"Sec-Fetch-Site": "same-origin"}


async def behind(site: Product, http: httpx2.AsyncClient, ref: str, person: str, digits: str) -> str:
    """What their own case shows."""
    wanted = {"purpose": "my-case", "person": person}
    link = (await site.officer.post(f"/api/cases/{ref}/private-links", wanted)).json()["link"]
    answer = await http.post(link.removeprefix(site.settings.public_url), data={"answer": digits})
    assert answer.status_code == 303, answer.text
    return (await http.get("/my-case")).text


async def test_a_witness_reads_when_we_spoke_and_what_they_tell_is_a_witness_s(site: Product) -> None:
    known = {"name": "Wren Onlooker", "phone": "01632 960444"}
    wren = (await site.officer.post("/api/people", known)).json()["id"]
    ref = await case_of(
        site,
        taken_on(NOW, "witness-1", Part.WITNESS, person=wren),
        PersonContacted(at=NOW, person="witness-1", means=Means.PHONE, words="SECRET"),
    )
    async with httpx2.AsyncClient(base_url=site.base, headers=HERE) as http:
        shown = await behind(site, http, ref, "witness-1", "0444")
        assert "We were last in touch on" in shown
        assert "SECRET" not in shown
        told = {"key": str(uuid4()), "words": "I saw it again."}
        assert (await http.post("/my-case/again", data=told)).status_code == 303
    async with site.records.reading() as db:
        kept = select(reports.c.entry).where(reports.c.case_ref == ref, reports.c.opens_case.is_(False))
        fact: dict[str, Any] = (await db.connection.scalar(kept) or {})["fact"]
    assert (fact["told_by"], fact["reporter"]) == ("witness-1", "witness")


async def test_they_read_what_they_agreed_to_and_nothing_that_was_put_right(site: Product) -> None:
    ref = await case_of(
        site,
        ActionPlanned(at=NOW, words="We fit a lock.", agreed=True),
        ActionPlanned(at=NOW, words="Ask Wren Onlooker what she saw."),
        PromiseMade(at=NOW, person="complainant", words="We ring Mr Sample."),
    )
    wrong = EntryCorrected(at=NOW, seq=4, wrong="We ring Mr Sample.", right="We ring her.")
    note = Note(id=str(uuid4()), by=OFFICER, recorded_at=datetime.now(UTC), fact=wrong, digest="x")
    async with site.resources.everything.writing() as db:
        await corrections.add(db, ref, note)
    async with httpx2.AsyncClient(base_url=site.base, headers=HERE) as http:
        shown = await behind(site, http, ref, "complainant", "0001")
    assert "We fit a lock." in shown
    assert "put right" in shown
    for kept_back in ("Onlooker", "Sample"):
        assert kept_back not in shown
    assert "No promises are written down yet" in shown


async def test_a_promise_to_them_stays_there_once_it_was_kept(site: Product) -> None:
    ref = await case_of(
        site,
        PromiseMade(at=NOW, person="complainant", words="We mend the gate."),
        PromiseMade(at=NOW, words="We ring Wren Onlooker."),
        PromiseKept(at=NOW, matter="promise-2", words="Mended."),
        PromiseKept(at=NOW, matter="promise-3", words="Rang."),
    )
    async with httpx2.AsyncClient(base_url=site.base, headers=HERE) as http:
        shown = await behind(site, http, ref, "complainant", "0001")
    promised = shown.partition("What we promised you")[2].partition("</ul>")[0]
    assert "We mend the gate." in promised
    assert "(kept on" in promised
    assert "Onlooker" not in shown


async def test_a_contact_that_is_late_is_said_to_be(site: Product) -> None:
    long_ago = NOW - timedelta(days=60)
    ref = await case_of(site, at=long_ago)
    async with httpx2.AsyncClient(base_url=site.base, headers=HERE) as http:
        shown = await behind(site, http, ref, "complainant", "0001")
    assert "You should have heard from us by" in shown
