"""The form of a review begins with what the last one asked for, and asks what became of each action."""

from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from own_link import NOW, case_of, record
from playwright.async_api import Browser, expect
from signed_in import signed_in

from pages.staff.recording.choices import choices_on, must_say, questions_of
from pages.staff.recording.inputs import Option, inputs_of
from policy.facts.base import Actor, Role
from policy.facts.promising import ActionDone, ActionPlanned
from policy.facts.reviewing import CaseReviewed
from tests.api.product import Product, assessment
from tests.given import EDITION, assessed, contact, empty_file
from tests.policy import happenings as h


class Typed(HTMLParser):
    """What a browser would send of the form about a review, but for its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, chosen = told.get("name") or "", told.get("type") not in {"radio", "checkbox"} or "checked" in told
        self.inside = name if tag == "textarea" else ""
        if tag == "input" and name and chosen:
            self.said[name] = told.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.said[self.inside] = data

    def handle_endtag(self, _tag: str) -> None:
        self.inside = ""


def typed_in(page: str) -> dict[str, str]:
    typed = Typed()
    typed.feed(page.partition("/record/case_reviewed")[2])
    return typed.said


LEADER = Actor(id="supervisor-66", role=Role.SUPERVISOR)
BEFORE = NOW - timedelta(days=20)


def planned(words: str) -> ActionPlanned:
    return ActionPlanned(at=BEFORE, words=words)


async def test_what_the_last_review_said_and_whether_each_action_was_done(site: Product, browser: Browser) -> None:
    """Also one that was done since; not one that was done before."""
    plan = [planned("Write to the landlord."), planned("Fit a light."), planned("Ask the police.")]
    ref = await case_of(site, contact(BEFORE), assessed(BEFORE), *plan, at=BEFORE)
    long_done = ActionDone(at=BEFORE + timedelta(days=1), matter="action-4", words="Written.")
    since_done = ActionDone(at=BEFORE + timedelta(days=9), matter="action-5", words="Fitted by day.")
    review = h.review(BEFORE + timedelta(days=5))
    review = review.model_copy(update={"answers": review.answers | {"next": "See that the light is fitted."}})
    await record(site, ref, [long_done], 7)
    await record(site, ref, [review], 8, by=LEADER)
    await record(site, ref, [since_done], 9)
    async with signed_in(browser, site, "supervisor-66") as page:
        await page.goto(f"/cases/{ref}/record/case_reviewed")
        last = page.locator("#last-review")
        await expect(last).to_contain_text("See that the light is fitted.")
        await expect(last).to_contain_text("Supervisor Example")
        lines = last.locator("li")
        await expect(lines).to_have_count(2)
        await expect(lines.nth(0)).to_contain_text("Fit a light.: done on")
        await expect(lines.nth(1)).to_contain_text("Ask the police.")
        href = await lines.nth(1).get_by_role("link").get_attribute("href")
        assert href == f"/cases/{ref}/record/action_done?matter=action-6"
        await expect(page.locator("textarea[name='actions.action-5']")).to_have_count(1)
        await expect(page.locator("textarea[name='actions.action-6']")).to_have_count(1)
        await expect(page.locator("textarea[name='actions.action-4']")).to_have_count(0)


async def test_what_is_said_of_each_action_stands_in_the_review(lived_in: Product) -> None:
    ref = await lived_in.officer.reported()
    await lived_in.officer.recorded(ref, "contact_made", means="phone", words="Spoke.", every_working_days=5)
    await lived_in.officer.recorded(ref, "assessed", **assessment())
    seq = (await lived_in.officer.recorded(ref, "action_planned", words="Fit a light."))["seq"]
    answers = {f"answers.{one.key}": "Yes." for one in EDITION.review_questions}
    form = {"policy_followed": "yes", "words": "Well.", f"actions.action-{seq}": "Not yet."} | answers
    headers = lived_in.supervisor.headers() | {"Origin": lived_in.settings.public_origin}
    to = f"/cases/{ref}/record/case_reviewed"
    answer = await lived_in.http.post(to, data=form, headers=headers)
    assert answer.status_code == 303, answer.text
    lines = (await lived_in.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
    review = next(one["content"] for one in lines if one["fact"] == "case_reviewed")
    assert review["actions"] == {f"action-{seq}": "Not yet."}
    again = await lived_in.supervisor.get(to)
    assert "Not yet." in again.text
    wrong = {"fact": "case_reviewed", "policy_followed": True, "words": "Well.", "actions": {"action-99": "Done."}}
    wrong["answers"] = {one.key: "Yes." for one in EDITION.review_questions}
    refused = await lived_in.supervisor.post(f"/api/cases/{ref}/facts", wrong)
    assert refused.status_code == 409
    assert "Not an action of this case: action-99" in refused.text


def test_what_a_review_must_say_is_not_called_optional() -> None:
    choices = choices_on(empty_file(NOW.date()), EDITION, CaseReviewed, {})
    asked = questions_of(EDITION, "case_reviewed", [Option("action-4", "Fit a light.")])
    for hate in (True, False):
        made = inputs_of(CaseReviewed, choices, asked, must_say("case_reviewed", hate=hate))
        needed = {one.name: one.needed for one in made}
        assert (needed["answers"], needed["powers"], needed["actions"]) == (True, hate, False)
        assert all(one.needed for one in next(one.inner for one in made if one.name == "answers"))


async def test_each_power_is_as_before_by_one_press_and_recorded_in_full(lived_in: Product) -> None:
    ref = await lived_in.officer.reported()
    hate = {"strands": ["race"], "perceived_by": "victim"}
    await lived_in.officer.recorded(ref, "hate_perceived", words="He said so.", hate=hate)
    powers: list[dict[str, Any]] = [
        {"power": one.key, "used": False, "why_not": "other", "words": f"Reason {number}."}
        for number, one in enumerate(EDITION.powers)
    ]
    powers[0] = {"power": powers[0]["power"], "used": True}
    answers = {one.key: "Yes." for one in EDITION.review_questions}
    body = {"fact": "case_reviewed", "policy_followed": True, "words": "Well.", "answers": answers}
    first = await lived_in.supervisor.post(f"/api/cases/{ref}/facts", body | {"powers": powers})
    assert first.status_code == 201, first.text
    to, ours = f"/cases/{ref}/record/case_reviewed", {"Origin": lived_in.settings.public_origin}
    asked = (await lived_in.supervisor.get(to)).text
    assert "Not used: other. Reason 1." in asked
    form = {
        "policy_followed": "yes",
        "words": "Again.",
        "powers.1.words": "Typed.",
        "idempotency-key": str(uuid4()),
    }
    form |= {f"answers.{one}": "Yes." for one in answers}
    headers = lived_in.supervisor.headers() | ours
    filled = await lived_in.http.post(to, data=form | {"do": "as_before"}, headers=headers)
    assert filled.status_code == 200
    assert "nothing is recorded yet" in filled.text
    assert "Again." in filled.text
    assert "Typed." not in filled.text
    sent = typed_in(filled.text)
    assert sent["powers.0.used"] == "yes"
    answer = await lived_in.http.post(to, data=sent | {"do": "record"}, headers=headers)
    assert answer.status_code == 303, answer.text
    lines = (await lived_in.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
    reviews = [one["content"] for one in lines if one["fact"] == "case_reviewed"]
    assert [one["words"] for one in reviews] == ["Well.", "Again."]
    assert reviews[1]["powers"] == reviews[0]["powers"]


def test_a_review_asks_about_actions_only_where_there_are_some() -> None:
    choices = choices_on(empty_file(NOW.date()), EDITION, CaseReviewed, {})
    without = inputs_of(CaseReviewed, choices, questions_of(EDITION, "case_reviewed"))
    assert "actions" not in {one.name for one in without}
    asked = questions_of(EDITION, "case_reviewed", [Option("action-4", "Fit a light.")])
    inner = next(one.inner for one in inputs_of(CaseReviewed, choices, asked) if one.name == "actions")
    assert [(one.name, one.label) for one in inner] == [("actions.action-4", "Fit a light.")]
