"""Lists that are longer than a page say how many there are, and lead to the rest."""

import re

import pytest
from own_link import NOW, case_of
from test_people_and_places import kept

from pages.staff import approvals, hate, places, today
from pages.staff.paged import Part
from policy.facts.people import Person
from policy.facts.reviewing import CaseAllocated
from store import hate_cases, since_last_look
from tests.api.product import Product
from tests.policy import happenings as h

ME = "officer-7402"


def test_a_part_says_which_it_is() -> None:
    first = Part("/today", 1, 100, 250, 100)
    assert (first.first, first.last, first.coming, first.whole) == (1, 100, 100, False)
    last = Part("/today", 3, 50, 250, 100)
    assert (last.first, last.last, last.coming, last.way(2), last.way(1)) == (
        201,
        250,
        0,
        "/today?part=2",
        "/today",
    )
    assert Part("/today", 1, 7, 7, 100).whole
    beyond = Part("/today", 9, 0, 800, 100)
    assert (beyond.coming, beyond.whole) == (0, False)


async def test_every_line_of_a_long_list_is_reached_once(site: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = [await case_of(site, CaseAllocated(at=NOW, officer=ME), h.attempt(NOW), h.hate(NOW)) for _ in range(5)]
    monkeypatch.setattr(today, "_MOST", 4)
    monkeypatch.setattr(today, "MOST", 2)
    monkeypatch.setattr(since_last_look, "MOST", 2)
    me = site.as_("officer", ME)
    asked, seen = "/today", []
    while asked:
        page = (await me.get(asked)).text
        seen += re.findall(r'class="owed-what">\s*<a[^>]*href="([^"]+)">[^<]*</a>:\s*([^<]+?)\s*<', page)
        more = re.search(r'href="(/today\?part=\d+)">Next', page)
        asked = more[1] if more else ""
    owed = await me.tasks(officer=ME)
    assert len(owed) > 8
    assert sorted(seen) == sorted((f"/cases/{one['about']}", one["owed"]) for one in owed)
    page = " ".join((await me.get("/today")).text.split())
    assert f"1 to 4 of {len(owed)} of what is owed" in page
    assert "since you last looked (5)" in page
    news, asked = [], "/today"
    while asked:
        page = (await me.get(asked)).text
        news += re.findall(r'href="/cases/([^"]+)">', page.partition('id="new"')[2].partition("</ul>")[0])
        more = re.search(r'href="(/today\?news=\d+)">Next', page)
        asked = more[1] if more else ""
    assert sorted(news) == sorted(refs), "the other parts are asked for by addresses that hold numbers alone"
    beyond = await me.get("/today?part=900")
    assert "There are no more here." in beyond.text
    assert (await me.get("/today?part=0")).status_code == 422


async def test_what_stands_on_boards_goes_on(site: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = [await case_of(site, h.hate(NOW), h.proposal(NOW)) for _ in range(5)]
    for one in (hate_cases, hate, approvals):
        monkeypatch.setattr(one, "MOST", 2)
    leads = site.as_("supervisor", "supervisor-7401")
    for start in ("/safety/hate", "/approvals"):
        asked, seen = start, []
        while asked:
            page = (await leads.get(asked)).text
            assert len(re.findall(r'href="/cases/(CW-[0-9-]+)"', page)) <= 8
            seen += re.findall(r'href="/cases/(CW-[0-9-]+)', page)
            more = re.search(rf'href="({start}\?part=\d+)">Next', page)
            asked = more[1] if more else ""
        assert set(refs) <= set(seen), start
    for start in ("/safety/legal-actions", "/safety/case-reviews", "/safety/partners"):
        assert (await leads.get(start, part=2)).status_code == 200, start


async def test_cases_of_a_home_go_on(site: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    who = Person(name="Perpetua Longrow", address=("74 Long Row", "Sevenoaks TN13 9ZZ"))
    refs = [await case_of(site, person=who) for _ in range(3)]
    her = await kept(site, "people", name="Perpetua Longrow")
    there = {"address": list(who.address), "tenure": "assured", "starts": "2020-01-06"}
    home = await kept(site, "tenancies", **there, people=[{"person": her, "place": "tenant"}])
    monkeypatch.setattr(places, "_MOST", 2)
    first, last = [(await site.officer.get(f"/tenancies/{home}", part=part)).text for part in (1, 2)]
    assert "1 to 2 of 3" in first
    assert f'href="/tenancies/{home}?part=2"' in first
    assert sorted(re.findall(r'href="/cases/([^"]+)"', first + last)) == sorted(refs)
