"""Who may import whom."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from sources import imports, modules, parsed

ONLY_DOORS_OF_WORKFLOWS = {
    "workflows.asking",
    "workflows.case_door",
    "workflows.door",
    "workflows.intake",
    "workflows.packing_door",
    "workflows.procedure_door",
    "workflows.reporting_door",
    "workflows.returning",
}


def test_the_layers_hold(repository: Path) -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_api_knows_of_workflows_only_the_doors_and_what_takes_in(repository: Path) -> None:
    named = {name for path in modules(repository / "api") for name in imports(path)}
    assert {name for name in named if name.split(".")[0] == "workflows"} <= ONLY_DOORS_OF_WORKFLOWS


def test_only_doors_start_signal_and_ask_workflows(repository: Path) -> None:
    """They are the only code of the product that speaks to Temporal's client about a case or a legal action;
    `remembered` reads what has happened.
    """
    speaking = {
        path.relative_to(repository).as_posix()
        for package in ("activities", "api", "gateways", "letters", "policy", "store", "workflows")
        for path in modules(repository / package)
        if "temporalio.client" in imports(path)
    }
    doors = {"workflows/door.py", "workflows/case_door.py"}
    assert speaking <= {*doors, "workflows/remembered.py", "api/app.py", "api/resources.py"}
    assert doors <= speaking


PURE_NEEDS = {
    "__future__",
    "calendar",
    "collections",
    "collections.abc",
    "contextlib",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "itertools",
    "hashlib",
    "json",
    "math",
    "pydantic",
    "re",
    "typing",
    "unicodedata",
    "zoneinfo",
}
EDITIONS_NEED = {"importlib.resources", "importlib.resources.abc", "tomllib"}
CHANCE_NEEDS = {"scipy.special", "scipy.stats"}
"""Distributions, which read and write nothing, where they are asked and nowhere else."""


def test_policy_imports_nothing_that_reads_or_writes(repository: Path) -> None:
    for path in modules(repository / "policy"):
        allowed = PURE_NEEDS | (EDITIONS_NEED if path.parent.name == "editions" else set())
        allowed |= CHANCE_NEEDS if path.relative_to(repository).as_posix() == "policy/trends/chance.py" else set()
        outside = {name for name in imports(path) if name.split(".")[0] != "policy"}
        assert outside <= allowed, path


def test_nothing_loads_the_statistics_before_they_are_asked(repository: Path) -> None:
    """They take a second, a workflow's sandbox cannot load them, and most that run never ask."""
    loads = "import sys, pages.app, workers.worker, cli.main; sys.exit('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loads], cwd=repository, check=False)
    assert done.returncode == 0


CLOCKS = {"now", "utcnow", "today", "monotonic", "time_ns", "uuid1", "uuid4", "urandom", "token_hex"}


@pytest.mark.parametrize("package", ["policy", "workflows"])
def test_policy_and_workflows_read_no_clock_and_roll_no_dice(repository: Path, package: str) -> None:
    for path in modules(repository / package):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
                asked = node.value.id if isinstance(node.value, ast.Name) else ""
                assert (asked, node.attr) == ("workflow", "now"), f"{path}:{node.lineno}"


def test_no_workflow_brings_cryptography_into_the_sandbox(repository: Path) -> None:
    """It crashed the interpreter there; what is encrypted is so outside of it."""
    workflows = ", ".join(f"workflows.{path.stem}" for path in modules(repository / "workflows"))
    loads = f"import sys, {workflows}; sys.exit('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loads], cwd=repository, check=False)
    assert done.returncode == 0
