"""Limits count by address, link and caller, in all processes together; nobody is turned away without a way on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import asyncpg
import httpx2
import pytest
import pytest_asyncio
from starlette.requests import HTTPConnection
from structlog.testing import capture_logs

from api.browser import SIGNED_IN
from api.limits import address_of
from policy.facts.people import Party
from policy.referral import facts as f
from runtime.database import dsn
from runtime.embedded.processes import free_port
from runtime.settings import Settings
from runtime.tokens import issue
from store.sessions import Store
from tests.activities.referred import referred
from tests.api.product import Caller, Product, elsewhere, problem, report, serving
from tests.api.signing_in import a_browser, signed_in, signing_in_at
from tests.api.test_api_agency_links import link, told
from tests.api.test_api_case_reviews import ASKED
from tests.given import a_moment_ago
from tests.given import report as told_by
from tests.identity_provider import pretending

HERE = (ip_network("127.0.0.1/32"),)
LIBRARY, HOME = "203.0.113.7", "198.51.100.20"
FEW = {
    "reports_an_hour": 3,
    "case_reviews_an_hour": 3,
    "link_uses_an_hour": 3,
    "failed_sign_ins_an_hour": 3,
    "requests_a_minute": 3,
}


@pytest.fixture
def strict(settings: Settings) -> Settings:
    """No more than three of anything, behind a proxy on this machine, without an engine."""
    return elsewhere(settings, temporal_address=f"127.0.0.1:{free_port()}", trusted_proxies=HERE, **FEW)


@pytest_asyncio.fixture(loop_scope="session")
async def api(strict: Settings) -> AsyncIterator[Product]:
    async with serving(strict) as product:
        yield product


@dataclass(frozen=True)
class Somewhere(Caller):
    """Somebody who comes to our proxy from an address."""

    address: str = ""

    def headers(self) -> dict[str, str]:
        return super().headers() | {"X-Forwarded-For": self.address}


def at(product: Product, address: str, token: str | None = None) -> Caller:
    return Somewhere(product.http, token, address)


def too_many(answer: httpx2.Response, seconds: int) -> str:
    told = problem(answer, 429, "too-many")
    assert 0 < int(answer.headers["retry-after"]) <= seconds
    assert answer.headers["content-security-policy"]
    detail: str = told["detail"]
    return detail


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param("/api/reports", report(), id="reports"),
        pytest.param("/api/case-reviews", ASKED, id="case-reviews"),
    ],
)
async def test_who_cannot_be_taken_now_is_told_when_whom_to_ring_and_999(
    api: Product, path: str, body: dict[str, Any]
) -> None:
    for _ in range(3):
        assert (await at(api, LIBRARY).post(path, body)).status_code == 202
    detail = too_many(await at(api, LIBRARY).post(path, body), 1200)
    assert f"Please try again in 20 minutes, or ring {api.settings.landlord_phone}." in detail
    assert detail.endswith("If anybody is in danger now, ring 999.")
    assert (await at(api, HOME).post(path, body)).status_code == 202, "another address is another count"
    taken = await at(api, LIBRARY, api.officer.token).post(path, body)
    assert taken.status_code == 202, "staff take reports for many"


async def test_what_is_published_is_counted_anew_so_often_and_no_more(api: Product) -> None:
    asked = "/api/case-reviews/published?district=canterbury&year=2025"
    for _ in range(3):
        assert (await at(api, LIBRARY).get(asked)).status_code == 200
    too_many(await at(api, LIBRARY).get(asked), 60)
    assert (await at(api, HOME).get(asked)).status_code == 200


async def test_two_processes_share_one_count(strict: Settings, api: Product) -> None:
    async with serving(strict) as other:
        for product in (api, other, api):
            assert (await at(product, LIBRARY).post("/api/reports", report())).status_code == 202
        for product in (api, other):
            too_many(await at(product, LIBRARY).post("/api/reports", report()), 1200)


async def test_no_address_is_kept_that_could_be_read_back(api: Product, database: str) -> None:
    await at(api, LIBRARY).post("/api/reports", report())
    connection = await asyncpg.connect(dsn(database))
    key = await connection.fetchval("SELECT key FROM rate_limits")
    await connection.close()
    assert len(key) == 32
    assert LIBRARY.encode() not in key


async def test_only_a_proxy_that_we_named_says_where_somebody_comes_from(strict: Settings) -> None:
    async with serving(elsewhere(strict, trusted_proxies=())) as product:
        for number in range(3):
            answer = await at(product, f"192.0.2.{number}").post("/api/reports", report())
            assert answer.status_code == 202
        too_many(await at(product, "192.0.2.9").post("/api/reports", report()), 1200)


async def test_what_somebody_claims_to_the_proxy_itself_counts_for_nothing(api: Product) -> None:
    """A proxy adds whom it heard at the end."""
    for number in range(3):
        claimed = at(api, f"192.0.2.{number}, {LIBRARY}")
        assert (await claimed.post("/api/reports", report())).status_code == 202
    too_many(await at(api, f"192.0.2.9, {LIBRARY}").post("/api/reports", report()), 1200)


async def test_an_agency_s_link_is_used_so_often_and_no_more(api: Product) -> None:
    store: Store = api.records
    order = await referred(store, told_by(a_moment_ago(), about=Party(name="Pat Sample")))
    await told(api, order, f.ReferralSent(at=a_moment_ago(), key=order.duty.key))
    private = link(api, order)
    for number in range(3):
        assert (await at(api, f"192.0.2.{number}").get(private)).status_code == 200
    detail = too_many(await at(api, HOME).get(private), 1200)
    assert f"or ring {api.settings.landlord_phone}." in detail


async def test_links_that_do_not_work_are_counted_with_sign_ins_that_fail(api: Product) -> None:
    guesses = at(api, LIBRARY, "no-token")
    problem(await guesses.get("/api/answers/nonsense"), 404, "link-not-found")
    problem(await guesses.get("/api/cases"), 401, "not-signed-in")
    problem(await guesses.get("/api/answers/other-nonsense"), 404, "link-not-found")
    too_many(await guesses.get("/api/answers/more-nonsense"), 1200)
    too_many(await guesses.get("/api/cases"), 1200)


async def test_a_good_token_is_never_held_up_by_bad_ones_from_the_same_office(api: Product) -> None:
    for _ in range(3):
        problem(await at(api, LIBRARY, "bad").get("/api/cases"), 401, "not-signed-in")
    too_many(await at(api, LIBRARY, "bad").get("/api/cases"), 1200)
    assert (await at(api, LIBRARY, api.officer.token).get("/api/cases")).status_code == 200
    for _ in range(6):
        problem(await at(api, LIBRARY).get("/api/cases"), 401, "not-signed-in")


async def test_a_page_left_open_that_asks_on_after_its_sign_in_counts_for_nobody(api: Product) -> None:
    stream = "/api/cases/CW-2026-000001/timeline/stream"
    headers = {"Cookie": f"{SIGNED_IN.name(api.settings)}=over", "X-Forwarded-For": LIBRARY}
    for _ in range(6):
        answer = await api.http.get(stream, headers=headers | {"Accept": "text/event-stream"})
        problem(answer, 401, "not-signed-in")
    problem(await api.http.get("/api/cases", headers=headers), 401, "not-signed-in")


async def test_who_is_signed_in_asks_so_often_under_whichever_token(api: Product) -> None:
    for hours in range(1, 4):
        token = issue(api.settings, "officer-1", "officer", timedelta(hours=hours))
        assert (await at(api, LIBRARY, token).get("/api/cases")).status_code == 200
    too_many(await at(api, HOME, api.officer.token).get("/api/cases"), 20)
    assert (await at(api, LIBRARY, api.supervisor.token).get("/api/cases")).status_code == 200


async def test_a_count_that_fails_turns_nobody_away(api: Product, database: str) -> None:
    connection = await asyncpg.connect(dsn(database))
    await connection.execute("REVOKE ALL ON rate_limits FROM casework_app")
    await connection.close()
    for _ in range(5):
        assert (await at(api, LIBRARY).post("/api/reports", report())).status_code == 202


@pytest.mark.parametrize("used", ["now()", "now() - interval '2 minutes'"])
async def test_by_a_sign_in_somebody_reads_on_while_nothing_can_be_written(
    settings: Settings, database: str, used: str
) -> None:
    """Why is said once for each thing that could not be written."""
    connection = await asyncpg.connect(dsn(database))
    async with (
        pretending(free_port()) as provider,
        signing_in_at(settings, provider.issuer) as product,
        a_browser(product) as browser,
    ):
        await signed_in(browser)
        await connection.execute(f"UPDATE signed_in SET used_at = {used}")
        await connection.execute("REVOKE INSERT, UPDATE ON rate_limits, signed_in FROM casework_app")
        with capture_logs() as said:
            assert (await browser.get("/api/cases")).status_code == 200
    await connection.close()
    refused = [line for line in said if line["event"] == "store_refused"]
    assert len(refused) == (1 if used == "now()" else 2)


async def test_the_description_tells_of_the_limits(api: Product) -> None:
    paths = (await api.http.get("/api/openapi.json")).json()["paths"]
    for path, item in paths.items():
        for said in item.values():
            assert ("429" in said["responses"]) is path.startswith("/api/"), path
    told_of = paths["/api/reports"]["post"]["responses"]["429"]
    assert "application/problem+json" in told_of["content"]
    assert "Retry-After" in told_of["headers"]


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        pytest.param("203.0.113.7", "203.0.113.7", id="IPv4"),
        pytest.param("::ffff:203.0.113.7", "203.0.113.7", id="IPv4 as IPv6"),
        pytest.param("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", id="IPv6"),
        pytest.param("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64", id="the same home"),
        pytest.param("2001:db8:1:3::1", "2001:db8:1:3::/64", id="another home"),
        pytest.param("fe80::1%eth0", "fe80::/64", id="with a zone"),
        pytest.param("unknown", "unknown", id="no address"),
    ],
)
def test_a_home_counts_once_whichever_of_its_addresses_it_uses(said: str, counted: str) -> None:
    assert address_of(HTTPConnection({"type": "http", "client": (said, 0)})) == counted
    assert address_of(HTTPConnection({"type": "http", "client": None})) == ""


async def test_by_a_sign_in_somebody_asks_as_often_whichever_of_theirs_it_is(settings: Settings) -> None:
    async with (
        pretending(free_port()) as provider,
        signing_in_at(settings, provider.issuer) as product,
        a_browser(product) as one,
        a_browser(product) as another,
    ):
        for browser in (one, another):
            await signed_in(browser)
        few = product.settings.model_copy(update={"requests_a_minute": 3})
        product.app.state.resources = replace(product.resources, settings=few)
        for browser in (one, another, one):
            assert (await browser.get("/api/cases")).status_code == 200
        too_many(await another.get("/api/cases"), 20)
