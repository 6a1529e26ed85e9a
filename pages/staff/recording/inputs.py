"""A form for any kind of fact, or whatever else is kept, made from its own description: what each field takes, and
what must be there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from pages.staff.recording.labels import label_of
from policy.frozen import Frozen

OURS: Final = frozenset(
    {"fact", "earlier", "follows_closed_at", "told_on", "told_by", "handled_by", "claimed", "against"}
)
"""What no form asks."""
_WORDS: Final = 1000
"""Characters beyond which it is no line."""
_SEVERAL: Final = 3
"""Groups of the same kind that a form has room for, until somebody asks for another."""
_MOST: Final = 40
"""Of them in one form."""
MORE: Final = "more:"
"""Pressed, and whose name follows it, that input has room for another group."""


class Kind(StrEnum):
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    YES_NO = "yes_no"
    TICK = "tick"
    LINE = "line"
    WORDS = "words"
    LINES = "lines"
    DAY = "day"
    MOMENT = "moment"
    HOUR = "hour"
    DAYS = "days"
    """A day and its words on each line."""
    NUMBER = "number"
    POUNDS = "pounds"
    """Typed in pounds, kept in pence."""
    GROUP = "group"
    ONE_FORM_OF = "one_form_of"
    """Groups of which one counts: its option in `name` says which."""


@dataclass(frozen=True)
class Option:
    value: str
    text: str


@dataclass(frozen=True)
class Input:
    """`name` is where its value stands in the body: `complainant.name`, `powers.0.used`. `grows` where it holds
    groups of the same kind, as many as somebody asks for; `fresh` is one that they have just asked for.
    """

    name: str
    label: str
    kind: Kind
    needed: bool
    options: tuple[Option, ...] = ()
    inner: tuple["Input", ...] = ()
    grows: bool = False
    fresh: bool = False

    def called(self, name: str, label: str) -> "Input":
        """The same under another name, also what is in it."""
        inner = tuple(one.called(name + one.name.removeprefix(self.name), one.label) for one in self.inner)
        return replace(self, name=name, label=label, inner=inner)


Choices = Callable[[str], Sequence[Option] | None]
"""By the name of a field, what it is chosen from on this case; None where it is not."""
Questions = Mapping[str, Sequence[tuple[Option, Sequence[Option]]]]
"""By field, what its values are answers to, each with what can be answered; without any, in words."""


def inputs_of(
    kind: type[Frozen],
    choices: Choices,
    questions: Questions = MappingProxyType({}),
    must: frozenset[str] = frozenset(),
) -> tuple[Input, ...]:
    """In the order of the type, `at` last: it is now, unless somebody says otherwise. What is in `must` is needed
    whole, also where the type can do without.
    """
    schema = kind.model_json_schema()
    made = tuple(_Making(schema.get("$defs", {}), choices, questions, must).fields(schema, ""))
    return (*(one for one in made if one.name != "at"), *(one for one in made if one.name == "at"))


def grown(inputs: Sequence[Input], form: Mapping[str, Sequence[str]]) -> tuple[Input, ...]:
    """With room for as many groups as were typed, and for another where that was pressed."""
    return tuple(_grown(one, form) for one in inputs)


def _grown(one: Input, form: Mapping[str, Sequence[str]]) -> Input:
    if not one.grows:
        return replace(one, inner=grown(one.inner, form))
    typed = {
        name.removeprefix(f"{one.name}.").partition(".")[0] for name in form if name.startswith(f"{one.name}.")
    }
    there = [number + 1 for number in range(_MOST) if str(number) in typed]
    more = form.get("do") == [MORE + one.name]
    room = min(max([len(one.inner), *there]) + more, _MOST)
    first, label = one.inner[0], one.inner[0].label.rpartition(",")[0]
    inner = tuple(first.called(f"{one.name}.{number}", f"{label}, {number + 1}") for number in range(room))
    if more:
        inner = (*inner[:-1], replace(inner[-1], fresh=True))
    return replace(one, inner=grown(inner, form), grows=room < _MOST)


@dataclass(frozen=True)
class _Making:
    kinds: Mapping[str, Any]
    choices: Choices
    questions: Questions
    must: frozenset[str]

    def fields(self, schema: Mapping[str, Any], where: str) -> Iterator[Input]:
        for name, said in schema["properties"].items():
            if name not in OURS and "const" not in said and not self._nothing_to_ask(name, said):
                needed = (name in schema.get("required", ()) or f"{where}{name}" in self.must) and name != "at"
                yield self.field(f"{where}{name}", said, needed=needed)

    def field(self, name: str, said: Mapping[str, Any], *, needed: bool) -> Input:  # noqa: PLR0911 - one line a kind
        said = self._meant(said)
        own = name.rpartition(".")[2]
        made = Input(name, label_of(own), Kind.LINE, needed)
        if said.get("type") == "array":
            return self._several(made, own, self._meant(said["items"]))
        if (options := self.choices(own)) is not None:
            return replace(made, kind=Kind.ONE_OF, options=tuple(options))
        if "enum" in said:
            return replace(made, kind=Kind.ONE_OF, options=tuple(_in_words(one) for one in said["enum"]))
        if "oneOf" in said:
            return self._one_form_of(made, said)
        if _by_day(said):
            return replace(made, kind=Kind.DAYS)
        if "additionalProperties" in said and "properties" not in said:
            return replace(made, kind=Kind.GROUP, inner=tuple(self._questions(name)))
        if "properties" in said:
            return replace(made, kind=Kind.GROUP, inner=tuple(self.fields(said, f"{name}.")))
        return replace(made, kind=_simple(said, needed=needed))

    def _nothing_to_ask(self, name: str, said: Mapping[str, Any]) -> bool:
        asked = self.questions.get(name) or _by_day(said)
        return "additionalProperties" in said and "properties" not in said and not asked

    def _meant(self, said: Mapping[str, Any]) -> Mapping[str, Any]:
        """Without what only says that it may be left out, and by what it refers to."""
        kinds = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
        if len(kinds) == 1:
            return self._meant({k: v for k, v in said.items() if k != "anyOf"} | dict(kinds[0]))
        if "$ref" in said:
            return self._meant(self.kinds[said["$ref"].rpartition("/")[2]])
        return said

    def _several(self, made: Input, own: str, each: Mapping[str, Any]) -> Input:
        if (options := self.choices(own)) is not None:
            return replace(made, kind=Kind.ANY_OF, options=tuple(options))
        if "enum" in each:
            return replace(made, kind=Kind.ANY_OF, options=tuple(_in_words(one) for one in each["enum"]))
        if "properties" not in each:
            return replace(made, kind=Kind.LINES)
        powers = self.choices("power") if own == "powers" else None
        groups = (
            Input(
                f"{made.name}.{number}",
                f"{made.label}, {number + 1}",
                Kind.GROUP,
                needed=False,
                inner=tuple(self.fields(each, f"{made.name}.{number}.")),
            )
            for number in range(_SEVERAL if powers is None else len(powers))
        )
        return replace(made, kind=Kind.GROUP, inner=tuple(groups), grows=powers is None)

    def _one_form_of(self, made: Input, said: Mapping[str, Any]) -> Input:
        tells = said["discriminator"]["propertyName"]
        forms = [self._meant(one) for one in said["oneOf"]]
        names = [one["properties"][tells]["const"] for one in forms]
        return replace(
            made,
            kind=Kind.ONE_FORM_OF,
            options=tuple(_in_words(one) for one in names),
            inner=tuple(
                Input(
                    f"{made.name}.{name}",
                    _in_words(name).text,
                    Kind.GROUP,
                    needed=False,
                    inner=tuple(self.fields(form, f"{made.name}.{name}.")),
                )
                for name, form in zip(names, forms, strict=True)
            ),
        )

    def _questions(self, where: str) -> Iterator[Input]:
        for question, answers in self.questions.get(where, ()):
            kind = Kind.ONE_OF if answers else Kind.WORDS
            yield Input(
                f"{where}.{question.value}", question.text, kind, where in self.must, options=tuple(answers)
            )


def _by_day(said: Mapping[str, Any]) -> bool:
    return bool(said.get("propertyNames", {}).get("format") == "date")


def _simple(said: Mapping[str, Any], *, needed: bool) -> Kind:
    match said.get("type"), said.get("format"):
        case "boolean", _:
            return Kind.TICK if said.get("default") is False and not needed else Kind.YES_NO
        case "integer", _:
            return Kind.NUMBER
        case _, "date":
            return Kind.DAY
        case _, "date-time":
            return Kind.MOMENT
        case _, "time":
            return Kind.HOUR
        case _:
            return Kind.WORDS if said.get("maxLength", 0) >= _WORDS else Kind.LINE


def _in_words(code: Any) -> Option:  # noqa: ANN401 - what an enumeration holds
    text = str(code).replace("_", " ").replace("-", " ")
    return Option(str(code), text[:1].upper() + text[1:])
