"""The stories of stories/, each read and simulated once for all tests that look at it."""

from functools import cache
from pathlib import Path
from typing import Final

from cli.story.file import Story, read_story
from policy.simulation import Played

STORIES: Final = sorted((Path(__file__).parent.parent.parent / "stories").glob("*.yaml"))
PUBLISHED: Final = [file for file in STORIES if file.name.startswith("published-")]


@cache
def story(file: Path) -> Story:
    return read_story(file)


@cache
def simulated(file: Path) -> Played:
    return story(file).simulated()
