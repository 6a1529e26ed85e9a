"""What the board says is live: read from the workflows that run, and said so where one does not answer."""

from datetime import UTC, datetime, timedelta
from time import monotonic

from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from pages.staff.board import until
from pages.staff.live import SECONDS
from policy.facts.reviewing import CaseAllocated
from store import board
from tests.api.product import Product, assessment
from tests.given import contact
from tests.policy import happenings as h


async def test_most_urgent_cases_are_asked_of_their_workflows(lived_in: Product, browser: Browser) -> None:
    ref = await lived_in.officer.reported()
    async with signed_in(browser, lived_in, "supervisor-1") as page:
        await page.goto("/board")
        line = page.locator("#live li.owed", has_text=ref)
        await expect(line).to_contain_text("Live")
        await expect(line).to_contain_text("Assess")
        await lived_in.officer.recorded(ref, "assessed", **assessment())
        await page.get_by_role("link", name="Ask again").click()
        await expect(line).to_contain_text("Contact the complainant")
        await expect(line).to_contain_text("Live")


async def test_without_an_answer_the_board_says_what_is_recorded_and_since_when(site: Product) -> None:
    """No engine runs behind this site."""
    ref = await case_of(site, CaseAllocated(at=NOW, officer="officer-62"), h.hate(NOW - timedelta(days=900)))
    began = monotonic()
    answer = await site.supervisor.get("/board/live")
    assert monotonic() - began < SECONDS + 2
    assert answer.status_code == 200
    assert ref in answer.text
    assert "Not answered just now - as recorded on" in answer.text
    assert ">Live<" not in answer.text


async def test_open_cases_are_counted_by_when_something_is_due_and_what_waits_says_since_when(
    site: Product,
) -> None:
    given = CaseAllocated(at=NOW, officer="officer-63")
    now = datetime.now(UTC)
    async with site.resources.everything.reading() as db:
        before, waited = await board.by_due(db, until(now)), {one.what: one for one in await board.waiting(db)}
    late = await case_of(site, given, h.hate(NOW))
    await case_of(site, given, contact(NOW))
    await case_of(site, contact(NOW))
    async with site.resources.everything.reading() as db:
        after, waiting = await board.by_due(db, until(now)), {one.what: one for one in await board.waiting(db)}
    assert after["late"] == before.get("late", 0) + 1, late
    assert sum(after.values()) == sum(before.values()) + 3
    assert waiting["no_officer"].many == (waited["no_officer"].many if "no_officer" in waited else 0) + 1
    assert "Cases that no officer has" in (await site.supervisor.get("/board")).text
