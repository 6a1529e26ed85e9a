"""Those who run Casework can end every sign-in of a person."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.embedded.processes import free_port
from runtime.settings import Settings
from tests.api.product import problem
from tests.api.signing_in import a_browser, signed_in, signing_in_at
from tests.identity_provider import pretending
from tests.keys import TEST_KEYS


async def told(settings: Settings, home: Path, repository: Path, *command: str) -> str:
    """What it prints. Raises CalledProcessError."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(repository),
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
    }
    run = [sys.executable, "-m", "cli.main", *command]
    ended = await asyncio.to_thread(
        subprocess.run, run, cwd=home, env=environment, capture_output=True, text=True, check=True
    )
    return str(ended.stdout)


async def test_ops_sign_somebody_out(settings: Settings, tmp_path: Path, repository: Path) -> None:
    async with (
        pretending(free_port()) as provider,
        signing_in_at(settings, provider.issuer) as product,
        a_browser(product) as one,
        a_browser(product) as another,
    ):
        await signed_in(one)
        await signed_in(another)
        assert "No sign-in was open" in await told(settings, tmp_path, repository, "sign-out", "s-2")
        assert (await one.get("/api/me")).status_code == 200
        assert "Ended: 2." in await told(settings, tmp_path, repository, "sign-out", "s-1")
        problem(await one.get("/api/me"), 401, "not-signed-in")
        problem(await another.get("/api/me"), 401, "not-signed-in")


async def test_ops_say_that_somebody_has_left(settings: Settings, tmp_path: Path, repository: Path) -> None:
    async with (
        pretending(free_port()) as provider,
        signing_in_at(settings, provider.issuer) as product,
        a_browser(product) as one,
    ):
        await signed_in(one)
        assert "They have left." in await told(settings, tmp_path, repository, "has-left", "s-1")
        problem(await one.get("/api/me"), 401, "not-signed-in")
        with pytest.raises(subprocess.CalledProcessError) as nobody:
            await told(settings, tmp_path, repository, "has-left", "s-2")
        assert "Nobody has ever signed in under that id." in nobody.value.stderr
