"""The commands of docs/who-sees-what.md, as written and in order, on the product."""

import re
import sys
from pathlib import Path

import pytest

from tests.api.product import Product
from tests.keys import TEST_KEYS
from tests.readme.shell import Shell, blocks


def said_of(block: str) -> list[str]:
    """What stands behind the commands: words that are in what they answer, refusals among them."""
    return [word for said in re.findall(r"  # (.+)$", block, re.MULTILINE) for word in said.split(", ")]


@pytest.fixture
def folder(tmp_path: Path, repository: Path, product: Product) -> Path:
    """As `casework run` leaves it for the README's second terminal."""
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    (tmp_path / ".casework").mkdir()
    told = {
        "CASEWORK_API_PORT": product.base.rpartition(":")[2],
        "CASEWORK_DATABASE_URL": product.settings.database_url.get_secret_value(),
        "CASEWORK_TOKEN_SECRET": product.settings.token_secret.get_secret_value(),
        "CASEWORK_EVIDENCE_URL": product.settings.evidence_url,
        "CASEWORK_ENCRYPTION_KEYS": TEST_KEYS,
    }
    lines = [f"{name}='{value}'" for name, value in told.items()] + [f"export PYTHONPATH='{repository}'"]
    (tmp_path / ".casework" / "local.env").write_text("\n".join(lines) + "\n")
    return tmp_path


@pytest.mark.timeout(120)
async def test_the_guide_s_commands_answer_as_it_says(folder: Path, repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    guide = (repository / "docs/who-sees-what.md").read_text(encoding="utf-8")
    shell = await Shell.opened(folder)
    await shell.run(blocks(readme, "sh")[0])
    for block in blocks(guide, "sh"):
        words, answered = said_of(block), await shell.run(f"{block}\necho")
        refused = re.findall(r'"/problems/([\w-]+)"', answered)
        assert refused == [word for word in words if word in refused], answered
        assert "Traceback" not in answered, answered
        for word in words:
            assert word in answered, (word, answered)
            answered = answered.partition(word)[2]
    await shell.close()
