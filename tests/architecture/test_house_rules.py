"""What no linter checks: sizes, reasons beside exceptions, and words that do not belong here."""

import ast
import re
from collections import Counter
from pathlib import Path

from sources import files, modules, our_packages, parsed

LONGEST = 300
NOQA = re.compile(r"#\s*noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)* - \S)")
IGNORE = re.compile(r"#\s*type: ignore(?!\[[a-z-]+(?:, ?[a-z-]+)*\]\s+# \S)")

# In parts, so that this file does not hold what it forbids.
FORBIDDEN = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/ho" + "me/",
)


def test_no_module_is_longer_than_a_person_reads_in_one_go(repository: Path) -> None:
    too_long = {
        path.relative_to(repository).as_posix(): lines
        for path in modules(repository)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert too_long == {}


def test_no_two_files_of_tests_have_one_name(repository: Path) -> None:
    """Pytest would take the one for the other where both are not in packages."""
    names = Counter(path.name for path in (repository / "tests").rglob("test_*.py"))
    assert [name for name, often in names.items() if often > 1] == []


def test_every_exception_to_a_rule_names_the_rule_and_the_reason(repository: Path) -> None:
    bare = [
        f"{path.relative_to(repository)}:{number}"
        for path in modules(repository)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if NOQA.search(line) or IGNORE.search(line)
    ]
    assert bare == []


def test_a_bare_exception_to_a_rule_would_be_seen() -> None:
    for line in ("x  # noqa", "x  # noqa: E501", "x  # noqa: E501 because", "x  # noqa: E501 -"):
        assert NOQA.search(line), line
    assert not NOQA.search("x  # noqa: E501, ANN401 - a reason")
    for line in ("x  # type: ignore", "x  # type: ignore[arg-type]"):
        assert IGNORE.search(line), line
    assert not IGNORE.search("x  # type: ignore[arg-type]  # a reason")


def test_there_is_one_broad_except_at_the_outermost_door(repository: Path) -> None:
    broad = [
        path.relative_to(repository).as_posix()
        for package in our_packages(repository)
        for path in modules(repository / package)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and is_broad(node.type)
    ]
    assert broad == ["workflows/guard.py"]


def is_broad(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(n is None or (isinstance(n, ast.Name) and n.id in {"Exception", "BaseException"}) for n in names)


def test_no_file_names_a_registry_or_somebodys_machine(repository: Path) -> None:
    found = []
    for path in files(repository):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(repository)}: {word}" for word in FORBIDDEN if word in text]
    assert found == []
