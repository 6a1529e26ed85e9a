"""review-meetings and hate-strongest-action: what a review must say."""

from datetime import timedelta
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.facts.reviewing import CaseReviewed, PowerWeighed, WhyNot
from policy.refusals.conduct import PowersNotWeighed, ReviewIncomplete
from tests.given import EDITION, case_of, london, report
from tests.policy.happenings import ANSWERS, POWERS, owed, recorded, review

MONDAY = london(2023, 6, 5)
NOON = MONDAY + timedelta(hours=3)
HATE = case_of(report(MONDAY, "hate"))


def reviewed(**said: Any) -> CaseReviewed:
    return review(NOON).model_copy(update=said)


def missing(file: CaseFile, fact: CaseReviewed) -> tuple[str, ...]:
    with pytest.raises((ReviewIncomplete, PowersNotWeighed)) as refused:
        recorded(file, fact)
    return refused.value.refusal.missing


def asked(key: str) -> str:
    return next(one.asks for one in EDITION.review_questions if one.key == key)


def power_called(key: str) -> str:
    return next(one.name for one in EDITION.powers if one.key == key)


def test_a_review_answers_the_edition_s_questions() -> None:
    assert len(EDITION.review_questions) == 7
    file = case_of(report(MONDAY))
    assert missing(file, reviewed(answers={})) == tuple(one.asks for one in EDITION.review_questions)
    assert missing(file, reviewed(answers={k: v for k, v in ANSWERS.items() if k != "risk"})) == (asked("risk"),)
    with pytest.raises(ReviewIncomplete, match="Is what we know of the risk"):
        recorded(file, reviewed(answers={k: v for k, v in ANSWERS.items() if k != "risk"}))
    with pytest.raises(
        ReviewIncomplete,
        match=r"Not a question: weather.* Has the policy been followed, and where not, why\? \(policy_followed\)",
    ):
        recorded(file, reviewed(answers={**ANSWERS, "weather": "Fine."}))
    at = MONDAY + timedelta(days=3)
    assert owed(recorded(file, reviewed(at=at, powers=())))["review"].due > owed(file)["review"].due


def test_a_review_of_a_hate_case_says_of_each_power_that_it_is_used_or_why_not() -> None:
    assert missing(HATE, reviewed(powers=())) == tuple(power.name for power in EDITION.powers)
    used = PowerWeighed(power="injunction", used=True)
    without = tuple(one for one in POWERS if one.power != "injunction")
    assert missing(HATE, reviewed(powers=without)) == (power_called("injunction"),)
    assert recorded(HATE, reviewed(powers=(*without, used)))


@pytest.mark.parametrize("why", list(WhyNot))
def test_a_power_that_is_not_used_says_why_and_another_reason_says_which(why: WhyNot) -> None:
    without = tuple(one for one in POWERS if one.power != "police")
    bare = PowerWeighed(power="police", used=False)
    assert missing(HATE, reviewed(powers=(*without, bare))) == (power_called("police"),)
    said = bare.model_copy(update={"why_not": why})
    if why is WhyNot.OTHER:
        assert missing(HATE, reviewed(powers=(*without, said))) == (power_called("police"),)
        said = said.model_copy(update={"words": "The victim's family has moved abroad."})
    assert recorded(HATE, reviewed(powers=(*without, said)))


def test_a_power_that_the_edition_does_not_know_is_refused() -> None:
    with pytest.raises(PowersNotWeighed, match="Not a power: stocks"):
        recorded(HATE, reviewed(powers=(*POWERS, PowerWeighed(power="stocks", used=True))))


def test_a_refused_review_still_has_to_be_held() -> None:
    with pytest.raises(PowersNotWeighed):
        recorded(HATE, reviewed(powers=()))
    assert "review" in owed(HATE)
