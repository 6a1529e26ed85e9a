"""Every link on every page for staff leads whoever sees it to a page, a file or a calendar, and tells nobody."""

import re
from collections import Counter
from html import unescape
from http import HTTPStatus
from typing import Final
from uuid import uuid4

import pytest
from signed_in import a_sign_in
from sqlalchemy import select
from staff_states import FILES, STATES

from api.browser import SIGNED_IN
from api.page_actions import OF_PAGES, OF_STAFF_PAGES
from store.disclosures import disclosures
from tests.api.product import Product
from tests.evidence_samples import SAMPLES

_LINK: Final = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
_MANY: Final = 2
"""Links to the same kind of page that are followed: the others are made by the same line of a template."""
_OF_STAFF: Final = {path for _, path in OF_STAFF_PAGES}
_PATHS: Final = sorted(
    {path for _, path in (*OF_STAFF_PAGES, *OF_PAGES)}, key=lambda path: (path.count("{"), path)
)
_SENT: set[str] = set()
"""Files that really came."""
_STARTS: dict[str, str] = {}
"""By state, an address of it. All roles begin there."""


def kind_of(address: str) -> str:
    """The path of its page, as the tables have it."""
    bare = address.partition("?")[0]
    return next((one for one in _PATHS if re.fullmatch(re.sub(r"\{[a-z_]+\}", "[^/]+", one), bare)), bare)


async def starts(site: Product, role: str) -> dict[str, str]:
    """Officers begin at every state, others at one of each page: the same templates make their links."""
    if not _STARTS:
        for state, (_, way) in STATES.items():
            _STARTS[state] = await way(site)
        for path in (f"/api{_STARTS['evidence']}", "/api/evidence"):
            headers = site.officer.headers() | {"Idempotency-Key": str(uuid4())}
            sent = await site.http.post(path, content=SAMPLES["image/png"], headers=headers)
            _SENT.add(sent.json()["id"])
    once = {kind_of(address): state for state, address in _STARTS.items()}
    return _STARTS if role == "officer" else {state: _STARTS[state] for state in once.values()}


def leads_nowhere_here(link: str) -> bool:
    """A file that is a row of a test alone, and the provider that there is not."""
    return link.startswith("/sign-in?") or (
        kind_of(link) in FILES and "/evidence/" in link and not any(one in link for one in _SENT)
    )


@pytest.mark.parametrize("role", ["officer", "supervisor", "community_safety", "data_protection", "solicitor"])
async def test_every_link_leads_somewhere(role: str, site: Product) -> None:
    cookie = f"{SIGNED_IN.name(site.settings)}={await a_sign_in(site, f'{role}-5')}"
    followed: Counter[str] = Counter()
    waiting = [(state, address) for state, address in (await starts(site, role)).items()]
    seen, wrong, opened = {address for _, address in waiting}, [], 0
    while waiting:
        came_from, address = waiting.pop()
        answer = await site.http.get(address, headers={"Cookie": cookie})
        if answer.status_code == HTTPStatus.FORBIDDEN and came_from in STATES:
            continue
        opened += 1
        kind = answer.headers.get("content-type", "")
        a_file = "filename=" in answer.headers.get("content-disposition", "")
        if answer.status_code != HTTPStatus.OK or not (kind.startswith(("text/html", "text/calendar")) or a_file):
            wrong.append((came_from, address, answer.status_code, kind))
        if kind_of(address) not in _OF_STAFF:
            continue
        for link in dict.fromkeys(unescape(one) for one in _LINK.findall(answer.text)):
            if link in seen or followed[kind_of(link)] >= _MANY or leads_nowhere_here(link):
                continue
            seen.add(link)
            followed[kind_of(link)] += 1
            waiting.append((address, link))
            if link.startswith("/api/"):
                wrong.append((address, link, 0, "is for programs"))
    assert not wrong
    assert opened > 5
    async with site.resources.everything.reading() as db:
        told = select(disclosures.c.what).where(disclosures.c.by_id == f"{role}-5")
        assert list(await db.connection.scalars(told)) == [], "what leaves us leaves by a press"
