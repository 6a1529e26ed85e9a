"""The questionnaire is answered once, and whoever answers again is told that it was not kept."""

from behind_links import visiting
from looking_at import is_right
from own_link import NOW, case_of, record
from playwright.async_api import Page, expect

from policy.facts.questionnaires import QuestionnaireAnswered
from policy.working_days import day_in_words, london_day
from tests.api.product import Product
from tests.given import assessed
from tests.policy import happenings as h

TOLD = assessed(NOW), h.proposal(NOW), h.sent(NOW, "closing-letter-3"), h.closed(NOW)
FIRST = {"easy_to_tell": "very_easy", "words": "Thank you."}


async def test_a_second_answer_is_shown_and_said_not_to_be_kept(page: Page, site: Product) -> None:
    ref = await case_of(site, *TOLD)
    async with visiting(site, ref, "questionnaire") as http:
        assert "You can send your answers once." in (await http.get("/questions")).text
        matter = f"questionnaire-{len(TOLD) + 1}"
        kept = QuestionnaireAnswered(
            at=NOW, matter=matter, answers={"easy_to_tell": "very_easy"}, words="Thank you."
        )
        await record(site, ref, [kept], len(TOLD) + 2)
        day = day_in_words(london_day(NOW))
        had = f"We have your answers of {day}"
        before = await http.get("/questions")
        assert before.status_code == 200
        assert had in before.text
        assert "To change them, ring us" in before.text
        again = await http.post("/questions", data=FIRST)
        assert (again.status_code, again.headers["location"]) == (303, "/questions"), "pressed twice"
        other = await http.post("/questions", data=FIRST | {"words": "Nobody came,\nnot once."})
        assert other.status_code == 409
        for words in ("What you sent just now was not kept", had, "Nobody came,\nnot once.", "Very easy"):
            assert words in other.text
        assert "Thank you for your answers" not in other.text
        empty = await http.post("/questions", data={})
        assert "Thank you for your answers" in empty.text
        cookies = [{"name": one.name, "value": one.value, "url": site.base} for one in http.cookies.jar]
    await page.context.add_cookies(cookies)  # type: ignore[arg-type] # as Playwright gives them
    await page.goto("/questions")
    await expect(page.get_by_role("heading", name="Thank you for your answers")).to_be_visible()
    await page.set_content(other.text)
    await is_right(page)
