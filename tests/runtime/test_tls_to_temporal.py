"""The engine is spoken to under TLS as the settings say. A relay that ends TLS stands before the real server."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from runtime.settings import Settings
from runtime.temporal import connect
from tests.certificates import Authority, Certificate
from tests.tls_relay import before


@pytest.fixture
def ours(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "ours")


@pytest.fixture
def foreign(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "foreign")


@asynccontextmanager
async def relay(settings: Settings, server: ssl.SSLContext) -> AsyncIterator[str]:
    async with before(int(settings.temporal_address.rpartition(":")[2]), server) as found:
        yield found.address


async def healthy(settings: Settings, address: str, **told: Any) -> bool:
    changed = {"temporal_address": address, "temporal_tls": True} | told
    client = await connect(settings.model_copy(update=changed), lazy=False)
    return await client.service_client.check_health()


async def test_it_speaks_to_a_server_that_our_own_authority_vouches_for(
    settings: Settings, ours: Authority
) -> None:
    async with relay(settings, ours.vouches_for("127.0.0.1").serving()) as address:
        assert await healthy(settings, address, temporal_tls_ca=ours.file)


async def test_a_foreign_certificate_is_refused(settings: Settings, ours: Authority, foreign: Authority) -> None:
    async with relay(settings, ours.vouches_for("127.0.0.1").serving()) as address:
        for ca in (foreign.file, None):
            with pytest.raises(RuntimeError, match="onnect"):
                await healthy(settings, address, temporal_tls_ca=ca)


async def test_a_server_is_known_by_another_name_where_that_is_said(settings: Settings, ours: Authority) -> None:
    async with relay(settings, ours.vouches_for("temporal.internal").serving()) as address:
        named = {"temporal_tls_ca": ours.file, "temporal_tls_server_name": "temporal.internal"}
        assert await healthy(settings, address, **named)
        with pytest.raises(RuntimeError, match="onnect"):
            await healthy(settings, address, temporal_tls_ca=ours.file)


def shown(certificate: Certificate) -> dict[str, Path]:
    return {"temporal_tls_certificate": certificate.certificate, "temporal_tls_key": certificate.key}


async def test_a_server_that_wants_to_know_who_comes_is_shown_our_certificate(
    settings: Settings, ours: Authority, foreign: Authority
) -> None:
    server = ours.vouches_for("127.0.0.1").serving(clients_of=ours)
    async with relay(settings, server) as address:
        assert await healthy(settings, address, temporal_tls_ca=ours.file, **shown(ours.vouches_for("worker")))
        for certificate in ({}, shown(foreign.vouches_for("worker"))):
            with pytest.raises(RuntimeError):
                await healthy(settings, address, temporal_tls_ca=ours.file, **certificate)


async def test_a_server_that_speaks_tls_is_not_spoken_to_in_the_clear(settings: Settings, ours: Authority) -> None:
    async with relay(settings, ours.vouches_for("127.0.0.1").serving()) as address:
        with pytest.raises(RuntimeError):
            await healthy(settings, address, temporal_tls=False)


REFUSED = {
    "a-name-without-tls": ({"temporal_tls_server_name": "x"}, "CASEWORK_TEMPORAL_TLS=true"),
    "a-key-without-tls": ({"temporal_api_key": "hidden"}, "CASEWORK_TEMPORAL_TLS=true"),
    "a-file-that-is-not-there": ({"temporal_tls": True, "temporal_tls_ca": "/nowhere"}, "not point to a file"),
    "a-certificate-without-its-key": ({"temporal_tls": True, "temporal_tls_certificate": __file__}, "go together"),
}


NEEDED = ("database_url", "token_secret", "encryption_keys", "evidence_url")


@pytest.mark.parametrize("case", list(REFUSED))
def test_settings_that_do_not_go_together_are_refused(case: str, settings: Settings) -> None:
    told, words = REFUSED[case]
    kept = {name: getattr(settings, name) for name in NEEDED}
    with pytest.raises(ValidationError, match=words) as refused:
        Settings.model_validate(kept | told)
    assert "hidden" not in str(refused.value)


async def test_an_api_key_goes_with_each_call_and_does_not_show(settings: Settings) -> None:
    kept = {name: getattr(settings, name) for name in NEEDED}
    told = Settings.model_validate(kept | {"temporal_tls": True, "temporal_api_key": "hidden"})
    assert "hidden" not in repr(told)
    client = await connect(told)
    assert client.api_key == "hidden"
