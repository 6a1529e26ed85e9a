"""A form for what is kept beside cases, as somebody, a tenancy or prevention work: as it stands, and as typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, ClassVar

from pages.staff.recording.drafts import WAS
from pages.staff.recording.inputs import Input, Kind
from pages.staff.recording.typed import body_of
from policy.caller import Caller
from policy.facts import digest
from store.changes import Told
from store.drafts import Place

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kept:
    """`to` is where the form goes and `home` where it came from; `title` stands in the browser's history. `press`
    is what its button says. `person` is with whom what somebody began goes. `finds` where people are looked for in
    it, `found` are their ids.
    """

    template: ClassVar[str] = "staff/kept.html"
    context: ClassVar[Mapping[str, Any]] = MappingProxyType({})

    to: str
    home: str
    back: str
    title: str
    heading: str
    fact: str
    inputs: tuple[Input, ...] = ()
    about: str = ""
    person: str | None = None
    finds: bool = False
    found: tuple[str, ...] = ()
    press: str = "Record"

    @property
    def draft(self) -> Place:
        return Place(address=self.to, fact=self.fact, person_id=self.person)

    def body(self, form: Mapping[str, list[str]]) -> dict[str, Any]:
        return body_of(self.inputs, form)

    def changed(self, form: Mapping[str, list[str]]) -> dict[str, Any]:
        """What was changed in the form alone: what somebody else put right meanwhile stays."""
        was, now = body_of(self.inputs, was_in(form)), self.body(form)
        emptied = {one.name: _emptied(one) for one in self.inputs if one.name in was}
        return {name: value for name, value in (emptied | now).items() if was.get(name) != value}


def _emptied(one: Input) -> Any:  # noqa: ANN401 - what JSON holds
    """What must be there is told as empty, for the border to say so."""
    if one.grows or one.kind in {Kind.LINES, Kind.ANY_OF}:
        return []
    return False if one.kind is Kind.TICK else "" if one.needed else None


def was_in(form: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name.removeprefix(WAS): said for name, said in form.items() if name.startswith(WAS)}


def with_what_was(stands: Form) -> dict[str, Sequence[str]]:
    return {**stands, **{WAS + name: said for name, said in stands.items()}}


def as_typed(told: Mapping[str, Any], before: str = "") -> dict[str, list[str]]:
    """What a form holds of what JSON says."""
    return dict(_typed(told, before))


def _typed(told: Mapping[str, Any], before: str) -> Iterator[tuple[str, list[str]]]:
    for name, value in told.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, one in enumerate(value):
                yield from _typed(one, f"{before}{name}.{number}.")
        elif isinstance(value, list):
            yield f"{before}{name}", ["\n".join(value)]
        elif isinstance(value, bool):
            yield f"{before}{name}", ["yes" if value else ""]
        elif value not in (None, ""):
            yield f"{before}{name}", [str(value)]


def labelled(inputs: Sequence[Input], labels: Mapping[str, str]) -> tuple[Input, ...]:
    """By the last part of their names, where they mean something else than on a case."""
    return tuple(
        replace(one, label=labels.get(one.name.rpartition(".")[2], one.label), inner=labelled(one.inner, labels))
        for one in inputs
    )


def told_by(who: Caller, key: str, to: str, body: Mapping[str, Any]) -> Told:
    return Told(id=key, by=who.actor, at=datetime.now(UTC), digest=digest([to, dict(body)]))
