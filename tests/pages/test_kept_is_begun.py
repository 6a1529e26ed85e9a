"""What is begun of people, tenancies and prevention work is kept for its writer alone, and so are files."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import uuid4

import pytest
from begun_here import NOT_YET, WORDS, Writer, key_of
from beside_a_case import review_on
from own_link import case_of
from sqlalchemy import select
from test_people_and_places import kept

from store.drafts import drafts
from store.sessions import Viewer
from tests.api.product import Product
from tests.api.sent_files import listed
from tests.evidence_samples import photo

WORK = {"kind": "campaign", "title": "Lamps", "words": "Six.", "starts": "2076-03-02"}


async def nobody(_: Product) -> str:
    return ""


async def person(site: Product, name: str = "Barnabas") -> str:
    return await kept(site, "people", name=f"{name} Hollyhock")


async def home(site: Product) -> str:
    told: dict[str, Any] = {"address": ["76 Quill Row"], "tenure": "assured", "starts": "2020-01-06"}
    people = [{"person": await person(site, "Ottilie"), "place": "tenant"}]
    return await kept(site, "tenancies", **told, people=people)


async def place(site: Product) -> str:
    return await kept(site, "places", name=f"Court {uuid4()}", ward="Invented", every_working_days=5)


async def work(site: Product) -> str:
    return await kept(site, "prevention", **WORK)


FORMS: Final[dict[str, tuple[Callable[[Product], Awaitable[str]], str, str]]] = {
    "Somebody new": (nobody, "/people/new", "name"),
    "A tenancy begins": (person, "/tenancies/new?person={}", "address"),
    "Something is changed of a tenancy": (home, "/tenancies/{}/correct", "reference"),
    "A tenancy ends": (home, "/tenancies/{}/end", "ends"),
    "Prevention work is planned": (place, "/prevention/new?place={}", "title"),
    "Prevention work is put right": (work, "/prevention/{}/correct", "reasons"),
    "What came of prevention work": (work, "/prevention/{}/end", "words"),
}
"""By what Today calls them: what each is about, its address, and a field of it."""


@pytest.mark.parametrize("called", FORMS)
async def test_what_is_begun_is_there_again_and_nobody_else_s(called: str, site: Product) -> None:
    number = uuid4().int % 10**9
    mine, other = Writer(site, f"officer-976{number}"), Writer(site, f"officer-977{number}")
    about, address, field = FORMS[called]
    to = address.format(await about(site))
    fresh = await mine.opens(to)
    assert "data-keeps" in fresh
    stands = dict(re.findall('name="was\\.([^"]+)" value="([^"]*)"', fresh))
    was = stands | {f"was.{name}": said for name, said in stands.items()}
    assert await mine.types(to, **was or {field: ""}) == "", "nothing was typed yet"
    assert "Kept at" in await mine.types(to, **was | {field: WORDS})
    back = await mine.opens(to)
    assert WORDS in back
    assert NOT_YET in back
    listed_so = f'<a class="govuk-link" href="{to}">{called}</a>'
    assert listed_so in await mine.today()
    assert WORDS not in await other.opens(to)
    for _ in range(2):
        said = await other.sends(to, "record", writer=mine.name, **{field: WORDS})
        assert said.status_code == 409
        assert f'name="writer" value="{mine.name}"' in said.text
        assert WORDS in said.text
    assert listed_so not in await other.today()


async def test_once_recorded_it_is_begun_no_more(site: Product) -> None:
    officer, key, him = Writer(site, "officer-7631"), str(uuid4()), await person(site, "Basil")
    to = f"/tenancies/new?person={him}"
    told = {"address": "77 Quill Row", "tenure": "assured", "starts": "2020-01-06"}
    told |= {"found": him, "people.0.person": him, "people.0.place": "tenant"}
    await officer.types(to, key, **told)
    assert NOT_YET in await officer.opens(to)
    for _ in range(2):
        made = await officer.sends(to, "record", key, **told)
        assert (made.status_code, made.headers["location"]) == (303, f"/tenancies/{key}"), made.text
    assert NOT_YET not in await officer.opens(to)
    assert (await officer.caller.get(f"/tenancies/new?person={uuid4()}")).status_code == 404


async def test_a_household_that_is_begun_has_whom_one_had_found_and_goes_with_its_person(site: Product) -> None:
    officer, her, him = Writer(site, "officer-7632"), await person(site, "Olive"), await person(site, "Bartleby")
    to = f"/tenancies/new?person={her}"
    chosen = {"found": her, "people.0.person": her, "people.4.since": "2076-01-06"}
    found = await officer.sends(to, "find", looked_for="Bartleby Hollyhock", **chosen)
    assert found.status_code == 200
    back = await officer.opens(to)
    assert f'name="found" value="{him}"' in back
    assert "Bartleby Hollyhock" in back
    assert re.search('name="people.4.since"[^>]*value="2076-01-06"', back), "also what stands in a fifth group"
    async with site.resources.store.seen_by(Viewer(officer.name, (), ())).reading() as db:
        theirs = select(drafts.c.person_id).where(drafts.c.key == key_of(back))
        assert await db.connection.scalar(theirs) == her


async def test_groups_that_one_asked_for_are_there_again_on_every_form(site: Product) -> None:
    leader = Writer(site, "supervisor-7633")
    to = f"/case-reviews/{await review_on(site)}/record/review_decided"
    await leader.types(to, **{"recommendations.4.words": WORDS})
    assert re.search(f'name="recommendations.4.words"[^>]*>{WORDS}<', await leader.opens(to))


async def test_work_that_is_put_right_late_leaves_what_others_put_right_meanwhile(site: Product) -> None:
    at, officer = f"/prevention/{await work(site)}", Writer(site, "officer-7634")
    page = await officer.opens(f"{at}/correct")
    was = {f"was.{name}": said for name, said in re.findall('name="was\\.([^"]+)" value="([^"]*)"', page)}
    assert was["was.title"] == "Lamps"
    meanwhile = {"fact": "prevention_corrected", "reasons": "It was another.", **WORK, "ward": "Invented"}
    assert (await site.officer.post(f"/api{at}/facts", meanwhile)).status_code == 201
    right = {name.removeprefix("was."): said for name, said in was.items()} | was
    right |= {"title": "Lamps at the garages", "reasons": "The place was wrong."}
    key = str(uuid4())
    for _ in range(2):
        sent = await officer.sends(f"{at}/correct", "record", key, **right)
        assert sent.status_code == 303, sent.text
    now = (await site.officer.get(f"/api{at}")).json()
    assert (now["work"]["title"], now["work"]["ward"]) == ("Lamps at the garages", "Invented")
    assert len(now["history"]) == 3


async def test_files_are_not_taken_in_as_somebody_s_who_did_not_send_them(site: Product) -> None:
    ref, other = await case_of(site), Writer(site, "officer-7635")
    headers = other.caller.headers() | {"Origin": site.settings.public_origin}
    said = {"idempotency-key": str(uuid4()), "writer": "officer-7636", "words": WORDS}
    to = f"/cases/{ref}/evidence"
    for files in ({"files": ("door.jpg", photo())}, {"files": ("door.jpg", photo())}, None):
        sent = await site.http.post(to, data=said, files=files, headers=headers)
        assert sent.status_code == 409
        assert "Somebody else is signed in" in sent.text
        assert 'name="writer" value="officer-7636"' in sent.text
        assert WORDS in sent.text
    assert await listed(site.officer, ref) == []
    assert WORDS not in await other.opens(to)
