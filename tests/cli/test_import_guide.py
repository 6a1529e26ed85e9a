"""The commands of docs/import.md, as written and in order, on its own sample files."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from runtime.settings import Settings
from store.sessions import Store
from tests.cli.brought import refs
from tests.keys import TEST_KEYS
from tests.readme.shell import Shell, blocks


def environment(settings: Settings, repository: Path) -> str:
    assert settings.worker_database_url is not None
    told = {
        "CASEWORK_DATABASE_URL": settings.database_url.get_secret_value(),
        "CASEWORK_WORKER_DATABASE_URL": settings.worker_database_url.get_secret_value(),
        "CASEWORK_TOKEN_SECRET": settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
        "CASEWORK_TEMPORAL_ADDRESS": settings.temporal_address,
        "PYTHONPATH": str(repository),
    }
    exports = [f"export {name}='{value}'" for name, value in told.items()]
    return "\n".join([*exports, f'casework() {{ "{sys.executable}" -m cli.main "$@"; }}'])


@pytest.mark.timeout(240)
async def test_the_guide_s_commands_do_what_it_says(
    settings: Settings, store: Store, repository: Path, tmp_path: Path
) -> None:
    shutil.copytree(repository / "docs/import", tmp_path / "docs/import")
    shell = await Shell.opened(tmp_path)
    await shell.run(environment(settings, repository))
    for block in blocks((repository / "docs/import.md").read_text(encoding="utf-8"), "sh"):
        for command in block.splitlines():
            [promised] = re.findall(r"  # (.+)$", command)
            said = await shell.run(command)
            for words in promised.split(", of "):
                assert words in said, said
            assert "No row is rejected." in said
    await shell.run("casework export back")
    assert (tmp_path / "back/SHA256SUMS").exists()
    await shell.close()
    assert len(await refs(store)) == 4
