"""An officer's first page, of real cases behind the real door."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from beside_a_case import legal_action_on, review_on
from own_link import NOW, case_of, record
from playwright.async_api import Browser, expect
from referred_here import sent_to_agency
from signed_in import signed_in
from sqlalchemy import update

from pages.staff.pressing import page_of
from policy.facts.base import Actor, Role
from policy.facts.evidence import EvidenceKind, EvidenceReceived
from policy.facts.needs import DomesticAbuseRecognised
from policy.facts.promising import PromiseMade
from policy.facts.reviewing import CaseAllocated, CoverArranged
from policy.referral.facts import ReferralAcknowledged
from policy.working_days import london_day
from store import cases, since_last_look
from store.tasks import Task
from tests.activities.referred import happened
from tests.api.product import Product
from tests.given import EDITION, contact
from tests.policy import happenings as h

MINE = CaseAllocated(at=NOW, officer="officer-7")


async def test_whoever_is_not_signed_in_is_led_to_signing_in_and_back(site: Product) -> None:
    answer = await site.http.get("/today?about=x", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Ftoday%3Fabout%3Dx")


async def test_what_is_owed_says_by_when_and_why_and_what_to_record(site: Product, browser: Browser) -> None:
    ref, other = await case_of(site, MINE), await case_of(site)
    async with signed_in(browser, site, "officer-7") as page:
        await page.goto("/today")
        mine = page.locator("li.owed", has_text=ref).filter(has_text="Contact the complainant")
        await mine.get_by_text("Why").click()
        await expect(mine.get_by_text("(policy section 5, contact-5-working-days)")).to_be_visible()
        href = await mine.get_by_role("link", name="We reached the complainant").get_attribute("href")
        assert href == f"/cases/{ref}/record/contact_made"
        await expect(page.locator("main")).not_to_contain_text(other)


async def test_it_lies_open_and_says_nothing_of_domestic_abuse(site: Product) -> None:
    ref = await case_of(
        site, CaseAllocated(at=NOW, officer="officer-874"), DomesticAbuseRecognised(at=NOW, words="By him.")
    )
    shown = (await site.as_("officer", "officer-874").get("/today")).text
    assert "Agree a safe way to reach the complainant" in shown
    assert f"/cases/{ref}/record/need_told" in shown
    assert "Something to be read on its page" in shown
    assert "Signs of domestic abuse" not in shown


async def test_what_others_recorded_is_new_until_one_has_looked(site: Product, browser: Browser) -> None:
    ref = await case_of(site, MINE)
    await record(site, ref, [contact(NOW)], 3, by=Actor(id="officer-7", role=Role.OFFICER))
    async with signed_in(browser, site, "officer-7") as page:
        await page.goto("/today")
        await expect(page.locator("main ul li", has_text=ref)).not_to_contain_text("We reached")
        news = page.locator("main li", has_text=ref).filter(has_text="A report was made")
        await expect(news).to_be_visible()
        await page.goto(f"/cases/{ref}")
        await page.goto("/today")
        await expect(news).to_have_count(0)


@pytest.mark.parametrize(("weeks", "told"), [(3, True), (5, False)])
async def test_of_a_case_that_closed_a_while_ago_nothing_is_news(site: Product, weeks: int, told: bool) -> None:
    officer = f"officer-874{weeks}"
    ref = await case_of(site, CaseAllocated(at=NOW, officer=officer))
    async with site.records.writing() as db:
        closed = update(cases.cases).where(cases.cases.c.ref == ref).values(closed_at=NOW - timedelta(weeks=weeks))
        await db.connection.execute(closed)
    async with site.resources.everything.reading() as db:
        news = await since_last_look.of(db, officer, NOW)
    assert [one.ref for one in news] == ([ref] if told else [])


async def test_promises_what_is_to_be_read_and_answers_of_partners_stand_by_themselves(
    site: Product, browser: Browser
) -> None:
    mine = CaseAllocated(at=NOW, officer="officer-873")
    ref = await case_of(
        site,
        mine,
        PromiseMade(at=NOW, words="We mend the lock."),
        EvidenceReceived(at=NOW, kind=EvidenceKind.RECORDING, words="A recording."),
    )
    order = await sent_to_agency(site)
    await record(site, order.case, [mine], (await _seq(site, order.case)) + 1)
    agency = Actor(id="victim_support", role=Role.AGENCY)
    await happened(site.records, order.ref, ReferralAcknowledged(at=NOW, words="We have it."), by=agency)
    async with signed_in(browser, site, "officer-873") as page:
        await page.goto("/today")
        for anchor, owed, records in (
            ("promised", "Do what was promised", "promise_kept"),
            ("to-read", "look at or listen to what was sent", "evidence_read"),
        ):
            one = page.locator(f"h2#{anchor} + ol > li", has_text=ref).filter(has_text=owed)
            await expect(one).to_have_count(1)
            await expect(page.locator("li.owed", has_text=ref).filter(has_text=owed)).to_have_count(1)
            await expect(one.locator(f"a.press[href*='/cases/{ref}/record/{records}?matter=']")).to_be_visible()
        answer = page.locator("h2#answers + ul > li", has_text=order.ref)
        await expect(answer).to_contain_text("The agency has it")
        await answer.get_by_role("link").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(f"Referral {order.ref}")
        await page.goto("/today")
        await expect(answer).to_have_count(0)


async def _seq(site: Product, ref: str) -> int:
    async with site.records.reading() as db:
        return (await cases.head_of(db, ref))[0]


async def test_what_is_owed_beside_a_case_leads_to_its_page_and_form(site: Product) -> None:
    action = await legal_action_on(site)
    page = (await site.supervisor.get("/today")).text
    assert f'href="/legal-actions/{action}"' in page
    assert f'href="/legal-actions/{action}/record/team_reviewed"' in page
    review = await review_on(site)
    page = (await site.supervisor.get("/today")).text
    assert f'href="/case-reviews/{review}"' in page
    assert f'href="/case-reviews/{review}/record/case_review_acknowledged"' in page
    assert f'href="/case-reviews/{review}"' not in page.partition('id="to-read"')[2].partition("<h2")[0]


async def test_no_press_leads_to_what_is_not_for_ones_role(site: Product) -> None:
    await case_of(site, h.hate(NOW), h.proposal(NOW))
    for role in ("officer", "supervisor", "manager", "community_safety"):
        who = site.as_(role, f"{role}-78")
        page = (await who.get("/today")).text
        found = re.findall('class="press" href="([^"]+)"', page)
        for href in {one.partition("?")[0].rpartition("/")[2]: one for one in found}.values():
            assert (await who.get(href.replace("&amp;", "&"))).status_code == 200, (role, href)


async def test_what_was_sent_to_us_and_a_place_lead_there(site: Product) -> None:
    place = (await site.officer.post("/api/places", {"name": "Invented Green", "every_working_days": 1})).json()[
        "id"
    ]
    assert (await site.officer.get(f"/places/{place}")).status_code == 200
    area = one(about="area-1", place="Seal", key="escalation:focus-decision")
    owed = [one(about=place, place="Invented Green"), one(about=str(uuid4())), area]
    there = [f"/places/{place}", "/evidence", "/focus-areas/area-1"]
    assert [page_of(task, (), task.place) for task in owed] == there


def one(**told: Any) -> Task:
    due = {"due": NOW, "row": "assess-seriousness", "section": "5", "edition": EDITION.name, "owed": "Look"}
    more = {"case_ref": None, "place": None, "key": "k", "owed_by": "officer", "noticed_at": None, "officer": None}
    return Task.model_validate(
        due | more | {"counted": {"unit": "agreed", "start": NOW.date(), "number": 0}} | told
    )


async def test_what_is_new_is_not_told_to_who_covered_once_and_each_kind_is_said_once(site: Product) -> None:
    away = {"at": NOW, "officer": "officer-876"}
    over, now = (CoverArranged(**away, until=london_day(NOW) + timedelta(days=days)) for days in (-1, 1))
    was, covered = [await case_of(site, MINE, cover, *(h.attempt(NOW) for _ in range(9))) for cover in (over, now)]
    page = (await site.as_("officer", "officer-876").get("/today")).text.partition('id="new"')[2]
    assert covered in page
    assert was not in page
    assert page.count("We tried to reach the complainant") == 1


async def test_whoever_signs_in_and_has_no_cases_is_led_to_what_is_theirs(site: Product) -> None:
    for role, theirs in (("solicitor", 'href="/safety"'), ("data_protection", 'href="/help"')):
        answer = await site.as_(role).get("/today")
        assert answer.status_code == 200, role
        assert theirs in answer.text.partition("<main")[2]
        assert "You owe nothing" not in answer.text
    assert "There is no page for your role yet" in (await site.lettings.get("/today")).text


async def test_only_whoever_may_pass_something_on_is_asked_whether_it_happened_again(site: Product) -> None:
    ref = await case_of(site, MINE)
    async with site.records.writing() as db:
        here = cases.cases.c.ref == ref
        await db.connection.execute(
            update(cases.cases).where(here).values(admitted=["solicitor-7"], restricted=True)
        )
    page = await site.as_("solicitor", "solicitor-7").get(f"/cases/{ref}")
    assert page.status_code == 200
    assert "/incidents" not in page.text
    assert "/incidents" in (await site.as_("officer", "officer-7").get(f"/cases/{ref}")).text
