"""Fact types: one definition for the request body, the payload and the timeline; strict at the border alone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import policy.facts
from policy.case_review.facts import REVIEW_FACT_TYPES, InWriting, ReviewFact
from policy.facts import BORDER, FACT_TYPES, CaseFact, Entry, Fact, canonical, digest
from policy.facts.matters import Begun, Step
from policy.facts.proceedings import Heard
from policy.frozen import Frozen
from policy.journal import BESIDE_FACT_TYPES, BesideFact
from policy.legal_action.facts import LEGAL_FACT_TYPES, LegalFact
from policy.referral.facts import REFERRAL_FACT_TYPES, ReferralFact
from tests.given import OFFICER, entry, london, report
from tests.policy.happenings import incident

FACTS: TypeAdapter[CaseFact] = TypeAdapter(CaseFact)
CONTACT = {"fact": "contact_made", "at": "2023-06-05T09:00:00Z", "means": "phone", "words": "Spoke."}
REPORT = {
    "fact": "report_received",
    "at": "2023-06-05T09:00:00Z",
    "channel": "web",
    "words": "Noise.",
    "complainant": {"name": "Rowan Example", "address": ["2 Invented Row"]},
}
CLOSURE_DAYS = {
    "fact": "closure_days_adopted",
    "at": "2023-06-05T09:00:00Z",
    "days": {"2023-12-27": "Office closed"},
    "known_until": "2026-12-31",
}


def at_border(body: dict[str, Any]) -> CaseFact:
    return FACTS.validate_python(body, extra="forbid", context=BORDER)


def decoded(body: dict[str, Any]) -> CaseFact:
    return FACTS.validate_json(json.dumps(body))


def models() -> Iterator[type[BaseModel]]:
    """Every type that a fact is made of."""
    seen: set[type[BaseModel]] = set()
    waiting: list[Any] = [Entry, *FACT_TYPES.values()]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
            seen.add(kind)
            yield kind
            waiting += [field.annotation for field in kind.model_fields.values()]
        waiting += get_args(kind)


@pytest.mark.parametrize("kind", list(models()))
def test_every_type_is_frozen(kind: type[BaseModel]) -> None:
    assert issubclass(kind, Frozen)
    assert kind.model_config["frozen"] is True
    assert kind.model_config["extra"] == "ignore"


def test_a_fact_cannot_be_changed() -> None:
    told = report(london(2023, 6, 5))
    with pytest.raises(ValidationError, match="frozen"):
        told.words = "Something else."


PAST = {
    "came",
    "begun",
    "broken",
    "done",
    "given",
    "found",
    "kept",
    "known",
    "made",
    "proven",
    "met",
    "put",
    "read",
    "sent",
    "taken",
    "told",
    "left",
    "held",
    "withdrawn",
    "written",
}


@pytest.mark.parametrize("name", FACT_TYPES)
def test_a_fact_is_named_in_the_past_tense(name: str) -> None:
    *_, said = [w for w in name.split("_") if w.endswith("ed") or w in PAST] or [""]
    assert said or name in {"letter_ready_to_post", "letter_in_doubt", "letter_held_up"}, (
        "what became of a letter, else a past tense"
    )


def test_each_fact_is_named_as_its_class() -> None:
    for name, kind in FACT_TYPES.items():
        assert "".join(word.capitalize() for word in name.split("_")) == kind.__name__
        assert get_args(kind.model_fields["fact"].annotation) == (name,)


def test_no_two_facts_share_a_name_and_none_is_left_out() -> None:
    listed = get_args(get_args(CaseFact)[0])
    assert len(FACT_TYPES) == len(listed)
    beside = get_args(get_args(BesideFact)[0])
    assert len(BESIDE_FACT_TYPES) == len(beside)
    assert set(BESIDE_FACT_TYPES) & set(FACT_TYPES) == {"deadline_missed"}
    legal = get_args(get_args(LegalFact)[0])
    assert len(LEGAL_FACT_TYPES) == len(legal)
    assert set(LEGAL_FACT_TYPES) & {*FACT_TYPES, *BESIDE_FACT_TYPES} == {"deadline_missed"}
    referral = get_args(get_args(ReferralFact)[0])
    assert len(REFERRAL_FACT_TYPES) == len(referral)
    assert set(REFERRAL_FACT_TYPES) & {*FACT_TYPES, *BESIDE_FACT_TYPES} == {"deadline_missed"}
    review = get_args(get_args(ReviewFact)[0])
    assert len(REVIEW_FACT_TYPES) == len(review)
    assert set(REVIEW_FACT_TYPES) & {*FACT_TYPES, *BESIDE_FACT_TYPES} == {"deadline_missed"}
    shared = {Begun, Step, Heard, InWriting}
    kinds = {one for kind in (Fact, *shared) for one in kind.__subclasses__()}
    assert {*listed, *beside, *legal, *referral, *review, *shared} == kinds
    assert policy.facts.Fact is Fact


@pytest.mark.parametrize("kind", list(models()))
def test_no_field_makes_up_its_own_value(kind: type[BaseModel]) -> None:
    """A factory could read a clock or invent an id, and a replay would then differ."""
    factories = {name for name, field in kind.model_fields.items() if field.default_factory not in {None, dict}}
    assert factories == set()


@pytest.mark.parametrize("name", FACT_TYPES)
def test_a_time_always_carries_its_offset(name: str) -> None:
    with pytest.raises(ValidationError, match="timezone"):
        FACT_TYPES[name].model_validate({"at": datetime(2023, 6, 5, 9)})  # noqa: DTZ001 - the mistake under test


# The border


@pytest.mark.parametrize("body", [CONTACT, REPORT, CLOSURE_DAYS])
def test_a_sound_body_crosses_the_border(body: dict[str, Any]) -> None:
    assert at_border(body) == decoded(body)


WRONG_WORDS = {
    "empty": "",
    "only white space": " \n ",
    "only what cannot be seen": "\u200b\u2060",
    "too long": "x" * 8001,
    "a null": "a\0b",
    "an escape": "a\x1bb",
    "a return": "a\rb",
    "a lone surrogate": "a\ud800b",
}


@pytest.mark.parametrize("words", WRONG_WORDS.values(), ids=WRONG_WORDS)
def test_words_that_could_do_harm_stop_at_the_border_and_nowhere_else(words: str) -> None:
    with pytest.raises(ValidationError):
        at_border(CONTACT | {"words": words})
    assert FACTS.validate_python(CONTACT | {"words": words})


@pytest.mark.parametrize("words", ["x" * 8000, "line\nline\tcolumn", "Zażółć gęślą jaźń", "🏳️‍🌈"])
def test_words_as_people_write_them_cross_the_border(words: str) -> None:
    assert at_border(CONTACT | {"words": words})


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (CONTACT | {"mood": "good"}, "mood"),
        (REPORT | {"complainant": {"nickname": "R"}}, "nickname"),
        (REPORT | {"place": {"county": "Kent"}}, "county"),
        (REPORT | {"hate": {"strands": ["race"], "perceived_by": "victim", "proof": "none"}}, "proof"),
    ],
)
def test_an_unknown_field_is_refused_at_the_border_and_ignored_behind_it(body: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        at_border(body)
    assert [error["loc"][-1] for error in refused.value.errors()] == [place]
    assert place not in decoded(body).model_dump_json()


@pytest.mark.parametrize(
    "body",
    [
        CONTACT | {"fact": "contact_dreamt"},
        {key: value for key, value in CONTACT.items() if key != "fact"},
        CONTACT | {"means": "pigeon"},
        CONTACT | {"at": "2023-06-05T09:00:00"},
        CONTACT | {"at": "0001-01-01T00:00:00Z"},
        CONTACT | {"at": "9999-12-31T23:59:59-12:00"},
        REPORT | {"happened_at": "0001-01-01T00:00:00Z"},
        REPORT | {"complainant": {"name": "x" * 201}},
        REPORT | {"complainant": {"address": ["a", "b\0"]}},
        REPORT | {"category": "x" * 65},
        CLOSURE_DAYS | {"days": {"2023-12-27": "\0"}},
        CLOSURE_DAYS | {"days": {"2023-12-27": "x" * 201}},
    ],
)
def test_what_is_not_a_fact_stops_at_the_border(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        at_border(body)


def test_every_text_in_a_fact_has_its_measure() -> None:
    """A text without one could carry a null byte into the database, which would refuse the case for ever."""
    for name, kind in FACT_TYPES.items():
        assert list(unmeasured(kind.model_json_schema(), name)) == []


def unmeasured(schema: Any, place: str) -> Iterator[str]:
    if isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from unmeasured(part, f"{place}[{number}]")
    elif isinstance(schema, dict):
        if schema.get("type") == "string" and not {"maxLength", "format", "enum", "const"} & set(schema):
            yield place
        for key, part in schema.items():
            if key != "propertyNames":
                yield from unmeasured(part, f"{place}.{key}")


# The entry


def test_the_same_content_has_the_same_digest_however_it_is_spelt() -> None:
    assert digest({"a": 1, "b": "é"}) == digest({"b": "é", "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
    assert canonical({"b": "é", "a": [1]}) == '{"a":[1],"b":"é"}'


def test_an_entry_is_the_same_after_it_has_travelled() -> None:
    moment = london(2023, 6, 5)
    for fact in (report(moment), incident(moment)):
        told = entry(fact, OFFICER, recorded_at=datetime(2023, 6, 6, tzinfo=UTC))
        assert Entry.model_validate_json(told.model_dump_json()) == told
        assert told.at == moment
