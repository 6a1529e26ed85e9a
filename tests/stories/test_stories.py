"""Every story in stories/ goes as it says, on the virtual clock and through real workflows alike."""

from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, WorkflowReplayResult

from cli.story.file import read_story
from cli.story.live import Stage, disagreements, play_live
from policy.facts import Role
from policy.facts.auditing import PatternFound, PatternName
from policy.facts.letters import LetterSent
from policy.referral.facts import ReferralSent
from tests.scale import some
from tests.stories.conftest import Write
from tests.stories.told import PUBLISHED, STORIES, simulated, story

every_story = pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)


def test_there_are_stories() -> None:
    assert len(STORIES) >= 10
    assert len(PUBLISHED) == 12


@every_story
def test_a_story_goes_as_it_expects(file: Path) -> None:
    played = simulated(file)
    assert [(e.in_words(), e.unmet(played)) for e in story(file).expect if e.unmet(played)] == []


AWAY = [file for file in STORIES if story(file).outage]
LIVE = some([*PUBLISHED, *AWAY, *sorted({*STORIES} - {*PUBLISHED, *AWAY})[::3]], in_all=STORIES)


@pytest.mark.parametrize("file", LIVE, ids=lambda file: file.stem)
async def test_a_live_case_agrees_with_the_simulation(file: Path, stage: Stage) -> None:
    mail_before = len(stage.mailbox.messages())
    lived = await play_live(story(file), stage)
    assert disagreements(simulated(file), lived) == []
    assert [(e.in_words(), e.unmet(lived.played)) for e in story(file).expect if e.unmet(lived.played)] == []
    sent = [e for e in lived.played.entries if isinstance(e.fact, LetterSent) and e.by.role is Role.SYSTEM]
    referred = [
        e for each in lived.played.beside.values() for e in each.entries if isinstance(e.fact, ReferralSent)
    ]
    assert len(stage.mailbox.messages()) - mail_before == len(sent) + len(referred)


IN_THE_NIGHT = """
title: The check waits for the end of an outage
teaches: Something.
outage: {from: 2024-06-12 20:00, until: 2024-06-13 10:00}
happenings:
  - {at: 2024-06-03 09:00, fact: report_received, category: noise}
  - {at: 2024-06-12 21:00, fact: incident_reported, category: noise}
until: 2024-06-14 09:00
expect:
  - {found: first-contact-late, on: 2024-06-13}
"""


async def test_a_night_in_an_outage_is_made_up_for_at_its_end_by_live_cases_too(
    stage: Stage, write: Write
) -> None:
    told = read_story(write(IN_THE_NIGHT))
    lived = await play_live(told, stage)
    assert disagreements(told.simulated(), lived) == []
    found = [one for one in lived.played.entries if isinstance(one.fact, PatternFound)]
    assert told.outage is not None
    assert [one.fact.at for one in found] == [told.outage.until]


async def test_a_live_case_that_went_another_way_is_told_apart(stage: Stage) -> None:
    short, another = (STORIES[0].with_name(name) for name in ("bank-holiday.yaml", "recorded-late.yaml"))
    lived = await play_live(story(short), stage)
    assert disagreements(simulated(another), lived)
    missing_the_last = replace(simulated(short), taken=simulated(short).taken[:-1])
    assert any(said.startswith("fact") for said in disagreements(missing_the_last, lived))
    assert any(said.startswith("standing, seq") for said in disagreements(missing_the_last, lived))


async def test_every_run_of_a_live_case_that_continued_as_new_replays(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[str] = []
    replay = Replayer.replay_workflow

    async def watched(replayer: Replayer, history: WorkflowHistory) -> WorkflowReplayResult:
        again.append(history.workflow_id.partition("/")[0])
        return await replay(replayer, history)

    monkeypatch.setattr(Replayer, "replay_workflow", watched)
    monkeypatch.setattr("workflows.loop.EVENTS_BEFORE_CONTINUING", 60)
    await play_live(story(STORIES[0].with_name("promises-and-chasing.yaml")), stage)
    assert again.count("case") > 1


@pytest.mark.parametrize("file", PUBLISHED, ids=lambda file: file.stem)
def test_a_published_case_names_its_source_and_marks_what_is_assumed(file: Path) -> None:
    told = story(file)
    assert told.source is not None
    assert told.source.url.startswith("https://")
    assert told.assumed


def test_what_was_found_wrong_is_found_here_and_what_was_not_is_not() -> None:
    """The landlord who did well is told of the one thing that the decision criticises, and of nothing else."""
    for file in PUBLISHED:
        facts = [entry.fact for entry in simulated(file).entries]
        found = {fact.pattern for fact in facts if isinstance(fact, PatternFound)}
        did_well = file.stem == "published-202307799"
        assert found == {PatternName.CONTACT_PREFERENCE_NOT_KEPT} if did_well else found, file


def test_the_example_in_the_readme_is_a_story_that_holds(write: Write) -> None:
    readme = (STORIES[0].parent / "README.md").read_text(encoding="utf-8")
    told = read_story(write(readme.partition("```yaml\n")[2].partition("```")[0]))
    assert [expected.unmet(told.simulated()) for expected in told.expect] == [None, None]
