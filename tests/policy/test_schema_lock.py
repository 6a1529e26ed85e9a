"""Types only grow: running cases, payloads and kept timelines are decoded with every later version."""

from typing import Any

import pytest
from schema_lock import COMMAND, current, locked, not_growth


def test_no_type_did_anything_but_grow() -> None:
    assert not_growth(locked(), current()) == []


def test_the_lock_holds_the_types_as_they_are() -> None:
    assert locked() == current(), f"the types have grown: refresh the lock with `{COMMAND}` and commit it"


def test_the_lock_holds_everything_that_travels() -> None:
    types = set(locked()["types"])
    assert {"Entry", "CaseFile", "CaseStart", "Batch", "Letter", "ReportReceived", "DeadlineMissed"} <= types


OLD: dict[str, Any] = {
    "type": "object",
    "required": ["words", "means"],
    "properties": {
        "words": {"type": "string", "maxLength": 10},
        "means": {"enum": ["phone", "post"], "type": "string"},
        "every": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None},
        "person": {"$ref": "#/$defs/Person"},
    },
}
PERSON: dict[str, Any] = {"type": "object", "properties": {"name": {"type": "string"}}}


def shape(person: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    properties = {k: v for k, v in (OLD["properties"] | fields).items() if v is not None}
    return {
        "types": {"Contact": {"$ref": "#/$defs/Contact"}},
        "$defs": {"Contact": OLD | {"properties": properties}, "Person": person or PERSON},
    }


@pytest.mark.parametrize(
    "new",
    [
        shape(),
        shape(mood={"type": "string"}),
        shape(words={"type": "string", "maxLength": 20}),
        shape(words={"type": "string"}),
        shape(means={"enum": ["post", "phone", "text"], "type": "string"}),
        shape(words={"anyOf": [{"type": "string", "maxLength": 10}, {"type": "null"}]}),
        shape(person=PERSON | {"properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}),
        shape(of={"default": {"on": None, "hour": None}}),
    ],
)
def test_what_grew_is_allowed(new: dict[str, Any]) -> None:
    assert not_growth(shape(of={"default": {"on": None}}) if "of" in fields(new) else shape(), new) == []


def fields(of: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = of["$defs"]["Contact"]["properties"]
    return properties


@pytest.mark.parametrize("grown", [{"on": 1}, {}, {"on": None, "hour": "10:30"}, None])
def test_a_default_that_did_more_than_grow_is_named(grown: dict[str, Any] | None) -> None:
    (found,) = not_growth(shape(of={"default": {"on": None}}), shape(of={"default": grown}))
    assert "Contact.of: another default" in found


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (shape(words=None), "Contact.words: removed"),
        (shape(words={"type": "string", "maxLength": 5}), "Contact.words: maxLength"),
        (shape(words={"type": "string", "maxLength": 10, "minLength": 1}), "Contact.words: minLength"),
        (shape(words={"type": "integer"}), "Contact.words: type"),
        (shape(words={"type": "string", "format": "date"}), "Contact.words: format"),
        (shape(means={"enum": ["phone"], "type": "string"}), "no longer takes post"),
        (shape(every={"type": "integer", "default": None}), "Contact.every: takes fewer"),
        (shape(every={"anyOf": [{"type": "integer"}, {"type": "null"}], "default": 5}), "another default"),
        (shape(every={"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}), "Contact.every: type"),
        (shape(person=PERSON | {"properties": {}}), "Contact.person.name: removed"),
        (shape(person=PERSON | {"required": ["name"]}), "Contact.person.name: required"),
        ({"types": {}, "$defs": {}}, "Contact: removed"),
    ],
)
def test_what_did_not_grow_is_named_with_its_place(new: dict[str, Any], fault: str) -> None:
    (found,) = not_growth(shape(), new)
    assert fault in found
