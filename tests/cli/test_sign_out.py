"""Those who run Casework can end every sign-in of a person."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from runtime.embedded.processes import free_port
from runtime.settings import Settings
from tests.api.product import problem
from tests.api.signing_in import a_browser, signed_in, signing_in_at
from tests.identity_provider import pretending
from tests.keys import TEST_KEYS


async def test_ops_sign_somebody_out(settings: Settings, tmp_path: Path, repository: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(repository),
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
    }

    async def told(subject: str) -> str:
        command = [sys.executable, "-m", "cli.main", "sign-out", subject]
        ended = await asyncio.to_thread(
            subprocess.run, command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return str(ended.stdout)

    async with (
        pretending(free_port()) as provider,
        signing_in_at(settings, provider.issuer) as product,
        a_browser(product) as one,
        a_browser(product) as another,
    ):
        await signed_in(one)
        await signed_in(another)
        assert "No sign-in was open" in await told("s-2")
        assert (await one.get("/api/me")).status_code == 200
        assert "Ended: 2." in await told("s-1")
        problem(await one.get("/api/me"), 401, "not-signed-in")
        problem(await another.get("/api/me"), 401, "not-signed-in")
