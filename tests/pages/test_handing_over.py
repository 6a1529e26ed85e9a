"""An officer's cases given to somebody else together: each once, whatever happens in between."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from looking_at import is_right
from own_link import NOW, case_of
from playwright.async_api import Browser, expect
from signed_in import a_sign_in, signed_in
from sqlalchemy import update

from pages.staff import handing_over
from pages.staff.handing_over import Asked
from policy.facts.reviewing import CaseAllocated
from policy.working_days import london_day
from runtime.tokens import issue, issue_asked
from store.cases import cases as register
from tests.api.product import Product

FROM, TO = "officer-71", "officer-72"


async def cases(product: Product, many: int) -> list[str]:
    """Of FROM, with somebody to give them to."""
    await a_sign_in(product, TO)
    refs = [await product.officer.reported() for _ in range(many)]
    for ref in refs:
        await product.officer.recorded(ref, "case_allocated", officer=FROM)
    return refs


async def press(product: Product, refs: list[str], **said: Any) -> httpx2.Response:
    form = {"key": str(uuid4()), "officer": FROM, "to": TO, "reasons": "On leave.", "which": "all"} | said
    headers = product.supervisor.headers() | {"Origin": product.settings.public_origin}
    return await product.http.post("/hand-over", data=form | {"refs": " ".join(refs)}, headers=headers)


def sent(product: Product, refs: list[str], key: str | None = None, who: str = "supervisor-1") -> str:
    """Where they are told what came of it."""
    asked = Asked(key or str(uuid4()), FROM, TO, "", "", tuple(refs))
    until = datetime.now(UTC) + timedelta(minutes=5)
    return f"/handed-over?sent={issue_asked(product.settings, who, asked.told, until)}"


async def given(product: Product, ref: str, fact: str = "case_allocated") -> list[dict[str, Any]]:
    """What was recorded of it, to TO."""
    lines = (await product.officer.get(f"/api/cases/{ref}/timeline", limit=200)).json()["entries"]
    return [one["content"] for one in lines if one["fact"] == fact and one["content"]["officer"] == TO]


async def test_it_goes_on_by_itself_and_tells_what_came_of_it(
    lived_in: Product, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "AT_ONCE", 1)
    refs = await cases(lived_in, 3)
    async with signed_in(browser, lived_in, "supervisor-1") as page:
        await page.goto(f"/hand-over?officer={FROM}")
        await page.get_by_label("To whom").select_option(TO)
        await page.get_by_label("Why").fill("On leave until May.")
        await page.get_by_label("All that stand here").check()
        await page.get_by_role("button", name="Give them").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("3 of 3 cases given to Officer Example")
        assert "/handed-over?" in page.url
        await page.reload()
        await expect(page.locator("#handing-over li")).to_have_count(3)
    for ref in refs:
        assert [one["reasons"] for one in await given(lived_in, ref)] == ["On leave until May."]


async def test_pressed_again_or_gone_on_from_the_start_each_is_given_once(
    lived_in: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "AT_ONCE", 2)
    refs, once = (
        await cases(lived_in, 3),
        {"key": str(uuid4()), "until": london_day(datetime.now(UTC)).isoformat()},
    )
    first = await press(lived_in, refs, **once)
    assert first.status_code == 200
    assert "2 of 3 are through" in first.text
    assert (await press(lived_in, refs, **once)).status_code == 200
    last = await press(lived_in, refs, **once, done="2")
    assert last.status_code == 303
    for ref in refs:
        assert len(await given(lived_in, ref, "cover_arranged")) == 1


async def test_only_those_that_are_ticked_and_as_cover_up_to_a_day(lived_in: Product) -> None:
    refs = await cases(lived_in, 2)
    soon = london_day(datetime.now(UTC)).isoformat()
    answer = await press(lived_in, refs, which="some", case=refs[0], until=soon)
    assert answer.status_code == 303, answer.text
    assert [one["until"] for one in await given(lived_in, refs[0], "cover_arranged")] == [soon]
    assert not await given(lived_in, refs[1], "cover_arranged")


async def test_what_is_refused_is_listed_with_the_reason_and_keeps_no_other(lived_in: Product) -> None:
    free, connected, gone = refs = await cases(lived_in, 3)
    told = {"fact": "conflict_declared", "who": TO, "why": "involved", "words": "A cousin."}
    assert (await lived_in.supervisor.post(f"/api/cases/{connected}/access", told)).status_code == 201
    await lived_in.officer.recorded(gone, "case_allocated", officer="officer-73")
    answer = await press(lived_in, [*refs, "CW-1999-000001"])
    shown = await lived_in.supervisor.get(answer.headers["location"])
    assert "1 of 4 cases given" in shown.text
    assert f"{TO} is down as connected with this case" in shown.text
    assert "It is officer-73&#39;s meanwhile" in shown.text
    assert "CW-1999-000001</a>: It is not open to you." in shown.text
    assert len(await given(lived_in, free)) == 1
    assert not await given(lived_in, gone)


async def test_without_the_engine_nothing_is_given_and_it_says_so(site: Product) -> None:
    await a_sign_in(site, TO)
    ref = await case_of(site, CaseAllocated(at=NOW, officer=FROM))
    key = str(uuid4())
    answer = await press(site, [ref], key=key)
    assert answer.status_code == 200
    assert "0 of 1 are through. The cases do not answer just now" in answer.text
    assert key in answer.text, "to go on with"
    assert "hx-post" not in answer.text, "not by itself"
    shown = await site.supervisor.get(sent(site, [ref], key))
    assert "0 of 1 cases given" in shown.text
    assert "It has not been given yet" in shown.text


async def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Product) -> None:
    await a_sign_in(site, TO)
    ref = await case_of(site, CaseAllocated(at=NOW, officer=FROM))
    for said, why in (
        ({"to": "officer-nobody"}, "Choose who gets them"),
        ({"to": FROM}, "Choose who gets them"),
        ({"reasons": " "}, "Say why"),
        ({"which": ""}, "tick those that you mean"),
        ({"which": "all", "case": ref}, "tick those that you mean"),
        ({"which": "some"}, "tick those that you mean"),
        ({"until": "2020-01-31"}, "must not be over"),
        ({"until": "soon"}, "until"),
    ):
        answer = await press(site, [ref], **({"reasons": "She moved team."} | said))
        assert answer.status_code == 422, said
        assert "Nothing was given to anybody" in answer.text
        assert why in answer.text
        assert said.get("reasons") == " " or "She moved team." in answer.text


async def test_cases_that_nobody_has_are_given_out_in_the_same_way(lived_in: Product) -> None:
    await a_sign_in(lived_in, TO)
    ref = (
        await lived_in.public.post("/api/reports", {"channel": "web", "words": "Noise.", "category": "noise"})
    ).json()
    page = await lived_in.supervisor.get("/hand-over")
    assert ref["ref"] in page.text
    assert (await press(lived_in, [ref["ref"]], officer="")).status_code == 303
    assert len(await given(lived_in, ref["ref"])) == 1


async def test_where_nothing_answers_one_presses_and_each_state_is_for_everybody(
    site: Product, browser: Browser
) -> None:
    await a_sign_in(site, TO)
    for _ in range(2):
        await case_of(site, CaseAllocated(at=NOW, officer="officer-74"))
    async with signed_in(browser, site, "supervisor-74", width=320) as page:
        await page.goto("/hand-over?officer=officer-74")
        await page.get_by_role("button", name="Give them").click()
        await expect(page.get_by_role("heading", name="Nothing was given to anybody")).to_be_visible()
        await is_right(page, for_staff=True)
        await page.get_by_label("To whom").select_option(TO)
        await page.get_by_label("Why").fill("On leave.")
        await page.get_by_label("All that stand here").check()
        await page.get_by_role("button", name="Give them").click()
        await expect(page.get_by_role("status")).to_contain_text("0 of 2 are through")
        await is_right(page, for_staff=True)
        await page.get_by_role("button", name="Go on").click()
        await expect(page.get_by_role("status")).to_contain_text("0 of 2 are through")


async def test_every_case_that_a_form_has_room_for_can_be_ticked(site: Product) -> None:
    await a_sign_in(site, TO)
    refs = [f"CW-2011-{number:06d}" for number in range(handing_over.MOST)]
    answer = await press(site, refs, which="some", case=refs, until=london_day(datetime.now(UTC)).isoformat())
    assert answer.status_code == 200
    assert f"of {handing_over.MOST} are through" in answer.text


async def test_a_form_that_is_gone_back_to_and_names_somebody_else_says_what_came_of_that(
    lived_in: Product,
) -> None:
    refs, key = await cases(lived_in, 1), str(uuid4())
    await a_sign_in(lived_in, "officer-75")
    assert (await press(lived_in, refs, key=key)).status_code == 303
    again = await press(lived_in, refs, key=key, to="officer-75")
    shown = (await lived_in.supervisor.get(again.headers["location"])).text
    assert "0 of 1 cases given to Officer Example" in shown
    assert "It is Officer Example&#39;s meanwhile" in shown, "whose it is, by name"
    assert len(await given(lived_in, refs[0])) == 1


async def test_one_that_is_shut_and_one_that_is_not_there_are_answered_alike(site: Product) -> None:
    shut = await case_of(site, CaseAllocated(at=NOW, officer=FROM))
    async with site.records.writing() as db:
        await db.connection.execute(update(register).where(register.c.ref == shut).values(restricted=True))
    assert (await site.supervisor.get(f"/cases/{shut}")).status_code == 403
    none, pages = "CW-1999-000001", []
    for ref in (shut, none):
        answer = await site.supervisor.get(sent(site, [ref]))
        assert f"{ref}</a>: It is not open to you." in answer.text
        pages.append((answer.status_code, answer.text.replace(ref, "")))
    assert pages[0] == pages[1]


async def test_what_came_of_it_is_told_to_whoever_asked_for_that_and_of_nothing_else(site: Product) -> None:
    ref = await case_of(site, CaseAllocated(at=NOW, officer=FROM))
    mine = sent(site, [ref])
    assert (await site.supervisor.get(mine)).status_code == 200
    another = site.as_("supervisor", "supervisor-2")
    for who, address in (
        (another, mine),
        (site.supervisor, f"{mine[:-2]}AA"),
        (site.supervisor, "/handed-over"),
        (site.supervisor, f"/handed-over?key={uuid4()}&to={TO}&refs={ref}"),
        (site.supervisor, f"/handed-over?sent={issue(site.settings, 'supervisor-1', 'supervisor', timedelta(1))}"),
    ):
        assert (await who.get(address)).status_code == 404
