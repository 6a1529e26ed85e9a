"""What is told on our page is recorded as it was told, and nothing else is promised than is done."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx2
import pytest
import pytest_asyncio
from test_reporting import entry_of

from gateways.calendar import closure_days
from policy.editions import in_force_on
from policy.working_days import day_in_words, london_day, working_days_after
from tests.api.product import Product

ANSWERS = {
    "who": {"reporter": "victim"},
    "what": {"category": "noise"},
    "words": {"words": "Names are shouted at me."},
    "because": {"hate": "no"},
    "when": {},
    "where": {},
    "them": {},
    "close": {"close": "no"},
    "you": {"phone": "07700 900001"},
    "safe": {"safe": "phone"},
    "needs": {},
}


class Telling:
    def __init__(self, http: httpx2.AsyncClient) -> None:
        self.http = http

    async def say(self, **answers: dict[str, object]) -> httpx2.Response:
        for about, said in answers.items():
            answer = await self.http.post(f"/report/{about}", data=said)
        return answer

    async def sent(self, site: Product) -> tuple[str, dict[str, object]]:
        """What the page says then, and what was recorded."""
        assert (await self.http.post("/report/check")).headers["location"] == "/report/sent"
        shown = (await self.http.get("/report/sent")).text
        return shown, await entry_of(site, shown.partition('class="reference">')[2].partition("<")[0])


@pytest_asyncio.fixture(loop_scope="session")
async def telling(site: Product) -> AsyncIterator[Telling]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=site.base, headers=headers, timeout=30) as http:
        await http.post("/report")
        yield Telling(http)


async def test_who_wants_to_be_left_alone_is_not_told_that_we_get_in_touch(
    telling: Telling, site: Product
) -> None:
    await telling.say(**ANSWERS | {"safe": {"safe": "no_contact"}})
    shown, told = await telling.sent(site)
    assert "gets in touch" not in shown
    assert "We do not get in touch with you" in shown
    assert told["no_contact"] is True


async def test_nobody_says_that_a_way_is_safe_and_that_there_is_none(telling: Telling) -> None:
    answer = await telling.say(**ANSWERS | {"safe": {"safe": ["phone", "no_contact"]}})
    assert answer.headers["location"] == "/report/safe"
    answer = await telling.say(safe={"safe": ["phone", "no_contact"]})
    assert (answer.status_code, "and not both" in answer.text) == (422, True)


async def test_whoever_changes_how_we_can_reach_them_is_asked_again_what_is_safe(
    telling: Telling, site: Product
) -> None:
    await telling.say(**ANSWERS)
    answer = await telling.say(you={"email": "rowan@example.org"})
    assert answer.headers["location"] == "/report/safe"
    assert (await telling.http.post("/report/check")).headers["location"] == "/report/safe"
    await telling.say(safe={"safe": "email"})
    _, told = await telling.sent(site)
    assert (told["safe_contact"], told["no_contact"]) == (None, False)


async def test_what_somebody_is_not_sure_of_is_there_to_be_asked_about(telling: Telling, site: Product) -> None:
    await telling.say(**ANSWERS | {"because": {"hate": "not_sure"}, "close": {"close": "not_sure"}})
    _, told = await telling.sent(site)
    assert str(told["words"]).split("\n\n") == [
        "Names are shouted at me.",
        "Not sure whether it is because of who somebody is.",
        "Not sure whether it is a partner, an ex-partner or somebody of the family.",
    ]
    assert (told["hate"], told["domestic_abuse"]) == (None, False)


async def test_a_year_of_two_digits_is_sent(telling: Telling, site: Product) -> None:
    await telling.say(**ANSWERS | {"when": {"day-day": "1", "day-month": "3", "day-year": "26"}})
    _, told = await telling.sent(site)
    assert told["happened_at"] == "2026-03-01T00:00:00Z"


async def test_we_promise_no_more_silence_than_our_policy_does(telling: Telling) -> None:
    shown = (await telling.http.get("/report")).text + (await telling.say(**ANSWERS)).text
    await telling.say(**ANSWERS)
    shown += (await telling.http.get("/report/them")).text
    assert shown.count("unless you agree, or the law or") == 2
    assert "never tell" not in shown


@pytest.mark.parametrize(
    ("said", "shown", "not_shown"),
    [
        ({}, ["gets in touch by"], ["101", "Victim Support", "0808 2000 247"]),
        (
            {"what": {"category": "violence"}},
            ["may be a crime", "Victim Support"],
            ["0808 2000 247", "report-it.org.uk"],
        ),
        ({"because": {"hate": "yes"}, "about": {"strands": "race"}}, ["may be a crime", "report-it.org.uk"], []),
        ({"close": {"close": "yes"}}, ["0808 2000 247", "Victim Support"], ["report-it.org.uk"]),
    ],
    ids=["noise", "violence", "hate", "a partner"],
)
async def test_whoever_reports_is_told_by_when_and_who_else_can_help_once(
    telling: Telling, site: Product, said: dict[str, dict[str, object]], shown: list[str], not_shown: list[str]
) -> None:
    """Whoever opens the page again on the same telephone does not learn what it was about."""
    await telling.say(**ANSWERS | said)
    first, _ = await telling.sent(site)
    main = first.partition("<main")[2].partition("</main>")[0]
    for words in shown:
        assert words in main
    for words in not_shown:
        assert words not in main
    again = (await telling.http.get("/report/sent")).text
    assert "gets in touch by" in again
    for words in ("may be a crime", "Victim Support", "0808 2000 247", "report-it.org.uk"):
        assert words not in again


async def test_the_day_is_the_edition_s_and_sooner_for_a_victim_of_violence(
    telling: Telling, site: Product
) -> None:
    now = datetime.now(UTC)
    edition = in_force_on(london_day(now))
    await telling.say(**ANSWERS | {"what": {"category": "violence"}})
    shown, _ = await telling.sent(site)
    closed = closure_days(london_day(now), site.settings.closure_days)
    due = working_days_after(now, edition.serious_appointment.working_days, closed, edition.office.closes)
    assert f"gets in touch by {day_in_words(london_day(due.moment))}" in shown
    assert edition.serious_appointment.working_days < edition.first_contact.working_days


async def test_nobody_needs_to_say_who_they_are_and_who_it_happens_to_is_told_all_the_same(
    telling: Telling, site: Product
) -> None:
    assert "I would rather not" not in (await telling.http.get("/report/who")).text
    await telling.say(**ANSWERS | {"you": {}})
    assert "You do not have to say who you are" in (await telling.http.get("/report/you")).text
    shown, told = await telling.sent(site)
    assert "We do not get in touch with you" in shown
    assert (told["reporter"], told["complainant"]) == ("victim", None)


async def test_a_time_without_its_day_is_asked_about_and_not_dropped(telling: Telling) -> None:
    await telling.say(**ANSWERS)
    answer = await telling.say(when={"hour": "22:30"})
    assert (answer.status_code, "Write the day, too" in answer.text) == (422, True)
