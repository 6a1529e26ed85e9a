"""The whole sign-in at a provider that others wrote (Canaille)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from pytest_iam import Server, iam_configuration, iam_server, iam_server_port  # noqa: F401 - fixtures

from gateways.identity import Begun
from runtime.settings import Settings
from tests.api.product import Product, elsewhere, problem
from tests.api.signing_in import OURS, a_browser, back_from, signed_in, signing_in_at, to_the_provider

SECRET = "the-client-secret-of-a-test"  # noqa: S105 - of a test


@pytest.fixture(scope="module")
def canaille(iam_server: Server) -> Server:  # noqa: F811 - a fixture
    return iam_server


@pytest.fixture
async def product(settings: Settings, canaille: Server) -> AsyncIterator[Product]:
    issuer = canaille.url.rstrip("/")
    more: dict[str, Any] = {"sign_in_client_id": f"casework-{uuid4()}", "sign_in_scopes": "openid profile groups"}
    wanted = elsewhere(settings, **more)
    wanted = wanted.model_copy(update={"sign_in_client_secret": type(settings.token_secret)(SECRET)})
    async with signing_in_at(wanted, issuer) as product:
        await asyncio.to_thread(register, canaille, product)
        yield product


def register(canaille: Server, product: Product) -> None:
    with canaille.app.app_context():
        client = canaille.models.Client(
            client_id=product.settings.sign_in_client_id,
            client_secret=SECRET,
            client_name="Casework",
            client_uri=product.base,
            redirect_uris=[f"{product.base}/sign-in/back"],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "groups"],
            id_token_signed_response_alg="RS256",  # noqa: S106 - an algorithm's name
            token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - a method's name
        )
        canaille.backend.save(client)
        client.audience = [client]
        canaille.backend.save(client)
        user = canaille.models.User(
            user_name=f"ash-{uuid4()}", family_name="Example", formatted_name="Ash Example"
        )
        canaille.backend.save(user)
        for name in ("officers", "north"):
            group = canaille.backend.get(canaille.models.Group, display_name=name)
            group = group or canaille.models.Group(display_name=name, members=[])
            group.members = [*group.members, user]
            canaille.backend.save(group)
    canaille.login(user)
    canaille.consent(user, client)


@pytest.fixture
async def browser(product: Product) -> AsyncIterator[httpx2.AsyncClient]:
    """Of somebody who could sign in, and has signed out."""
    async with a_browser(product) as browser:
        assert (await signed_in(browser)).status_code == 303
        assert (await browser.post("/sign-out", headers=OURS)).status_code == 204
        yield browser


async def test_an_officer_signs_in(browser: httpx2.AsyncClient) -> None:
    arrived = await signed_in(browser)
    assert arrived.status_code == 303, arrived.text
    me = (await browser.get("/api/me")).json()
    assert (me["name"], me["role"], me["teams"]) == ("Ash Example", "officer", ["north"])


async def test_a_wrong_verifier_gets_nobody_in(
    browser: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await back_from(browser, await to_the_provider(browser))
    monkeypatch.setattr(
        Begun, "verifier", property(lambda _: "another-verifier-that-is-long-enough-to-be-one-0123")
    )
    problem(await browser.get(address), 403, "not-signed-in-this-time")


async def test_a_wrong_client_secret_gets_nobody_in(
    browser: httpx2.AsyncClient, canaille: Server, product: Product
) -> None:
    with canaille.app.app_context():
        client = canaille.backend.get(canaille.models.Client, client_id=product.settings.sign_in_client_id)
        client.client_secret = "another"  # noqa: S105 - of a test
        canaille.backend.save(client)
    problem(await signed_in(browser), 403, "not-signed-in-this-time")


async def test_an_answer_in_another_providers_name_gets_nobody_in(browser: httpx2.AsyncClient) -> None:
    mine = httpx2.URL(await back_from(browser, await to_the_provider(browser)))
    assert "iss" in mine.params
    problem(
        await browser.get(mine.copy_set_param("iss", "https://another.example")), 403, "not-signed-in-this-time"
    )
