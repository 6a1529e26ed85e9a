"""Tests of pages share one site, so whoever counts an officer's cases shares that officer with no other file."""

import re
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "pages"


def test_an_officer_of_two_figures_or_more_belongs_to_one_file() -> None:
    found = defaultdict[str, list[str]](list)
    for path in sorted(FOLDER.glob("test_*.py")):
        for officer in sorted({*re.findall(r"officer-\d{2,}", path.read_text(encoding="utf-8"))}):
            found[officer].append(path.name)
    assert found
    assert {officer: files for officer, files in found.items() if len(files) > 1} == {}
