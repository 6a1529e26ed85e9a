"""The register of disclosures is what the timelines tell, and a rebuild gives it again."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from policy.case_review.facts import PartnersAsked, ReviewEntry
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.facts.health import HealthContactMade, HealthWorker
from policy.facts.safety import PartnersConsulted
from policy.referral.facts import ReferralSent
from store import cases, disclosures, procedures, recording, recording_beside
from store.disclosures import Disclosed, Wanted
from store.sessions import Store
from tests.activities.referred import happened, referred
from tests.given import EDITION, OFFICER, SUPERVISOR, a_moment_ago, empty_file, entry, london, report

REF, REVIEW = "CW-2023-000001", "CR-2023-000001"
DAY = london(2023, 5, 25)


async def kept(store: Store) -> list[Disclosed]:
    async with store.reading() as db:
        return await disclosures.page(db, Wanted(), 50)


@pytest.fixture
async def told(store: Store) -> list[Disclosed]:
    known = empty_file(DAY.date()).closure_days
    consulted = PartnersConsulted(at=london(2023, 5, 26), partners=("council",), words="The stairs.")
    nurse = HealthContactMade(at=london(2023, 5, 29), worker=HealthWorker.GP, words="How is she?")
    asked = PartnersAsked(at=london(2023, 6, 1), agencies=("police",), words="What do you know?")
    async with store.writing() as db:
        await cases.register(db, REF, EDITION.ref, known, DAY)
        facts = [entry(report(DAY)), entry(consulted, OFFICER), entry(nurse, OFFICER)]
        await recording.record(db, REF, 1, facts, DAY)
        opening = ReviewFile(ref=REVIEW, edition=EDITION.ref, closure_days=known, cases=(REF,))
        await procedures.register(db, CASE_REVIEW.name, opening)
        one = ReviewEntry(id="asked", by=SUPERVISOR, recorded_at=asked.at, fact=asked)
        await recording_beside.record(db, CASE_REVIEW, REVIEW, 1, [one])
    return await kept(store)


async def test_what_was_told_stands_there_by_whom_to_whom_and_of_whom(told: list[Disclosed]) -> None:
    lines = {(one.case_ref, one.seq, one.what, one.told, one.about, one.by_id) for one in told}
    assert lines == {
        (REF, 2, "partners_consulted", ("council",), None, OFFICER.id),
        (REF, 3, "health_contact_made", ("gp",), ("complainant",), OFFICER.id),
        (REVIEW, 1, "partners_asked", ("police",), None, SUPERVISOR.id),
    }


async def test_a_rebuild_gives_what_was_there_and_leaves_what_went_out_through_the_api(
    store: Store, told: list[Disclosed]
) -> None:
    taken = told[0].model_copy(update={"id": "8d1f0f5e-5a44-4c0c-9e0c-0f5d5d2b8a11", "case_ref": REF, "seq": None})
    async with store.writing() as db:
        await disclosures.enter(db, [taken])
    before = await kept(store)
    async with store.writing() as db:
        await db.connection.execute(text("UPDATE disclosures SET told = '{gp}', what = 'x' WHERE seq IS NOT NULL"))
        await recording.rebuild(db, REF)
        await recording_beside.rebuild(db, REVIEW)
    assert await kept(store) == before


async def test_what_a_review_tells_is_of_whoever_is_on_its_cases(store: Store, told: list[Disclosed]) -> None:
    assert told
    rowan, other = "5f0c4f3e-8f0e-4c8e-9a51-0d8f7a1b2c3d", "6f0c4f3e-8f0e-4c8e-9a51-0d8f7a1b2c3d"
    await known_as(store, REF, "victim-2", rowan)
    assert await of_person(store, rowan) == ["partners_asked", "partners_consulted"]
    assert await of_person(store, other) == []


async def test_what_a_referral_tells_is_of_whom_it_is_about_on_its_case(store: Store) -> None:
    order = await referred(store, report(a_moment_ago()))
    await happened(store, order.ref, ReferralSent(at=a_moment_ago(), key=order.duty.key))
    rowan, other = str(uuid4()), str(uuid4())
    await known_as(store, order.case, "witness-7", other)
    async with store.writing() as db:
        await db.connection.execute(
            text("UPDATE case_people SET person_id = :who WHERE case_ref = :ref AND key = 'complainant'"),
            {"ref": order.case, "who": rowan},
        )
    assert await of_person(store, rowan) == ["referral_sent"]
    assert await of_person(store, other) == []


async def known_as(store: Store, ref: str, key: str, person: str) -> None:
    async with store.writing() as db:
        await db.connection.execute(
            text("INSERT INTO case_people VALUES (:ref, :key, 'victim', :who, false, NULL, now(), NULL)"),
            {"ref": ref, "key": key, "who": person},
        )


async def of_person(store: Store, person: str) -> list[str]:
    async with store.reading() as db:
        return sorted(one.what for one in await disclosures.page(db, Wanted(person=person), 9))
