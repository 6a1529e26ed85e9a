"""Made-up people sign in on a machine on its own, at a provider that is as strict as a real one."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from gateways.identity import Begun
from policy.caller import STAFF_ROLES
from policy.facts.base import Role
from runtime.embedded.personas import PERSONAS, TEAMS, LocalProvider, NotAlone, local_sign_in, serve
from runtime.embedded.processes import free_port, start_child
from runtime.settings import Settings
from tests.api.product import Product, problem
from tests.api.signing_in import a_browser, signing_in_at, to_the_provider
from tests.identity_provider import on_loopback
from tests.runtime.test_settings import COMPLETE

EVERY_ROLE = {
    "role_groups": {role: frozenset({role}) for role in STAFF_ROLES},
    "team_groups": {team: frozenset({team}) for team in ("north", "south")},
}


@pytest.fixture
async def product(settings: Settings) -> AsyncIterator[Product]:
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    async with signing_in_at(settings, issuer, **EVERY_ROLE) as product:
        provider = LocalProvider(issuer, "casework", f"{product.base}/sign-in/back")
        async with on_loopback(provider.app(), port):
            yield product


async def chosen(browser: httpx2.AsyncClient, way: str, subject: str) -> str:
    """Where the browser is sent after the button was pressed."""
    page = await browser.get(way)
    assert page.status_code == 200, page.text
    assert f'value="{subject}"' in page.text
    form = dict(httpx2.URL(way).params) | {"persona": subject}
    sent = await browser.post(httpx2.URL(way).join("/who").copy_with(query=None), data=form)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


@pytest.mark.parametrize("subject", PERSONAS)
async def test_every_persona_signs_in_with_its_role_and_teams(subject: str, product: Product) -> None:
    async with a_browser(product) as browser:
        arrived = await browser.get(await chosen(browser, await to_the_provider(browser), subject))
        assert arrived.status_code == 303, arrived.text
        one = PERSONAS[subject]
        me = (await browser.get("/api/me")).json()
    assert me == {"id": subject, "name": one.name, "role": one.role, "teams": list(one.teams)}


def test_there_is_somebody_of_each_role_and_each_team_has_officers_and_somebody_who_leads_it() -> None:
    assert {one.role for one in PERSONAS.values()} == set(STAFF_ROLES)
    for role in (Role.OFFICER, Role.SUPERVISOR):
        assert {team for one in PERSONAS.values() if one.role is role for team in one.teams} == set(TEAMS)
    assert len({one.name for one in PERSONAS.values()}) == len(PERSONAS)


async def test_a_wrong_verifier_gets_nobody_in(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_browser(product) as browser:
        address = await chosen(browser, await to_the_provider(browser), "officer-1")
        with monkeypatch.context() as wrong:
            wrong.setattr(Begun, "verifier", property(lambda _: "another"))
            problem(await browser.get(address), 403, "not-signed-in-this-time")
        address = await chosen(browser, await to_the_provider(browser), "officer-1")
        assert (await browser.get(address)).status_code == 303


async def test_a_code_is_good_once(product: Product) -> None:
    async with a_browser(product) as browser:
        way = await to_the_provider(browser)
        begun = Begun(browser.cookies["casework-signing-in"])
        code = httpx2.URL(await chosen(browser, way, "officer-1")).params["code"]
        form = {"grant_type": "authorization_code", "client_id": "casework", "code": code}
        form |= {"redirect_uri": f"{product.base}/sign-in/back", "code_verifier": begun.verifier}
        address = httpx2.URL(way).join("/token").copy_with(query=None)
        for wrong in ("redirect_uri", "client_id", "grant_type"):
            refused = await browser.post(address, data=form | {wrong: "another"})
            assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")
            form["code"] = httpx2.URL(await chosen(browser, way, "officer-1")).params["code"]
        assert (await browser.post(address, data=form)).status_code == 200
        again = await browser.post(address, data=form)
        assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"redirect_uri": "https://evil.example"}, id="another address"),
        pytest.param({"client_id": "another"}, id="another client"),
        pytest.param({"response_type": "token"}, id="no code"),
        pytest.param({"code_challenge_method": "plain"}, id="a challenge in the clear"),
        pytest.param({"code_challenge": ""}, id="no challenge"),
    ],
)
async def test_nobody_is_sent_elsewhere_or_without_a_challenge(changed: dict[str, str], product: Product) -> None:
    async with a_browser(product) as browser:
        way = httpx2.URL(await to_the_provider(browser)).copy_merge_params(changed)
        assert (await browser.get(way)).status_code == 400
        form = dict(way.params) | {"persona": "officer-1"}
        assert (await browser.post(way.join("/who").copy_with(query=None), data=form)).status_code == 400


LOCAL = {f"CASEWORK_{name}": value.strip("'") for name, value in local_sign_in(1).items()}


def personas(folder: Path, repository: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = {"PATH": os.environ["PATH"], "PYTHONPATH": str(repository)}
    command = [sys.executable, "-m", "cli.main", "personas"]
    return subprocess.run(
        command, cwd=folder, env=paths | environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"CASEWORK_LOCAL": "false"}, id="not on its own"),
        pytest.param({"CASEWORK_SIGN_IN_ISSUER": "https://login.example.org"}, id="not here"),
        pytest.param({"CASEWORK_SIGN_IN_ISSUER": "http://127.0.0.2:1"}, id="at another address"),
        pytest.param({"CASEWORK_SIGN_IN_ISSUER": ""}, id="nowhere"),
        pytest.param({"CASEWORK_SIGN_IN_ISSUER": "https://login.example.org", "CASEWORK_LOCAL": ""}, id="real"),
    ],
)
def test_they_do_not_exist_anywhere_else(changed: dict[str, str], tmp_path: Path, repository: Path) -> None:
    ended = personas(tmp_path, repository, **COMPLETE | LOCAL | {"CASEWORK_LOCAL": "true"} | changed)
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr


def test_they_refuse_by_themselves_too(settings: Settings) -> None:
    for local, issuer in ((False, "http://127.0.0.1:1"), (True, "http://127.0.0.2:1"), (True, None)):
        wanted = settings.model_copy(update={"local": local, "sign_in_issuer": issuer})
        with pytest.raises(NotAlone):
            serve(wanted)


async def test_they_are_served_to_this_machine_alone(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("CASEWORK_")]:
        monkeypatch.delenv(name)
    issuer = f"http://127.0.0.1:{free_port()}"
    environment = COMPLETE | LOCAL | {"CASEWORK_LOCAL": "true", "CASEWORK_SIGN_IN_ISSUER": issuer}
    environment |= {"PATH": os.environ["PATH"], "PYTHONPATH": str(repository)}
    command = [sys.executable, "-m", "cli.main", "personas"]
    child = start_child("personas", command, log=tmp_path / "log", environment=environment)
    about: Any = None
    async with httpx2.AsyncClient() as http:
        while about is None and child.running:
            try:
                about = (await http.get(f"{issuer}/.well-known/openid-configuration")).json()
            except httpx2.ConnectError:
                continue
    listening = await asyncio.to_thread(subprocess.run, ["ss", "-ltnH"], capture_output=True, text=True)
    await child.stop()
    assert about is not None, child.last_words()
    assert about["issuer"] == issuer
    port = issuer.rpartition(":")[2]
    addresses = [line.split()[3] for line in listening.stdout.splitlines()]
    assert [address for address in addresses if address.endswith(f":{port}")] == [f"127.0.0.1:{port}"]
