"""The guides show the pages as `make screenshots` took them: each picture is there, small, and shown somewhere."""

import re
from pathlib import Path

from ops.screenshots import SHOTS

LARGEST = 150 * 1024


def test_each_screenshot_is_taken_small_and_shown_in_a_guide(repository: Path) -> None:
    guides = (repository / "docs/guides").glob("*.md")
    shown = {
        name for guide in guides for name in re.findall(r"screenshots/([\w-]+)\.png", guide.read_text("utf-8"))
    }
    taken = {picture.stem: picture for picture in (repository / "docs/screenshots").glob("*.png")}
    assert shown == taken.keys() == {shot.name for shot in SHOTS}
    assert max(picture.stat().st_size for picture in taken.values()) < LARGEST


def test_a_guide_has_two_pages_at_most(repository: Path) -> None:
    """Of some five hundred words each, with the pictures on them."""
    for guide in (repository / "docs/guides").glob("*.md"):
        assert len(guide.read_text("utf-8").split()) < 700, guide.name
