"""A browser's cookie is its own, and works for nobody who makes the browser send it along."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from api.sign_in import provider_of
from gateways.identity import Provider
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from tests.api.product import Product, elsewhere, problem, report, serving
from tests.api.signing_in import GROUPS, a_browser, signed_in, signing_in_at, to_the_provider
from tests.identity_provider import Pretender, pretending


@pytest.fixture
async def provider() -> AsyncIterator[Pretender]:
    async with pretending(free_port()) as provider:
        yield provider


@pytest.fixture
async def browser(settings: Settings, provider: Pretender) -> AsyncIterator[httpx2.AsyncClient]:
    """Of somebody who is signed in."""
    async with signing_in_at(settings, provider.issuer) as product, a_browser(product) as browser:
        await signed_in(browser)
        yield browser


def case_of(answer: httpx2.Response) -> str:
    assert answer.status_code in {201, 202}, answer.text
    ref: str = answer.json()["ref"]
    return ref


def sent_by(browser: httpx2.AsyncClient, headers: dict[str, str]) -> dict[str, str]:
    own = {"Origin": str(browser.base_url).rstrip("/")}
    told = {name: own[name] if value == "ours" else value for name, value in headers.items()}
    return {"Idempotency-Key": str(uuid4())} | told


ELSEWHERE: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "ours"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": ""},
]
OURSELVES: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "ours"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=repr)
async def test_what_another_page_makes_a_browser_send_is_not_done(
    headers: dict[str, str], browser: httpx2.AsyncClient
) -> None:
    for path, body in (
        ("/api/reports", report()),
        ("/api/people/search", {"name": "x"}),
        ("/sign-out", {}),
        ("/sign-out/everywhere", {}),
    ):
        answer = await browser.post(path, json=body, headers=sent_by(browser, headers))
        problem(answer, 403, "sent-from-elsewhere")
    assert (await browser.get("/api/me", headers=headers)).status_code == 200, "looking changes nothing"


@pytest.mark.parametrize("headers", OURSELVES, ids=repr)
async def test_what_our_own_pages_send_is_done(headers: dict[str, str], browser: httpx2.AsyncClient) -> None:
    case_of(await browser.post("/api/reports", json=report(), headers=sent_by(browser, headers)))


async def test_a_token_needs_no_page(browser: httpx2.AsyncClient, door: Product) -> None:
    """Another page can make a browser send a cookie along, and no token."""
    assert (await door.officer.post("/api/reports", report())).status_code == 202
    headers = sent_by(browser, {"Sec-Fetch-Site": "cross-site"})
    both = await browser.post("/api/reports", json=report(), headers=headers | door.officer.headers())
    case_of(both)


async def test_residents_report_from_any_page(door: Product) -> None:
    headers = sent_by(door.http, {"Sec-Fetch-Site": "cross-site"})
    case_of(await door.http.post("/api/reports", json=report(), headers=headers))


async def test_a_report_under_a_sign_in_that_has_ended_is_not_taken_for_a_residents(
    browser: httpx2.AsyncClient,
) -> None:
    await browser.post("/sign-out/everywhere", headers=(secret := {"Sec-Fetch-Site": "same-origin"}))
    browser.cookies.set("casework", "ended", domain="127.0.0.1", path="/")
    headers = sent_by(browser, secret)
    problem(await browser.post("/api/reports", json=report(), headers=headers), 401, "not-signed-in")


async def cookies_of(settings: Settings, provider: Pretender, **how: Any) -> dict[str, set[str]]:
    """What each cookie of a sign-in says of itself, by its name."""
    wanted = elsewhere(settings, sign_in_issuer=provider.issuer, **GROUPS | how)
    async with serving(wanted) as product:
        known = provider_of(wanted)
        assert known is not None
        there = Provider(replace(known.client, without_tls=True))
        product.app.state.resources = replace(product.resources, provider=there)
        async with a_browser(product) as browser:
            sent = await browser.get("/sign-in")
            way = (await browser.get(sent.headers["location"])).headers["location"]
            name, _, value = sent.headers["set-cookie"].partition(";")[0].partition("=")
            back = way.replace(wanted.public_url, product.base)
            arrived = await browser.get(back, headers={"Cookie": f"{name}={value}"})
            assert arrived.status_code == 303, arrived.text
            given = [sent.headers["set-cookie"], *arrived.headers.get_list("set-cookie")]
    parts = [[part.strip() for part in one.split(";")] for one in given]
    return {one[0].partition("=")[0]: set(one[1:]) for one in parts}


async def test_cookies_are_for_this_host_over_tls_and_no_script_reads_them(
    settings: Settings, provider: Pretender
) -> None:
    cookies = await cookies_of(settings, provider, public_url="https://casework.example.org")
    assert cookies.keys() == {"__Host-casework", "__Host-casework-signing-in"}
    for said in cookies.values():
        assert {"Path=/", "HttpOnly", "Secure", "SameSite=lax"} <= said
        assert not any(part.startswith("Domain") for part in said)


async def test_a_machine_on_its_own_without_tls_has_cookies_that_its_browser_takes(
    settings: Settings, provider: Pretender
) -> None:
    cookies = await cookies_of(settings, provider, public_url="http://127.0.0.1:1", local=True)
    assert cookies.keys() == {"casework", "casework-signing-in"}
    for said in cookies.values():
        assert {"Path=/", "HttpOnly", "SameSite=lax"} <= said
        assert "Secure" not in said


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"public_url": "https://casework.example.org", "local": True}, id="on its own, over TLS"),
        pytest.param({"public_url": "http://casework.example.org"}, id="not on its own"),
    ],
)
async def test_everywhere_else_cookies_need_tls(
    how: dict[str, Any], settings: Settings, provider: Pretender
) -> None:
    assert all(name.startswith("__Host-") for name in await cookies_of(settings, provider, **how))


async def test_the_way_there_says_what_it_must(settings: Settings, provider: Pretender) -> None:
    async with signing_in_at(settings, provider.issuer) as product, a_browser(product) as browser:
        way = httpx2.URL(await to_the_provider(browser))
        secret = browser.cookies["casework-signing-in"]
    said = dict(way.params)
    assert (said["response_type"], said["code_challenge_method"]) == ("code", "S256")
    assert said["redirect_uri"] == f"{product.base}/sign-in/back"
    assert secret not in str(way), "the provider never learns what only the browser has"
    assert min(len(said[name]) for name in ("state", "nonce", "code_challenge")) == 43
