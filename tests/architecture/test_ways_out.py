"""Which modules hand something out or send it: what leaves has its entry in the register, by tests/api."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_other_route_hands_anything_out() -> None:
    files = {"timeline.py", "person_record.py", "evidence.py", "packs.py"}
    letters = {"letters.py", "print_runs.py", "case_review_letters.py"}
    about_nobody = {"figures.py"}
    told = files | letters | about_nobody
    assert calling("handed_out", "api") == told, "a letter goes to its reader, an original is a look"
    assert calling("handed_out", "pages") == set()


def test_no_other_activity_sends_anything_out() -> None:
    ours = {"reporting.py"}
    assert calling("send", "activities") == {"post.py", "referrals.py"} | ours, "a letter goes to whom it is for"


def calling(name: str, folder: str) -> set[str]:
    """Modules that call a function or method of that name."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            if getattr(called, "id", getattr(called, "attr", None)) == name:
                found.add(path.name)
    return found
