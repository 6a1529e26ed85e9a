"""first-contact-guidance: for every category what to ask, what to advise and whom to ring."""

from itertools import chain

import pytest

from policy.editions import EditionNotSane, from_toml
from policy.editions.guidance import Guidance
from tests.given import EDITION
from tests.policy.test_released_editions import BESIDE, text_of

KEYS = [category.key for category in EDITION.categories]
LONGEST_SENTENCE = 240
ALWAYS = EDITION.guidance.always


def said(guidance: Guidance) -> str:
    numbers = [f"{ring.who} {ring.number or ''} {ring.when}" for ring in guidance.ring]
    return " ".join(chain(guidance.ask, guidance.advise, numbers))


def test_every_category_has_guidance() -> None:
    assert set(EDITION.guidance.of) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_an_edition_with_a_category_that_nobody_would_know_what_to_say_to_is_refused(key: str) -> None:
    without = [text.replace(f"[guidance.of.{key}]", f"[guidance.of.no_{key}]") for text in BESIDE]
    with pytest.raises(EditionNotSane, match=f"do not match: {key}, no_{key}|do not match: no_{key}, {key}"):
        from_toml(text_of(EDITION.name), *without)


@pytest.mark.parametrize("part", ["ask", "advise", "ring"])
def test_guidance_with_nothing_to_say_is_refused(part: str) -> None:
    (text,) = (text for text in BESIDE if "[guidance.always]" in text)
    head, _, rest = text.partition(f"\n{part} = [")
    emptied = f"{head}\n{part} = []" + rest.partition("\n]")[2]
    others = [other for other in BESIDE if other != text]
    with pytest.raises(EditionNotSane, match=f"guidance.always.{part}"):
        from_toml(text_of(EDITION.name), emptied, *others)


def test_danger_now_is_asked_first_of_everybody_and_answered_with_999() -> None:
    assert "danger right now" in ALWAYS.ask[0]
    assert "999" in ALWAYS.advise[0]
    assert ALWAYS.ring[0].number == "999"


def test_everybody_is_asked_about_prejudice_without_being_asked_for_proof() -> None:
    (question,) = (q for q in ALWAYS.ask if "who someone is" in q)
    assert "anyone who saw it" in question
    assert "nobody needs to prove it" in question


def test_everybody_is_asked_how_it_is_safe_to_reach_them() -> None:
    assert any("safe to ring, write or visit" in q for q in ALWAYS.ask)


@pytest.mark.parametrize("key", ["hate", "violence", "intimidation"])
def test_who_may_be_in_danger_is_told_of_999_and_not_sent_to_speak_to_them(key: str) -> None:
    told = EDITION.guidance.of[key]
    assert "999" in said(told)
    assert any(sentence.startswith(("Do not speak to", "Do not go out to")) for sentence in told.advise)


@pytest.mark.parametrize("key", KEYS)
def test_each_sentence_is_short_enough_to_be_said(key: str) -> None:
    told = EDITION.guidance.of[key]
    for sentence in chain(ALWAYS.ask, ALWAYS.advise, told.ask, told.advise):
        assert len(sentence) <= LONGEST_SENTENCE
        assert sentence[-1] in ".?"
    assert len(told.ask) <= 6
    assert len(told.advise) <= 6


@pytest.mark.parametrize("key", ["enjoyment_of_home", "noise"])
def test_speaking_to_them_first_is_advised_only_where_it_is_safe(key: str) -> None:
    (advice,) = (a for a in EDITION.guidance.of[key].advise if "tell them" in a and "calmly" in a)
    assert advice.startswith("If it is safe")
    assert "You do not have to" in advice
