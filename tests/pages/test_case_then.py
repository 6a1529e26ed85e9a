"""A case as it was known at an earlier moment: plainly not now, and nothing to record on it."""

from datetime import datetime, timedelta

from own_link import NOW, case_of, record

from policy.facts.evidence import EvidenceKind, EvidenceReceived
from policy.facts.letters import LetterAskedFor, LetterKind, LetterReadyToPost
from policy.facts.people import Means
from policy.facts.reviewing import CaseAllocated
from policy.working_days import LONDON
from store import letters
from store.evidence_files import FileState
from tests.api.product import Product
from tests.given import contact
from tests.policy import happenings as h
from tests.store.test_evidence_kept import added


async def test_it_shows_what_was_known_then_and_offers_nothing(site: Product) -> None:
    hour = timedelta(hours=1)
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-1"), contact(NOW))
    await record(site, ref, [h.attempt(NOW - hour / 2)], 4, recorded_at=NOW + hour)
    then = (NOW + hour / 2).astimezone(LONDON)
    moment = {"day": then.date().isoformat(), "hour": then.strftime("%H:%M")}
    page = (await site.officer.get(f"/cases/{ref}/as-of", **moment)).text
    assert "This is not now." in page
    assert "Nothing can be recorded here." in page
    assert 'method="post"' not in page.partition("<main")[2]
    assert "/record/" not in page
    later, known = page.split("What was known to have happened")
    assert "We reached the complainant" in known
    assert "We tried to reach the complainant" not in known
    assert "We tried to reach the complainant" in later.partition("was written down later")[2]
    assert f'href="/cases/{ref}"' in page


async def test_a_moment_that_cannot_be_shown_says_why_and_keeps_what_was_chosen(site: Product) -> None:
    ref = await case_of(site)
    for day, hour, status, why in (
        ("2019-02-03", "10:15", 404, "it was reported on"),
        ("2999-02-03", "10:15", 422, "That has not come yet"),
        ("2026-02-31", "10:15", 422, "This is no day and time"),
        ("soon", "10:15", 422, "This is no day and time"),
    ):
        answer = await site.officer.get(f"/cases/{ref}/as-of", day=day, hour=hour)
        assert answer.status_code == status, (day, answer.text)
        assert why in answer.text
        assert f'value="{day}"' in answer.text
        assert 'value="10:15"' in answer.text
    assert (await site.officer.get("/cases/CW-2024-999999/as-of", day="2026-01-01")).status_code == 404
    assert (await site.officer.get(f"/cases/{ref}/as-of")).status_code == 422


async def test_a_day_without_an_hour_is_the_very_end_of_it(site: Product) -> None:
    before = (NOW - timedelta(days=1)).astimezone(LONDON)
    last = before.replace(hour=23, minute=59, second=30, microsecond=0)
    ref = await case_of(site, at=last)
    assert (await site.officer.get(f"/cases/{ref}/as-of", day=before.date().isoformat())).status_code == 200


async def test_letters_and_evidence_stand_as_they_stood_then(site: Product) -> None:
    hour = timedelta(hours=1)
    then = NOW - timedelta(days=2)
    asked = LetterAskedFor(at=then, kind=LetterKind.UPDATE, own_words="We rang them.")
    ref = await case_of(site, CaseAllocated(at=then, officer="officer-1"), asked, at=then)
    async with site.records.writing() as db:
        said = {"subject": "An update", "body": "We rang them.", "pdf": b"-", "now": then + hour}
        await letters.keep(db, ref, "update-3", LetterKind.UPDATE, Means.POST, **said)
    ready = LetterReadyToPost(at=then + hour, key="update-3")
    await record(site, ref, [ready, h.sent(then + 9 * hour, "update-3")], 4)
    here = await added(site.resources.everything, ref, then, name="door 74.jpg", state=FileState.QUARANTINED)
    await added(site.resources.everything, ref, then + 6 * hour, name="stairs 74.jpg")
    evidence = EvidenceReceived(at=then + 5 * hour, kind=EvidenceKind.PHOTO, words="The door.", files=(here.id,))
    await record(site, ref, [evidence], 6)

    async def at(moment: datetime) -> str:
        day = moment.astimezone(LONDON)
        page = await site.officer.get(
            f"/cases/{ref}/as-of", day=day.date().isoformat(), hour=day.strftime("%H:%M")
        )
        return " ".join(page.text.split())

    first = await at(then + hour / 2)
    assert "not made yet." in first
    assert ", made on " not in first
    assert "door 74.jpg (photo)" in first
    assert "nobody had said yet what it is" in first
    later = await at(then + 3 * hour)
    assert ": to be posted by one of us." in later
    assert ", made on " in later
    assert "stairs 74.jpg" not in later
    last = await at(then + 10 * hour)
    assert ": sent." in last
    assert "stairs 74.jpg" in last
    assert last.count("nobody had said yet what it is") == 1
