"""What waits for a leader to say yes or no, each with its form."""

from typing import Any
from uuid import uuid4

import httpx2
from beside_a_case import legal_action_on
from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from api.facts import RECORDED_HERE
from policy.facts.base import Role
from policy.facts.reviewing import CaseAllocated
from policy.facts.warning import WarningProposed
from policy.matters import COURSES
from policy.permissions import MAY_RECORD, may_record
from policy.tenure import Tenure
from store import erasure
from store.approvals import ANSWERS
from tests.api.product import Caller, Product
from tests.given import EDITION, assessed, contact, entry, report
from tests.policy import happenings as h
from tests.policy.test_permission_lines import DECIDED_BY_LEADERS
from tests.store.erasing import OVER, REPORTED, closed_case

NO_ANSWERS = {
    *("case_reviewed", "edition_adopted", "closure_days_adopted", "surveillance_renewed", "legal_action_stopped"),
    *("inspection_plan_changed", "inspections_ended", "agencies_told_of_refusal", "staff_admitted"),
    *("access_restricted", "access_opened", "admission_ended"),
}
"""What leaders alone record and nobody asked them for."""
WARNING = WarningProposed(
    at=NOW,
    step="warning_letter",
    tenure=Tenure.ASSURED,
    alleged="So.",
    decided="So.",
    happens_next="So.",
    nothing_identifies=True,
)
FORMS_OF_THEIR_OWN = {"restriction_reviewed", "emergency_access_reviewed", "erasure_approved"}


async def send(site: Product, by: Caller, to: str, **said: Any) -> httpx2.Response:
    headers = by.headers() | {"Origin": site.settings.public_origin}
    return await site.http.post(to, data={"key": str(uuid4())} | said, headers=headers)


def test_no_answer_that_leaders_alone_give_is_left_out() -> None:
    assert DECIDED_BY_LEADERS - NO_ANSWERS - FORMS_OF_THEIR_OWN <= ANSWERS
    for course in COURSES.values():
        for stage in course.stages.values():
            asked = {step.model_fields["fact"].default for step in stage.steps}
            if stage.by is Role.SUPERVISOR and not any(MAY_RECORD[fact] == {Role.SYSTEM} for fact in asked):
                assert asked <= ANSWERS, course.kind


async def test_each_has_its_forms_and_is_gone_once_it_is_answered(site: Product, browser: Browser) -> None:
    officer = CaseAllocated(at=NOW, officer="officer-67")
    ref = await case_of(site, officer, contact(NOW), assessed(NOW), h.hate(NOW), h.proposal(NOW))
    warned = await case_of(site, officer, contact(NOW), assessed(NOW), WARNING)
    quiet = await case_of(site, officer, contact(NOW), assessed(NOW), h.proposal(NOW))
    answered = await case_of(site, officer, assessed(NOW), h.hate(NOW), h.proposal(NOW), h.approval(NOW))
    async with signed_in(browser, site, "supervisor-67") as page:
        await page.goto("/board")
        await page.get_by_role("link", name="What waits for a decision").click()
        line = page.locator("li.owed", has_text=ref)
        await expect(line).to_contain_text("Approve or decline the proposed closure")
        hrefs = [await one.get_attribute("href") for one in await line.locator("a.press").all()]
        assert hrefs == [f"/cases/{ref}/record/closure_{answer}" for answer in ("approved", "declined")]
        agree = page.locator("li.owed", has_text=warned).locator("a.press").first
        assert await agree.get_attribute("href") == f"/cases/{warned}/record/warning_approved?matter=warning-5"
        await expect(page.locator("li.owed", has_text=quiet)).to_have_count(0)
        await expect(page.locator("li.owed", has_text=answered)).to_have_count(0)
    assert all(may_record(Role.SUPERVISOR, fact) for fact in ANSWERS & set(RECORDED_HERE))


async def test_why_a_case_is_restricted_is_looked_at_by_a_manager_on_a_form(site: Product) -> None:
    ref, manager = await case_of(site, contact(NOW)), site.as_("manager", "manager-68")
    said = {
        "fact": "access_restricted",
        "why": "need_to_know",
        "named": ["manager-68"],
        "words": "Only two of us may know.",
    }
    assert (await site.supervisor.post(f"/api/cases/{ref}/access", said)).status_code == 201
    to = f"/access-review/{ref}"
    assert to in (await manager.get("/approvals")).text
    assert to not in (await site.as_("supervisor", "supervisor-68").get("/approvals")).text
    asks = (await manager.get(to)).text
    assert "Only two of us may know." in asks
    wrong = await send(site, manager, to, words="It has to.")
    assert wrong.status_code == 422
    assert "It has to." in wrong.text
    assert (await send(site, manager, to, agreed="yes", words="It has to.")).status_code == 303
    assert to not in (await manager.get("/approvals")).text
    taken = {"words": "He is at the door."}
    officer = site.as_("officer", "officer-68")
    assert (await officer.post(f"/api/cases/{ref}/emergency-access", taken)).status_code == 201
    line = (await manager.get("/approvals")).text
    assert f"{to}?taken=" in line
    form = line.partition(f'href="{to}?taken=')[2].partition('"')[0]
    assert "He is at the door." in (await manager.get(f"{to}?taken={form}")).text
    assert (
        await send(site, manager, f"{to}?taken={form}", justified="yes", words="There was.")
    ).status_code == 303
    assert to not in (await manager.get("/approvals")).text


async def test_whoever_is_connected_with_a_case_decides_nothing_about_it(site: Product) -> None:
    ref, manager = await case_of(site, h.hate(NOW), h.proposal(NOW)), site.as_("manager", "manager-69")
    assert ref in (await manager.get("/approvals")).text
    told = {"fact": "conflict_declared", "who": "manager-69", "why": "involved", "words": "A cousin."}
    assert (await site.supervisor.post(f"/api/cases/{ref}/access", told)).status_code == 201
    assert ref not in (await manager.get("/approvals")).text
    for answer in (
        await manager.get(f"/access-review/{ref}"),
        await send(site, manager, f"/access-review/{ref}", agreed="yes", words="Fine."),
        await manager.get(f"/retention/{ref}"),
    ):
        assert answer.status_code == 403


async def test_a_record_that_is_proposed_to_be_erased_is_decided_on_a_form(site: Product) -> None:
    refs = [await closed_case(site.records, entry(report(REPORTED))) for _ in range(2)]
    async with site.records.writing() as db:
        for ref in refs:
            assert await erasure.propose(db, ref, OVER, EDITION)
    kept, erased = refs
    assert f"/retention/{kept}" in (await site.supervisor.get("/approvals")).text
    wrong = await send(site, site.supervisor, f"/retention/{kept}", fact="erasure_refused", why="dispute_expected")
    assert wrong.status_code == 422
    said = {"fact": "erasure_refused", "why": "dispute_expected", "until": "2027-05-31"}
    assert (await send(site, site.supervisor, f"/retention/{kept}", **said)).status_code == 303
    assert (await send(site, site.supervisor, f"/retention/{erased}", fact="erasure_approved")).status_code == 303
    page = (await site.supervisor.get("/approvals")).text
    assert f"/retention/{kept}" not in page
    assert f"/retention/{erased}" not in page
    assert "It is erased from" in (await site.supervisor.get(f"/retention/{erased}")).text


async def test_a_reason_that_is_sent_again_after_the_sign_in_has_ended_stays_about_the_same(site: Product) -> None:
    to = f"/access-review/CW-2024-000001?taken={uuid4()}"
    sent = {"Origin": site.settings.public_origin}
    answer = await site.http.post(to, data={"justified": "no", "words": "He was not there."}, headers=sent)
    assert answer.status_code == 401
    assert f'action="{to}"' in answer.text


async def test_what_is_decided_beside_a_case_has_its_form_there(site: Product) -> None:
    action = await legal_action_on(site)
    page = (await site.supervisor.get("/approvals")).text
    line = page.partition(f">{action}</a>")[2].partition("</li>")[0]
    assert f'href="/legal-actions/{action}/record/team_reviewed"' in line, page
    assert f'href="/legal-actions/{action}"' in page
