"""Every story in stories/ goes as it says, on the virtual clock and through real workflows alike."""

from pathlib import Path

import pytest

from cli.story_file import read_story
from cli.story_live import Stage, disagreements, play_live
from policy.facts import Role
from policy.facts.letters import LetterSent
from tests.stories.conftest import Write

STORIES = sorted((Path(__file__).parent.parent.parent / "stories").glob("*.yaml"))
PUBLISHED = [file for file in STORIES if file.name.startswith("published-")]

every_story = pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)


def test_there_are_stories() -> None:
    assert len(STORIES) >= 10
    assert len(PUBLISHED) >= 4


@every_story
def test_a_story_goes_as_it_expects(file: Path) -> None:
    story = read_story(file)
    played = story.simulated()
    assert [(e.in_words(), e.unmet(played)) for e in story.expect if e.unmet(played)] == []


@every_story
async def test_a_live_case_agrees_with_the_simulation(file: Path, stage: Stage) -> None:
    story = read_story(file)
    mail_before = len(stage.mailbox.messages())
    lived = await play_live(story, stage)
    assert disagreements(story.simulated(), lived) == []
    assert [(e.in_words(), e.unmet(lived.played)) for e in story.expect if e.unmet(lived.played)] == []
    sent = [e for e in lived.played.entries if isinstance(e.fact, LetterSent) and e.by.role is Role.SYSTEM]
    assert len(stage.mailbox.messages()) - mail_before == len(sent)


async def test_a_live_case_that_went_another_way_is_told_apart(stage: Stage) -> None:
    story = read_story(STORIES[0])
    lived = await play_live(story, stage)
    another = read_story(STORIES[1]).simulated()
    assert disagreements(another, lived)
    missing_the_last = story.simulated().model_copy(update={"taken": story.simulated().taken[:-1]})
    assert any(said.startswith("fact") for said in disagreements(missing_the_last, lived))
    assert any(said.startswith("standing, seq") for said in disagreements(missing_the_last, lived))


@pytest.mark.parametrize("file", PUBLISHED, ids=lambda file: file.stem)
def test_a_published_case_names_its_source_and_marks_what_is_assumed(file: Path) -> None:
    story = read_story(file)
    assert story.source is not None
    assert story.source.url.startswith("https://")
    assert story.assumed


def test_the_example_in_the_readme_is_a_story_that_holds(write: Write) -> None:
    readme = (STORIES[0].parent / "README.md").read_text(encoding="utf-8")
    story = read_story(write(readme.partition("```yaml\n")[2].partition("```")[0]))
    assert [expected.unmet(story.simulated()) for expected in story.expect] == [None, None]
