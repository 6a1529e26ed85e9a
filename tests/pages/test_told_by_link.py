"""Somebody affected asks and tells from their own case, and says how we did once it has closed."""

import re
from typing import Any
from uuid import uuid4

from behind_links import ROWAN, WAV, enter, facts, press, small, visiting
from looking_at import is_right
from own_link import NOW, case_of
from playwright.async_api import Browser, expect

from policy.facts.people import Person
from tests.api.product import Product, assessment, until
from tests.given import assessed
from tests.policy import happenings as h

ROWAN_BY_TELEPHONE = Person(name="Rowan Example", phone="01632 960001")

TOLD: dict[str, dict[str, Any]] = {
    "Ask us to ring you": {"words": "When do you come?"},
    "Tell us that it happened again": {"words": "It was loud again.", "needed": True},
    "Tell us what would help you": {"checks": ["Sight", "Hearing", "Large print"], "needed": True},
    "Ask for a case review": {"checks": ["Sevenoaks"], "words": "Nothing has come of it.", "needed": True},
    "Send us a photo": {"file": True, "needed": True},
}


async def test_whoever_is_affected_asks_and_tells_from_their_own_case(browser: Browser, lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    page = await small(browser, lived_in)
    await enter(page, lived_in, ref, "my-case")
    await is_right(page)
    for way, filled in TOLD.items():
        await page.goto("/my-case")
        await page.get_by_role("link", name=way).click()
        await is_right(page)
        if filled.get("needed"):
            await press(page, "Send")
            await expect(page.get_by_role("alert")).to_be_visible()
            await is_right(page)
        for label in filled.get("checks", ()):
            await page.get_by_label(label, exact=True).check()
        if "words" in filled:
            await page.get_by_role("textbox").fill(filled["words"])
        if "file" in filled:
            await page.get_by_label("What do you want to send?").set_input_files([WAV])
        await press(page, "Send")
        await expect(page.get_by_role("heading", name="Thank you. We have it")).to_be_visible()
        await is_right(page)
    [chased] = await facts(lived_in, ref, "chased")
    assert chased["content"]["words"] == "Asks us to ring them. When do you come?"
    needs = [one["content"] for one in await facts(lived_in, ref, "need_told")]
    assert {one["kind"] for one in needs} == {"sight", "hearing"}
    assert {tuple(one["adjustments"]) for one in needs} == {("large_print",)}
    [sent] = await facts(lived_in, ref, "evidence_received")
    assert sent["content"]["kind"] == "recording"

    async def again() -> list[dict[str, Any]]:
        return await facts(lived_in, ref, "incident_reported")

    assert (await until(again))[0]["content"]["words"] == "It was loud again."

    async def begun() -> list[dict[str, Any]]:
        return await facts(lived_in, ref, "case_review_begun")

    assert await until(begun)
    await page.goto("/my-case")
    await expect(page.get_by_text("You sent us something.")).to_be_visible()
    await expect(page.get_by_text("You told us what you need.").first).to_be_visible()
    await expect(page.get_by_text("You asked us to ring you.")).to_be_visible()
    await expect(page.locator(".reference").filter(has_text="CR-")).to_be_visible()
    await expect(page.get_by_text("We write to you within 3 working")).to_be_visible()


async def test_who_tells_again_of_violence_and_hate_is_heard_within_hours(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    await lived_in.supervisor.recorded(ref, "case_allocated", officer="officer-1")
    told = {"words": "He came at me with a knife and called me names.", "hurt": "yes", "hate": "yes"}
    async with visiting(lived_in, ref, "my-case") as http:
        key = str(uuid4())
        half = await http.post("/my-case/again", data={"key": key} | told)
        assert (half.status_code, "Tick what you think it is about" in half.text) == (422, True)
        sent = await http.post("/my-case/again", data={"key": key, "strands": "race"} | told)
        assert sent.status_code == 303

    async def again() -> list[dict[str, Any]]:
        return await facts(lived_in, ref, "incident_reported")

    [heard] = await until(again)
    assert heard["content"]["category"] == "violence"
    assert heard["content"]["hate"] == {"strands": ["race"], "perceived_by": "victim", "offence_alleged": False}
    standing = (await lived_in.officer.get(f"/api/cases/{ref}")).json()["standing"]
    owed = {one["key"]: one for one in standing["deadlines"]}
    assert (standing["serious"], owed["further-incident"]["counted"]["unit"]) == (True, "hours")
    assert "police-advice" in owed


async def test_pressed_twice_they_asked_once_and_the_policy_s_no_names_nobody(lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    async with visiting(lived_in, ref, "my-case") as http:
        key = str(uuid4())
        for _ in range(2):
            assert (await http.post("/my-case/call-back", data={"key": key, "words": ""})).status_code == 303
        assert len(await facts(lived_in, ref, "chased")) == 1
        other = await http.post("/my-case/call-back", data={"key": key, "words": "Something else."})
        assert other.status_code == 422
        assert "We have what you sent before" in other.text
        assert "Something else." in other.text
        assert key not in other.text
        safe = await http.post("/my-case/need", data={"key": str(uuid4()), "kind": "safe_contact"})
        assert (safe.status_code, "Choose from the list" in safe.text) == (422, True)
        assert len(await facts(lived_in, ref, "need_told")) == 0


async def test_who_cannot_be_written_to_says_where_a_case_review_is_answered(site: Product) -> None:
    ref = await case_of(site, person=ROWAN_BY_TELEPHONE)
    asked = {"district": "sevenoaks", "words": "Nothing has come of it."}
    async with visiting(site, ref, "my-case") as http:
        assert "so we need an address" in (await http.get("/my-case/review")).text
        answer = await http.post("/my-case/review", data=asked)
        assert (answer.status_code, "Give an e-mail address or a postal" in answer.text) == (422, True)
        where = {"address": "1 Invented Street\nSevenoaks TN13 1AA"}
        answer = await http.post("/my-case/review", data=asked | where)
        assert answer.status_code == 303
        shown = (await http.get("/my-case")).text
    assert "You asked for a case review on" in shown
    assert re.search("CR-[0-9]{4}-[0-9]{6}", shown)


async def test_what_is_for_everybody_comes_last_and_who_says_that_it_goes_on_finds_the_way_back(
    site: Product,
) -> None:
    async with visiting(site, await case_of(site), "my-case") as http:
        kinds = re.findall('name="kind" type="checkbox" value="([a-z_]+)"', (await http.get("/my-case/need")).text)
    assert kinds[-3:] == ["dependency", "vulnerability", "other"]
    told = assessed(NOW), h.proposal(NOW), h.sent(NOW, "closing-letter-3"), h.closed(NOW)
    async with visiting(site, await case_of(site, *told), "questionnaire") as http:
        shown = (await http.get("/questions")).text
    assert "changes nothing" not in shown
    assert 'href="/report">Tell us that it goes on' in shown


async def test_once_closed_they_say_how_we_did_once(browser: Browser, lived_in: Product) -> None:
    ref = await lived_in.public.reported(complainant=ROWAN)
    refused = await lived_in.officer.post(f"/api/cases/{ref}/private-links", {"purpose": "questionnaire"})
    assert refused.status_code == 409
    await closed_with_letter(lived_in, ref)
    page = await small(browser, lived_in)
    await enter(page, lived_in, ref, "questionnaire")
    await is_right(page)
    await press(page, "Send")
    await expect(page.get_by_role("alert")).to_contain_text("Choose at least one answer")
    await is_right(page)
    await page.get_by_label("very easy", exact=False).first.check()
    await page.get_by_label("What else would you like to tell us?").fill("Thank you.")
    other_tab = await page.context.new_page()
    await other_tab.goto("/questions")
    await press(page, "Send")
    await expect(page.get_by_role("heading", name="Thank you for your answers")).to_be_visible()
    await is_right(page)
    [answered] = await facts(lived_in, ref, "questionnaire_answered")
    assert answered["content"]["answers"] == {"easy_to_tell": "very_easy"}
    await page.goto("/questions")
    await expect(page.get_by_role("heading", name="Thank you for your answers")).to_be_visible()
    await other_tab.get_by_label("What else would you like to tell us?").fill("And nobody came.")
    await press(other_tab, "Send")
    await expect(other_tab.get_by_role("heading", name="What you sent just now was not kept")).to_be_visible()
    await expect(other_tab.get_by_text("And nobody came.")).to_be_visible()
    await is_right(other_tab)
    assert len(await facts(lived_in, ref, "questionnaire_answered")) == 1
    assert (
        await lived_in.officer.post(f"/api/cases/{ref}/private-links", {"purpose": "my-case"})
    ).status_code == 409


async def closed_with_letter(product: Product, ref: str) -> None:
    await product.officer.recorded(ref, "assessed", **assessment())
    await product.officer.recorded(ref, "contact_made", means="phone", words="Spoke with her.")
    await product.officer.recorded(ref, "closure_proposed", outcome="stopped", explanation="It stopped.")

    async def closed() -> bool:
        answer = await product.officer.fact(ref, "case_closed", closing="with_letter", reasons="Done.")
        return answer.status_code == 201

    await until(closed, 60)
