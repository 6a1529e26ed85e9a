"""The product's source in a folder of its own, where a test may change it as a later release would."""

import shutil
import tomllib
from pathlib import Path


def copied(repository: Path, folder: Path, *also: str) -> Path:
    """What the wheel holds, and what else is named; what is compiled already need not be so again."""
    told = tomllib.loads((repository / "pyproject.toml").read_text())
    packages = told["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    without = shutil.ignore_patterns("*.pyc.*")  # what another process is writing
    for name in (*packages, *also):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (repository / name).is_dir():
            shutil.copytree(repository / name, target, ignore=without)
        else:
            shutil.copy(repository / name, target)
    return folder


def changed(tree: Path, file: str, was: str, now: str) -> None:
    """Raises AssertionError where the source is not as it was known."""
    path = tree / file
    source = path.read_text()
    assert source.count(was) == 1, f"{file} does not say once: {was}"
    path.write_text(source.replace(was, now))
