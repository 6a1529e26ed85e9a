"""Forms that grow, that offer files by name, that replace a whole list, and that say what they are about."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import httpx2
from begun_here import Writer
from beside_a_case import legal_action_on, review_on
from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import signed_in

from api.case_reviews import CASE_REVIEWS
from pages.staff.recording.inputs import Input, grown, inputs_of
from pages.staff.recording.typed import body_of
from policy.working_days import london_day
from store.evidence_files import FileState
from tests.api.product import Product
from tests.store.test_evidence_kept import added

DECIDED = inputs_of(CASE_REVIEWS.facts["review_decided"], lambda _: None)


async def sent(site: Product, to: str, **form: object) -> httpx2.Response:
    headers = site.supervisor.headers() | {"Origin": site.settings.public_origin}
    return await site.http.post(to, data={"idempotency-key": str(uuid4())} | form, headers=headers)


def rooms(inputs: tuple[Input, ...]) -> list[str]:
    return [one.name for one in next(each for each in inputs if each.name == "recommendations").inner]


def test_there_is_room_for_as_many_as_somebody_asks_for() -> None:
    assert len(rooms(DECIDED)) == 3
    typed = {"recommendations.5.words": ["Mend it."], "do": ["more:recommendations"]}
    more = grown(DECIDED, typed)
    assert rooms(more)[-1] == "recommendations.6"
    assert [one.name for one in more[1].inner[6].inner][:2] == ["recommendations.6.to", "recommendations.6.words"]
    assert body_of(more, typed)["recommendations"] == [{"words": "Mend it."}]
    assert len(rooms(grown(DECIDED, {"recommendations.99999999.words": ["x"]}))) == 3
    full = grown(DECIDED, {"recommendations.39.words": ["x"], "do": ["more:recommendations"]})
    assert len(rooms(full)) == 40


async def test_another_recommendation_is_asked_for_by_a_press_and_enter_records(
    site: Product, browser: Browser
) -> None:
    to = f"/case-reviews/{await review_on(site)}/record/review_decided"
    async with signed_in(browser, site, "supervisor-5", width=320) as page:
        await page.goto(to)
        await page.get_by_label("Why", exact=True).fill("They should have come.")
        await page.locator("details[id=recommendations] > summary").click()
        await page.get_by_role("button", name=re.compile("Add another")).click()
        await expect(page.locator("details[id='recommendations.3']")).to_have_attribute("open", "")
        await expect(page.get_by_label("Why", exact=True)).to_have_value("They should have come.")
        await expect(page.get_by_role("heading", name="Nothing was recorded")).to_have_count(0)
        pressed = await page.evaluate(
            "document.querySelector('main form').querySelector('button[type=submit]').value"
        )
        assert pressed == "record", "what a browser presses when somebody presses Enter"


async def test_what_was_begun_in_a_room_of_its_own_comes_back_with_it(site: Product) -> None:
    to, leader = f"/case-reviews/{await review_on(site)}/record/review_decided", Writer(site, "supervisor-5")
    await leader.types(to, **{"words": "Late.", "recommendations.4.words": "Mend the door."})
    assert "Mend the door." in await leader.opens(to)


async def test_files_are_chosen_by_name(site: Product) -> None:
    ref = await case_of(site)
    store = site.resources.everything
    door = await added(store, ref, name="door 7.jpg")
    gone = await added(store, ref, name="gone.jpg", state=FileState.ERASED)
    waiting, other = await added(store, None, name="stairs 7.jpg"), await added(store, None, name="not asked.jpg")
    page = (await site.officer.get(f"/cases/{ref}/record/evidence_received", files=waiting.id)).text
    assert f'value="{door.id}"' in page
    assert "door 7.jpg (photo, came on Monday 5 June 2023)" in page
    assert re.search(f'value="{waiting.id}" checked', page)
    for left_out in (gone.id, other.id):
        assert left_out not in page
    astray = await site.officer.get(f"/cases/{ref}/record/evidence_received", files="nonsense")
    assert astray.status_code == 200
    again = await sent(site, f"/cases/{ref}/record/evidence_received", files=[door.id, waiting.id], words="")
    assert len(re.findall(f'value="(?:{door.id}|{waiting.id})" checked', again.text)) == 2


async def test_days_on_which_the_office_is_closed_begin_with_those_that_the_case_has(site: Product) -> None:
    to = f"/cases/{await case_of(site)}/record/closure_days_adopted"
    page = (await site.supervisor.get(to)).text
    stood = unescape(page.partition('name="days"')[2].partition(">")[2].partition("</textarea>")[0])
    assert re.search(r"20\d\d-12-25 ", stood)
    coming = (london_day(NOW) + timedelta(days=2)).isoformat()
    known = re.search('name="known_until"[^>]*value="([^"]+)"', page)
    assert known
    form = {"days": f"{stood}\n{coming} Water in the cellar", "known_until": known[1], "reasons": "A flood."}
    shown = await sent(site, to, **form, do="preview")
    assert "If you record this" in shown.text
    wrong = await sent(site, to, **form | {"days": f"{stood}\nsoon Perhaps"}, do="preview")
    assert "Nothing was recorded" in wrong.text
    assert 'href="#days"' in wrong.text
    assert "soon Perhaps" in wrong.text
    assert (await site.officer.get(to)).status_code == 403


async def test_what_it_would_do_is_said_of_what_it_is_about(site: Product) -> None:
    form = {"goes_on": "yes", "words": "Handled well.", "do": "preview"}
    shown = await sent(site, f"/legal-actions/{await legal_action_on(site)}/record/team_reviewed", **form)
    assert "The legal action is then" in " ".join(shown.text.split())
