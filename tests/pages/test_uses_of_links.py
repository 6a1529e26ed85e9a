"""How often a link was used is told and bounded, and nobody guesses on because its owner answers right."""

from datetime import datetime, timedelta

from own_link import case_of, link_to, uses_of

from store import private_links
from store.private_links import IDLE, MOST_WRONG_EVER, LinkUse, What
from tests.api.product import Product


async def answered(site: Product, path: str, answer: str) -> int:
    headers = {"Sec-Fetch-Site": "same-origin"}
    return (await site.http.post(path, data={"answer": answer}, headers=headers)).status_code


async def uses(site: Product, ref: str) -> list[LinkUse]:
    async with site.resources.everything.reading() as db:
        [link] = await private_links.of_case(db, ref)
    return list(link.uses)


async def test_the_same_thing_again_within_twenty_minutes_is_one_use_with_its_first_and_last(
    site: Product,
) -> None:
    ref = await case_of(site)
    id_, path = await link_to(site, ref)
    for _ in range(3):
        assert (await site.http.get(path)).status_code == 200
    issued, opened = await uses(site, ref)
    assert (issued.what, issued.last_at) == ("issued", None)
    assert opened.what == "opened"
    assert opened.last_at is not None
    assert opened.last_at > opened.at

    async def note(what: What, at: datetime) -> None:
        async with site.resources.everything.writing() as db:
            await private_links.note(db, id_, what, at)

    later = opened.last_at + IDLE - timedelta(seconds=1)
    for at in (later, later - timedelta(minutes=5), later + IDLE):
        await note(What.OPENED, at)
    for _ in range(2):
        await note(What.ANSWERED_WRONG, later + IDLE)
    of_link = (await uses(site, ref))[1:]
    assert [(use.what, use.last_at) for use in of_link[:1]] == [("opened", later)]
    assert sorted(use.what for use in of_link[1:]) == ["answered_wrong", "answered_wrong", "opened"]
    told = (await site.officer.get(f"/api/cases/{ref}/private-links")).json()["links"][0]["uses"]
    assert datetime.fromisoformat(told[1]["last_at"]) == later


async def test_fifteen_wrong_answers_in_all_lock_it_whoever_answers_right_between(site: Product) -> None:
    ref = await case_of(site)
    _, path = await link_to(site, ref)
    for _ in range(3):
        assert [await answered(site, path, f"999{n}") for n in range(4)] == [422] * 4
        assert await answered(site, path, "0001") == 303
    assert [await answered(site, path, f"888{n}") for n in range(3)] == [422, 422, 404]
    assert await answered(site, path, "0001") == 404
    said = await uses_of(site, ref)
    assert said.count("answered_wrong") == MOST_WRONG_EVER
    assert "locked" in said
