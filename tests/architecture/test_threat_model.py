"""The threat model names what is there: a defence that was renamed or removed is noticed here."""

import re
from pathlib import Path

import pytest

PAPERS = ("docs/threat-model.md", "SECURITY.md")
PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+|[\w-]+\.(?:md|lock|yml)|Dockerfile)(?:::(\w+))?`")
ATTACKERS = (
    "An alleged perpetrator with a phone",
    "A curious colleague",
    "A stolen laptop",
    "A leaked link",
    "A malicious upload",
    "A compromised agency mailbox or system",
    "A database backup that gets out",
)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_path_that_it_names_exists(repository: Path, paper: str) -> None:
    named = set(PATH.findall((repository / paper).read_text()))
    assert named
    assert {path for path, _ in named if not (repository / path).exists()} == set()
    tests = [(path, test) for path, test in named if test]
    assert {(path, test) for path, test in tests if f"def {test}(" not in (repository / path).read_text()} == set()


def test_every_attacker_has_a_chapter_that_says_what_does_not_stop_them_yet(repository: Path) -> None:
    chapters = dict(
        re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", (repository / PAPERS[0]).read_text(), re.MULTILINE | re.DOTALL)
    )
    for attacker in ATTACKERS:
        assert re.search(r"^Not yet: |yet: ", chapters[attacker], re.MULTILINE), attacker


def test_every_defence_but_none_at_all_names_the_test_that_shows_it(repository: Path) -> None:
    for line in (repository / PAPERS[0]).read_text().splitlines():
        if line.startswith("| ") and not line.startswith("| they try"):
            _, _, stops, shown, _ = line.split("|")
            assert "`tests/" in shown or stops.strip().startswith("nothing in Casework"), line
