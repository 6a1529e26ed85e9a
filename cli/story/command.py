"""`casework story`: plays stories and says what came of them and whether that is what they expect."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from cli.story.changes import Said
from cli.story.file import NotAStory, Story, read_story
from cli.story.told import account
from cli.story.yaml import NotYaml, Text
from policy.frozen import Frozen
from policy.ledger import Line
from policy.refusals import Refusal
from policy.rows import section_in_words
from policy.simulation import Played
from policy.standing import Standing
from policy.working_days import moment_in_words

ALL_WELL, NOT_AS_EXPECTED, NOT_A_STORY = 0, 1, 2
"""Exit codes."""


class NoTimeSkipper(LookupError):
    """The server on which live stories are played is not installed."""


class Checked(Frozen):
    """An expectation, and what is so instead where it is not met."""

    number: int
    expected: str
    instead: str | None


class Refused(Frozen):
    """`happening` counts from 1."""

    happening: int
    refusal: Refusal


class Beside(Frozen):
    """What came of something that was carried on beside the case."""

    stage: str
    ledger: tuple[Line, ...]
    flagged: tuple[Line, ...]


class Outcome(Frozen):
    """What came of a story, as `--json` prints it; `beside` is by the key of the matter. `disagreements` are a
    live run's with the simulation.
    """

    file: str
    title: str
    holds: bool
    account: tuple[Said, ...]
    refused: tuple[Refused, ...]
    ledger: tuple[Line, ...]
    flagged: tuple[Line, ...]
    standing: Standing
    beside: dict[str, Beside]
    expectations: tuple[Checked, ...]
    disagreements: tuple[str, ...] | None = None


_AS_JSON: Final = TypeAdapter(list[Outcome])


def listed(folder: Path) -> str:
    """The stories of a folder, each with its title."""
    files = sorted(folder.glob("*.yaml"))
    lines = [f"{file}  {_title(file)}" for file in files]
    return "\n".join(lines) or f"There is no story in {folder}. Name the file of one."


def _title(file: Path) -> str:
    try:
        return str(Text.of(file.read_text(encoding="utf-8")).content().get("title", ""))
    except (NotYaml, UnicodeDecodeError) as wrong:
        return f"cannot be read: {wrong}"


def tell_stories(files: Sequence[Path], *, live: bool, as_json: bool) -> tuple[str, int]:
    """What to print and the exit code. Raises OSError for a file that cannot be read."""
    stories, problems = {}, []
    for file in files:
        try:
            stories[file] = read_story(file)
        except NotAStory as wrong:
            problems.append(str(wrong))
    if problems:
        return "\n".join(problems), NOT_A_STORY
    outcomes = asyncio.run(_lived(stories)) if live else [_simulated(f, s) for f, s in stories.items()]
    code = ALL_WELL if all(each.holds for each in outcomes) else NOT_AS_EXPECTED
    if as_json:
        return _AS_JSON.dump_json(outcomes, indent=2).decode(), code
    told = (_in_words(each, story) for each, story in zip(outcomes, stories.values(), strict=True))
    return "\n\n".join("\n".join(lines) for lines in told), code


def _simulated(file: Path, story: Story) -> Outcome:
    return outcome(file, story, story.simulated())


async def _lived(stories: dict[Path, Story]) -> list[Outcome]:
    from cli.story.live import disagreements, live_stage, play_live  # noqa: PLC0415 - the servers are an extra

    outcomes = []
    async with live_stage() as stage:
        for file, story in stories.items():
            lived = await play_live(story, stage)
            outcomes.append(outcome(file, story, lived.played, disagreements(story.simulated(), lived)))
    await asyncio.sleep(0.2)  # the engine's client may crash when the loop ends under it
    return outcomes


def outcome(file: Path, story: Story, played: Played, differs: Sequence[str] | None = None) -> Outcome:
    expectations = tuple(
        Checked(number=number, expected=expected.in_words(), instead=expected.unmet(played))
        for number, expected in enumerate(story.expect, start=1)
    )
    numbers = {entry.id: number for number, entry in enumerate(story.entries, start=1)}
    everything = (played, *played.beside.values())
    refused = [(numbers[away.entry.id], away.refusal) for each in everything for away in each.refused]
    return Outcome(
        file=str(file),
        title=story.title,
        holds=not differs and all(checked.instead is None for checked in expectations),
        account=tuple(account(played, story.assumed)),
        refused=tuple(Refused(happening=n, refusal=refusal) for n, refusal in sorted(refused, key=lambda r: r[0])),
        ledger=tuple(played.ledger()),
        flagged=tuple(played.flagged()),
        standing=played.standing,
        beside={
            matter: Beside(stage=each.file.stage, ledger=tuple(each.ledger()), flagged=tuple(each.flagged()))
            for matter, each in played.beside.items()
        },
        expectations=expectations,
        disagreements=None if differs is None else tuple(differs),
    )


def _in_words(outcome: Outcome, story: Story) -> Iterator[str]:
    yield f"{outcome.title}  ({outcome.file})"
    yield story.teaches
    if source := story.source:
        yield f"{source.body}, {source.landlord}, {source.reference}: {source.url}"
        yield "What is assumed is not published."
    if outage := story.outage:
        yield f"The system is away from {moment_in_words(outage.since)} until {moment_in_words(outage.until)}."
    moment = ""
    for said in outcome.account:
        if moment != (moment := moment_in_words(said.at)):
            yield f"\n{moment}"
        yield f"{'    - ' if said.follows else '  '}{said.words}{_named(said)}"
        if said.quoted:
            yield f"      “{said.quoted}”"
    yield ""
    for checked in outcome.expectations:
        if checked.instead is not None:
            yield f"NOT AS EXPECTED, {checked.number}. {checked.expected}: {checked.instead}"
    for difference in outcome.disagreements or ():
        yield f"THE LIVE CASE DISAGREES: {difference}"
    met = sum(checked.instead is None for checked in outcome.expectations)
    live = "" if outcome.disagreements is None else ", live"
    yield f"{met} of {len(outcome.expectations)} expectations met{live}."


def _named(said: Said) -> str:
    """The section that it comes from, where that is not the whole policy."""
    return f" (policy {section_in_words(said.section)})" if said.section not in {None, "all"} else ""
