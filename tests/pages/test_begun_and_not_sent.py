"""What somebody has begun to type and not sent, by the kind of form, and where it is listed."""

from uuid import uuid4

from begun_here import FORM, NOT_YET, WORDS, Writer, key_of
from beside_a_case import legal_action_on
from own_link import NOW, case_of
from sqlalchemy import select, text, update

from policy.facts.needs import DomesticAbuseRecognised
from policy.facts.reviewing import CaseAllocated
from store import drafts
from store.cases import cases
from store.drafts import Place
from store.sessions import Viewer
from tests.activities.referred import referred
from tests.api.product import Product
from tests.given import report


async def test_what_is_told_of_a_case_like_it_goes_along(site: Product) -> None:
    ref, officer, key = await case_of(site), Writer(site, "officer-179"), str(uuid4())
    await officer.types("/reports/new/noise", key)
    assert "A new report" in await officer.today()
    assert (await officer.sends(f"/cases/{ref}/incidents", "carry", key, words=WORDS)).status_code == 200
    assert WORDS not in await officer.opens("/reports/new/noise")
    assert WORDS in await officer.opens(f"/cases/{ref}/incidents")
    assert (await officer.today()).count(", kept ") == 1


async def test_of_files_the_words_are_kept_and_no_file(site: Product) -> None:
    ref, officer = await case_of(site, CaseAllocated(at=NOW, officer="officer-80")), Writer(site, "officer-80")
    to = f"/cases/{ref}/evidence"
    assert "we keep the words, and no file" in await officer.opens(to)
    assert "Kept at" in await officer.types(to, words=WORDS, files="clip.mp4")
    back = await officer.opens(to)
    assert WORDS in back
    assert NOT_YET in back
    async with site.resources.store.seen_by(Viewer(officer.name, (), ("*",))).reading() as db:
        assert list(await db.connection.scalars(select(drafts.drafts.c.said))) == [{"words": [WORDS]}]
    headers = officer.caller.headers() | {"Origin": site.settings.public_origin}
    form = {"idempotency-key": key_of(back), "writer": officer.name, "words": "Hers."}
    sent = await site.http.post(to, data=form, files={"files": ("", b"")}, headers=headers)
    assert sent.status_code == 422
    assert "Hers." in await officer.opens(to), "what was sent and not taken is kept"


async def test_whoever_has_no_cases_finds_theirs_as_well(site: Product) -> None:
    solicitor, action = Writer(site, "solicitor-71"), await legal_action_on(site)
    to = f"/legal-actions/{action}/record/court_listed"
    assert "Kept at" in await solicitor.types(to, on="2071-03-02")
    assert f"The court said when it hears us, {action}" in await solicitor.today()
    assert "2071-03-02" in await solicitor.opens(to)


async def test_of_somebody_we_know_no_name_is_listed(site: Product) -> None:
    person = (await site.officer.post("/api/people", {"name": "Ash Example"})).json()["id"]
    to, officer = f"/people/{person}/correct", Writer(site, "officer-83")
    stands = {"name": "Ash Example", "was.name": "Ash Example"}
    await officer.types(to, **stands)
    assert NOT_YET not in await officer.opens(to), "nothing was typed"
    await officer.types(to, **stands | {"name": "Ash Exemplar"})
    assert "Ash Exemplar" in await officer.opens(to)
    today = await officer.today()
    assert f'href="{to}"' in today
    assert "Ash" not in today


async def test_what_a_leader_decides_is_kept_though_the_case_is_shut_to_them(site: Product) -> None:
    leader, ref = Writer(site, "manager-171"), await case_of(site)
    to = f"/access-review/{ref}"
    async with site.resources.everything.writing() as db:
        await db.connection.execute(update(cases).where(cases.c.ref == ref).values(restricted=True))
    assert "Kept at" in await leader.types(to, agreed="yes", words=WORDS)
    assert WORDS in await leader.opens(to)
    assert "Whether a case stays restricted, kept" in (await leader.today()).replace("</a>,", ",")
    other = await case_of(site)
    assert "Kept at" in await leader.types(f"/retention/{other}", fact="erasure_refused")
    assert NOT_YET in await leader.opens(f"/retention/{other}")


async def test_today_does_not_name_domestic_abuse(site: Product) -> None:
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-81"))
    officer = Writer(site, "officer-81")
    await officer.types(f"/cases/{ref}/record/{DomesticAbuseRecognised.model_fields['fact'].default}")
    today = await officer.today()
    assert "abuse" not in today
    assert f"Something to be recorded on its page, {ref}" in today
    assert "Signs of domestic abuse were recognised, " in await officer.opens(f"/cases/{ref}")


async def test_a_place_in_the_store_holds_what_the_forms_address_says(site: Product) -> None:
    ref, officer = await case_of(site), Writer(site, "officer-82")
    await officer.types(f"/referrals/{(await referred(site.records, report(NOW))).ref}/record/referral_chased")
    await officer.types(FORM.format(ref))
    async with site.resources.store.seen_by(Viewer(officer.name, (), ("*",))).reading() as db:
        rows = (await db.connection.execute(select(drafts.drafts))).mappings().all()
        assert await db.connection.scalar(text("SELECT count(*) FROM drafts")) == 2
    for row in rows:
        place = Place(**{name: row[name] for name in Place.model_fields})
        assert place.case_ref == "-".join(str(place.about).split("-")[:3])
        assert place.address.endswith(f"{place.about}/record/{place.fact}")
