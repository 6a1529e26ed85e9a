"""docs/policy-map.md tells the truth: every row, module and test that it names exists, and none is missing."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from sources import modules, parsed

from policy.refusals import Refused
from policy.rows import SECTION_OF_ROW


class MapLine(NamedTuple):
    row: str
    section: str
    kept: str
    modules: list[str]
    tests: list[str]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture(scope="module")
def lines(repository: Path) -> list[MapLine]:
    text = (repository / "docs/policy-map.md").read_text(encoding="utf-8")
    cells = [
        [c.strip() for c in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    return [MapLine(c[0], c[1], c[2], quoted(c[3]), quoted(c[4])) for c in cells[1:]]


@pytest.fixture(scope="module")
def not_yet(repository: Path) -> list[str]:
    text = (repository / "docs/policy-map.md").read_text(encoding="utf-8")
    return text.rsplit("\n\n", 1)[-1].strip(" .\n").split(", ")


def test_the_map_holds_the_rows_that_the_policy_carries_out_each_once(lines: list[MapLine]) -> None:
    assert sorted(line.row for line in lines) == sorted(SECTION_OF_ROW)
    for line in lines:
        assert line.section == SECTION_OF_ROW[line.row]


def test_every_row_says_whether_it_is_kept_whole(lines: list[MapLine]) -> None:
    partly = {line.row for line in lines if line.kept.startswith("partly: ")}
    assert partly == {
        "anyone-affecting-us",
        "police-with-consent",
    }
    assert all(line.kept.startswith(("kept", "partly: ")) for line in lines)


def test_what_is_not_yet_kept_is_not_carried_out(not_yet: list[str]) -> None:
    assert len(not_yet) == len(set(not_yet)) > 0
    assert not set(not_yet) & set(SECTION_OF_ROW)


def test_every_module_and_test_that_the_map_names_exists(lines: list[MapLine], repository: Path) -> None:
    for line in lines:
        assert line.modules, line.row
        assert line.tests, line.row
        for module in line.modules:
            assert (repository / module).is_file(), module
        for test in line.tests:
            path, _, name = test.partition("::")
            assert name in functions(repository / path), test


def functions(path: Path) -> set[str]:
    return {
        node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_row_that_the_policy_names_is_on_the_map(lines: list[MapLine], repository: Path) -> None:
    """Rows named in refusals, deadlines and duties: `row=...`, `row = ...`, and the table of letters."""
    listed = {line.row for line in lines}
    used = {kind.row for kind in Refused.__subclasses__()}
    for path in modules(repository / "policy"):
        used |= rows_named_in(parsed(path))
    assert {"contact-5-working-days", "acknowledge", "immediate-closure", "as-of"} <= used
    assert used <= listed


def rows_named_in(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "row" and isinstance(node.value, ast.Constant):
            found.add(str(node.value.value))
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant | ast.Dict):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {t.id for t in targets if isinstance(t, ast.Name)}
            values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            if names & {"row", "ROW_OF_LETTER"}:
                found |= {str(v.value) for v in values if isinstance(v, ast.Constant)}
    return found
