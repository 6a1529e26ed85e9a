"""The register of disclosures is what the timelines tell, and a rebuild gives it again."""

import pytest
from sqlalchemy import text

from policy.case_review.facts import PartnersAsked, ReviewEntry
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.facts.health import HealthContactMade, HealthWorker
from policy.facts.safety import PartnersConsulted
from store import cases, disclosures, procedures, recording, recording_beside
from store.disclosures import Disclosed, Wanted
from store.sessions import Store
from tests.given import EDITION, OFFICER, SUPERVISOR, empty_file, entry, london, report

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
        (REF, 2, "partners_consulted", ("council",), ("complainant",), OFFICER.id),
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


@pytest.mark.usefixtures("told")
async def test_what_a_review_tells_is_of_whoever_is_on_its_cases(store: Store) -> None:
    rowan, other = "5f0c4f3e-8f0e-4c8e-9a51-0d8f7a1b2c3d", "6f0c4f3e-8f0e-4c8e-9a51-0d8f7a1b2c3d"
    async with store.writing() as db:
        await db.connection.execute(
            text("INSERT INTO case_people VALUES (:ref, 'victim-2', 'victim', :who, false, NULL, now(), NULL)"),
            {"ref": REF, "who": rowan},
        )
    async with store.reading() as db:
        assert [one.what for one in await disclosures.page(db, Wanted(person=rowan), 9)] == ["partners_asked"]
        assert await disclosures.page(db, Wanted(person=other), 9) == []
