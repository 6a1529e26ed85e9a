"""A form for what is kept beside cases, as a tenancy or prevention work: as it stands, as typed, and not taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import Response

from api.problems import Problem
from api.resources import Resources
from pages.private.saying import NOT_TAKEN as _NOT_TAKEN
from pages.staff.recording.form import said_anew
from pages.staff.recording.inputs import Input, grown
from pages.staff.recording.typed import body_of, places, wrong_with
from pages.staff.rendering import staff_page
from policy.caller import Caller
from policy.facts import digest
from store.changes import Told
from store.prevention import WorkNotKnown
from store.tenancies import ReferenceTaken

NOT_TAKEN: Final = (*_NOT_TAKEN, ReferenceTaken, WorkNotKnown)
"""What may come of keeping it."""
WAS: Final = "was."
"""Before the name of a field: what stood there when the form was made."""
Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kept:
    """`to` is where the form goes and `home` where it came from; `title` stands in the browser's history. `finds`
    where people are looked for in it, `found` are their ids.
    """

    to: str
    home: str
    back: str
    title: str
    heading: str
    inputs: tuple[Input, ...]
    about: str = ""
    fact: str = ""
    finds: bool = False
    found: tuple[str, ...] = field(default=())

    def body(self, form: Mapping[str, list[str]]) -> dict[str, Any]:
        return body_of(self.inputs, form)

    def changed(self, form: Mapping[str, list[str]]) -> dict[str, Any]:
        """What was changed in the form alone: what somebody else put right meanwhile stays."""
        was, now = body_of(grown(self.inputs, was_in(form)), was_in(form)), self.body(form)
        emptied: dict[str, Any] = {
            name: [] if isinstance(value, list) else None for name, value in was.items() if name not in now
        }
        return {name: value for name, value in (emptied | now).items() if was.get(name) != value}


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


async def asked(
    needs: Resources, who: Caller, there: Kept, typed: Form, key: str, said: Problem | None = None
) -> Response:
    """As it was typed, with what is wrong with it."""
    said, key = said_anew(said, key)
    wrong = wrong_with(said, there.fact, there.inputs) if said and said.wrong else {}
    return await staff_page(
        needs,
        who,
        "staff/kept.html",
        f"{'Error: ' if said else ''}{there.title}",
        HTTPStatus(said.status) if said else HTTPStatus.OK,
        there=there,
        was={name: values for name, values in typed.items() if name.startswith(WAS)},
        typed=typed,
        wrong=wrong,
        places=places(there.inputs),
        said=said,
        key=key,
    )
