"""Each remedy of the edition is told of in some story with each thing that can become of it in court."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from policy.facts.proceedings import LegalStage
from policy.legal_action import facts
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import CourtOutcome, Ended
from policy.simulation import PlayedFile
from tests.given import EDITION
from tests.stories.told import STORIES, simulated

REMEDIES = [step.key for step in EDITION.legal.steps if step.kind == "remedy"]
OUTCOMES = ["granted", "refused", "adjourned", "appealed", "breached"]


@cache
def told() -> frozenset[tuple[str, str]]:
    """What became of a remedy in some story, by what was recorded and taken there."""
    actions = [
        action
        for file in STORIES
        for action in simulated(file).beside.values()
        if isinstance(action.opening, LegalFile)
    ]
    return frozenset(found for action in actions for found in of(action))


def of(action: PlayedFile[Any, Any]) -> Iterator[tuple[str, str]]:
    before = [action.opening, *(taken.file for taken in action.taken)]
    for (was, now), taken in zip(pairwise(before), action.taken, strict=True):
        yield from ((now.remedy, outcome) for outcome in what_became(taken.entry.fact, was, now))


def what_became(fact: object, was: LegalFile, now: LegalFile) -> Iterator[str]:
    """A claim is put off with no day, or to another; what a court does about a breach or an appeal is neither."""
    match fact:
        case facts.CourtDecided():
            yield str(fact.outcome)
        case facts.CourtAdjourned() if was.stage is LegalStage.LISTED:
            yield from ("adjourned", "adjourned without a day")
        case facts.CourtListed() if was.stage is LegalStage.LISTED and now.hearing.on != was.hearing.on:
            yield "adjourned"
        case facts.AppealLodged():
            yield "appealed"
        case facts.OrderBreached():
            yield "breached"
        case facts.AppealDecided() if now.ended is Ended.SET_ASIDE:
            yield "set aside on appeal"


def test_the_edition_has_the_remedies_of_the_policy() -> None:
    assert REMEDIES == ["possession", "demotion", "injunction", "injunction_with_arrest_or_exclusion"]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("remedy", REMEDIES)
def test_some_story_tells_what_becomes_of_this_remedy(remedy: str, outcome: str) -> None:
    assert (remedy, outcome) in told()


@pytest.mark.parametrize("outcome", [*CourtOutcome, "adjourned without a day", "set aside on appeal"], ids=str)
def test_some_story_tells_of_whatever_else_a_court_can_do(outcome: str) -> None:
    assert str(outcome) in {one for _, one in told()}
