"""The product as it is installed."""

import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from shutil import copy, copytree

import pytest
from sources import files, our_packages


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of what reaches an image alone."""
    folder, context = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("context")
    for rule in (repository / ".dockerignore").read_text().splitlines():
        if rule.startswith("!"):
            there, here = repository / rule[1:], context / rule[1:]
            here.parent.mkdir(exist_ok=True)
            copytree(there, here, symlinks=True) if there.is_dir() else copy(there, here)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=context,
        check=True,
        capture_output=True,
    )
    (built,) = folder.iterdir()
    return built


def test_every_top_level_name_is_ours_and_nobody_elses(repository: Path) -> None:
    others = packages_distributions()
    for name in our_packages(repository):
        assert name not in sys.stdlib_module_names
        assert set(others.get(name, [])) <= {"casework"}


def test_the_wheel_holds_our_packages_and_nothing_else(repository: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == set(our_packages(repository))


def test_the_wheel_holds_every_file_that_the_program_reads(repository: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    ours = {
        path.relative_to(repository).as_posix()
        for package in our_packages(repository)
        for path in files(repository / package)
    }
    assert ours <= packed
    for kind in (".toml", ".lock", ".typ", ".ttf", ".txt", ".mako"):
        assert any(name.endswith(kind) for name in ours), kind


def test_the_wheel_brings_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "casework = cli.main:main" in archive.read(entry_points).decode()


def test_the_wheel_is_never_uploaded(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith("METADATA"))
        assert "Classifier: Private :: Do Not Upload" in archive.read(metadata).decode()


def test_what_is_installed_in_an_image_was_installed_for_the_python_of_that_image(repository: Path) -> None:
    first, second = re.findall(r"^FROM (\S+)", (repository / "Dockerfile").read_text(), re.MULTILINE)
    assert first == second
