"""The files of the project as they stand: without what tools leave behind."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_LEFT_BEHIND: Final = {
    ".casework",
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "build",
    "dist",
}


def files(repository: Path) -> Iterator[Path]:
    waiting = [repository]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.name in _LEFT_BEHIND or path.name.endswith(".egg-info") or path.is_symlink():
                continue
            if path.is_dir():
                waiting.append(path)
            elif path.name != ".git":
                yield path


def modules(folder: Path) -> Iterator[Path]:
    return (path for path in files(folder) if path.suffix == ".py")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> set[str]:
    """Every module that the file names in an import, wherever it stands."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def our_packages(repository: Path) -> list[str]:
    """The top-level packages of the wheel."""
    settings = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    packages: list[str] = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    return packages
